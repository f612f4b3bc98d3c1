import type { Kind } from "../arrow/kinds.js";
import { NULL } from "../arrow/kinds.js";
import type { ColumnType } from "./source.js";

const WHOLE = /^[+-]?\d+$/;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const SPECIAL: ReadonlyMap<string, number> = new Map([
  ["nan", Number.NaN],
  ["inf", Infinity],
  ["-inf", -Infinity],
  ["infinity", Infinity],
  ["-infinity", -Infinity],
]);
const TRUTH = /^(?:true|false)$/i;
const TIME = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/i;
/** A code such as a postcode, which would lose its zeros as a number. */
const CODE = /^[+-]?0\d/;

/** A text as a value of a column's type; null when it is empty, undefined when it is none of that type. */
export const READ_CELL: Readonly<Record<ColumnType, (cell: string) => unknown>> = {
  text: (cell) => (cell === "" ? null : cell),
  bool: (cell) => trimmed(cell, (text) => (TRUTH.test(text) ? text.toLowerCase() === "true" : undefined)),
  int64: (cell) => trimmed(cell, (text) => (WHOLE.test(text) ? wholeNumber(text) : undefined)),
  float64: (cell) => trimmed(cell, (text) => (NUMBER.test(text) ? Number(text) : SPECIAL.get(text.toLowerCase()))),
  timestamp: (cell) => trimmed(cell, time),
};

export const TYPE_NAMES: Readonly<Record<ColumnType, string>> = {
  text: "text",
  bool: "true or false",
  int64: "a whole number of 64 bits",
  float64: "a number",
  timestamp: "an ISO 8601 date or time",
};

/** The narrowest type that reads every cell, or undefined when all are empty. */
export function typeOfCells(cells: Iterable<string>): ColumnType | undefined {
  let fitting: ColumnType[] = ["bool", "int64", "float64", "timestamp", "text"];
  let seen = false;
  for (const cell of cells) {
    if (cell.trim() === "") continue;
    seen = true;
    fitting = fitting.filter((type) => type === "text" || (READ_CELL[type](cell) !== undefined && !CODE.test(cell.trim()))); // prettier-ignore
    if (fitting.length === 1) return "text";
  }
  return seen ? fitting[0] : undefined;
}

export const kindOfType = (type: ColumnType | undefined): Kind => (type === undefined ? NULL : { type });

const trimmed = (cell: string, read: (text: string) => unknown): unknown => {
  const text = cell.trim();
  return text === "" ? null : read(text);
};

const LARGEST = 2n ** 63n;

function wholeNumber(text: string): number | bigint | undefined {
  const number = Number(text);
  if (Number.isSafeInteger(number)) return number;
  const whole = BigInt(text.replace(/^\+/, ""));
  return whole < LARGEST && whole >= -LARGEST ? whole : undefined;
}

function time(text: string): Date | undefined {
  if (!TIME.test(text)) return undefined;
  const iso = text.replace(" ", "T").toUpperCase();
  // A date alone is UTC in JavaScript, a time without a zone is local: here both are UTC.
  const date = new Date(iso.includes("T") && !/(?:Z|[+-]\d{2}:?\d{2})$/.test(iso) ? `${iso}Z` : iso);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
