import { fitsInt64 } from "./int64.js";

/** JSON's own functions know no integer beyond 2^53: it travels through them as a text that no caller writes. */
const MARK = "\u0000int:";
const WRITTEN_MARK = String.raw`"\u0000int:`;

const TEXT_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/gsu;

/**
 * The value of JSON whose integers beyond 2^53 that fit 64 bits, such as ids and nanoseconds, are bigints: JSON.parse by itself
 * would round them.
 * @throws SyntaxError as JSON.parse
 */
export function parseExact(text: string): unknown {
  // A run of digits that neither follows a point nor opens a text; most have none.
  if (!/(?<![\d."])\d{16}/.test(text)) return JSON.parse(text);
  const marked = text.replace(TEXT_OR_NUMBER, (token) => (isRounded(token) ? `${WRITTEN_MARK}${token}"` : token));
  if (marked === text) return JSON.parse(text);
  try {
    return JSON.parse(marked, (_name, value: unknown) =>
      typeof value === "string" && value.startsWith(MARK) ? BigInt(value.slice(MARK.length)) : value,
    );
  } catch (error) {
    JSON.parse(text); // throws with positions of the text itself
    throw error;
  }
}

const isRounded = (token: string): boolean =>
  /^-?\d{16,19}$/.test(token) && !Number.isSafeInteger(Number(token)) && fitsInt64(BigInt(token));

/** A value as JSON: integers of any size exactly, typed arrays and Sets as lists, Maps as objects. */
export function exactJson(value: unknown): string {
  const text = JSON.stringify(value, ready);
  return text.includes(WRITTEN_MARK) ? text.replace(/"\\u0000int:(-?\d+)"/g, "$1") : text;
}

function ready(_name: string, value: unknown): unknown {
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : `${MARK}${value}`;
  return plainJson(value);
}

/** Containers that JSON.stringify would write as other things: Maps, Sets and typed arrays. */
export function plainJson(value: unknown): unknown {
  if (value instanceof Map) return Object.fromEntries(value);
  if (value instanceof Set) return [...value];
  return ArrayBuffer.isView(value) && Symbol.iterator in value ? Array.from(value as Iterable<number>) : value; // boundary: a typed array
}
