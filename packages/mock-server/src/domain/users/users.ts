import type { UpdateUserRequest, User, UserStatus } from "@axlab/wire/rest";
import type { Caller } from "../../access/gate.js";
import type { Core } from "../../core.js";
import { InvalidRequestError, NotFoundError } from "../../errors.js";
import type { Db } from "../../store/store.js";
import type { UserRow } from "../../store/tables/index.js";
import { accountRef } from "../locate.js";
import { leaveEverything } from "../members/leave.js";
import { contains } from "../names.js";
import { pageBySeq, type Page, type PageRequest } from "../paging.js";
import { presentUser } from "./present.js";

export interface UserFilter {
  email?: string | undefined;
  status?: readonly UserStatus[] | undefined;
}

/** The people of an account; bot users are no people. */
export class Users {
  constructor(private readonly core: Core) {}

  /** Oldest first; somebody removed is never listed. Whoever calls has asked the gate for USER_READ. */
  async list(caller: Caller, request: PageRequest & UserFilter): Promise<Page<User>> {
    const { store, clock } = this.core;
    const now = clock.now();
    const wanted = request.status ?? ["ACTIVE", "INVITED", "EXPIRED"];
    return pageBySeq(
      request,
      (after, count) => {
        let rows = store.db
          .selectFrom("users")
          .selectAll()
          .where("account_id", "=", caller.principal.accountId)
          .where("kind", "=", "human")
          .where("status", "!=", "INACTIVE")
          .orderBy("seq")
          .limit(count);
        if (after !== undefined) rows = rows.where("seq", ">", after);
        if (request.email !== undefined) rows = rows.where(contains("email", request.email));
        return rows.execute();
      },
      (row) => presentUser(row, now),
      (row) => wanted.includes(presentUser(row, now).status),
    );
  }

  /** Whoever calls has asked the gate for USER_UPDATE; the developer flag needs an account admin. @throws NotFoundError, ForbiddenError */
  async update(caller: Caller, user: UserRow, request: UpdateUserRequest): Promise<UserRow> {
    const { epoch, gate, clock } = this.core;
    if (request.is_developer !== undefined) gate.require(caller, "ACCOUNT_ADMIN", accountRef(user.account_id));
    const changes = {
      name: request.name ?? user.name,
      is_developer:
        request.is_developer === undefined ? user.is_developer : request.is_developer ? (1 as const) : (0 as const),
      updated_at: clock.now(),
    };
    return epoch.change(async (tx) => {
      const { numUpdatedRows } = await tx
        .updateTable("users")
        .set(changes)
        .where("id", "=", user.id)
        .where("status", "!=", "INACTIVE")
        .executeTakeFirstOrThrow();
      if (numUpdatedRows === 0n) throw new NotFoundError();
      return { ...user, ...changes };
    });
  }

  /**
   * Removes a person from the account for ever: memberships, bindings and user keys go with them, service keys that they made stay. Removing
   * somebody removed changes nothing. Whoever calls has asked the gate for USER_DELETE.
   * @throws InvalidRequestError for oneself, and for the account's last admin
   */
  async remove(caller: Caller, user: UserRow): Promise<void> {
    if (user.id === caller.principal.userId)
      throw new InvalidRequestError("user_id: nobody can remove themselves; ask another account admin.");
    await this.core.epoch.change(async (tx) => {
      const current = await tx.selectFrom("users").selectAll().where("id", "=", user.id).executeTakeFirst();
      if (current === undefined || current.status === "INACTIVE") return;
      await refuseLastAdmin(tx, current);
      await leaveEverything(tx, user.id);
      await tx
        .updateTable("api_keys")
        .set({ status: "REVOKED", grace_until: null })
        .where("user_id", "=", user.id)
        .where("key_type", "=", "USER")
        .execute();
      await tx
        .updateTable("users")
        .set({
          status: "INACTIVE",
          invite_token_hash: null,
          invite_expires_at: null,
          password_hash: null,
          updated_at: this.core.clock.now(),
        })
        .where("id", "=", user.id)
        .execute();
    });
  }
}

/** A service key may act as account admin and so remove every person; one has to stay who can sign in. */
async function refuseLastAdmin(tx: Db, user: UserRow): Promise<void> {
  if (user.account_role !== "ADMIN" || user.status !== "ACTIVE") return;
  const other = await tx
    .selectFrom("users")
    .select("id")
    .where("account_id", "=", user.account_id)
    .where("kind", "=", "human")
    .where("account_role", "=", "ADMIN")
    .where("status", "=", "ACTIVE")
    .where("id", "!=", user.id)
    .executeTakeFirst();
  if (other === undefined)
    throw new InvalidRequestError(
      `user_id: ${user.id} is the account's last admin and cannot be removed; make another one first.`,
    );
}
