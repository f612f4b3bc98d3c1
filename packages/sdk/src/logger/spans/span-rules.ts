import {
  REQUIRED_SPAN_COLUMNS,
  SPAN_COLUMNS,
  SPAN_ID_COLUMN,
  SPAN_ITEM_COLUMNS,
  SPAN_TEXT_LENGTHS,
} from "@axlab/wire/ingest";
import type { Schema } from "apache-arrow";

import { typeOf } from "../../arrow/memory.js";
import { bool, describeType, floats, int64, integers, listOf, nulls, oneOf, text } from "../validation/arrow-types.js";
import type { TypeSet } from "../validation/arrow-types.js";
import { noNulls } from "../validation/values/missing.js";
import type { ValueRule } from "../validation/values/rule.js";
import { textLength } from "../validation/values/texts.js";
import type { RuleViolation } from "../validation/violation.js";
import { allowedTexts, jsonTexts, nanosecondRange, spanItems, startBeforeEnd } from "./span-values.js";

const JSON_COLUMNS = ["attributes.llm.invocation_parameters", "attributes.tool.parameters"];

const place = (column: string) => ({ column, field: "", role: "text" as const });

/** Columns a span table must have, and the types of those with a fixed name. */
export function spanFormRules(schema: Schema): RuleViolation[] {
  const names = schema.fields.map((field) => field.name);
  const missing = [...REQUIRED_SPAN_COLUMNS, "start_time", "end_time"].filter((name) => !names.includes(name));
  return [
    ...missing.map((column) => ({
      code: "Invalid_DataFrame_Missing_Columns",
      column,
      message: `Column "${column}" is missing; every span needs it.`,
    })),
    ...schema.fields.flatMap((field) => {
      const wanted = TYPES[SPAN_COLUMNS[field.name] ?? "any"];
      const type = typeOf(field);
      if (wanted === undefined || wanted.accepts(type) || nulls.accepts(type)) return [];
      return [contentViolation(field.name, describeType(type), wanted.expected)];
    }),
  ];
}

/** Tables about spans name the span of each row. */
export const spanIdMissing = (names: readonly string[], why: string): RuleViolation[] =>
  names.includes(SPAN_ID_COLUMN)
    ? []
    : [{ code: "Invalid_DataFrame_Missing_Columns", column: SPAN_ID_COLUMN, message: `Column "${SPAN_ID_COLUMN}" is missing; ${why}.` }]; // prettier-ignore

export const spanIdRules = (): readonly ValueRule[] => [
  noNulls(place(SPAN_ID_COLUMN)),
  textLength(place(SPAN_ID_COLUMN), { code: "Invalid_String_Length_In_Column", min: 12, max: 128 }),
];

export const duplicateRules = (names: readonly string[]): RuleViolation[] =>
  [...new Set(names.filter((name, index) => names.indexOf(name) !== index))].map((column) => ({
    code: "Invalid_DataFrame_Duplicate_Columns",
    column,
    message: `Column "${column}" occurs more than once; keep one.`,
  }));

export const contentViolation = (column: string, found: string, wanted: string): RuleViolation => ({
  code: "Invalid_DataFrame_Column_Content_Types",
  column,
  message: `Column "${column}" is ${found}; it must be ${wanted}.`,
});

const TYPES: Readonly<Record<string, TypeSet | undefined>> = {
  string: text,
  nanoseconds: { ...int64, expected: "int64 nanoseconds since 1970, or Dates, or ISO 8601 texts such as 2026-01-31T12:00:00Z" }, // prettier-ignore
  bool,
  number: oneOf(integers, floats),
  json: text,
  "json list": oneOf(listOf(text), text),
};

/** Rules about the values of spans. `now` is in ms. */
export function spanValueRules(now: number): readonly ValueRule[] {
  return [
    ...[...REQUIRED_SPAN_COLUMNS].map((column) => noNulls(place(column))),
    ...Object.entries(SPAN_TEXT_LENGTHS).map(([column, [min, max]]) =>
      textLength(place(column), { code: "Invalid_String_Length_In_Column", min, max }),
    ),
    ...JSON_COLUMNS.map((column) => jsonTexts(column)),
    allowedTexts("status_code", ["UNSET", "OK", "ERROR"]),
    nanosecondRange("start_time", now),
    nanosecondRange("end_time", now),
    startBeforeEnd(),
    ...SPAN_ITEM_COLUMNS.map(spanItems),
  ];
}
