import type { JsonObject } from "@axlab/wire";
import { InvalidRequestError } from "../../errors.js";
import type { Db } from "../../store/store.js";
import type { DatasetExampleRow } from "../../store/tables/index.js";
import { chunks, newRecordId, readStoredObject, ROWS_PER_INSERT, someOf } from "../rows.js";

/** An example as a caller gives it: `data` holds the user's fields, without the reserved `id`, `created_at`, `updated_at`. */
export interface NewExample {
  id?: string | undefined;
  data: JsonObject;
  createdAt?: number | undefined;
  updatedAt?: number | undefined;
}

/** Appends in the order given. @returns the ids in that order. @throws InvalidRequestError when an id repeats or is taken; nothing is written by then */
export async function appendExamples(
  tx: Db,
  versionId: string,
  examples: readonly NewExample[],
  now: number,
): Promise<string[]> {
  const { top } = await tx
    .selectFrom("dataset_examples")
    .select((query) => query.fn.max("position").as("top"))
    .where("version_id", "=", versionId)
    .executeTakeFirstOrThrow();
  const first = top === null ? 0 : Number(top) + 1;
  const rows = examples.map((example, index): DatasetExampleRow => ({
    version_id: versionId,
    example_id: example.id ?? newRecordId(),
    position: first + index,
    data: JSON.stringify(example.data),
    created_at: example.createdAt ?? now,
    updated_at: example.updatedAt ?? now,
  }));
  const ids = rows.map((row) => row.example_id);
  await refuseTaken(tx, versionId, ids, top !== null);
  for (const chunk of chunks(rows, ROWS_PER_INSERT)) await tx.insertInto("dataset_examples").values(chunk).execute();
  return ids;
}

async function refuseTaken(tx: Db, versionId: string, ids: readonly string[], hasRows: boolean): Promise<void> {
  const seen = new Set<string>();
  const repeated = ids.filter((id) => seen.size === seen.add(id).size);
  if (repeated.length > 0)
    throw new InvalidRequestError(
      `examples: the ids ${someOf(repeated)} come more than once; each example has an id of its own.`,
    );
  if (!hasRows) return;
  const taken = await existingIds(tx, versionId, ids);
  if (taken.size > 0)
    throw new InvalidRequestError(
      `examples: the ids ${someOf([...taken])} are already in this version; update those instead.`,
    );
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

/** Lays the given fields over those that are there; ids that the version does not have are passed over. @returns the ids that were changed */
export async function mergeExamples(
  tx: Db,
  versionId: string,
  changes: readonly { id: string; data: JsonObject }[],
  now: number,
): Promise<string[]> {
  const changed: string[] = [];
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
    for (const { id, data } of chunk) {
      const before = stored.get(id);
      if (before === undefined) continue;
      const merged = JSON.stringify({ ...readStoredObject(before), ...data });
      await tx
        .updateTable("dataset_examples")
        .set({ data: merged, updated_at: now })
        .where("version_id", "=", versionId)
        .where("example_id", "=", id)
        .execute();
      changed.push(id);
    }
  }
  return changed;
}

/** A new version begins as a copy of the one it changes. */
export async function copyExamples(tx: Db, from: string, to: string): Promise<void> {
  await tx
    .insertInto("dataset_examples")
    .columns(["version_id", "example_id", "position", "data", "created_at", "updated_at"])
    .expression((query) =>
      query
        .selectFrom("dataset_examples")
        .select((column) => [
          column.val(to).as("version_id"),
          "example_id",
          "position",
          "data",
          "created_at",
          "updated_at",
        ])
        .where("version_id", "=", from),
    )
    .execute();
}
