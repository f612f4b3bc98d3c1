import type { AccountRole, OrganizationRole, SpaceRole } from "@axlab/auth";

/** The roles as AX's own pages call them. */
export const ACCOUNT_ROLES: Record<AccountRole, string> = {
  ADMIN: "Admin",
  MEMBER: "Member",
  MEMBER_UI_ONLY: "Member – UI only",
  ANNOTATOR: "Annotator",
};
export const ORGANIZATION_ROLES: Record<OrganizationRole, string> = {
  ADMIN: "Admin",
  MEMBER: "Member",
  READ_ONLY: "Read-Only Member",
  ANNOTATOR: "Annotator",
};
export const SPACE_ROLES: Record<SpaceRole, string> = {
  ADMIN: "Admin",
  MEMBER: "Member",
  READ_ONLY: "Read-Only Member",
  ANNOTATOR: "Annotator",
};
