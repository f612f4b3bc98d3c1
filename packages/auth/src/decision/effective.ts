import { PERMISSIONS, type Permission } from "../permissions.js";
import type { Grants, Principal } from "../principal.js";
import type { ResourceRef } from "../resource.js";
import type { AccountRole, OrganizationRole, SpaceRole } from "../roles/names.js";
import { decide } from "./decide.js";

interface EffectiveRoles {
  account: AccountRole;
  organization: OrganizationRole;
  space: SpaceRole;
}

/**
 * The role a principal has at a level around a resource, with what comes from above: an account admin is admin of every
 * organization and space, an organization admin of every space in it, and in a public space the organization role stands in
 * for a person's missing space role. Null without a role, in another account, or where the resource has no such level around it.
 * Roles given by bindings are no roles of a level: see {@link permissionsOn}.
 */
export function effectiveRole<L extends keyof EffectiveRoles>(
  principal: Principal,
  level: L,
  resource: ResourceRef,
): EffectiveRoles[L] | null;
export function effectiveRole(
  { kind, accountId, grants }: Principal,
  level: keyof EffectiveRoles,
  resource: ResourceRef,
): AccountRole | OrganizationRole | null {
  if (resource.accountId !== accountId) return null;
  switch (level) {
    case "account":
      return grants.accountRole;
    case "organization":
      return resource.type === "account" ? null : organizationRole(grants, resource.organizationId);
    case "space":
      return resource.type === "space" || resource.type === "project"
        ? spaceRole(grants, resource, kind === "human")
        : null;
  }
}

const organizationRole = (
  { accountRole, organizationRoles }: Grants,
  organizationId: string,
): OrganizationRole | null => (accountRole === "ADMIN" ? "ADMIN" : (organizationRoles.get(organizationId) ?? null));

function spaceRole(
  grants: Grants,
  { organizationId, spaceId, isPrivate }: { organizationId: string; spaceId: string; isPrivate: boolean },
  fallsBack: boolean,
): SpaceRole | null {
  const above = organizationRole(grants, organizationId);
  if (above === null || above === "ADMIN") return above;
  const own = grants.spaceRoles.get(spaceId);
  if (own !== undefined) return own;
  return isPrivate || !fallsBack ? null : above;
}

/** Everything a principal may do to a resource, from all grants that reach it, in the order of `PERMISSIONS`. */
export function permissionsOn(principal: Principal, resource: ResourceRef): Permission[] {
  return PERMISSIONS.filter((permission) => decide(principal, permission, resource).allowed);
}
