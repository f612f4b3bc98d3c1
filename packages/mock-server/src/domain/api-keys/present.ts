import { formatTimestamp } from "@axlab/wire";
import type { ApiKey, BotUser, CreatedApiKey, RefreshedApiKey } from "@axlab/wire/rest";
import type { ApiKeyRow } from "../../store/tables/index.js";

/** A key that has just been made: the one moment at which its secret is known. */
export interface MintedKey {
  row: ApiKeyRow;
  secret: string;
}

export const presentApiKey = (row: ApiKeyRow): ApiKey => ({
  id: row.id,
  name: row.name,
  ...(row.description !== null && { description: row.description }),
  key_type: row.key_type,
  status: row.status,
  redacted_key: row.redacted,
  created_at: formatTimestamp(row.created_at),
  ...(row.expires_at !== null && { expires_at: formatTimestamp(row.expires_at) }),
  created_by_user_id: row.created_by_user_id,
  ...(row.last_used_at !== null && { last_used_at: formatTimestamp(row.last_used_at) }),
});

export const presentUserKey = ({ row, secret }: MintedKey): CreatedApiKey => ({
  ...presentApiKey(row),
  key_type: "USER",
  key: secret,
});

export const presentServiceKey = ({ row, secret }: MintedKey, bot: BotUser): CreatedApiKey => ({
  ...presentApiKey(row),
  key_type: "SERVICE",
  key: secret,
  bot_user: bot,
});

/** A refreshed key never carries its bot user, whatever its type (`spec/rest.md §3.1`). */
export const presentRefreshedKey = ({ row, secret }: MintedKey): RefreshedApiKey => ({
  ...presentApiKey(row),
  key: secret,
});
