import { parseJson } from "@axlab/wire";
import { DataType, Vector } from "apache-arrow";
import type { Data, RecordBatch } from "apache-arrow";

import { hasToJson } from "../arrow/containers.js";
import { typeOf } from "../arrow/memory.js";
import { dateOf, datesOf, holdsTimes, nestedValues } from "../arrow/nested-times.js";

/** A row of an export: Dates for times, numbers (bigints beyond 2^53), texts, booleans, null; lists and objects of these. */
export type ExportRow = Record<string, unknown>;

/** How values of one column are read. */
type Reader = (value: unknown) => unknown;

const JSON_LISTS = new Set([
  "attributes.llm.input_messages",
  "attributes.llm.output_messages",
  "attributes.embedding.embeddings",
  "attributes.retrieval.documents",
  "attributes.llm.tools",
]);
const JSON_OBJECTS = new Set(["attributes.llm.prompt_template.variables", "attributes.metadata"]);
const NS_PER_MS = 1_000_000n;
const NANOSECONDS = new Set(["start_time", "end_time"]);

/** Columns of a batch as plain JavaScript values; span columns are decoded as `spec/flight.md §4.3` has it. */
export function columnValues(
  batch: RecordBatch,
  spans: boolean,
): readonly (readonly [name: string, values: unknown[]])[] {
  return batch.schema.fields.map((field, index) => {
    const column = batch.getChildAt(index);
    if (column === null) return [field.name, []];
    const read = spans ? spanReader(field.name) : undefined;
    if (read === undefined && holdsTimes(typeOf(field))) return [field.name, column.data.flatMap(valuesWithTimes)];
    return [field.name, Array.from(column, read ?? plain)];
  });
}

const OWN = { configurable: true, enumerable: true, writable: true };

/** Rows of a batch as objects. */
export function rowsOf(batch: RecordBatch, spans: boolean): ExportRow[] {
  const columns = columnValues(batch, spans);
  return Array.from({ length: batch.numRows }, (_unused, row) => {
    const object: ExportRow = {};
    for (const [name, values] of columns) {
      // Assigned, it would be the object's prototype, or nothing.
      if (name === "__proto__") Object.defineProperty(object, name, { ...OWN, value: values[row] });
      else object[name] = values[row];
    }
    return object;
  });
}

const valuesWithTimes = (data: Data): readonly unknown[] =>
  nestedValues(data, (leaf) => {
    if (DataType.isTimestamp(leaf.type)) return datesOf(leaf);
    const isDate = DataType.isDate(leaf.type);
    return Array.from(new Vector([leaf]), (value: unknown) =>
      isDate && typeof value === "number" ? new Date(value) : plain(value),
    );
  });

/** Arrow's own containers as arrays, typed arrays and objects. */
function plain(value: unknown): unknown {
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return value;
  if (isVector(value)) return isNumeric(value) ? value.toArray() : Array.from(value, plain);
  if (hasToJson(value))
    return Object.fromEntries(Object.entries(value.toJSON()).map(([name, member]) => [name, plain(member)]));
  return value;
}

const isVector = (value: object): value is Vector => "type" in value && "toArray" in value && "nullCount" in value;

/** Numbers without a null can be handed over as a typed array. */
function isNumeric({ type, nullCount }: Vector): boolean {
  const small = DataType.isInt(type) && type.bitWidth < 64;
  return nullCount === 0 && (small || DataType.isFloat(type));
}

function spanReader(name: string): Reader | undefined {
  if (JSON_LISTS.has(name)) return jsonList;
  if (JSON_OBJECTS.has(name)) return (value) => (value === "" ? null : parsed(value));
  if (NANOSECONDS.has(name))
    return (value) => {
      if (typeof value === "bigint") return dateOf(value, NS_PER_MS);
      return typeof value === "number" ? new Date(Math.floor(value / 1e6)) : plain(value);
    };
  return undefined;
}

function jsonList(value: unknown): unknown {
  const list = plain(value);
  if (typeof list === "string") return parsed(list);
  return Array.isArray(list) ? list.filter((item) => item !== "").map(parsed) : list;
}

/** JSON text as its value; text that is no JSON stays as it is. */
function parsed(value: unknown): unknown {
  if (typeof value !== "string") return plain(value);
  try {
    return parseJson(value);
  } catch {
    return value;
  }
}
