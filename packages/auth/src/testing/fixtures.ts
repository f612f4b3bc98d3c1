import type { Permission } from "../permissions.js";
import type { Binding, Principal } from "../principal.js";
import type { AccountRef, OrganizationRef, ProjectRef, SpaceRef } from "../resource.js";
import type { AccountRole, OrganizationRole, SpaceRole } from "../roles/names.js";

/** One place of each kind, and the ways in which they can differ. */
const accountId = "account";
const organizationId = "organization";
export const spaceId = "space";
const projectId = "project";

export const account: AccountRef = { type: "account", accountId };
export const organization: OrganizationRef = { type: "organization", accountId, organizationId };
export const space = (isPrivate = false): SpaceRef => ({
  type: "space",
  accountId,
  organizationId,
  spaceId,
  isPrivate,
});
export const project = ({ isPrivate = false, isRestricted = false } = {}): ProjectRef => ({
  type: "project",
  accountId,
  organizationId,
  spaceId,
  isPrivate,
  projectId,
  isRestricted,
});

export const binding = (bindingId: string, ...permissions: Permission[]): Binding => ({
  bindingId,
  roleId: `role of ${bindingId}`,
  roleName: `Role of ${bindingId}`,
  permissions: new Set(permissions),
});

export interface Given {
  kind?: "human" | "bot";
  account?: AccountRole;
  organization?: OrganizationRole | undefined;
  /** null: joined with a custom role, which stands under `onSpace` */
  space?: SpaceRole | null | undefined;
  onSpace?: readonly Binding[];
  onProject?: readonly Binding[];
}

/** Somebody with these roles and bindings in the one organization, space and project; an account member without more. */
export const somebody = (given: Given = {}): Principal => ({
  kind: given.kind ?? "human",
  userId: "user",
  accountId,
  name: "Somebody",
  developerAccess: true,
  grants: {
    accountRole: given.account ?? "MEMBER",
    organizationRoles: new Map(given.organization ? [[organizationId, given.organization]] : []),
    spaceRoles: new Map(given.space !== undefined ? [[spaceId, given.space]] : []),
    bindings: new Map([
      ...(given.onSpace ? [[spaceId, given.onSpace] as const] : []),
      ...(given.onProject ? [[projectId, given.onProject] as const] : []),
    ]),
  },
});
