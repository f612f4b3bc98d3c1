import { roleExceeds } from "@axlab/auth";
import type { CreateUserRequest } from "@axlab/wire/rest";
import type { Caller } from "../../access/gate.js";
import type { Core } from "../../core.js";
import { ConflictError, InvalidRequestError, NotFoundError, UnprocessableError } from "../../errors.js";
import type { Db } from "../../store/store.js";
import type { UserRow } from "../../store/tables/index.js";
import { accountRef } from "../locate.js";
import { Outbox } from "./outbox.js";
import { hashPassword, hashToken, newToken } from "./passwords.js";
import { statusOf } from "./present.js";

/** An invitation can be taken up for a week (not stated by the API's document). */
const INVITATION_MS = 7 * 86_400_000;
/** `spec/rest.md §3.3` */
const RESET_MS = 30 * 60_000;

/** What `create` did: `existing` stands for an invitation that was already open. `temporaryPassword` is known here and never again. */
export interface Invited {
  row: UserRow;
  existing: boolean;
  temporaryPassword?: string;
}

/** How people come into an account and get their passwords. */
export class Invitations {
  /** in place of e-mail */
  readonly outbox = new Outbox();

  constructor(private readonly core: Core) {}

  /**
   * Keyed on the address, whatever its case (`spec/rest.md §3.3`). Needs USER_CREATE; a developer flag that the role would not give needs an
   * account admin.
   * @throws UnprocessableError for a role above the caller's, ConflictError when the address is taken or its owner was removed
   */
  async create(caller: Caller, request: CreateUserRequest): Promise<Invited> {
    const { epoch, gate } = this.core;
    const { accountId, grants } = caller.principal;
    if (request.role.type === "CUSTOM")
      throw new UnprocessableError(
        "role: custom roles are not supported for accounts yet; choose ADMIN, MEMBER or ANNOTATOR.",
      );
    const role = request.role.name;
    if (roleExceeds("account", role, grants.accountRole))
      throw new UnprocessableError(`role: ${role} is above your own account role ${grants.accountRole}.`);
    const isDeveloper = request.is_developer ?? role !== "ANNOTATOR";
    if (isDeveloper !== (role !== "ANNOTATOR")) gate.require(caller, "ACCOUNT_ADMIN", accountRef(accountId));
    const temporaryPassword = request.invite_mode === "TEMPORARY_PASSWORD" ? newToken() : undefined;
    const person: NewPerson = {
      name: request.name,
      email: request.email,
      account_role: role,
      is_developer: isDeveloper ? 1 : 0,
      invite_mode: request.invite_mode,
      password_hash: temporaryPassword === undefined ? null : await hashPassword(temporaryPassword),
    };
    const { row, existing, token } = await epoch.change((tx) => this.#write(tx, accountId, person));
    if (token !== null) this.#mail(row, "invitation", token);
    return { row, existing, ...(!existing && temporaryPassword !== undefined && { temporaryPassword }) };
  }

  /** A new token and mail; an expired invitation is open again. @throws InvalidRequestError when the person has taken it up already */
  async resend(user: UserRow): Promise<void> {
    if (user.status === "ACTIVE")
      throw pending(user, "has accepted the invitation already, so there is none to send again");
    await this.#link(user, "invitation", INVITATION_MS);
  }

  /** A link for a new password, good for 30 minutes. @throws InvalidRequestError when the person has not accepted their invitation */
  async resetPassword(user: UserRow): Promise<void> {
    if (user.status !== "ACTIVE")
      throw pending(
        user,
        "has not accepted the invitation yet, so there is no password to reset; resend the invitation",
      );
    await this.#link(user, "password_reset", RESET_MS);
  }

  /** What following a link does: the password is set, sessions end, an invited person becomes active, the link is used up. @throws NotFoundError for a link that is unknown, used or too old */
  async redeem(token: string, password: string): Promise<UserRow> {
    const { epoch, clock } = this.core;
    const password_hash = await hashPassword(password);
    return epoch.change(async (tx) => {
      const row = await tx
        .selectFrom("users")
        .selectAll()
        .where("invite_token_hash", "=", hashToken(token))
        .executeTakeFirst();
      const now = clock.now();
      if (
        row === undefined ||
        row.status === "INACTIVE" ||
        (row.invite_expires_at !== null && now >= row.invite_expires_at)
      )
        throw new NotFoundError("This link is unknown, used or too old; ask for a new one.");
      const changes = {
        status: "ACTIVE" as const,
        password_hash,
        invite_token_hash: null,
        invite_expires_at: null,
        updated_at: now,
      };
      await tx.updateTable("users").set(changes).where("id", "=", row.id).execute();
      // Somebody may be signed in with the password that was to be got rid of.
      await tx.deleteFrom("console_sessions").where("user_id", "=", row.id).execute();
      return { ...row, ...changes };
    });
  }

  async #write(
    tx: Db,
    accountId: string,
    person: NewPerson,
  ): Promise<{ row: UserRow; existing: boolean; token: string | null }> {
    const { store, clock } = this.core;
    const now = clock.now();
    const before = await tx
      .selectFrom("users")
      .selectAll()
      .where("account_id", "=", accountId)
      .where((where) => where(where.fn<string>("lower", ["email"]), "=", person.email.toLowerCase()))
      .executeTakeFirst();
    if (before !== undefined) {
      const status = statusOf(before, now);
      if (status === "INVITED" && person.invite_mode !== "NONE") return { row: before, existing: true, token: null };
      if (status !== "EXPIRED" || person.invite_mode === "NONE") throw taken(status);
    }
    const active = person.invite_mode === "NONE";
    const token = active ? null : newToken();
    const fields = {
      ...person,
      status: active ? ("ACTIVE" as const) : ("INVITED" as const),
      invite_token_hash: token === null ? null : hashToken(token),
      invite_expires_at: active ? null : now + INVITATION_MS,
      updated_at: now,
    };
    if (before !== undefined) {
      await tx.updateTable("users").set(fields).where("id", "=", before.id).execute();
      return { row: { ...before, ...fields }, existing: false, token };
    }
    const row: UserRow = {
      ...(await store.newId(tx, "User")),
      account_id: accountId,
      kind: "human",
      ...fields,
      created_at: now,
    };
    await tx.insertInto("users").values(row).execute();
    return { row, existing: false, token };
  }

  async #link(user: UserRow, kind: "invitation" | "password_reset", validMs: number): Promise<void> {
    const { epoch, clock } = this.core;
    const token = newToken();
    await epoch.change((tx) =>
      tx
        .updateTable("users")
        .set({ invite_token_hash: hashToken(token), invite_expires_at: clock.now() + validMs, updated_at: clock.now() })
        .where("id", "=", user.id)
        .where("status", "=", user.status)
        .execute(),
    );
    this.#mail(user, kind, token);
  }

  #mail(user: UserRow, kind: "invitation" | "password_reset", token: string): void {
    if (user.email !== null) this.outbox.send({ to: user.email, kind, token, at: this.core.clock.now() });
  }
}

type NewPerson = Pick<UserRow, "name" | "account_role" | "is_developer" | "invite_mode" | "password_hash"> & {
  email: string;
};

const pending = (user: UserRow, text: string): InvalidRequestError =>
  new InvalidRequestError(`user_id: ${user.id} ${text}.`);

function taken(status: ReturnType<typeof statusOf>): ConflictError {
  if (status === "INACTIVE")
    return new ConflictError(
      "email: this address belonged to somebody who was removed from the account, which is for ever; use another address.",
    );
  if (status === "ACTIVE") return new ConflictError("email: somebody with this address is in the account already.");
  return new ConflictError(
    "email: this address has an invitation already; send it again (POST /v2/users/{user_id}/resend-invitation), or remove it first.",
  );
}
