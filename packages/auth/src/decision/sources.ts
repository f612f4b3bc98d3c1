import type { Binding } from "../principal.js";
import type { AccountRole, OrganizationRole } from "../roles/names.js";
import type { Allowed, GrantSource } from "./types.js";

const allowed = (via: GrantSource): Allowed => Object.freeze({ allowed: true, via: Object.freeze(via) });

// Every answer that a role can lead to is made once: deciding allocates nothing on the way to "yes".

const account = (role: AccountRole): Allowed => allowed({ from: "account", role });
export const BY_ACCOUNT: Readonly<Record<AccountRole, Allowed>> = {
  ADMIN: account("ADMIN"),
  MEMBER: account("MEMBER"),
  MEMBER_UI_ONLY: account("MEMBER_UI_ONLY"),
  ANNOTATOR: account("ANNOTATOR"),
};

const byLevel = (from: "organization" | "space" | "fallback"): Readonly<Record<OrganizationRole, Allowed>> => ({
  ADMIN: allowed({ from, role: "ADMIN" }),
  MEMBER: allowed({ from, role: "MEMBER" }),
  READ_ONLY: allowed({ from, role: "READ_ONLY" }),
  ANNOTATOR: allowed({ from, role: "ANNOTATOR" }),
});
export const BY_ORGANIZATION = byLevel("organization");
export const BY_SPACE = byLevel("space");
export const BY_FALLBACK = byLevel("fallback");

const byBinding = new WeakMap<Binding, Allowed>();

/** Made once for each binding of a snapshot. */
export function viaBinding(binding: Binding): Allowed {
  const known = byBinding.get(binding);
  if (known !== undefined) return known;
  const { bindingId, roleId, roleName } = binding;
  const made = allowed({ from: "binding", bindingId, roleId, roleName });
  byBinding.set(binding, made);
  return made;
}
