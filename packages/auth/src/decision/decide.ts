import type { Permission } from "../permissions.js";
import type { Binding, Grants, Principal } from "../principal.js";
import type { ProjectRef, ResourceRef, SpaceRef } from "../resource.js";
import { ACCOUNT_SETS, ORGANIZATION_SETS, SPACE_SETS } from "../roles/sets.js";
import { BY_ACCOUNT, BY_FALLBACK, BY_ORGANIZATION, BY_SPACE, viaBinding } from "./sources.js";
import type { Allowed, Decision, Requirement } from "./types.js";

/** The permission that makes a resource visible; an account is visible to everybody in it. */
const READ: { readonly [T in ResourceRef["type"]]: Requirement } = {
  account: "AUTHENTICATED",
  organization: "ORGANIZATION_READ",
  space: "SPACE_READ",
  project: "PROJECT_READ",
};

/**
 * Whether a principal may do something to a resource (`spec/access.md §5`). Pure: the same snapshot gives the same answer.
 *
 * A role that is not admin gives its permissions at its own level only: an account role on the account, an organization
 * role on the organization, a space role on the space and the projects in it. Admins inherit downwards, and in a public
 * space without a space role of one's own the organization role acts as the space role of the same name. A role in the
 * organization is the door to everything in it: without one, space roles and bindings in it give nothing.
 * A bot works only where its service key was made for: it takes no fallback (`decisions/`).
 * A binding gives exactly the permissions of its role: one on a project shows the project, not the space around it, and
 * none makes anybody an admin.
 *
 * @param read the permission that makes the resource visible, which tells "forbidden" from "not found" when the
 * answer is no; by default that of the resource's own type
 */
export function decide(
  principal: Principal,
  requirement: Requirement,
  resource: ResourceRef,
  read?: Permission,
): Decision {
  if (resource.accountId !== principal.accountId)
    return { allowed: false, reason: "not_found", missing: requirement, resource };
  const granted = grantFor(principal, requirement, resource);
  if (granted !== null) return granted;
  const visible = grantFor(principal, read ?? READ[resource.type], resource) !== null;
  return { allowed: false, reason: visible ? "forbidden" : "not_found", missing: requirement, resource };
}

/** The first grant, from the top down, that answers the requirement. */
function grantFor({ kind, grants }: Principal, requirement: Requirement, resource: ResourceRef): Allowed | null {
  if (grants.accountRole === "ADMIN") return BY_ACCOUNT.ADMIN;
  switch (requirement) {
    case "AUTHENTICATED":
      return BY_ACCOUNT[grants.accountRole];
    case "ACCOUNT_MEMBER":
      return grants.accountRole === "ANNOTATOR" ? null : BY_ACCOUNT[grants.accountRole];
    case "ACCOUNT_ADMIN":
      return null;
    case "ORGANIZATION_ADMIN":
    case "SPACE_ADMIN":
      return adminStanding(grants, requirement, resource);
    default:
      return permissionGrant(grants, requirement, resource, kind === "human");
  }
}

function adminStanding(
  grants: Grants,
  standing: "ORGANIZATION_ADMIN" | "SPACE_ADMIN",
  resource: ResourceRef,
): Allowed | null {
  if (resource.type === "account") return null;
  const organizationRole = grants.organizationRoles.get(resource.organizationId);
  if (organizationRole === undefined) return null;
  if (organizationRole === "ADMIN") return BY_ORGANIZATION.ADMIN;
  if (standing === "ORGANIZATION_ADMIN" || resource.type === "organization") return null;
  return grants.spaceRoles.get(resource.spaceId) === "ADMIN" ? BY_SPACE.ADMIN : null;
}

function permissionGrant(
  grants: Grants,
  permission: Permission,
  resource: ResourceRef,
  fallsBack: boolean,
): Allowed | null {
  if (resource.type === "account")
    return ACCOUNT_SETS[grants.accountRole].has(permission) ? BY_ACCOUNT[grants.accountRole] : null;
  const organizationRole = grants.organizationRoles.get(resource.organizationId);
  if (organizationRole === undefined) return null;
  if (resource.type === "organization" || organizationRole === "ADMIN")
    return ORGANIZATION_SETS[organizationRole].has(permission) ? BY_ORGANIZATION[organizationRole] : null;
  const spaceRole = grants.spaceRoles.get(resource.spaceId);
  if (spaceRole !== undefined) {
    const holds =
      spaceRole !== null && reaches(spaceRole === "ADMIN", resource) && SPACE_SETS[spaceRole].has(permission);
    if (holds) return BY_SPACE[spaceRole];
  } else if (
    fallsBack &&
    !resource.isPrivate &&
    reaches(false, resource) &&
    SPACE_SETS[organizationRole].has(permission)
  ) {
    return BY_FALLBACK[organizationRole];
  }
  return bindingGrant(grants, permission, resource);
}

/** A restricted project takes nothing from above but admins. */
const reaches = (admin: boolean, resource: SpaceRef | ProjectRef): boolean =>
  admin || resource.type === "space" || !resource.isRestricted;

function bindingGrant(grants: Grants, permission: Permission, resource: SpaceRef | ProjectRef): Allowed | null {
  if (grants.bindings.size === 0) return null;
  if (reaches(false, resource)) {
    const onSpace = firstHolding(grants.bindings.get(resource.spaceId), permission);
    if (onSpace !== null) return onSpace;
  }
  return resource.type === "project" ? firstHolding(grants.bindings.get(resource.projectId), permission) : null;
}

function firstHolding(bindings: readonly Binding[] | undefined, permission: Permission): Allowed | null {
  if (bindings === undefined) return null;
  for (const binding of bindings) if (binding.permissions.has(permission)) return viaBinding(binding);
  return null;
}
