import { Field, Schema, Utf8, type DataType } from "apache-arrow";
import { typeName, typeOf } from "../arrow-access.js";
import { ACTUAL_COLUMNS } from "../ml-columns.js";
import { TIME_COLUMN, TIME_TYPE } from "../time-column.js";
import { columnNamed, type KnownColumns } from "./filter-columns.js";
import type { RecordQuery } from "./query.js";
import type { Segment } from "./segments.js";
import { addFields } from "./unify.js";

/** The columns that the segments have together, each in a type that holds what all of them brought. */
export function unionOf(segments: Iterable<Segment>): Map<string, DataType> {
  const columns = new Map<string, DataType>();
  for (const schema of new Set([...segments].map((segment) => segment.schema))) {
    addFields(columns, schema.fields);
  }
  return columns;
}

/** @throws InvalidRequestError when the query names a column that there is not */
export function exportSchema(available: KnownColumns, query: RecordQuery): Schema {
  const { here, ever } = available;
  const hidden = (name: string): boolean =>
    query.environment === "PRODUCTION" && !query.includeActuals && ACTUAL_COLUMNS.has(name);
  const chosen =
    query.columns.length === 0
      ? [...here.keys()].filter((name) => !hidden(name))
      : query.columns.map((name) => columnNamed(name, available, "projectedColumns"));
  const names = new Set([TIME_COLUMN, ...chosen]);
  return new Schema(
    [...names].map(
      (name) =>
        new Field(
          name,
          here.get(name) ?? ever.get(name) ?? (name === TIME_COLUMN ? TIME_TYPE : new Utf8()),
          name !== TIME_COLUMN,
        ),
    ),
  );
}

/** Whether a segment's batches can be sent as they lie. */
export function sameColumns(stored: Schema, wanted: Schema): boolean {
  return (
    stored.fields.length === wanted.fields.length &&
    stored.fields.every((field, index) => sameField(field, wanted.fields[index]))
  );
}

type Named = { readonly name: string; readonly type: unknown };
const sameField = (a: Named, b: Named | undefined): boolean =>
  b !== undefined && a.name === b.name && typeName(typeOf(a)) === typeName(typeOf(b));
