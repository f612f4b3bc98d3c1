import type { JsonObject, JsonValue } from "@axlab/wire";
import { MapRow, StructRow, Vector } from "apache-arrow";
import { InvalidRequestError } from "../../errors.js";

/** A cell of an Arrow column as JSON has it. @throws InvalidRequestError naming the column whose values have no JSON form */
export function jsonOf(value: unknown, column: string): JsonValue {
  if (value === null || value === undefined) return null;
  if (typeof value === "string" || typeof value === "boolean") return value;
  // JSON has no infinite numbers; NaN is a missing value, as in a data frame.
  if (typeof value === "number") return Number.isFinite(value) ? value : Number.isNaN(value) ? null : String(value);
  // Beyond 2^53 a JSON number would be another number.
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (value instanceof Date) return value.getTime();
  if (value instanceof Vector)
    return Array.from({ length: value.length }, (_, index) => jsonOf(value.get(index), column));
  if (ArrayBuffer.isView(value) || Array.isArray(value))
    return Array.from(Object.values(value), (item) => jsonOf(item, column));
  if (value instanceof StructRow || value instanceof MapRow) return objectOf(value, column);
  throw new InvalidRequestError(
    `Column "${column}" holds values that have no JSON form; send numbers, text, lists or structs.`,
  );
}

function objectOf(row: StructRow | MapRow, column: string): JsonObject {
  const fields: [string, unknown][] = Object.entries(row.toJSON());
  return Object.fromEntries(fields.map(([name, field]) => [name, jsonOf(field, column)]));
}
