import type { Definitions } from "./definition.js";

/** Somebody signed in to the console. */
export interface ConsoleSessionRow {
  /** SHA-256 of the cookie's token, which is stored nowhere */
  token_hash: string;
  account_id: string;
  user_id: string;
  /** the user key that opened the session, which ends with it; null when a password or the demo's list did */
  key_id: string | null;
  created_at: number;
  expires_at: number;
}

export interface SessionsTables {
  console_sessions: ConsoleSessionRow;
}

export const SESSIONS_TABLES: Definitions<SessionsTables> = {
  console_sessions: {
    columns: `
      token_hash text, account_id text, user_id text, key_id text?, created_at integer, expires_at integer`,
    key: ["token_hash"],
    index: [["user_id"], ["expires_at"]],
  },
};
