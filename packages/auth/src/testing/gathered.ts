import { PERMISSIONS, type Permission } from "../permissions.js";
import type { Principal } from "../principal.js";
import type { ResourceRef } from "../resource.js";
import { permissionsOf } from "../roles/managed.js";

/**
 * `spec/access.md §5` step by step, written for the eye instead of for speed: everything that a principal may do to a
 * resource of their own account. `decide` is held against it.
 */
export function gathered(
  { kind, grants }: Principal,
  resource: ResourceRef,
): { permissions: Set<Permission>; admin: boolean } {
  if (grants.accountRole === "ADMIN") return { permissions: new Set(PERMISSIONS), admin: true };
  if (resource.type === "account")
    return { permissions: new Set(permissionsOf("account", grants.accountRole)), admin: false };

  const organizationRole = grants.organizationRoles.get(resource.organizationId);
  if (organizationRole === undefined) return { permissions: new Set(), admin: false };
  if (organizationRole === "ADMIN")
    return { permissions: new Set(permissionsOf("organization", "ADMIN")), admin: true };
  if (resource.type === "organization")
    return { permissions: new Set(permissionsOf("organization", organizationRole)), admin: false };

  const ownSpaceRole = grants.spaceRoles.get(resource.spaceId);
  const fallsBack = kind === "human" && ownSpaceRole === undefined && !resource.isPrivate;
  const spaceRole = fallsBack ? organizationRole : ownSpaceRole;
  const admin = spaceRole === "ADMIN";
  const restricted = resource.type === "project" && resource.isRestricted;

  const all: Permission[] = [];
  if (spaceRole && (admin || !restricted)) all.push(...permissionsOf("space", spaceRole));
  if (!restricted) for (const { permissions } of grants.bindings.get(resource.spaceId) ?? []) all.push(...permissions);
  if (resource.type === "project")
    for (const { permissions } of grants.bindings.get(resource.projectId) ?? []) all.push(...permissions);
  return { permissions: new Set(all), admin };
}
