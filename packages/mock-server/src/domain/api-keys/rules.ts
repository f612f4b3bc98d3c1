import { explainDenial, type Principal, type Requirement, type SpaceRef } from "@axlab/auth";
import type { Caller } from "../../access/gate.js";
import type { Core } from "../../core.js";
import { ForbiddenError, NotFoundError } from "../../errors.js";
import type { Db } from "../../store/store.js";
import type { ApiKeyRow } from "../../store/tables/index.js";
import { accountRef, expectIdOf, spaceRef } from "../locate.js";

/**
 * Creating and refreshing keys needs developer access, and stops for everybody while the account's lock is on (`spec/access.md §4`).
 * @throws ForbiddenError
 */
export async function requireDeveloper({ store }: Core, { principal }: Caller): Promise<void> {
  if (!principal.developerAccess)
    throw new ForbiddenError(
      "Creating and refreshing keys needs developer access. An account admin gives it (PATCH /v2/users/{user_id} with is_developer).",
    );
  const account = await store.db
    .selectFrom("accounts")
    .select("developer_lock")
    .where("id", "=", principal.accountId)
    .executeTakeFirst();
  if (account?.developer_lock === 1)
    throw new ForbiddenError(
      "The account's developer-access lock is on: nobody can create or refresh keys until an account admin takes it off.",
    );
}

/** The key and, for a service key, the spaces it covers, which decide who may manage it. */
export interface ManagedKey {
  row: ApiKeyRow;
  /** the caller is the one who made it */
  own: boolean;
  spaces: SpaceRef[];
}

/** @throws NotFoundError when the account has no such key; InvalidRequestError when the id says that it is of another kind */
export async function findKey({ store }: Core, principal: Principal, id: string): Promise<ManagedKey> {
  expectIdOf(["ApiKey"], "API key", id);
  const row = await store.db
    .selectFrom("api_keys")
    .selectAll()
    .where("id", "=", id)
    .where("account_id", "=", principal.accountId)
    .executeTakeFirst();
  if (row === undefined) throw new NotFoundError();
  const spaces = row.key_type === "SERVICE" ? await spacesOf(store.db, row.user_id) : [];
  return { row, own: row.created_by_user_id === principal.userId, spaces };
}

async function spacesOf(db: Db, botId: string): Promise<SpaceRef[]> {
  const rows = await db
    .selectFrom("space_members")
    .innerJoin("spaces", "spaces.id", "space_members.space_id")
    .selectAll("spaces")
    .where("space_members.user_id", "=", botId)
    .execute();
  return rows.map(spaceRef);
}

const isAccountAdmin = ({ gate }: Core, caller: Caller): boolean =>
  gate.may(caller, "ACCOUNT_ADMIN", accountRef(caller.principal.accountId));

/**
 * Revoking: whoever made the key, an account admin, and for a service key whoever holds SERVICE_KEY_REVOKE in every space of it, as space
 * admins do. Who holds it in some of them is told so; to anybody else the key does not exist.
 * @throws NotFoundError, ForbiddenError
 */
export function requireRevoke(core: Core, caller: Caller, key: ManagedKey): void {
  if (key.own || isAccountAdmin(core, caller)) return;
  requireEverySpace(core, caller, key, "SERVICE_KEY_REVOKE");
}

/**
 * Refreshing: a user key, whoever made it or an account admin; a service key, space admins of every space of it, or whoever made it while
 * they hold SERVICE_KEY_CREATE there. Anybody else as in revoking.
 * @throws NotFoundError, ForbiddenError
 */
export function requireRefresh(core: Core, caller: Caller, key: ManagedKey): void {
  if (isAccountAdmin(core, caller)) return;
  if (key.row.key_type === "USER") {
    if (!key.own) throw new NotFoundError();
    return;
  }
  if (!key.own) return requireEverySpace(core, caller, key, "SPACE_ADMIN");
  const missing = key.spaces.find((space) => !core.gate.may(caller, "SERVICE_KEY_CREATE", space));
  if (missing !== undefined) throw forbidden("SERVICE_KEY_CREATE", missing);
}

function requireEverySpace({ gate }: Core, caller: Caller, { spaces }: ManagedKey, requirement: Requirement): void {
  const missing = spaces.find((space) => !gate.may(caller, requirement, space));
  if (spaces.length > 0 && missing === undefined) return;
  const some = spaces.some((space) => gate.may(caller, requirement, space));
  if (!some || missing === undefined) throw new NotFoundError();
  throw new ForbiddenError(
    `This service key covers several spaces, and you need ${requirement} in every one of them; you lack it in at least one.`,
    requirement,
  );
}

const forbidden = (missing: Requirement, resource: SpaceRef): ForbiddenError =>
  new ForbiddenError(explainDenial({ allowed: false, reason: "forbidden", missing, resource }), missing);
