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

/** `%` stands for any text, `_` for one character, a backslash takes the next character as it is. */
export function likePattern(pattern: string, ignoreCase: boolean): RegExp {
  const source = pattern.replaceAll(/\\([\s\S])|[%_]|[.*+?^${}()|[\]\\/-]/g, (match, escaped: string | undefined) => {
    if (escaped !== undefined) return escaped.replaceAll(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
    return match === "%" ? "[\\s\\S]*" : match === "_" ? "[\\s\\S]" : `\\${match}`;
  });
  return new RegExp(`^${source}$`, ignoreCase ? "iu" : "u");
}
