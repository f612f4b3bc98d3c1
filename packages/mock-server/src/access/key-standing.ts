import type { Principal } from "@axlab/auth";
import { UnauthenticatedError, type KeyRefusal } from "../errors.js";
import type { Db } from "../store/store.js";
import type { ApiKeyRow } from "../store/tables/index.js";
import { loadPrincipal } from "./principals.js";

/** A key with whom it acts as, and what stands against that whatever the time. */
export interface KeyStanding {
  key: ApiKeyRow;
  principal: Principal;
  disabled: KeyRefusal | null;
}

/** Undefined when the user or account that the key belongs to is gone. */
export async function loadStanding(db: Db, key: ApiKeyRow): Promise<KeyStanding | undefined> {
  const [user, account] = await Promise.all([
    db.selectFrom("users").selectAll().where("id", "=", key.user_id).executeTakeFirst(),
    db.selectFrom("accounts").selectAll().where("id", "=", key.account_id).executeTakeFirst(),
  ]);
  if (user === undefined || account === undefined) return undefined;
  const loaded = await loadPrincipal(db, user);
  const principal: Principal = { ...loaded, key: { id: key.id, type: key.key_type, expiresAt: key.expires_at } };
  return {
    key,
    principal,
    disabled: disabledBy(key, principal, user.status !== "ACTIVE", account.developer_lock === 1),
  };
}

/** Why a key is not accepted at an instant; null when it is. */
export function refusalAt({ key, disabled }: KeyStanding, now: number): KeyRefusal | null {
  if (key.status === "REVOKED" && (key.grace_until === null || now >= key.grace_until)) return "revoked";
  if (key.expires_at !== null && now >= key.expires_at) return "expired";
  return disabled;
}

/** A user key follows its person; a service key has only its own life (`spec/access.md §3`). */
function disabledBy(key: ApiKeyRow, principal: Principal, inactive: boolean, locked: boolean): KeyRefusal | null {
  if (inactive) return "disabled";
  if (key.key_type === "SERVICE") return null;
  if (locked) return "developer_lock";
  return principal.developerAccess ? null : "developer_access";
}

const TEXTS: Record<KeyRefusal, string> = {
  missing:
    "No API key was sent. Send one as this surface expects it; Settings → API Keys or POST /v2/api-keys makes one.",
  malformed:
    "This is not an API key: a key begins with ak- and ends in a checksum that does not match here. Was it cut or mistyped?",
  unknown: "This API key is not known here. Was it made on another platform, or for another account?",
  expired: "This API key has expired. Refresh it or create a new one.",
  revoked: "This API key has been revoked. Create a new one.",
  disabled: "This API key is disabled: the person it acts as is no longer an active member of the account.",
  developer_access:
    "This API key is disabled: the person it acts as has no developer access. An account admin can grant developer permissions.",
  developer_lock:
    "This API key is disabled: the account's developer-access lock is on, so user keys may not call the API.",
};

/** What is answered to somebody who comes with such a key: what was wrong and what would be right, never the key. */
export const refused = (refusal: KeyRefusal): UnauthenticatedError => new UnauthenticatedError(TEXTS[refusal], refusal);
