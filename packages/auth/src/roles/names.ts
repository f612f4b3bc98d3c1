/** The levels at which a managed role exists (`spec/access.md §4`). */
export type RoleLevel = "account" | "organization" | "space" | "project";

export type AccountRole = "ADMIN" | "MEMBER" | "MEMBER_UI_ONLY" | "ANNOTATOR";
export type OrganizationRole = "ADMIN" | "MEMBER" | "READ_ONLY" | "ANNOTATOR";
export type SpaceRole = OrganizationRole;
export type ProjectRole = "VIEWER" | "EDITOR" | "ADMIN";

/** The roles of each level by name. */
export interface RolesByLevel {
  account: AccountRole;
  organization: OrganizationRole;
  space: SpaceRole;
  project: ProjectRole;
}
