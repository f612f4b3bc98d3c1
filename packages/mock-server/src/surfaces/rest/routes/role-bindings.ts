import {
  CreateRoleBindingRequest,
  ListRoleBindingsQuery,
  RoleBinding,
  RoleBindingPage,
  RoleBindingPath,
  UpdateRoleBindingRequest,
} from "@axlab/wire/rest";
import { presentRoleBinding } from "../../../domain/role-bindings/role-bindings.js";
import { route } from "../pipeline.js";

export const roleBindingRoutes = [
  route({
    method: "get",
    path: "/v2/role-bindings",
    tag: "role-bindings",
    summary: "List the account's role bindings",
    access: { on: "account", requirement: "ACCOUNT_MEMBER", hides: true },
    query: ListRoleBindingsQuery,
    success: { status: 200, body: RoleBindingPage },
    errors: [404],
    async handle({ caller, domain, input }) {
      const { items, pagination } = await domain.roleBindings.list(caller, input.query);
      return { role_bindings: items, pagination };
    },
  }),
  route({
    method: "post",
    path: "/v2/role-bindings",
    tag: "role-bindings",
    summary: "Give a person a role on a space or project",
    access: {
      on: "domain",
      requirement: "ROLE_BINDING_CREATE",
      why: "decided on the space or the project that the body names",
    },
    body: CreateRoleBindingRequest,
    success: { status: 201, body: RoleBinding },
    errors: [403, 404, 409, 422],
    handle: async ({ caller, domain, input }) =>
      presentRoleBinding(await domain.roleBindings.create(caller, input.body)),
  }),
  route({
    method: "get",
    path: "/v2/role-bindings/{binding_id}",
    tag: "role-bindings",
    summary: "Get a role binding",
    access: { on: "account", requirement: "ACCOUNT_MEMBER", hides: true },
    params: RoleBindingPath,
    success: { status: 200, body: RoleBinding },
    errors: [404],
    handle: async ({ caller, domain, input }) =>
      presentRoleBinding(await domain.roleBindings.get(caller, input.params.binding_id)),
  }),
  route({
    method: "patch",
    path: "/v2/role-bindings/{binding_id}",
    tag: "role-bindings",
    summary: "Put another role in a binding",
    access: {
      on: "roleBinding",
      requirement: "ROLE_BINDING_CREATE",
      hides: true,
      id: ({ params }) => params.binding_id,
    },
    params: RoleBindingPath,
    body: UpdateRoleBindingRequest,
    success: { status: 200, body: RoleBinding },
    errors: [404, 409, 422],
    handle: async ({ domain, input, target }) =>
      presentRoleBinding(await domain.roleBindings.update(target.entity, input.body.role_id)),
  }),
  route({
    method: "delete",
    path: "/v2/role-bindings/{binding_id}",
    tag: "role-bindings",
    summary: "Take a role from a person",
    access: {
      on: "roleBinding",
      requirement: "ROLE_BINDING_DELETE",
      hides: true,
      id: ({ params }) => params.binding_id,
    },
    params: RoleBindingPath,
    success: { status: 204 },
    errors: [404],
    handle: ({ domain, target }) => domain.roleBindings.delete(target.entity),
  }),
];
