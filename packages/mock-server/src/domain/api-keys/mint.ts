import { hashKey, mintKey, redactKey } from "@axlab/auth";
import { parseTimestamp } from "@axlab/wire";
import type { Core } from "../../core.js";
import { UnprocessableError } from "../../errors.js";
import type { Db } from "../../store/store.js";
import type { ApiKeyRow } from "../../store/tables/index.js";
import type { MintedKey } from "./present.js";

export type NewKey = Pick<
  ApiKeyRow,
  "account_id" | "key_type" | "name" | "description" | "created_by_user_id" | "user_id" | "expires_at"
>;

/** Writes a new key. What is kept of the secret is its SHA-256 and the few characters it is recognised by. */
export async function insertKey({ store, clock }: Core, tx: Db, key: NewKey): Promise<MintedKey> {
  const secret = mintKey();
  const row: ApiKeyRow = {
    ...(await store.newId(tx, "ApiKey")),
    ...key,
    status: "ACTIVE",
    hash: hashKey(secret),
    redacted: redactKey(secret),
    created_at: clock.now(),
    grace_until: null,
    last_used_at: null,
  };
  await tx.insertInto("api_keys").values(row).execute();
  return { row, secret };
}

/** @throws UnprocessableError when the instant is not in the future */
export function readExpiry(text: string | undefined, now: number): number | null {
  const at = text === undefined ? null : parseTimestamp(text);
  if (at !== null && at <= now)
    throw new UnprocessableError(
      "expires_at: lies in the past; a key has to be good for some time. Leave it out for a key that never expires.",
    );
  return at;
}
