import type { Permission } from "../permissions.js";
import type { Principal } from "../principal.js";
import type { OrganizationRef, SpaceRef } from "../resource.js";
import { permissionsOf } from "../roles/managed.js";
import type { AccountRole, OrganizationRole, RolesByLevel, SpaceRole } from "../roles/names.js";
import { roleExceeds } from "../roles/rank.js";
import { effectiveRole, permissionsOn } from "./effective.js";

/** A custom role that a service key is to hold on a space. */
export interface CustomRoleGrant {
  readonly roleId: string;
  readonly permissions: Iterable<Permission>;
}

/** The roles that a new service key is to hold, defaults filled in. */
export interface ServiceKeyGrants {
  readonly accountRole: AccountRole;
  readonly organizations: readonly {
    readonly organizationId: string;
    readonly role: OrganizationRole;
    readonly spaces: readonly {
      readonly spaceId: string;
      readonly isPrivate: boolean;
      readonly role: SpaceRole | CustomRoleGrant;
    }[];
  }[];
}

/** One role of a service key that its creator may not give. */
export interface CeilingViolation {
  readonly level: "account" | "organization" | "space";
  /** of the account, organization or space */
  readonly id: string;
  /** the name of the managed role, or the id of the custom one */
  readonly granted: string;
  /** the creator's own effective role there, null without one */
  readonly own: RolesByLevel["account" | "organization" | "space"] | null;
  /** `annotator`: never given to a key, whoever asks */
  readonly problem: "exceeds" | "annotator";
  /** the permissions that the creator lacks there; empty for managed roles above the creator's own */
  readonly lacking: readonly Permission[];
}

/**
 * What stands against a service key: every role in it must be at or below its creator's own effective role there
 * (`spec/access.md §3`). A creator who has only bindings in a space may give a role whose permissions they hold, except
 * Admin, which reaches further than its permissions. A custom role may hold nothing that its creator lacks in that space.
 * Whether the creator may create service keys there at all is `SERVICE_KEY_CREATE`, asked of `decide`.
 *
 * @returns one entry for each refused role, in the order of the request; empty if the key may be made
 */
export function checkServiceKeyCeiling(creator: Principal, key: ServiceKeyGrants): CeilingViolation[] {
  const { accountId } = creator;
  const violations = [managedRole("account", accountId, key.accountRole, creator.grants.accountRole)];
  for (const { organizationId, role, spaces } of key.organizations) {
    const organization: OrganizationRef = { type: "organization", accountId, organizationId };
    violations.push(
      managedRole("organization", organizationId, role, effectiveRole(creator, "organization", organization)),
    );
    for (const { spaceId, isPrivate, role: given } of spaces)
      violations.push(spaceRole(creator, { type: "space", accountId, organizationId, spaceId, isPrivate }, given));
  }
  return violations.filter((violation): violation is CeilingViolation => violation !== null);
}

function managedRole<L extends CeilingViolation["level"]>(
  level: L,
  id: string,
  granted: RolesByLevel[L],
  own: RolesByLevel[L] | null,
): CeilingViolation | null {
  if (granted === "ANNOTATOR") return { level, id, granted, own, problem: "annotator", lacking: [] };
  return roleExceeds(level, granted, own) ? { level, id, granted, own, problem: "exceeds", lacking: [] } : null;
}

function spaceRole(creator: Principal, space: SpaceRef, granted: SpaceRole | CustomRoleGrant): CeilingViolation | null {
  const own = effectiveRole(creator, "space", space);
  const id = space.spaceId;
  const lackingOf = (permissions: Iterable<Permission>): Permission[] => {
    const held = new Set(permissionsOn(creator, space));
    return [...permissions].filter((permission) => !held.has(permission));
  };
  if (typeof granted !== "string") {
    const lacking = lackingOf(granted.permissions);
    return lacking.length === 0
      ? null
      : { level: "space", id, granted: granted.roleId, own, problem: "exceeds", lacking };
  }
  const violation = managedRole("space", id, granted, own);
  if (violation?.problem !== "exceeds" || granted === "ADMIN") return violation;
  return lackingOf(permissionsOf("space", granted)).length === 0 ? null : violation;
}
