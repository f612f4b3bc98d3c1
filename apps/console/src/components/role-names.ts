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

const ALL: Readonly<Record<string, string>> = { ...ACCOUNT_ROLES, ...SPACE_ROLES };

/** The name of a managed role, or of a custom one as it is. */
export const roleName = (role: string): string => ALL[role] ?? role;
