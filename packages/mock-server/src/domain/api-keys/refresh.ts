import {
  checkServiceKeyCeiling,
  type CustomRoleGrant,
  type Principal,
  type ServiceKeyGrants,
  type SpaceRef,
  type SpaceRole,
} from "@axlab/auth";
import type { RefreshApiKeyRequest } from "@axlab/wire/rest";
import type { z } from "zod";
import type { Caller } from "../../access/gate.js";
import { loadPrincipal } from "../../access/principals.js";
import type { Core } from "../../core.js";
import { ConflictError, NotFoundError, UnprocessableError } from "../../errors.js";
import type { ApiKeyRow } from "../../store/tables/index.js";
import { insertKey, readExpiry } from "./mint.js";
import type { MintedKey } from "./present.js";
import { findKey, requireDeveloper, requireRefresh, type ManagedKey } from "./rules.js";

/**
 * Puts a new key with a new id and secret in the place of one, in one transaction: there is no moment at which neither works. Name,
 * description, type, maker and whom it acts as stay. The old key is REVOKED and, with a grace period, works until it is over.
 * @throws NotFoundError, ForbiddenError; UnprocessableError for an expiry that is missing, past or later than the old one; ConflictError for a key
 * that was revoked or refreshed already, which is also what the slower of two refreshes at once hears
 */
export async function refreshKey(
  core: Core,
  caller: Caller,
  id: string,
  request: z.output<typeof RefreshApiKeyRequest>,
): Promise<MintedKey> {
  await requireDeveloper(core, caller);
  const key = await findKey(core, caller.principal, id);
  requireRefresh(core, caller, key);
  await refuseHigherKey(core, caller, key);
  const { row } = key;
  if (row.status === "REVOKED") throw gone();
  const now = core.clock.now();
  const expires_at = newExpiry(row, request.expires_at, now);
  const { account_id, key_type, name, description, created_by_user_id, user_id } = row;
  return core.epoch.change(async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable("api_keys")
      .set({ status: "REVOKED", grace_until: graceEnd(row, request.grace_period_seconds, now) })
      .where("id", "=", id)
      .where("status", "=", "ACTIVE")
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) throw gone();
    return insertKey(core, tx, { account_id, key_type, name, description, created_by_user_id, user_id, expires_at });
  });
}

/** A refreshed key may not live longer than the one it replaces, and one that has expired is over. */
function newExpiry(row: ApiKeyRow, asked: string | undefined, now: number): number | null {
  if (row.expires_at === null) return readExpiry(asked, now);
  if (now >= row.expires_at)
    throw new UnprocessableError("This key has expired and cannot be refreshed; create a new one.");
  if (asked === undefined)
    throw new UnprocessableError(
      "expires_at: this key has an expiry, so the refreshed one needs one too, no later than the old.",
    );
  const at = readExpiry(asked, now);
  if (at !== null && at > row.expires_at)
    throw new UnprocessableError(
      "expires_at: is later than the old key's expiry; a refresh cannot make a key live longer.",
    );
  return at;
}

function graceEnd({ expires_at }: ApiKeyRow, seconds: number, now: number): number | null {
  if (seconds === 0) return null;
  return Math.min(now + seconds * 1000, expires_at ?? Number.POSITIVE_INFINITY);
}

/** Somebody who did not make the key would learn a secret with it: it must not let them do more than they may themselves. */
async function refuseHigherKey(core: Core, caller: Caller, { row, own, spaces }: ManagedKey): Promise<void> {
  if (own || row.key_type === "USER") return;
  const user = await core.store.db.selectFrom("users").selectAll().where("id", "=", row.user_id).executeTakeFirst();
  if (user === undefined) throw new NotFoundError();
  const [violation] = checkServiceKeyCeiling(
    caller.principal,
    grantsOf(await loadPrincipal(core.store.db, user), spaces),
  );
  if (violation === undefined) return;
  const { level, granted, own: yours } = violation;
  throw new UnprocessableError(
    `This key holds ${granted} at the level of the ${level}, which is above your own role there (${yours ?? "none"}); ask its maker or somebody with that role to refresh it.`,
  );
}

function grantsOf({ grants }: Principal, spaces: readonly SpaceRef[]): ServiceKeyGrants {
  const rolesIn = ({ spaceId }: SpaceRef): (SpaceRole | CustomRoleGrant)[] => {
    const managed = grants.spaceRoles.get(spaceId);
    return managed ? [managed] : [...(grants.bindings.get(spaceId) ?? [])];
  };
  const organizations = [...grants.organizationRoles].map(([organizationId, role]) => ({
    organizationId,
    role,
    spaces: spaces
      .filter((space) => space.organizationId === organizationId)
      .flatMap((space) => rolesIn(space).map((given) => ({ ...space, role: given }))),
  }));
  return { accountRole: grants.accountRole, organizations };
}

const gone = (): ConflictError =>
  new ConflictError(
    "This key was revoked or refreshed already, and cannot come back. Use the key that replaced it, or create a new one.",
  );
