import type { RecordBatch } from "apache-arrow";

import { isObject, member } from "./frame.js";
import type { Adapter } from "./frame.js";

/** apache-arrow `Table`, `RecordBatch`, and arrays of batches; without copies. */
export const arrowAdapter: Adapter = {
  accepts: "an apache-arrow Table, RecordBatch or array of batches",
  open(data) {
    const batches = batchesOf(data);
    if (batches === undefined) return undefined;
    return {
      source: isRecordBatch(data) ? "Arrow record batch" : "Arrow table",
      rows: batches.reduce((rows, batch) => rows + batch.numRows, 0),
      columns: schemaOf(data, batches)?.fields.map((field) => field.name),
      inMemory: true,
      async *batches() {
        yield* batches;
      },
    };
  },
};

/** Another copy of apache-arrow may have made the batch, so it is known by its shape, not by its class. */
export const isRecordBatch = (value: unknown): value is RecordBatch =>
  isObject(value) &&
  typeof member(value, "numRows") === "number" &&
  isObject(member(value, "schema")) &&
  isObject(member(value, "data")) &&
  Array.isArray(Reflect.get(Object(member(value, "data")), "children"));

const isTable = (value: unknown): value is { batches: readonly RecordBatch[]; schema: RecordBatch["schema"] } =>
  isObject(value) && Array.isArray(member(value, "batches")) && isObject(member(value, "schema"));

function batchesOf(data: unknown): readonly RecordBatch[] | undefined {
  if (isTable(data)) return data.batches;
  if (isRecordBatch(data)) return [data];
  return Array.isArray(data) && data.length > 0 && data.every(isRecordBatch) ? data : undefined;
}

const schemaOf = (data: unknown, batches: readonly RecordBatch[]): RecordBatch["schema"] | undefined =>
  isTable(data) ? data.schema : batches[0]?.schema;
