import { utf8Column } from "@axlab/wire/arrow";
import { Int64, makeData, Vector } from "apache-arrow";
import type { RecordBatch, Schema } from "apache-arrow";
import { v7 as timeOrderedId } from "uuid";

import { batchesFromColumns } from "../arrow/batch.js";
import { ValidationError } from "../errors/client.js";
import { checkColumns } from "./columns.js";

/**
 * Batches as the platform stores them: of one schema, with `id`, `created_at` and `updated_at` (ms) where they are absent. Ids are in the
 * order of the rows, which costs the platform's index a quarter of what random ones do.
 * @throws ValidationError for columns that cannot be kept, ids that repeat, batches of other columns, and no row at all
 */
export async function* uploadBatches(
  batches: AsyncIterable<RecordBatch>,
  now: number,
): AsyncGenerator<RecordBatch, void, undefined> {
  const ids = new Map<string, number>();
  let first: Schema | undefined;
  let row = 0;
  for await (const batch of batches) {
    if (first === undefined) checkColumns((first = batch.schema), true);
    else requireSameColumns(first, batch.schema, row);
    refuseRepeated(batch, ids, row);
    if (batch.numRows > 0) yield* withReserved(batch, now);
    row += batch.numRows;
  }
  if (row === 0)
    throw new ValidationError("Nothing to upload", [{ path: "examples", message: "must hold at least one row" }]);
}

function withReserved(batch: RecordBatch, now: number): readonly RecordBatch[] {
  const columns = new Map(
    batch.schema.fields.flatMap((field, index) => {
      const column = batch.getChildAt(index);
      return column === null ? [] : [[field.name, column] as const];
    }),
  );
  const length = batch.numRows;
  const given = columns.get("id");
  const texts = given === undefined ? [] : Array.from(given, idText);
  columns.set("id", utf8Column(Array.from({ length }, (_unused, index) => texts[index] ?? timeOrderedId())));
  for (const name of ["created_at", "updated_at"])
    if (!columns.has(name))
      columns.set(
        name,
        new Vector([makeData({ type: new Int64(), length, data: new BigInt64Array(length).fill(BigInt(now)) })]),
      );
  return batchesFromColumns([...columns], length);
}

function refuseRepeated(batch: RecordBatch, seen: Map<string, number>, firstRow: number): void {
  const column = batch.getChild("id");
  if (column === null) return;
  for (let index = 0; index < batch.numRows; index++) {
    const id = idText(column.get(index));
    if (id === undefined) continue;
    if (id === "")
      throw new ValidationError("Examples need ids of their own", [
        { path: `examples[${firstRow + index}].id`, message: "is empty: give it an id, or null for one that is made" },
      ]);
    const before = seen.get(id);
    if (before !== undefined)
      throw new ValidationError("Examples need ids of their own", [
        {
          path: `examples[${firstRow + index}].id`,
          message: `is ${JSON.stringify(id)}, the id of examples[${before}]; make it unique or leave ids out`,
        },
      ]);
    seen.set(id, firstRow + index);
  }
}

/** Ids may be integers; on their way they are texts. */
function idText(id: unknown): string | undefined {
  if (typeof id === "string") return id;
  return typeof id === "number" || typeof id === "bigint" ? id.toString() : undefined;
}

function requireSameColumns(first: Schema, other: Schema, row: number): void {
  if (first === other) return;
  const typesOf = (schema: Schema) => new Map(schema.fields.map((field) => [field.name, String(field.type)]));
  const [expected, found] = [typesOf(first), typesOf(other)];
  const names = new Set([...expected.keys(), ...found.keys()]);
  const issues = [...names].flatMap((name) => {
    const [before, now] = [expected.get(name), found.get(name)];
    if (before === now) return [];
    const message = `is ${now ?? "not there"} from row ${row} on, after ${before ?? "not being there"} before; give every batch the same columns, or all rows at once`;
    return [{ path: `column "${name}"`, message }];
  });
  if (issues.length > 0) throw new ValidationError("The batches of the stream differ", issues);
}
