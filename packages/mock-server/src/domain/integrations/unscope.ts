import type { Db } from "../../store/store.js";
import { chunks } from "../rows.js";
import { scopesOf } from "./scopes.js";

/** SQLite takes a thousand conditions in a row. */
const IDS_PER_QUERY = 500;

/**
 * Spaces or organizations go: integrations are no longer seen in them. One that was seen nowhere else goes too, since without a scoping it
 * would be seen everywhere.
 */
export async function unscopeIntegrations(tx: Db, gone: readonly string[]): Promise<void> {
  for (const ids of chunks(gone, IDS_PER_QUERY)) await unscope(tx, ids);
}

async function unscope(tx: Db, gone: readonly string[]): Promise<void> {
  // Ids are base64, which has none of the characters that LIKE treats specially.
  const naming = await tx
    .selectFrom("integrations")
    .select(["id", "scopings"])
    .where((where) => where.or(gone.map((id) => where("scopings", "like", `%"${id}"%`))))
    .execute();
  for (const row of naming) {
    const left = scopesOf(row).filter(
      ({ organization_id, space_id }) => !gone.includes(organization_id ?? "") && !gone.includes(space_id ?? ""),
    );
    if (left.length === 0) await tx.deleteFrom("integrations").where("id", "=", row.id).execute();
    else
      await tx
        .updateTable("integrations")
        .set({ scopings: JSON.stringify(left) })
        .where("id", "=", row.id)
        .execute();
  }
}
