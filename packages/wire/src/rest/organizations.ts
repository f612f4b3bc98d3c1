import * as z from "zod";
import { pageOf, pageQuery } from "../pagination.js";
import { Rfc3339 } from "../timestamps.js";
import { Id, nameField, NameFilter, patchBody, requestBody, textField } from "./fields.js";
import { OrganizationRoleAssignment, OrganizationRoleAssignmentRequest } from "./role-assignments.js";

/** An organization (spec/rest.md §3.4); `description` is always a string. */
export const Organization = z
  .strictObject({ id: Id, name: z.string(), description: z.string(), created_at: Rfc3339 })
  .meta({ id: "Organization" });
export type Organization = z.infer<typeof Organization>;

export const OrganizationPage = pageOf("organizations", Organization).meta({ id: "OrganizationPage" });
export type OrganizationPage = z.infer<typeof OrganizationPage>;

export const OrganizationMembership = z
  .strictObject({ id: Id, user_id: Id, organization_id: Id, role: OrganizationRoleAssignment })
  .meta({ id: "OrganizationMembership" });
export type OrganizationMembership = z.infer<typeof OrganizationMembership>;

export const CreateOrganizationRequest = requestBody({
  name: nameField(255),
  description: textField(1000).default(""),
}).meta({
  id: "CreateOrganizationRequest",
});
export type CreateOrganizationRequest = z.input<typeof CreateOrganizationRequest>;

/** `description: null` clears it. */
export const UpdateOrganizationRequest = patchBody({
  name: nameField(255).optional(),
  description: textField(1000).nullable().optional(),
}).meta({ id: "UpdateOrganizationRequest" });
export type UpdateOrganizationRequest = z.input<typeof UpdateOrganizationRequest>;

/** Adds a user to an organization, or changes the role they have there. */
export const AddOrganizationUserRequest = requestBody({ user_id: Id, role: OrganizationRoleAssignmentRequest }).meta({
  id: "AddOrganizationUserRequest",
});
export type AddOrganizationUserRequest = z.input<typeof AddOrganizationUserRequest>;

export const ListOrganizationsQuery = pageQuery(50, 100).extend({ name: NameFilter });
export type ListOrganizationsQuery = z.input<typeof ListOrganizationsQuery>;

export const OrganizationPath = z.object({ org_id: Id });
export const OrganizationUserPath = z.object({ org_id: Id, user_id: Id });
