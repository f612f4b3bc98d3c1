import * as z from "zod";
import { pageOf, pageQuery } from "../pagination.js";
import { Rfc3339 } from "../timestamps.js";
import { Id, idOf, requestBody } from "./fields.js";

export const RoleBindingResourceType = z.enum(["SPACE", "PROJECT"]).meta({ id: "RoleBindingResourceType" });
export type RoleBindingResourceType = z.infer<typeof RoleBindingResourceType>;

/** A role given to a user on one space or project (spec/rest.md §3.7). */
export const RoleBinding = z
  .strictObject({
    id: Id,
    role_id: Id,
    user_id: Id,
    resource_type: RoleBindingResourceType,
    resource_id: Id,
    created_at: Rfc3339,
    updated_at: Rfc3339,
  })
  .meta({ id: "RoleBinding" });
export type RoleBinding = z.infer<typeof RoleBinding>;

export const RoleBindingPage = pageOf("role_bindings", RoleBinding).meta({ id: "RoleBindingPage" });
export type RoleBindingPage = z.infer<typeof RoleBindingPage>;

const target = { role_id: Id, user_id: Id };
const SpaceBinding = requestBody({ ...target, resource_type: z.literal("SPACE"), resource_id: idOf("Space") }).meta({
  id: "CreateSpaceRoleBindingRequest",
});
const ProjectBinding = requestBody({ ...target, resource_type: z.literal("PROJECT"), resource_id: idOf("Model") }).meta(
  {
    id: "CreateProjectRoleBindingRequest",
  },
);
/** The id must be of the kind that `resource_type` names. */
export const CreateRoleBindingRequest = z
  .discriminatedUnion("resource_type", [SpaceBinding, ProjectBinding])
  .meta({ id: "CreateRoleBindingRequest" });
export type CreateRoleBindingRequest = z.input<typeof CreateRoleBindingRequest>;

/** Only the role of a binding can change. */
export const UpdateRoleBindingRequest = requestBody({ role_id: Id }).meta({ id: "UpdateRoleBindingRequest" });
export type UpdateRoleBindingRequest = z.input<typeof UpdateRoleBindingRequest>;

export const ListRoleBindingsQuery = pageQuery(50, 100).extend({
  resource_type: RoleBindingResourceType,
  user_id: Id.optional(),
});
export type ListRoleBindingsQuery = z.input<typeof ListRoleBindingsQuery>;

export const RoleBindingPath = z.object({ binding_id: Id });
