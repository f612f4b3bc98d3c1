import { checkServiceKeyCeiling, decide, effectiveRole, type Principal, type RolesByLevel } from "@axlab/auth";
import type { SignedIn } from "@axlab/wire/console";
import type { Place, PlacedSpace } from "../../api/places.js";
import { ACCOUNT_ROLES, ORGANIZATION_ROLES, SPACE_ROLES } from "../../components/role-names.js";

export type KeySpaceRole = Exclude<RolesByLevel["space"], "ANNOTATOR">;
export type KeyOrganizationRole = Exclude<RolesByLevel["organization"], "ANNOTATOR">;
export type KeyAccountRole = "ADMIN" | "MEMBER";

/** What the person may do about keys, by the same rules as the platform (`@axlab/auth`): a page that offers what would be refused misleads. */

/** Why they can make no key of any kind; null when they can. */
export function whyNoKey({ person, account }: Pick<SignedIn, "person" | "account">): string | null {
  if (!person.is_developer)
    return "You have no developer access, and without it nobody creates or refreshes keys. An account admin can give it to you.";
  if (account.developer_lock)
    return "The account's developer-access lock is on: nobody can create or refresh keys until an account admin takes it off.";
  return null;
}

export const mayMakeKeysIn = (principal: Principal, space: PlacedSpace): boolean =>
  decide(principal, "SERVICE_KEY_CREATE", space.ref).allowed;

/** Why they can make no service key; null when there is a space in which they can. */
export function whyNoServiceKey(principal: Principal, places: readonly Place[]): string | null {
  const spaces = places.flatMap((place) => place.spaces);
  if (spaces.some((space) => mayMakeKeysIn(principal, space))) return null;
  const [first] = spaces;
  if (first === undefined) return "A service key covers at least one space, and you are in none.";
  return `A service key needs a role that may create service keys in its space, as Admin and Member may. ${yourRole(principal, first)} Ask a space admin for another role.`;
}

/** Why a space cannot be chosen for a service key; null when it can. */
export const whyNotSpace = (principal: Principal, space: PlacedSpace): string | null =>
  mayMakeKeysIn(principal, space) ? null : `${yourRole(principal, space)} It may not create service keys.`;

/** Why a key over these spaces cannot hold the role; null when it can. */
export function whyNotSpaceRole(
  principal: Principal,
  role: KeySpaceRole,
  spaces: readonly PlacedSpace[],
): string | null {
  const organizations = spaces.map(({ ref }) => ({
    organizationId: ref.organizationId,
    role: "READ_ONLY" as const,
    spaces: [{ ...ref, role }],
  }));
  const violation = checkServiceKeyCeiling(principal, { accountRole: "MEMBER", organizations }).find(
    ({ level }) => level === "space",
  );
  const space = spaces.find(({ id }) => id === violation?.id);
  return space === undefined ? null : `Above your own role. ${yourRole(principal, space)}`;
}

/** As `whyNotSpaceRole`, for organizations. */
export function whyNotOrganizationRole(
  principal: Principal,
  role: KeyOrganizationRole,
  places: readonly Place[],
): string | null {
  const organizations = places.map(({ ref }) => ({ organizationId: ref.organizationId, role, spaces: [] }));
  const violation = checkServiceKeyCeiling(principal, { accountRole: "MEMBER", organizations }).find(
    ({ level }) => level === "organization",
  );
  const place = places.find(({ id }) => id === violation?.id);
  if (place === undefined) return null;
  const own = effectiveRole(principal, "organization", place.ref);
  return `Above your own role. You are ${own === null ? "no member" : ORGANIZATION_ROLES[own]} in ${place.name}.`;
}

/** As `whyNotSpaceRole`, for the account. */
export function whyNotAccountRole(principal: Principal, accountRole: KeyAccountRole): string | null {
  const refused = checkServiceKeyCeiling(principal, { accountRole, organizations: [] }).length > 0;
  return refused ? `Above your own role. You are ${ACCOUNT_ROLES[principal.grants.accountRole]} of the account.` : null;
}

function yourRole(principal: Principal, space: PlacedSpace): string {
  const own = effectiveRole(principal, "space", space.ref);
  return own === null ? `You have no role in ${space.name}.` : `You are ${SPACE_ROLES[own]} in ${space.name}.`;
}
