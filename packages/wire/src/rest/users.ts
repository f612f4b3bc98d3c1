import * as z from "zod";
import { pageOf, pageQuery } from "../pagination.js";
import { Rfc3339 } from "../timestamps.js";
import { Id, nameField, patchBody, repeated, requestBody, textField } from "./fields.js";
import { UserRoleAssignment, UserRoleAssignmentRequest } from "./role-assignments.js";

/** States that can be listed; a removed user has none of them. */
export const UserStatus = z.enum(["ACTIVE", "INVITED", "EXPIRED"]).meta({ id: "UserStatus" });
export type UserStatus = z.infer<typeof UserStatus>;
export const InviteMode = z.enum(["NONE", "EMAIL_LINK", "TEMPORARY_PASSWORD"]).meta({ id: "InviteMode" });
export type InviteMode = z.infer<typeof InviteMode>;

const userFields = {
  id: Id,
  name: z.string(),
  email: z.string(),
  created_at: Rfc3339,
  status: UserStatus,
  role: UserRoleAssignment,
  is_developer: z.boolean(),
};

/** A person of the account (spec/rest.md §3.3). */
export const User = z.strictObject(userFields).meta({ id: "User" });
export type User = z.infer<typeof User>;

export const UserPage = pageOf("users", User).meta({ id: "UserPage" });
export type UserPage = z.infer<typeof UserPage>;

/** `temporary_password` is shown once, and only for `invite_mode` TEMPORARY_PASSWORD. */
export const CreateUserResponse = z
  .strictObject({ ...userFields, invite_mode: InviteMode, temporary_password: z.string().optional() })
  .meta({ id: "CreateUserResponse" });
export type CreateUserResponse = z.infer<typeof CreateUserResponse>;

/** `is_developer` defaults to true for ADMIN and MEMBER, false for ANNOTATOR. */
export const CreateUserRequest = requestBody({
  name: nameField(255),
  email: z.string().trim().pipe(z.email()).meta({ format: "email" }),
  role: UserRoleAssignmentRequest,
  invite_mode: InviteMode,
  is_developer: z.boolean().optional(),
}).meta({ id: "CreateUserRequest" });
export type CreateUserRequest = z.input<typeof CreateUserRequest>;

export const UpdateUserRequest = patchBody({
  name: nameField(255).optional(),
  is_developer: z.boolean().optional(),
}).meta({ id: "UpdateUserRequest" });
export type UpdateUserRequest = z.input<typeof UpdateUserRequest>;

/** `email` is a case-insensitive part of the address; without `status` all three states are listed. */
export const ListUsersQuery = pageQuery(50, 100).extend({
  email: textField(255).optional(),
  status: repeated(UserStatus).optional(),
});
export type ListUsersQuery = z.input<typeof ListUsersQuery>;

export const UserPath = z.object({ user_id: Id });
