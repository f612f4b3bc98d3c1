import type { Core } from "../../core.js";
import type { Db } from "../../store/store.js";
import type { RoleBindingRow } from "../../store/tables/index.js";

export type NewBinding = Pick<RoleBindingRow, "account_id" | "role_id" | "user_id" | "resource_type" | "resource_id">;

/** Writes a binding that is not there yet. */
export async function insertBinding({ store, clock }: Core, tx: Db, binding: NewBinding): Promise<RoleBindingRow> {
  const now = clock.now();
  const row: RoleBindingRow = {
    ...(await store.newId(tx, "RoleBinding")),
    ...binding,
    created_at: now,
    updated_at: now,
  };
  await tx.insertInto("role_bindings").values(row).execute();
  return row;
}

/** Binds the role in place of whatever the user had bound there: one binding a user and resource. */
export async function putBinding(core: Core, tx: Db, binding: NewBinding): Promise<void> {
  const before = await tx
    .selectFrom("role_bindings")
    .select("id")
    .where("user_id", "=", binding.user_id)
    .where("resource_id", "=", binding.resource_id)
    .executeTakeFirst();
  if (before === undefined) await insertBinding(core, tx, binding);
  else
    await tx
      .updateTable("role_bindings")
      .set({ role_id: binding.role_id, updated_at: core.clock.now() })
      .where("id", "=", before.id)
      .execute();
}
