import { parseJson } from "@axlab/wire";
import { PATCH_DOCUMENT_COLUMN, SPAN_ID_COLUMN } from "@axlab/wire/ingest";
import { tableFromColumns, utf8Column } from "@axlab/wire/arrow";
import { DataType } from "apache-arrow";
import type { RecordBatch, Vector } from "apache-arrow";

import { plain } from "./arrow-spans.js";
import { exactJson } from "../../rows/exact-json.js";

export const FIELD_PREFIX = "attributes.metadata.";

/** Columns that make a patch: `patch_document`, and one a metadata field. */
export const isPatchColumn = (column: string): boolean =>
  column === SPAN_ID_COLUMN || column === PATCH_DOCUMENT_COLUMN || column.startsWith(FIELD_PREFIX);

// Values of one column may be of any JSON type, which no Arrow column can hold: until they are folded into patches they
// travel as JSON in a struct. Its field's name cannot be mistaken for one of a user's own struct.
const WRAPPED = "\u0000json";

export function patchConverter(column: string): ((value: unknown) => unknown) | undefined {
  if (column === SPAN_ID_COLUMN) return undefined;
  return (value) => (value === undefined ? undefined : { [WRAPPED]: exactJson(value) });
}

/**
 * One patch a row as JSON text (`spec/flight.md §9.1`): the fields of `attributes.metadata.…` columns, laid over by
 * `patch_document`. Null sets a field to JSON null; a row object that lacks a field leaves it alone. A `patch_document`
 * that is no object travels as it is, to be refused by the rules or by the platform.
 */
export function wirePatches(batch: RecordBatch): RecordBatch {
  const names = batch.schema.fields.map((field) => field.name);
  const columnOf = (name: string): Vector | undefined => batch.getChildAt(names.indexOf(name)) ?? undefined;
  const fields = names.filter((name) => name.startsWith(FIELD_PREFIX));
  const values = fields.map((name) => [name.slice(FIELD_PREFIX.length), columnOf(name)] as const);
  const documents = columnOf(PATCH_DOCUMENT_COLUMN);
  const patches = Array.from({ length: batch.numRows }, (_unused, row) => {
    const given = values.map(([name, column]) => [name, valueAt(column, row)] as const);
    const patch = Object.fromEntries(given.filter(([, value]) => value !== undefined));
    return overlaid(patch, documents === undefined ? null : valueAt(documents, row));
  });
  const ids = columnOf(SPAN_ID_COLUMN);
  const columns: (readonly [string, Vector])[] = ids === undefined ? [] : [[SPAN_ID_COLUMN, ids]];
  return tableFromColumns([...columns, [PATCH_DOCUMENT_COLUMN, utf8Column(patches)]]).batches[0] ?? batch;
}

/** A JSON value; undefined where a row object had none. */
function valueAt(column: Vector | undefined, row: number): unknown {
  const value: unknown = column?.get(row);
  if (column === undefined || !isWrapped(column)) return plain(value);
  const json: unknown = typeof value === "object" && value !== null ? Reflect.get(value, WRAPPED) : undefined;
  return typeof json === "string" ? parsed(json) : undefined;
}

const isWrapped = ({ type }: Vector): boolean => DataType.isStruct(type) && type.children[0]?.name === WRAPPED;

function overlaid(patch: object, document: unknown): string {
  if (document === null || document === undefined) return exactJson(patch);
  const over = typeof document === "string" ? parsed(document) : document;
  if (!isObject(over)) return typeof document === "string" ? document : exactJson(document);
  return exactJson({ ...patch, ...over });
}

const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function parsed(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
