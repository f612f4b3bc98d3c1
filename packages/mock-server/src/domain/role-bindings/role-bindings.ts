import { formatTimestamp } from "@axlab/wire";
import type { CreateRoleBindingRequest, RoleBinding } from "@axlab/wire/rest";
import type { Caller } from "../../access/gate.js";
import type { Core } from "../../core.js";
import { ConflictError, NotFoundError } from "../../errors.js";
import type { RoleBindingRow } from "../../store/tables/index.js";
import { expectIdOf, locate } from "../locate.js";
import { findPerson } from "../members/people.js";
import { pageBySeq, type Page, type PageRequest } from "../paging.js";
import { insertBinding } from "./put.js";
import { bindableRole } from "./rules.js";

export interface BindingFilter {
  resource_type: RoleBindingRow["resource_type"];
  user_id?: string | undefined;
}

/** Roles given to people on one space or project. */
export class RoleBindings {
  constructor(private readonly core: Core) {}

  /** Every binding of the account, for any of its members. @throws NotFoundError when `user_id` is nobody's */
  async list(caller: Caller, request: PageRequest & BindingFilter): Promise<Page<RoleBinding>> {
    const { db } = this.core.store;
    const { accountId } = caller.principal;
    if (request.user_id !== undefined) await findPerson(db, accountId, request.user_id);
    return pageBySeq(
      request,
      (after, count) => {
        let rows = db
          .selectFrom("role_bindings")
          .selectAll()
          .where("account_id", "=", accountId)
          .where("resource_type", "=", request.resource_type)
          .orderBy("seq")
          .limit(count);
        if (after !== undefined) rows = rows.where("seq", ">", after);
        if (request.user_id !== undefined) rows = rows.where("user_id", "=", request.user_id);
        return rows.execute();
      },
      presentRoleBinding,
    );
  }

  /** @throws NotFoundError when the account has no such binding */
  async get(caller: Caller, id: string): Promise<RoleBindingRow> {
    expectIdOf(["RoleBinding"], "role binding", id);
    const row = await this.core.store.db
      .selectFrom("role_bindings")
      .selectAll()
      .where("id", "=", id)
      .where("account_id", "=", caller.principal.accountId)
      .executeTakeFirst();
    if (row === undefined) throw new NotFoundError();
    return row;
  }

  /**
   * Needs ROLE_BINDING_CREATE on the space or project.
   * @throws ForbiddenError or NotFoundError as the gate says; NotFoundError for an unknown person or role; UnprocessableError for a role that is not
   * made for such a resource; ConflictError when the person has a binding there already
   */
  async create(caller: Caller, request: CreateRoleBindingRequest): Promise<RoleBindingRow> {
    const { store, epoch, gate } = this.core;
    const { accountId } = caller.principal;
    const { role_id, user_id, resource_type, resource_id } = request;
    const found = await locate(store.db, resource_type === "SPACE" ? "space" : "project", resource_id);
    gate.require(caller, "ROLE_BINDING_CREATE", found?.ref ?? null);
    return epoch.change(async (tx) => {
      await findPerson(tx, accountId, user_id);
      const role = await bindableRole(tx, accountId, role_id, resource_type);
      const before = await tx
        .selectFrom("role_bindings")
        .select("id")
        .where("user_id", "=", user_id)
        .where("resource_id", "=", resource_id)
        .executeTakeFirst();
      if (before !== undefined) {
        throw new ConflictError(
          `This user has the binding ${before.id} on ${resource_id} already, and can have one. PATCH /v2/role-bindings/{binding_id} changes its role.`,
        );
      }
      return insertBinding(this.core, tx, {
        account_id: accountId,
        role_id: role.id,
        user_id,
        resource_type,
        resource_id,
      });
    });
  }

  /** Whoever calls has asked the gate for ROLE_BINDING_CREATE: changing the role gives a new one. @throws NotFoundError, UnprocessableError */
  async update(row: RoleBindingRow, roleId: string): Promise<RoleBindingRow> {
    const { epoch, clock } = this.core;
    return epoch.change(async (tx) => {
      const role = await bindableRole(tx, row.account_id, roleId, row.resource_type);
      const changes = { role_id: role.id, updated_at: clock.now() };
      const { numUpdatedRows } = await tx
        .updateTable("role_bindings")
        .set(changes)
        .where("id", "=", row.id)
        .executeTakeFirstOrThrow();
      if (numUpdatedRows === 0n) throw new NotFoundError();
      return { ...row, ...changes };
    });
  }

  /** A membership that the binding gave stays, without a role. Whoever calls has asked the gate for ROLE_BINDING_DELETE. */
  async delete(row: RoleBindingRow): Promise<void> {
    await this.core.epoch.change((tx) => tx.deleteFrom("role_bindings").where("id", "=", row.id).execute());
  }
}

export const presentRoleBinding = (row: RoleBindingRow): RoleBinding => ({
  id: row.id,
  role_id: row.role_id,
  user_id: row.user_id,
  resource_type: row.resource_type,
  resource_id: row.resource_id,
  created_at: formatTimestamp(row.created_at),
  updated_at: formatTimestamp(row.updated_at),
});
