import { ANNOTATION_NOTES_COLUMN, parseAnnotationColumn, SPAN_ID_COLUMN } from "@axlab/wire/ingest";
import { DataType } from "apache-arrow";
import type { Schema } from "apache-arrow";

import { typeOf, valuesOf } from "../../arrow/memory.js";
import { describeType, int64, listOf, nulls, numbers, text } from "../validation/arrow-types.js";
import type { TypeSet } from "../validation/arrow-types.js";
import { columnData, isLongerThan, isNull, itemsOf, rangeOf } from "../validation/values/column-data.js";
import { Offenders } from "../validation/values/rule.js";
import type { ValueRule } from "../validation/values/rule.js";
import { textLength } from "../validation/values/texts.js";
import type { RuleViolation } from "../validation/violation.js";
import { finite } from "./evaluation-rules.js";
import { contentViolation, spanIdMissing, spanIdRules } from "./span-rules.js";

const MAX_NOTE = 10_000;

/** Columns of an annotation table and their types (`spec/ingest.md §8.6`). */
export function annotationFormRules(given: Schema, wire: Schema): RuleViolation[] {
  const names = given.fields.map((field) => field.name);
  const odd = names.filter(
    (name) => name !== SPAN_ID_COLUMN && name !== ANNOTATION_NOTES_COLUMN && parseAnnotationColumn(name) === null,
  );
  return [
    ...spanIdMissing(names, "it names the span of each annotation"),
    ...odd.map((column) => ({
      code: "Invalid_Annotation_Column_Format",
      column,
      message: `Column "${column}" is no annotation; name it annotation.<name>.label, .score, .text, .updated_by or .updated_at, its name of letters, digits, spaces and "_".`,
    })),
    ...(names.some((name) => name.startsWith("annotation."))
      ? []
      : [{ code: "Invalid_DataFrame_Missing_Columns", message: "There is no annotation column; name them annotation.<name>.label, .score or .text, or annotation.notes." }]),
    ...wire.fields.flatMap((field) => {
      const wanted = typeFor(field.name);
      const type = typeOf(field);
      return wanted === undefined || wanted.accepts(type) || nulls.accepts(type) ? [] : [contentViolation(field.name, describeType(type), wanted.expected)];
    }),
  ]; // prettier-ignore
}

function typeFor(column: string): TypeSet | undefined {
  if (column === SPAN_ID_COLUMN) return text;
  if (column === ANNOTATION_NOTES_COLUMN) return listOf(text);
  const field = parseAnnotationColumn(column)?.field;
  if (field === "score") return numbers;
  if (field === "updated_at") return int64;
  return field === undefined ? undefined : text;
}

const LENGTHS = { label: [1, 100], text: [1, 10_000], updated_by: [1, 100] } as const;

/** Rules about the values of annotations in the given columns. `now` is in ms. */
export function annotationValueRules(columns: readonly string[], now: number): readonly ValueRule[] {
  const code = "Invalid_String_Length_In_Column";
  return [
    ...spanIdRules(),
    ...columns.flatMap((column): ValueRule[] => {
      if (column === ANNOTATION_NOTES_COLUMN) return [noteLength()];
      const field = parseAnnotationColumn(column)?.field;
      if (field === undefined) return [];
      if (field === "score") return [finite(column)];
      if (field === "updated_at") return [notInTheFuture(column, now)];
      const [min, max] = LENGTHS[field];
      return [textLength({ column, field: "", role: "text" }, { code, min, max })];
    }),
  ];
}

/** Times in ms, after 1970 and not after now. */
function notInTheFuture(column: string, now: number): ValueRule {
  const offenders = new Offenders();
  return {
    check(batch, firstRow) {
      const data = columnData(batch, column);
      if (data === undefined || DataType.isNull(data.type)) return;
      const values = valuesOf(data);
      for (let row = 0; row < data.length; row++) {
        const time = Number(values[row] ?? 0);
        if ((time <= 0 || time > now) && !isNull(data, row)) offenders.add(firstRow + row, String(values[row]));
      }
    },
    violations: () =>
      offenders.report(
        "Invalid_Annotation_Timestamp",
        `Column "${column}" holds times that are not in the past`,
        { column },
        "Give Dates, or whole milliseconds since 1970, above 0 and not after now.",
      ),
  };
}

/** A note is measured as it was given, without the JSON that is put around it; only long ones are read for that. */
function noteLength(): ValueRule {
  const offenders = new Offenders();
  return {
    check(batch, firstRow) {
      const data = columnData(batch, ANNOTATION_NOTES_COLUMN);
      const items = data === undefined ? undefined : itemsOf(data);
      if (data === undefined || items === undefined) return;
      const column = batch.getChild(ANNOTATION_NOTES_COLUMN);
      for (let row = 0; row < data.length; row++) {
        if (isNull(data, row)) continue;
        const [start, end] = rangeOf(data, row);
        let long = false;
        for (let item = start; item < end; item++) long ||= isLongerThan(items, item, MAX_NOTE);
        const list: unknown = long ? column?.get(row) : undefined;
        if (long && isIterable(list) && [...list].some((note) => noteText(note).length > MAX_NOTE)) offenders.add(firstRow + row);
      }
    },
    violations: () =>
      offenders.report(
        "Invalid_String_Length_In_Column",
        `Column "${ANNOTATION_NOTES_COLUMN}" holds notes that are too long`,
        { column: ANNOTATION_NOTES_COLUMN },
        `At most ${MAX_NOTE} characters.`,
      ),
  }; // prettier-ignore
}

const isIterable = (value: unknown): value is Iterable<unknown> =>
  typeof value === "object" && value !== null && Symbol.iterator in value;

function noteText(note: unknown): readonly string[] {
  const stored = String(note);
  try {
    const parsed: unknown = JSON.parse(stored);
    const inner: unknown = typeof parsed === "object" && parsed !== null ? Reflect.get(parsed, "text") : undefined;
    return [...(typeof inner === "string" ? inner : stored)];
  } catch {
    return [...stored];
  }
}
