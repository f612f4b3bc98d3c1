import { NotFoundError } from "../../errors.js";
import type { Db } from "../../store/store.js";
import type { DatasetRow, DatasetVersionRow } from "../../store/tables/index.js";
import { readColumns, storedColumns, type Columns } from "../columns/columns.js";
import type { Kind } from "../columns/kinds.js";

/** The columns of a version in the order in which they came, without `id`, `created_at` and `updated_at`; null when they are not known. */
export function knownColumns(version: DatasetVersionRow): Columns | null {
  const columns = readColumns(version.columns);
  return columns !== null && columns.size > 0 ? columns : null;
}

/** As a list, empty when they are not known. */
export const columnsOf = (version: DatasetVersionRow): { name: string; kind: Kind }[] =>
  [...(knownColumns(version) ?? [])].map(([name, kind]) => ({ name, kind }));

/**
 * The first statement of every transaction that changes a dataset's versions or examples: writers of one dataset, of any process, wait for
 * one another here, so that positions and version names are given once.
 * @throws NotFoundError when it was deleted meanwhile
 */
export async function lockDataset(tx: Db, dataset: DatasetRow, now: number): Promise<DatasetRow> {
  const locked = await tx
    .updateTable("datasets")
    .set({ updated_at: now })
    .where("id", "=", dataset.id)
    .returningAll()
    .executeTakeFirst();
  if (locked === undefined) throw new NotFoundError();
  return locked;
}

/** Keeps a dataset from being deleted until the transaction ends, without changing it. @throws NotFoundError when it was deleted meanwhile */
export async function holdDataset(tx: Db, dataset: Pick<DatasetRow, "id">): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable("datasets")
    .set((row) => ({ name: row.ref("name") }))
    .where("id", "=", dataset.id)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw new NotFoundError();
}

/** By id or by name, as the two generations of clients ask; the latest when neither is given. @throws NotFoundError */
export async function findVersion(
  db: Db,
  dataset: Pick<DatasetRow, "id">,
  idOrName?: string,
): Promise<DatasetVersionRow> {
  let rows = db
    .selectFrom("dataset_versions")
    .selectAll()
    .where("dataset_id", "=", dataset.id)
    .orderBy("seq", "desc")
    .limit(1);
  if (idOrName !== undefined)
    rows = rows.where((where) => where.or([where("id", "=", idOrName), where("name", "=", idOrName)]));
  const version = await rows.executeTakeFirst();
  if (version === undefined) throw new NotFoundError(`This dataset has no version "${idOrName ?? "latest"}".`);
  return version;
}

export async function insertVersion(
  tx: Db,
  version: Pick<DatasetVersionRow, "id" | "seq" | "dataset_id" | "name">,
  columns: Columns,
  now: number,
): Promise<DatasetVersionRow> {
  const row = { ...version, columns: storedColumns(columns), created_at: now, updated_at: now };
  await tx.insertInto("dataset_versions").values(row).execute();
  return row;
}

/** @param columns those it has now; null leaves them unknown */
export async function touchVersion(
  tx: Db,
  version: DatasetVersionRow,
  columns: Columns | null,
  now: number,
): Promise<DatasetVersionRow> {
  const changed = { updated_at: now, ...(columns && { columns: storedColumns(columns) }) };
  await tx.updateTable("dataset_versions").set(changed).where("id", "=", version.id).execute();
  return { ...version, ...changed };
}

/** `v1`, `v2`, … */
export async function nextVersionName(tx: Db, dataset: Pick<DatasetRow, "id">): Promise<string> {
  const rows = await tx.selectFrom("dataset_versions").select("name").where("dataset_id", "=", dataset.id).execute();
  const taken = new Set(rows.map(({ name }) => name));
  let number = rows.length + 1;
  while (taken.has(`v${number}`)) number++;
  return `v${number}`;
}
