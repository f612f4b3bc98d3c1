import * as z from "zod";
import { pageOf, pageQuery } from "../pagination.js";
import { Rfc3339 } from "../timestamps.js";
import { Id, nameField, NameFilter, patchBody, requestBody, textField } from "./fields.js";
import { SpaceRoleAssignment, SpaceRoleAssignmentRequest } from "./role-assignments.js";

/** A space (spec/rest.md §3.5). `is_private` is hidden from strict older clients, see `fieldsHiddenFrom`. */
export const Space = z
  .strictObject({ id: Id, name: z.string(), description: z.string(), created_at: Rfc3339, is_private: z.boolean() })
  .meta({ id: "Space" });
export type Space = z.infer<typeof Space>;

export const SpacePage = pageOf("spaces", Space).meta({ id: "SpacePage" });
export type SpacePage = z.infer<typeof SpacePage>;

export const SpaceMembership = z
  .strictObject({ id: Id, user_id: Id, space_id: Id, role: SpaceRoleAssignment })
  .meta({ id: "SpaceMembership" });
export type SpaceMembership = z.infer<typeof SpaceMembership>;

export const CreateSpaceRequest = requestBody({
  name: nameField(255),
  organization_id: Id,
  description: textField(1000).default(""),
  is_private: z.boolean().default(false),
}).meta({ id: "CreateSpaceRequest" });
export type CreateSpaceRequest = z.input<typeof CreateSpaceRequest>;

/** `description: null` clears it. */
export const UpdateSpaceRequest = patchBody({
  name: nameField(255).optional(),
  description: textField(1000).nullable().optional(),
  is_private: z.boolean().optional(),
}).meta({ id: "UpdateSpaceRequest" });
export type UpdateSpaceRequest = z.input<typeof UpdateSpaceRequest>;

/** Adds a user to a space, or changes the role they have there. */
export const AddSpaceUserRequest = requestBody({ user_id: Id, role: SpaceRoleAssignmentRequest }).meta({
  id: "AddSpaceUserRequest",
});
export type AddSpaceUserRequest = z.input<typeof AddSpaceUserRequest>;

/** Note `org_id` here, but `organization_id` in the create body (spec/rest.md §4). */
export const ListSpacesQuery = pageQuery(50, 100).extend({ org_id: Id.optional(), name: NameFilter });
export type ListSpacesQuery = z.input<typeof ListSpacesQuery>;

export const SpacePath = z.object({ space_id: Id });
export const SpaceUserPath = z.object({ space_id: Id, user_id: Id });
