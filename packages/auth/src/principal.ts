import type { Permission } from "./permissions.js";
import type { AccountRole, OrganizationRole, SpaceRole } from "./roles/names.js";

/** A role given to one user on one space or project by a role binding. */
export interface Binding {
  readonly bindingId: string;
  readonly roleId: string;
  readonly roleName: string;
  readonly permissions: ReadonlySet<Permission>;
}

/** Everything that was given to a user: a snapshot, which decisions only read. */
export interface Grants {
  readonly accountRole: AccountRole;
  /** by organization id */
  readonly organizationRoles: ReadonlyMap<string, OrganizationRole>;
  /**
   * by space id; a role in a space counts only together with a role in its organization. Null: joined with a custom role, which stands
   * under `bindings`; the organization role does not stand in for it
   */
  readonly spaceRoles: ReadonlyMap<string, SpaceRole | null>;
  /** by space or project id; counts only together with a role in the organization around it */
  readonly bindings: ReadonlyMap<string, readonly Binding[]>;
}

/** Who asks: a person, or the bot user of a service key (`spec/access.md §2`). */
export interface Principal {
  readonly kind: "human" | "bot";
  readonly userId: string;
  readonly accountId: string;
  readonly name: string;
  /** whether they may create keys and call the API with their own; whether it is asked for is the caller's part */
  readonly developerAccess: boolean;
  readonly grants: Grants;
  /** the key that was shown, absent for a session of the console; `expiresAt` in ms since the epoch */
  readonly key?: { readonly id: string; readonly type: "USER" | "SERVICE"; readonly expiresAt: number | null };
}
