import { parseEvaluationColumn, SPAN_COLUMNS, SPAN_ID_COLUMN } from "@axlab/wire/ingest";

import { exactJson, plainJson } from "../../rows/exact-json.js";

/** Root-level name that users give the span kind; it travels as an attribute. */
export const SPAN_KIND = "span_kind";
export const SPAN_KIND_ATTRIBUTE = "attributes.openinference.span.kind";

/** Columns of a span table that travel: those with a fixed name, any attribute, and evaluations of the span (`spec/ingest.md §6`). */
export const isSpanColumn = (column: string): boolean =>
  Object.hasOwn(SPAN_COLUMNS, column) ||
  column === SPAN_KIND ||
  column.startsWith("attributes.") ||
  parseEvaluationColumn(column) !== null;

/** Columns of an evaluation table that travel. */
export const isEvaluationColumn = (column: string): boolean =>
  column === SPAN_ID_COLUMN || parseEvaluationColumn(column) !== null;

type Convert = (value: unknown) => unknown;

const JSON_TEXTS = new Set(["attributes.llm.invocation_parameters", "attributes.tool.parameters"]);

/** How values of a span column become what travels: times as int64 nanoseconds, objects as JSON text. */
export function spanConverter(column: string): Convert | undefined {
  const kind = SPAN_COLUMNS[column];
  if (kind === "nanoseconds") return nanoseconds;
  if (kind === "json" || JSON_TEXTS.has(column)) return jsonText;
  if (kind === "json list") return (list) => (isList(list) ? list.map(jsonText) : list);
  return undefined;
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

/** Dates and ISO texts (UTC unless they say otherwise) as nanoseconds; numbers are taken to be nanoseconds. */
function nanoseconds(value: unknown): unknown {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? value : BigInt(value.getTime()) * 1_000_000n;
  // NaN is a missing number; an infinite one is left for the rules.
  if (typeof value === "number")
    return Number.isNaN(value) ? null : Number.isFinite(value) ? BigInt(Math.trunc(value)) : value;
  if (typeof value !== "string") return value;
  const [, fraction = ""] = /\.(\d+)/.exec(value) ?? [];
  const zoned = /(?:Z|[+-]\d\d:?\d\d)$/i.test(value) ? value : `${value}Z`;
  const seconds = Math.floor(Date.parse(zoned.replace(/\.\d+/, "")) / 1000);
  if (Number.isNaN(seconds)) return value;
  return BigInt(seconds) * 1_000_000_000n + BigInt(fraction.slice(0, 9).padEnd(9, "0"));
}

/** Objects as JSON; an object inside an object is text again, as the official clients write it. Lists and times are left for the rules. */
function jsonText(given: unknown): unknown {
  const value = plainJson(given);
  if (!isPlain(value)) return given;
  const members = Object.entries(value).map(([name, member]: [string, unknown]) => {
    const ready = plainJson(member);
    return [name, isPlain(ready) ? inner(name, ready) : member];
  });
  return exactJson(Object.fromEntries(members));
}

// Metadata of a document is flat. What is nested in it all the same stays an object, so that the rules see it.
const inner = (name: string, member: unknown): unknown =>
  name === "document.metadata" ? exactJson(member) : jsonText(member);

/** An object of named values: none that writes itself, such as a Date. */
const isPlain = (value: unknown): value is object =>
  typeof value === "object" &&
  value !== null &&
  !Array.isArray(value) &&
  !ArrayBuffer.isView(value) &&
  !("toJSON" in value);
