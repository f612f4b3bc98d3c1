import { tableFromColumns } from "@axlab/wire/arrow";
import { makeData, RecordBatch, Schema, Struct } from "apache-arrow";
import type { Vector } from "apache-arrow";

/** Columns as batches. Rows of which no column is wanted are still rows: they make a batch without columns. */
export function batchesFromColumns(
  columns: readonly (readonly [string, Vector])[],
  rows: number,
): readonly RecordBatch[] {
  if (columns.length > 0) return tableFromColumns(columns).batches;
  return [
    new RecordBatch(new Schema([]), makeData({ type: new Struct([]), length: rows, nullCount: 0, children: [] })),
  ];
}
