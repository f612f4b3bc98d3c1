import { CreateRoleRequest, ListRolesQuery, Role, RolePage, RolePath, UpdateRoleRequest } from "@axlab/wire/rest";
import { presentRole } from "../../../domain/roles/roles.js";
import { route } from "../pipeline.js";

export const roleRoutes = [
  route({
    method: "get",
    path: "/v2/roles",
    tag: "roles",
    summary: "List predefined and custom roles",
    access: { on: "account", requirement: "ACCOUNT_MEMBER" },
    query: ListRolesQuery,
    success: { status: 200, body: RolePage },
    errors: [403],
    async handle({ caller, domain, input }) {
      const { items, pagination } = await domain.roles.list(caller, input.query);
      return { roles: items, pagination };
    },
  }),
  route({
    method: "post",
    path: "/v2/roles",
    tag: "roles",
    summary: "Create a custom role",
    access: { on: "account", requirement: "ACCOUNT_ADMIN" },
    body: CreateRoleRequest,
    success: { status: 201, body: Role },
    errors: [403, 409, 422],
    handle: async ({ caller, domain, input }) => presentRole(await domain.roles.create(caller, input.body)),
  }),
  route({
    method: "get",
    path: "/v2/roles/{role_id}",
    tag: "roles",
    summary: "Get a role",
    access: { on: "account", requirement: "ACCOUNT_MEMBER", hides: true },
    params: RolePath,
    success: { status: 200, body: Role },
    errors: [404],
    handle: async ({ caller, domain, input }) =>
      presentRole(await domain.roles.get(caller.principal.accountId, input.params.role_id)),
  }),
  route({
    method: "patch",
    path: "/v2/roles/{role_id}",
    tag: "roles",
    summary: "Change a custom role",
    access: { on: "account", requirement: "ACCOUNT_ADMIN" },
    params: RolePath,
    body: UpdateRoleRequest,
    success: { status: 200, body: Role },
    errors: [403, 404, 409, 422],
    handle: async ({ caller, domain, input }) =>
      presentRole(await domain.roles.update(caller, input.params.role_id, input.body)),
  }),
  route({
    method: "delete",
    path: "/v2/roles/{role_id}",
    tag: "roles",
    summary: "Delete a custom role; bindings to it grant nothing any more",
    access: { on: "account", requirement: "ACCOUNT_ADMIN" },
    params: RolePath,
    success: { status: 204 },
    errors: [403, 404],
    handle: ({ caller, domain, input }) => domain.roles.delete(caller, input.params.role_id),
  }),
];
