import * as z from "zod";
import { Id, requestBody } from "./fields.js";

const ACCOUNT_ROLES = ["ADMIN", "MEMBER", "ANNOTATOR"] as const;
const MEMBER_ROLES = ["ADMIN", "MEMBER", "READ_ONLY", "ANNOTATOR"] as const;

/** A custom role as answered: its name is filled in for reading. */
const CustomRole = z
  .strictObject({ type: z.literal("CUSTOM"), id: Id, name: z.string().optional() })
  .meta({ id: "CustomRoleAssignment" });
/** A custom role as asked for: the name is read-only and refused (spec/rest.md §1.5). */
const CustomRoleRequest = requestBody({ type: z.literal("CUSTOM"), id: Id }).meta({
  id: "CustomRoleAssignmentRequest",
});

const PredefinedAccountRole = z
  .strictObject({ type: z.literal("PREDEFINED"), name: z.enum(ACCOUNT_ROLES) })
  .meta({ id: "PredefinedUserRoleAssignment" });
const PredefinedOrganizationRole = z
  .strictObject({ type: z.literal("PREDEFINED"), name: z.enum(MEMBER_ROLES) })
  .meta({ id: "PredefinedOrganizationRoleAssignment" });
const PredefinedSpaceRole = z
  .strictObject({ type: z.literal("PREDEFINED"), name: z.enum(MEMBER_ROLES) })
  .meta({ id: "PredefinedSpaceRoleAssignment" });

/** A role at account level (spec/rest.md §2). CUSTOM is reserved there: the platform refuses it with 422. */
export const UserRoleAssignment = z
  .discriminatedUnion("type", [PredefinedAccountRole, CustomRole])
  .meta({ id: "UserRoleAssignment" });
export type UserRoleAssignment = z.infer<typeof UserRoleAssignment>;
export const UserRoleAssignmentRequest = z
  .discriminatedUnion("type", [PredefinedAccountRole, CustomRoleRequest])
  .meta({ id: "UserRoleAssignmentRequest" });
export type UserRoleAssignmentRequest = z.input<typeof UserRoleAssignmentRequest>;

/** A role in an organization. */
export const OrganizationRoleAssignment = z
  .discriminatedUnion("type", [PredefinedOrganizationRole, CustomRole])
  .meta({ id: "OrganizationRoleAssignment" });
export type OrganizationRoleAssignment = z.infer<typeof OrganizationRoleAssignment>;
export const OrganizationRoleAssignmentRequest = z
  .discriminatedUnion("type", [PredefinedOrganizationRole, CustomRoleRequest])
  .meta({ id: "OrganizationRoleAssignmentRequest" });
export type OrganizationRoleAssignmentRequest = z.input<typeof OrganizationRoleAssignmentRequest>;

/** A role in a space. */
export const SpaceRoleAssignment = z
  .discriminatedUnion("type", [PredefinedSpaceRole, CustomRole])
  .meta({ id: "SpaceRoleAssignment" });
export type SpaceRoleAssignment = z.infer<typeof SpaceRoleAssignment>;
export const SpaceRoleAssignmentRequest = z
  .discriminatedUnion("type", [PredefinedSpaceRole, CustomRoleRequest])
  .meta({ id: "SpaceRoleAssignmentRequest" });
export type SpaceRoleAssignmentRequest = z.input<typeof SpaceRoleAssignmentRequest>;
