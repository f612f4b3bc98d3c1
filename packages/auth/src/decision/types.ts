import type { Permission } from "../permissions.js";
import type { ResourceRef } from "../resource.js";
import type { AccountRole, OrganizationRole, SpaceRole } from "../roles/names.js";

/**
 * What an operation asks for: a permission, or a standing.
 * - `AUTHENTICATED`: anybody of the account
 * - `ACCOUNT_MEMBER`: anybody of the account but annotators
 * - `ACCOUNT_ADMIN`, `ORGANIZATION_ADMIN`, `SPACE_ADMIN`: an admin at that level or above it
 */
export type Requirement =
  Permission | "AUTHENTICATED" | "ACCOUNT_MEMBER" | "ACCOUNT_ADMIN" | "ORGANIZATION_ADMIN" | "SPACE_ADMIN";

/** What a permission came from. `fallback`: the organization role acting in a public space. */
export type GrantSource =
  | { readonly from: "account"; readonly role: AccountRole }
  | { readonly from: "organization"; readonly role: OrganizationRole }
  | { readonly from: "space"; readonly role: SpaceRole }
  | { readonly from: "fallback"; readonly role: OrganizationRole }
  | { readonly from: "binding"; readonly bindingId: string; readonly roleId: string; readonly roleName: string };

export interface Allowed {
  readonly allowed: true;
  readonly via: GrantSource;
}

/** The resource must look as if it did not exist. */
export interface Hidden {
  readonly allowed: false;
  readonly reason: "not_found";
  readonly missing: Requirement;
  readonly resource: ResourceRef;
}

/** The resource may be seen, but this may not be done to it. */
export interface Forbidden {
  readonly allowed: false;
  readonly reason: "forbidden";
  readonly missing: Requirement;
  readonly resource: ResourceRef;
}

export type Denied = Hidden | Forbidden;
export type Decision = Allowed | Denied;
