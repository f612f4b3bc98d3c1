import { formatTimestamp, type JsonObject, type JsonValue } from "@axlab/wire";
import { DataType } from "apache-arrow";
import type { RecordPage } from "./export/newest-first.js";
import { jsonOf } from "./json-cell.js";

/** The records of a page by the columns of an export; every one has all of them. @throws InvalidRequestError for values without a JSON form */
export function recordsAsJson({ found }: RecordPage): JsonObject[] {
  return found.map(({ batch, row }) =>
    Object.fromEntries(
      batch.schema.fields.map(({ name, type }, index) => {
        const cell: unknown = batch.getChildAt(index)?.get(row);
        return [name, DataType.isTimestamp(type) ? instantOf(cell) : jsonOf(cell, String(name))];
      }),
    ),
  );
}

/** Arrow reads any timestamp as milliseconds. */
const instantOf = (ms: unknown): JsonValue => (typeof ms === "number" ? formatTimestamp(ms) : null);
