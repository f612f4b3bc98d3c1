/** Any value that JSON can carry. */
export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject;
/** A JSON object. */
export type JsonObject = { [key: string]: JsonValue };

/** Deeper values are refused, so that no recursive reader of a stored value can run out of stack. */
export const MAX_JSON_DEPTH = 100;

/** True for values that survive JSON unchanged: finite numbers, plain objects, at most `MAX_JSON_DEPTH` levels, no `__proto__` key. */
export function isJsonValue(value: unknown, depth = MAX_JSON_DEPTH): value is JsonValue {
  if (value === null || typeof value === "string" || typeof value === "boolean") return true;
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value !== "object" || depth === 0) return false;
  if (Array.isArray(value)) return value.every((item) => isJsonValue(item, depth - 1));
  return (
    isPlainObject(value) &&
    Object.entries(value).every(([key, item]) => key !== "__proto__" && isJsonValue(item, depth - 1))
  );
}

/** `isJsonValue` for objects only. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && !Array.isArray(value) && value !== null && isJsonValue(value);
}

/**
 * JSON text as its value, NaN and infinities as null: Python's json module writes and reads them as bare words.
 * @throws SyntaxError for any other text that is no JSON
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!/NaN|Infinity/.test(text)) throw error;
    return JSON.parse(text.replace(TEXT_OR_BARE_WORD, (token, word?: string) => (word === undefined ? token : "null")));
  }
}

const TEXT_OR_BARE_WORD = /"[^"\\]*(?:\\.[^"\\]*)*"|(-?\bInfinity\b|\bNaN\b)/gsu;

function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
