import type { Principal } from "@axlab/auth";
import type { ConsolePerson } from "@axlab/wire/console";
import { loadPrincipal } from "../../access/principals.js";
import type { Core } from "../../core.js";
import type { AccountRow, ConsoleSessionRow, UserRow } from "../../store/tables/index.js";
import { hashToken, newToken } from "../users/passwords.js";

/** Long enough for a working day; a session is not prolonged. */
export const SESSION_MS = 12 * 3_600_000;

/** Somebody signed in, as they stand now: read anew at every request, so that a change of roles counts at the next one. */
export interface Session {
  principal: Principal;
  user: UserRow;
  account: AccountRow;
  expiresAt: number;
}

/** A session that was just opened. `token` is known here and in the cookie, nowhere else. */
export interface Opened extends Session {
  token: string;
}

/** Who is signed in to the console (`decisions/0038`). A session acts as a person and is no key: it has no `principal.key`. */
export class Sessions {
  /** @param openAccount whose people may be chosen from a list without a password: the demo's, whose keys everybody knows anyway */
  constructor(
    private readonly core: Core,
    private readonly openAccount: string | null,
  ) {}

  /** Those who may be chosen without a password; empty where one is asked for. */
  async people(): Promise<ConsolePerson[]> {
    if (this.openAccount === null) return [];
    const rows = await this.core.store.db
      .selectFrom("users")
      .select(["id", "name", "email"])
      .where("account_id", "=", this.openAccount)
      .where("kind", "=", "human")
      .where("status", "=", "ACTIVE")
      .orderBy("seq")
      .execute();
    return rows.map(({ id, name, email }) => ({ id, name, email: email ?? "" }));
  }

  /** @param token of the cookie; @returns null when nobody is signed in with it any more */
  async find(token: string): Promise<Session | null> {
    const { store, clock } = this.core;
    const row = await store.db
      .selectFrom("console_sessions")
      .selectAll()
      .where("token_hash", "=", hashToken(token))
      .where("expires_at", ">", clock.now())
      .executeTakeFirst();
    return row === undefined ? null : this.#read(row);
  }

  /** Opens a session for somebody who has shown who they are; sessions that have expired go at the same time. */
  async open(user: Pick<UserRow, "id" | "account_id">, keyId: string | null): Promise<Opened | null> {
    const { store, clock } = this.core;
    const now = clock.now();
    const token = newToken();
    const row: ConsoleSessionRow = {
      token_hash: hashToken(token),
      account_id: user.account_id,
      user_id: user.id,
      key_id: keyId,
      created_at: now,
      expires_at: now + SESSION_MS,
    };
    await store.db.deleteFrom("console_sessions").where("expires_at", "<=", now).execute();
    await store.db.insertInto("console_sessions").values(row).execute();
    const session = await this.#read(row);
    return session && { ...session, token };
  }

  async end(token: string): Promise<void> {
    await this.core.store.db.deleteFrom("console_sessions").where("token_hash", "=", hashToken(token)).execute();
  }

  async #read(row: ConsoleSessionRow): Promise<Session | null> {
    const { db } = this.core.store;
    const [user, account] = await Promise.all([
      db.selectFrom("users").selectAll().where("id", "=", row.user_id).executeTakeFirst(),
      db.selectFrom("accounts").selectAll().where("id", "=", row.account_id).executeTakeFirst(),
    ]);
    if (user?.kind !== "human" || user.status !== "ACTIVE" || account === undefined) return null;
    if (row.key_id !== null && !(await this.#keyStands(row.key_id))) return null;
    return { principal: await loadPrincipal(db, user), user, account, expiresAt: row.expires_at };
  }

  async #keyStands(keyId: string): Promise<boolean> {
    const { store, clock } = this.core;
    const key = await store.db
      .selectFrom("api_keys")
      .select(["status", "expires_at"])
      .where("id", "=", keyId)
      .executeTakeFirst();
    return key?.status === "ACTIVE" && (key.expires_at === null || key.expires_at > clock.now());
  }
}
