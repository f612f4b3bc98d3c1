import { REQUIRED_SPAN_COLUMNS, SPAN_COLUMNS, SPAN_ID_COLUMN } from "@axlab/wire/ingest";
import type { Schema } from "apache-arrow";

import { typeOf } from "../../arrow/memory.js";
import { bool, describeType, floats, int64, integers, listOf, nulls, oneOf, text } from "../validation/arrow-types.js";
import type { TypeSet } from "../validation/arrow-types.js";
import { noNulls } from "../validation/values/missing.js";
import type { ValueRule } from "../validation/values/rule.js";
import { textLength } from "../validation/values/texts.js";
import type { RuleViolation } from "../validation/violation.js";
import { SPAN_KIND_ATTRIBUTE } from "./span-columns.js";
import { allowedTexts, jsonTexts, nanosecondRange, startBeforeEnd } from "./span-values.js";

const MEGA = 4_000_000;

/** Longest texts by column (`spec/ingest.md §8.6`). */
const LENGTHS: Readonly<Record<string, readonly [min: number, max: number]>> = {
  [SPAN_ID_COLUMN]: [12, 128],
  "context.trace_id": [12, 128],
  parent_id: [0, 128],
  name: [0, 50],
  status_message: [0, 10_000],
  [SPAN_KIND_ATTRIBUTE]: [0, 128],
  "attributes.exception.message": [0, 100],
  "attributes.exception.stacktrace": [0, 10_000],
  "attributes.input.value": [0, MEGA],
  "attributes.input.mime_type": [0, 100],
  "attributes.output.value": [0, MEGA],
  "attributes.output.mime_type": [0, 100],
  "attributes.embedding.model_name": [0, 100],
  "attributes.llm.model_name": [0, 100],
  "attributes.llm.prompt_template.template": [0, MEGA],
  "attributes.llm.prompt_template.version": [0, 100],
  "attributes.llm.invocation_parameters": [0, MEGA],
  "attributes.tool.name": [0, 100],
  "attributes.tool.description": [0, 1_000],
  "attributes.tool.parameters": [0, 1_000],
  "attributes.reranker.query": [0, 10_000],
  "attributes.reranker.model_name": [0, 100],
  "attributes.session.id": [0, 128],
  "attributes.user.id": [0, 128],
};
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
    ...duplicateRules(names),
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
  nanoseconds: int64,
  bool,
  number: oneOf(integers, floats),
  json: text,
  "json list": oneOf(listOf(text), text),
};

/** Rules about the values of spans. `now` is in ms. */
export function spanValueRules(now: number): readonly ValueRule[] {
  return [
    ...[...REQUIRED_SPAN_COLUMNS].map((column) => noNulls(place(column))),
    ...Object.entries(LENGTHS).map(([column, [min, max]]) =>
      textLength(place(column), { code: "Invalid_String_Length_In_Column", min, max }),
    ),
    ...JSON_COLUMNS.map((column) => jsonTexts(column)),
    allowedTexts("status_code", ["UNSET", "OK", "ERROR"]),
    nanosecondRange("start_time", now),
    nanosecondRange("end_time", now),
    startBeforeEnd(),
  ];
}
