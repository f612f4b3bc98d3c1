import { Schema, type RecordBatch } from "apache-arrow";
import type { Core } from "../../../core.js";
import { layOut } from "./layout.js";
import type { RecordQuery } from "./query.js";
import type { Snapshot } from "./snapshots.js";

/**
 * Every record that fits, in order of acceptance, a batch at a time.
 * @param columns those wanted; one that no record has is not in the batches. Without it: all
 */
export async function* scan(
  core: Core,
  snapshot: Snapshot,
  query: RecordQuery,
  columns?: readonly string[],
): AsyncGenerator<RecordBatch> {
  const { batches, schema, rebuilder } = layOut(core, snapshot, query);
  const wanted =
    columns === undefined ? schema : new Schema(schema.fields.filter((field) => columns.includes(field.name)));
  for (const facts of batches) yield rebuilder.rebuild(facts, wanted);
}
