import { instantOf, numberOf, type Exact } from "./numbers.js";

/** SQL's three values: null is "not known", as every comparison with a missing value is. */
export type Truth = boolean | null;

export type Operator = "=" | "!=" | "<" | "<=" | ">" | ">=";

/** A span's time: a number beside it counts nanoseconds, a text names an instant. */
export class Instant {
  constructor(readonly ns: bigint) {}

  toString(): string {
    return String(this.ns);
  }
}

type Scalar = string | Exact | boolean | Instant;

/** How a stored value is compared: integers exactly, lists and structs as their JSON. */
export function scalarOf(value: unknown): Scalar | null {
  if (value === null || value === undefined) return null;
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  if (value instanceof Instant || typeof value === "bigint") return value;
  if (value instanceof Date) return value.getTime();
  return JSON.stringify(value, (_, part: unknown) => (typeof part === "bigint" ? Number(part) : part));
}

export function compare(left: Scalar | null, operator: Operator, right: Scalar | null): Truth {
  if (left === null || right === null) return null;
  const [a, b] = alike(left, right);
  if (Number.isNaN(a) || Number.isNaN(b)) return operator === "!=";
  // Not ===, since 3n is 3.
  const equal = a >= b && a <= b;
  switch (operator) {
    case "=":
      return equal;
    case "!=":
      return !equal;
    case "<":
      return a < b;
    case "<=":
      return a <= b;
    case ">":
      return a > b;
    case ">=":
      return a >= b;
  }
}

/** Two values in one type: a number beside text is compared as text says it, a number or an instant; booleans beside text are True and False. */
function alike(a: Scalar, b: Scalar): [Plain, Plain] {
  if (a instanceof Instant) return [a.ns, b instanceof Instant ? b.ns : nanoseconds(b)];
  if (b instanceof Instant) return [nanoseconds(a), b.ns];
  if (typeof a === typeof b || (isExact(a) && isExact(b))) return [a, b];
  if (isExact(a) && typeof b === "string") return [a, milliseconds(b)];
  if (typeof a === "string" && isExact(b)) return [milliseconds(a), b];
  return [String(a).toLowerCase(), String(b).toLowerCase()];
}

type Plain = Exclude<Scalar, Instant>;

const isExact = (value: Plain): value is Exact => typeof value === "number" || typeof value === "bigint";

function nanoseconds(value: Plain): Exact {
  if (typeof value !== "string") return typeof value === "boolean" ? Number(value) : value;
  return numberOf(value) ?? instantOf(value) ?? Number.NaN;
}

const NS_PER_MS = 1_000_000n;

function milliseconds(text: string): Exact {
  const number = numberOf(text);
  if (number !== null) return number;
  const ns = instantOf(text);
  return ns === null ? Number.NaN : Number(ns / NS_PER_MS) + Number(ns % NS_PER_MS) / 1e6;
}

/**
 * `%` stands for any text, `_` for one character, a backslash takes the next character as it is. Not a regular expression: what people
 * send could make one run for ever, and this looks back to the last `%` only.
 */
export function likeMatcher(pattern: string, ignoreCase: boolean): (text: string) => boolean {
  const parts = partsOf(ignoreCase ? pattern.toLowerCase() : pattern);
  return (given) => {
    const text = ignoreCase ? given.toLowerCase() : given;
    let [at, part] = [0, 0];
    let [resumeAt, resumePart] = [0, -1];
    while (at < text.length) {
      const wanted = parts[part];
      const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
      if (wanted === ANY_TEXT) {
        resumePart = part++;
        resumeAt = at;
      } else if (wanted === ANY_CHARACTER || wanted === character) {
        part++;
        at += character.length;
      } else if (resumePart >= 0) {
        part = resumePart + 1;
        resumeAt += String.fromCodePoint(text.codePointAt(resumeAt) ?? 0).length;
        at = resumeAt;
      } else return false;
    }
    while (parts[part] === ANY_TEXT) part++;
    return part === parts.length;
  };
}

const ANY_TEXT = Symbol("%");
const ANY_CHARACTER = Symbol("_");

function partsOf(pattern: string): (string | symbol)[] {
  const parts: (string | symbol)[] = [];
  let escaped = false;
  for (const character of pattern) {
    if (!escaped && character === "\\") escaped = true;
    else {
      parts.push(escaped ? character : character === "%" ? ANY_TEXT : character === "_" ? ANY_CHARACTER : character);
      escaped = false;
    }
  }
  return escaped ? [...parts, "\\"] : parts;
}
