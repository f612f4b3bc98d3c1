import {
  CreateUserRequest,
  CreateUserResponse,
  ListUsersQuery,
  UpdateUserRequest,
  User,
  UserPage,
  UserPath,
} from "@axlab/wire/rest";
import { presentUser } from "../../../domain/users/present.js";
import { route } from "../pipeline.js";
import { Answer } from "../route.js";

export const userRoutes = [
  route({
    method: "get",
    path: "/v2/users",
    tag: "users",
    summary: "List the people of the account",
    access: { on: "account", requirement: "USER_READ" },
    query: ListUsersQuery,
    success: { status: 200, body: UserPage },
    errors: [403],
    async handle({ caller, domain, input }) {
      const { items, pagination } = await domain.users.list(caller, input.query);
      return { users: items, pagination };
    },
  }),
  route({
    method: "post",
    path: "/v2/users",
    tag: "users",
    summary: "Create or invite a person",
    access: { on: "account", requirement: "USER_CREATE" },
    body: CreateUserRequest,
    success: { status: 201, body: CreateUserResponse },
    alsoSuccess: { status: 200, body: User },
    errors: [403, 404, 409, 422],
    async handle({ caller, domain, input: { body } }) {
      const { row, existing, temporaryPassword } = await domain.invitations.create(caller, body);
      const user = presentUser(row, domain.core.clock.now());
      if (existing) return new Answer(200, user);
      return {
        ...user,
        invite_mode: body.invite_mode,
        ...(temporaryPassword !== undefined && { temporary_password: temporaryPassword }),
      };
    },
  }),
  route({
    method: "get",
    path: "/v2/users/{user_id}",
    tag: "users",
    summary: "Get a person",
    access: { on: "user", requirement: "USER_READ", read: "USER_READ", id: ({ params }) => params.user_id },
    params: UserPath,
    success: { status: 200, body: User },
    errors: [404],
    handle: async ({ domain, target }) => presentUser(target.entity, domain.core.clock.now()),
  }),
  route({
    method: "patch",
    path: "/v2/users/{user_id}",
    tag: "users",
    summary: "Rename a person, or give or take their developer access",
    access: { on: "user", requirement: "USER_UPDATE", read: "USER_READ", id: ({ params }) => params.user_id },
    params: UserPath,
    body: UpdateUserRequest,
    success: { status: 200, body: User },
    errors: [403, 404, 422],
    handle: async ({ caller, domain, input, target }) =>
      presentUser(await domain.users.update(caller, target.entity, input.body), domain.core.clock.now()),
  }),
  route({
    method: "delete",
    path: "/v2/users/{user_id}",
    tag: "users",
    summary: "Remove a person from the account, with their memberships, bindings and user keys",
    access: { on: "user", requirement: "USER_DELETE", read: "USER_READ", id: ({ params }) => params.user_id },
    params: UserPath,
    success: { status: 204 },
    errors: [403, 404],
    handle: ({ caller, domain, target }) => domain.users.remove(caller, target.entity),
  }),
  route({
    method: "post",
    path: "/v2/users/{user_id}/resend-invitation",
    tag: "users",
    summary: "Send an invitation again, with a new link",
    access: { on: "user", requirement: "USER_CREATE", read: "USER_READ", id: ({ params }) => params.user_id },
    params: UserPath,
    success: { status: 204 },
    errors: [403, 404],
    handle: ({ domain, target }) => domain.invitations.resend(target.entity),
  }),
  route({
    method: "post",
    path: "/v2/users/{user_id}/reset-password",
    tag: "users",
    summary: "Send a link for a new password",
    access: { on: "user", requirement: "USER_UPDATE", read: "USER_READ", id: ({ params }) => params.user_id },
    params: UserPath,
    success: { status: 204 },
    errors: [403, 404],
    handle: ({ domain, target }) => domain.invitations.resetPassword(target.entity),
  }),
];
