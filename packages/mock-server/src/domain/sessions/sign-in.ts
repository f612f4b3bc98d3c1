import type { SignInRequest } from "@axlab/wire/console";
import type { z } from "zod";
import type { Authenticator } from "../../access/authenticate.js";
import type { Caller } from "../../access/gate.js";
import { loadPrincipal } from "../../access/principals.js";
import { RateLimit } from "../../access/rate-limit.js";
import type { Core } from "../../core.js";
import { UnauthenticatedError } from "../../errors.js";
import type { UserRow } from "../../store/tables/index.js";
import type { AuditLog } from "../audit.js";
import { accountRef } from "../locate.js";
import { hashPassword, isPassword } from "../users/passwords.js";
import { statusOf } from "../users/present.js";
import type { Opened, Sessions } from "./sessions.js";

type Request = z.output<typeof SignInRequest>;
/** Where the request came from. */
export type Origin = Pick<Caller, "requestId" | "address">;

const TRIES_PER_PERSON = 10;
const TRIES_PER_ADDRESS = 60;

/** Shows who somebody is, and opens a session for them. */
export class SignIn {
  readonly #perPerson: RateLimit;
  readonly #perAddress: RateLimit;
  /** what an unknown address is compared with, so that it takes as long as a known one */
  readonly #nobody = hashPassword("");

  constructor(
    private readonly core: Core,
    private readonly audit: AuditLog,
    private readonly sessions: Sessions,
    private readonly keys: Pick<Authenticator, "authenticate">,
  ) {
    this.#perPerson = new RateLimit(TRIES_PER_PERSON, core.clock, tooManyTries);
    this.#perAddress = new RateLimit(TRIES_PER_ADDRESS, core.clock, tooManyTries);
  }

  /**
   * By a person of the demo's list, an address with its password, or a user key. A temporary password that still holds accepts its
   * invitation.
   * @throws UnauthenticatedError when what was given opens nothing; RateLimitedError after too many tries
   */
  async signIn(request: Request, origin: Origin): Promise<Opened> {
    const { user, keyId } = await this.#identify(request, origin);
    const opened = await this.sessions.open(user, keyId);
    if (opened === null) throw refused("This person can no longer sign in.");
    const how = "user_id" in request ? "demo list" : "key" in request ? "user key" : "password";
    await this.#record(opened.user, origin, "console sign-in", "allowed", { how });
    return opened;
  }

  async signOut(token: string, origin: Origin): Promise<void> {
    const session = await this.sessions.find(token);
    await this.sessions.end(token);
    if (session !== null) await this.#record(session.user, origin, "console sign-out", "allowed");
  }

  async #identify(request: Request, origin: Origin): Promise<{ user: UserRow; keyId: string | null }> {
    if ("user_id" in request) return { user: await this.#fromList(request.user_id), keyId: null };
    this.#perAddress.take(origin.address);
    if ("key" in request) return this.#byKey(request.key);
    return { user: await this.#byPassword(request, origin), keyId: null };
  }

  async #fromList(userId: string): Promise<UserRow> {
    const listed = (await this.sessions.people()).some(({ id }) => id === userId);
    const user = listed ? await this.#user(userId) : undefined;
    if (user === undefined)
      throw refused("This person is not on the list; sign in with an e-mail address and password.");
    return user;
  }

  async #byKey(secret: string): Promise<{ user: UserRow; keyId: string | null }> {
    const principal = await this.keys.authenticate(secret);
    if (principal.kind === "bot")
      throw refused("A service key acts as no person, and only people sign in. Sign in with a user key or a password.");
    const user = await this.#user(principal.userId);
    if (user === undefined) throw refused("This person can no longer sign in.");
    return { user, keyId: principal.key?.id ?? null };
  }

  async #byPassword({ email, password }: Extract<Request, { email: string }>, origin: Origin): Promise<UserRow> {
    this.#perPerson.take(`${email.toLowerCase()} ${origin.address}`);
    const { store, clock } = this.core;
    const candidates = await store.db
      .selectFrom("users")
      .selectAll()
      .where((where) => where(where.fn<string>("lower", ["email"]), "=", email.toLowerCase()))
      .where("kind", "=", "human")
      .where("status", "in", ["ACTIVE", "INVITED"])
      .execute();
    for (const user of candidates) {
      const matches = user.password_hash !== null && (await isPassword(password, user.password_hash));
      if (matches && statusOf(user, clock.now()) !== "EXPIRED") return this.#accepted(user);
    }
    if (candidates.length === 0) await isPassword(password, await this.#nobody);
    for (const user of candidates) await this.#record(user, origin, "console sign-in", "401");
    throw refused("The e-mail address or the password is wrong.");
  }

  /** An invitation with a temporary password is taken up by using it. */
  async #accepted(user: UserRow): Promise<UserRow> {
    if (user.status === "ACTIVE") return user;
    const active = { status: "ACTIVE" as const, invite_token_hash: null, invite_expires_at: null };
    await this.core.epoch.change((tx) =>
      tx.updateTable("users").set(active).where("id", "=", user.id).where("status", "=", "INVITED").execute(),
    );
    return { ...user, ...active };
  }

  async #user(id: string): Promise<UserRow | undefined> {
    return this.core.store.db
      .selectFrom("users")
      .selectAll()
      .where("id", "=", id)
      .where("status", "=", "ACTIVE")
      .executeTakeFirst();
  }

  async #record(
    user: UserRow,
    origin: Origin,
    operation: string,
    outcome: string,
    variables: Record<string, unknown> = {},
  ): Promise<void> {
    const principal = await loadPrincipal(this.core.store.db, user);
    await this.audit.record(
      { principal, surface: "console", client: null, ...origin },
      { operation, outcome, resourceId: user.id, account: accountRef(user.account_id), variables },
    );
  }
}

const refused = (text: string): UnauthenticatedError => new UnauthenticatedError(text, "sign_in");

const tooManyTries = (_perMinute: number, wait: number): string => `Too many tries to sign in; try again in ${wait} s.`;
