import type { JsonObject, JsonValue } from "@axlab/wire";
import { BatchDecoder, type IpcMessage } from "@axlab/wire/arrow";
import { DataType, MapRow, StructRow, Vector } from "apache-arrow";
import { InvalidRequestError } from "../../../errors.js";

/** A table as rows: what datasets and experiments keep. */
export interface Rows {
  columns: { name: string; type: string }[];
  rows: JsonObject[];
}

/** @throws InvalidRequestError when a column's values have no JSON form, ArrowFormatError when the stream is damaged */
export async function rowsFromArrow(messages: AsyncIterable<IpcMessage>): Promise<Rows> {
  let decoder: BatchDecoder | undefined;
  const rows: JsonObject[] = [];
  for await (const message of messages) {
    if (decoder === undefined) {
      decoder = new BatchDecoder(message);
      continue;
    }
    const batch = decoder.decode(message);
    if (batch === null) continue;
    const columns = batch.schema.fields.map((field, index) => ({ name: field.name, vector: batch.getChildAt(index) }));
    for (let row = 0; row < batch.numRows; row++) {
      const object: JsonObject = {};
      for (const { name, vector } of columns) object[name] = vector === null ? null : cellOf(vector, row, name);
      rows.push(object);
    }
  }
  if (decoder === undefined) throw new InvalidRequestError("The stream ended before its Arrow schema.");
  return { columns: decoder.schema.fields.map(keptColumn), rows };
}

const keptColumn = (field: { readonly name: string; readonly type: unknown }) => ({
  name: field.name,
  type: typeText(field.type),
});

/** `Utf8`, `Int64`, `List<Utf8>`, `Struct<…>`: dictionaries are only a way of sending their values. */
function typeText(type: unknown): string {
  if (DataType.isDictionary(type)) return typeText(type.dictionary);
  if (DataType.isList(type)) return `List<${typeText(type.valueType)}>`;
  return type instanceof DataType ? named(type) : "Utf8";
}

const named = (type: { toString(): string }): string => type.toString();

const cellOf = (vector: Vector, row: number, column: string): JsonValue => jsonOf(vector.get(row), column);

function jsonOf(value: unknown, column: string): JsonValue {
  if (value === null || value === undefined) return null;
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  // Beyond 2^53 a JSON number would be another number.
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (value instanceof Date) return value.getTime();
  if (value instanceof Uint8Array)
    throw new InvalidRequestError(`Column "${column}" holds bytes; send text, for example base64.`);
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
