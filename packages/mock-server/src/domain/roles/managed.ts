import { MANAGED_ROLES } from "@axlab/auth";
import type { Core } from "../../core.js";

/** Managed roles belong to no account: every account has them. */
export const EVERY_ACCOUNT = "";

/**
 * Writes the managed roles as rows, so that they have ids, are listed and can be bound as custom ones are. Runs at every start, before
 * the seed: a new database gives them the same ids every time, an older one takes over what a newer version says of them.
 */
export async function plantManagedRoles({ store, epoch, clock }: Core): Promise<void> {
  const rows = await store.db.selectFrom("roles").selectAll().where("account_id", "=", EVERY_ACCOUNT).execute();
  const known = new Map(rows.map((row) => [row.managed_key, row]));
  const wanted = MANAGED_ROLES.map(({ key, name, description, permissions }) => ({
    managed_key: key,
    name,
    description,
    permissions: JSON.stringify(permissions),
  }));
  const changed = wanted.filter(({ managed_key, name, description, permissions }) => {
    const row = known.get(managed_key);
    return row?.name !== name || row.description !== description || row.permissions !== permissions;
  });
  if (changed.length === 0) return;
  const now = clock.now();
  await epoch.change(async (tx) => {
    for (const role of changed) {
      const row = known.get(role.managed_key);
      if (row !== undefined)
        await tx
          .updateTable("roles")
          .set({ ...role, updated_at: now })
          .where("id", "=", row.id)
          .execute();
      else {
        const id = await store.newId(tx, "Role");
        await tx
          .insertInto("roles")
          .values({ ...id, ...role, account_id: EVERY_ACCOUNT, created_at: now, updated_at: now, deleted_at: null })
          .execute();
      }
    }
  });
}
