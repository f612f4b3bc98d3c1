import type { Permission } from "../permissions.js";
import { resourceId, type ResourceRef } from "../resource.js";
import { MANAGED_ROLES } from "../roles/managed.js";
import type { Forbidden, Requirement } from "./types.js";

const STANDINGS: Readonly<Record<Exclude<Requirement, Permission>, string>> = {
  AUTHENTICATED: "a principal of this account",
  ACCOUNT_MEMBER: "a member of the account, which an annotator is not",
  ACCOUNT_ADMIN: "an account admin",
  ORGANIZATION_ADMIN: "an organization admin or an account admin",
  SPACE_ADMIN: "a space admin, an organization admin or an account admin",
};

/**
 * What a developer has to change when an operation was refused on a resource they may see, for example
 * "This key may not create datasets: it lacks DATASET_CREATE on space U3Bh…; the managed role Space Member holds it."
 * What was answered "not found" has no explanation, since any would tell that the resource exists.
 */
export function explainDenial({ missing, resource }: Forbidden): string {
  const where = `${resource.type} ${resourceId(resource)}`;
  if (isStanding(missing)) return `This key may not do that on ${where}: it needs to act as ${STANDINGS[missing]}.`;
  return `This key may not ${inWords(missing)}: it lacks ${missing} on ${where}${remedy(missing, resource)}.`;
}

const isStanding = (requirement: Requirement): requirement is Exclude<Requirement, Permission> =>
  Object.hasOwn(STANDINGS, requirement);

/** `DATASET_EXAMPLE_CREATE` → `create dataset examples` */
function inWords(permission: Permission): string {
  if (permission === "ALYX_RUN") return "run Alyx";
  const cut = permission.lastIndexOf("_");
  const noun = permission.slice(0, cut).toLowerCase().replaceAll("_", " ");
  return `${permission.slice(cut + 1).toLowerCase()} ${noun.replace(/^(ai|llm|ml) /, (name) => name.toUpperCase())}s`;
}

/** The weakest managed role that would have done. */
function remedy(permission: Permission, resource: ResourceRef): string {
  const level = resource.type === "project" && !resource.isRestricted ? "space" : resource.type;
  const holders = MANAGED_ROLES.filter((role) => role.level === level && role.permissions.includes(permission));
  const weakest = holders.reduce<(typeof holders)[number] | undefined>(
    (best, role) => (best === undefined || role.permissions.length < best.permissions.length ? role : best),
    undefined,
  );
  return weakest === undefined ? "" : `; the managed role ${weakest.name} holds it`;
}
