import { ANNOTATION_NOTES_COLUMN, parseAnnotationColumn, SPAN_ID_COLUMN } from "@axlab/wire/ingest";
import { int64Column, listColumn, tableFromColumns, utf8Column } from "@axlab/wire/arrow";
import { DataType } from "apache-arrow";
import type { RecordBatch, Vector } from "apache-arrow";

const PREFIX = "annotation.";
const AUTHOR = "SDK";
const SAYING = new Set(["label", "score", "text"]);

/** Columns of an annotation table; those with the prefix and another form are kept, so that the rules can name them. */
export const isAnnotationColumn = (column: string): boolean => column === SPAN_ID_COLUMN || column.startsWith(PREFIX);

/** Times of annotations travel as whole milliseconds. */
export function annotationConverter(column: string): ((value: unknown) => unknown) | undefined {
  if (parseAnnotationColumn(column)?.field !== "updated_at") return undefined;
  return (value) => (value instanceof Date ? value.getTime() : value);
}

/**
 * Annotations as they travel (`spec/flight.md §9.1`): who annotated and when are filled in where no column says so, and a
 * note becomes a list of one JSON text.
 */
export function wireAnnotations(batch: RecordBatch, _firstRow: number, now: number): RecordBatch {
  const columns = new Map<string, Vector>();
  batch.schema.fields.forEach((field, index) => {
    const column = batch.getChildAt(index);
    if (column === null) return;
    columns.set(field.name, field.name === ANNOTATION_NOTES_COLUMN ? notes(column, now) : inMilliseconds(column));
  });
  for (const name of [...columns.keys()]) {
    const annotation = parseAnnotationColumn(name);
    if (annotation === null || !SAYING.has(annotation.field)) continue;
    const by = `${PREFIX}${annotation.name}.updated_by`;
    const at = `${PREFIX}${annotation.name}.updated_at`;
    if (!columns.has(by)) columns.set(by, utf8Column(new Array<string>(batch.numRows).fill(AUTHOR)));
    if (!columns.has(at)) columns.set(at, int64Column(new BigInt64Array(batch.numRows).fill(BigInt(now))));
  }
  return tableFromColumns([...columns]).batches[0] ?? batch;
}

function notes(column: Vector, now: number): Vector {
  if (!DataType.isUtf8(column.type)) return column;
  const stored = (text: unknown) => [JSON.stringify({ text, updated_by: AUTHOR, updated_at: now })];
  return listColumn(
    Array.from(column, (text: unknown) => (text === null ? null : stored(text))),
    "utf8",
  );
}

/** apache-arrow reads a timestamp of any unit in milliseconds. */
function inMilliseconds(column: Vector): Vector {
  if (!DataType.isTimestamp(column.type)) return column;
  return int64Column(Array.from(column, (time: unknown) => (typeof time === "number" ? Math.trunc(time) : null)));
}
