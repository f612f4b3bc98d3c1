/** SQL's three values: null is "not known", as every comparison with a missing value is. */
export type Truth = boolean | null;

export type Operator = "=" | "!=" | "<" | "<=" | ">" | ">=";

/** A span's time: a number beside it counts nanoseconds, a text names an instant. */
export class Instant {
  constructor(readonly ns: number) {}

  toString(): string {
    return String(this.ns);
  }
}

type Scalar = string | number | boolean | Instant;

/** How a stored value is compared: 64-bit integers as numbers, lists and structs as their JSON. */
export function scalarOf(value: unknown): Scalar | null {
  if (value === null || value === undefined) return null;
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  if (value instanceof Instant) return value;
  if (typeof value === "bigint") return Number(value);
  if (value instanceof Date) return value.getTime();
  return JSON.stringify(value, (_, part: unknown) => (typeof part === "bigint" ? Number(part) : part));
}

export function compare(left: Scalar | null, operator: Operator, right: Scalar | null): Truth {
  if (left === null || right === null) return null;
  const [a, b] = alike(left, right);
  if (typeof a === "number" && typeof b === "number" && (Number.isNaN(a) || Number.isNaN(b))) return operator === "!=";
  switch (operator) {
    case "=":
      return a === b;
    case "!=":
      return a !== b;
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
  if (a instanceof Instant) return b instanceof Instant ? [a.ns, b.ns] : [a.ns, nanoseconds(b)];
  if (b instanceof Instant) return [nanoseconds(a), b.ns];
  if (typeof a === typeof b) return [a, b];
  if (typeof a === "number" && typeof b === "string") return [a, asNumber(b)];
  if (typeof a === "string" && typeof b === "number") return [asNumber(a), b];
  return [String(a).toLowerCase(), String(b).toLowerCase()];
}

type Plain = Exclude<Scalar, Instant>;

function nanoseconds(value: Plain): number {
  if (typeof value !== "string") return Number(value);
  const number = value.trim() === "" ? Number.NaN : Number(value);
  return Number.isNaN(number) ? Date.parse(value) * 1e6 : number;
}

function asNumber(text: string): number {
  const number = text.trim() === "" ? Number.NaN : Number(text);
  return Number.isNaN(number) ? Date.parse(text) : number;
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
