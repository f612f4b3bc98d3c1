import { PERMISSIONS, type Permission } from "@axlab/auth";
import { formatTimestamp } from "@axlab/wire";
import type { CreateRoleRequest, Role, UpdateRoleRequest } from "@axlab/wire/rest";
import type { Caller } from "../../access/gate.js";
import { permissionsOfRole } from "../../access/principals.js";
import type { Core } from "../../core.js";
import { ConflictError, ForbiddenError, NotFoundError } from "../../errors.js";
import type { Db } from "../../store/store.js";
import type { RoleRow } from "../../store/tables/index.js";
import { expectIdOf } from "../locate.js";
import { pageBySeq, type Page, type PageRequest } from "../paging.js";
import { EVERY_ACCOUNT } from "./managed.js";

/** Named sets of permissions: the managed ones, which every account has, and those that the account's admins make. */
export class Roles {
  constructor(private readonly core: Core) {}

  /** In the order in which they were made, managed ones first. A deleted role is not listed. */
  async list(caller: Caller, request: PageRequest & { is_predefined?: boolean | undefined }): Promise<Page<Role>> {
    const { db } = this.core.store;
    const owners = {
      true: [EVERY_ACCOUNT],
      false: [caller.principal.accountId],
      any: [EVERY_ACCOUNT, caller.principal.accountId],
    };
    return pageBySeq(
      request,
      (after, count) => {
        const rows = db
          .selectFrom("roles")
          .selectAll()
          .where(
            "account_id",
            "in",
            owners[request.is_predefined === undefined ? "any" : request.is_predefined ? "true" : "false"],
          )
          .where("deleted_at", "is", null)
          .orderBy("seq")
          .limit(count);
        return (after === undefined ? rows : rows.where("seq", ">", after)).execute();
      },
      presentRole,
    );
  }

  /** @throws NotFoundError when the account has no such role */
  async get(accountId: string, id: string): Promise<RoleRow> {
    return findRole(this.core.store.db, accountId, id);
  }

  /** @throws ConflictError when a role of the account, or a managed one, has the name already */
  async create(caller: Caller, request: CreateRoleRequest): Promise<RoleRow> {
    const { store, epoch, clock } = this.core;
    const { accountId } = caller.principal;
    return epoch.change(async (tx) => {
      await refuseTakenName(tx, accountId, request.name);
      const now = clock.now();
      const row: RoleRow = {
        ...(await store.newId(tx, "Role")),
        account_id: accountId,
        managed_key: null,
        name: request.name,
        description: request.description ?? "",
        permissions: inOrder(request.permissions),
        created_at: now,
        updated_at: now,
        deleted_at: null,
      };
      await tx.insertInto("roles").values(row).execute();
      return row;
    });
  }

  /**
   * Whoever holds the role may do what it then says from their next request on.
   * @throws NotFoundError, ForbiddenError for a managed role, ConflictError when the name is taken
   */
  async update(caller: Caller, id: string, request: UpdateRoleRequest): Promise<RoleRow> {
    const { epoch, clock } = this.core;
    const { accountId } = caller.principal;
    return epoch.change(async (tx) => {
      const row = await findCustomRole(tx, accountId, id, "changed");
      if (request.name !== undefined && request.name !== row.name) await refuseTakenName(tx, accountId, request.name);
      const changes = {
        name: request.name ?? row.name,
        description: request.description === undefined ? row.description : (request.description ?? ""),
        permissions: request.permissions === undefined ? row.permissions : inOrder(request.permissions),
        updated_at: clock.now(),
      };
      await tx.updateTable("roles").set(changes).where("id", "=", id).execute();
      return { ...row, ...changes };
    });
  }

  /**
   * The row stays, so that bindings can still say what they were; they grant nothing any more, and the name is free again.
   * @throws NotFoundError, ForbiddenError for a managed role
   */
  async delete(caller: Caller, id: string): Promise<void> {
    await this.core.epoch.change(async (tx) => {
      await findCustomRole(tx, caller.principal.accountId, id, "deleted");
      await tx.updateTable("roles").set({ deleted_at: this.core.clock.now() }).where("id", "=", id).execute();
    });
  }
}

/** A role that may be given in the account. @throws NotFoundError when it is another account's, deleted or absent; InvalidRequestError for an id of another kind */
export async function findRole(db: Db, accountId: string, id: string): Promise<RoleRow> {
  expectIdOf(["Role"], "role", id);
  const row = await db
    .selectFrom("roles")
    .selectAll()
    .where("id", "=", id)
    .where("deleted_at", "is", null)
    .executeTakeFirst();
  if (row === undefined || (row.account_id !== accountId && row.account_id !== EVERY_ACCOUNT))
    throw new NotFoundError();
  return row;
}

async function findCustomRole(db: Db, accountId: string, id: string, what: "changed" | "deleted"): Promise<RoleRow> {
  const row = await findRole(db, accountId, id);
  if (row.managed_key === null) return row;
  throw new ForbiddenError(
    `${row.name} is a predefined role, which cannot be ${what}. POST /v2/roles makes a role of your own with the permissions you choose.`,
  );
}

async function refuseTakenName(db: Db, accountId: string, name: string): Promise<void> {
  const taken = await db
    .selectFrom("roles")
    .select("id")
    .where("account_id", "in", [EVERY_ACCOUNT, accountId])
    .where("name", "=", name)
    .where("deleted_at", "is", null)
    .executeTakeFirst();
  if (taken !== undefined)
    throw new ConflictError(`name: a role named "${name}" is already there in this account; choose another name.`);
}

/** Each permission once, in the order of the documents. */
function inOrder(permissions: readonly Permission[]): string {
  const given = new Set(permissions);
  return JSON.stringify(PERMISSIONS.filter((permission) => given.has(permission)));
}

export const presentRole = (row: RoleRow): Role => ({
  id: row.id,
  name: row.name,
  ...(row.description !== "" && { description: row.description }),
  permissions: permissionsOfRole(row),
  is_predefined: row.managed_key !== null,
  created_at: formatTimestamp(row.created_at),
  updated_at: formatTimestamp(row.updated_at),
});
