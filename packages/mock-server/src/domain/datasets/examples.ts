import type { JsonObject } from "@axlab/wire";
import type { Db } from "../../store/store.js";
import type { DatasetExampleRow } from "../../store/tables/index.js";
import { chunks, newRecordId, readStoredObject, ROWS_PER_INSERT } from "../rows.js";

/** An example as a caller gives it: `data` holds the user's fields, without the reserved `id`, `created_at`, `updated_at`. */
export interface NewExample {
  id?: string | undefined;
  data: JsonObject;
  createdAt?: number | undefined;
  updatedAt?: number | undefined;
}

/** The position after the last example of a version. Ask under the dataset's lock. */
export async function nextPosition(tx: Db, versionId: string): Promise<number> {
  const { top } = await tx
    .selectFrom("dataset_examples")
    .select((query) => query.fn.max("position").as("top"))
    .where("version_id", "=", versionId)
    .executeTakeFirstOrThrow();
  return top === null ? 0 : Number(top) + 1;
}

/** In the order given, from that position on. @returns the ids in that order */
export async function insertExamples(
  tx: Db,
  versionId: string,
  position: number,
  examples: readonly NewExample[],
  now: number,
): Promise<string[]> {
  const rows = examples.map((example, index): DatasetExampleRow => ({
    version_id: versionId,
    example_id: example.id ?? newRecordId(),
    position: position + index,
    data: JSON.stringify(example.data),
    created_at: example.createdAt ?? now,
    updated_at: example.updatedAt ?? now,
  }));
  for (const chunk of chunks(rows, ROWS_PER_INSERT)) await tx.insertInto("dataset_examples").values(chunk).execute();
  return rows.map((row) => row.example_id);
}

export async function existingIds(db: Db, versionId: string, ids: readonly string[]): Promise<Set<string>> {
  const found = new Set<string>();
  for (const chunk of chunks(ids, ROWS_PER_INSERT)) {
    const rows = await db
      .selectFrom("dataset_examples")
      .select("example_id")
      .where("version_id", "=", versionId)
      .where("example_id", "in", chunk)
      .execute();
    for (const row of rows) found.add(row.example_id);
  }
  return found;
}

/** Lays the given fields over those that are there; ids that the version does not have are passed over. @returns the changes that were made */
export async function mergeExamples(
  tx: Db,
  versionId: string,
  changes: readonly { id: string; data: JsonObject }[],
  now: number,
): Promise<{ id: string; data: JsonObject }[]> {
  const made: { id: string; data: JsonObject }[] = [];
  for (const chunk of chunks(changes, ROWS_PER_INSERT)) {
    const rows = await tx
      .selectFrom("dataset_examples")
      .select(["example_id", "data"])
      .where("version_id", "=", versionId)
      .where(
        "example_id",
        "in",
        chunk.map(({ id }) => id),
      )
      .execute();
    const stored = new Map(rows.map((row) => [row.example_id, row.data]));
    for (const change of chunk) {
      const before = stored.get(change.id);
      if (before === undefined) continue;
      await tx
        .updateTable("dataset_examples")
        .set({ data: JSON.stringify({ ...readStoredObject(before), ...change.data }), updated_at: now })
        .where("version_id", "=", versionId)
        .where("example_id", "=", change.id)
        .execute();
      made.push(change);
    }
  }
  return made;
}
