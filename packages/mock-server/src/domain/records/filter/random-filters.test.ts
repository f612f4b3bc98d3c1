import fc from "fast-check";
import { expect, it } from "vitest";
import { parseFilter } from "./parse.js";

type Value = string | number | bigint | boolean | null;
type Row = Readonly<Record<string, Value>>;
type Truth = boolean | null;

/** A condition as text, how tightly its outermost word binds (or 0, and 1, the rest 2), and what it means, told apart from the parser. */
interface Condition {
  text: string;
  binds: number;
  of: (row: Row) => Truth;
}

const LONG = 2n ** 53n + 1n;
const COLUMNS = ["a", "attributes.b", "not", "odd name"];
const VALUES: readonly Value[] = [3, -1, 0.5, 1e20, LONG, LONG - 1n, "", "a", "it's", "3", "true", "Room 5", "2026-11-01", String(LONG), true, false, null]; // prettier-ignore

const isNumber = (value: Value): value is number | bigint => typeof value === "number" || typeof value === "bigint";

/** The number beside which a number is compared with a text. */
function numberOf(text: string): number | bigint {
  if (/^-?\d+$/.test(text)) return BigInt(text);
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return Date.parse(text);
  return text === "" ? Number.NaN : Number(text);
}

function comparable(a: Value, b: Value): [Value, Value] {
  if (isNumber(a) && typeof b === "string") return [a, numberOf(b)];
  if (typeof a === "string" && isNumber(b)) return [numberOf(a), b];
  return typeof a === typeof b || (isNumber(a) && isNumber(b))
    ? [a, b]
    : [String(a).toLowerCase(), String(b).toLowerCase()];
}

const OPERATORS: Readonly<Record<string, (a: string | number | bigint, b: string | number | bigint) => boolean>> = {
  "=": (a, b) => a >= b && a <= b,
  "==": (a, b) => a >= b && a <= b,
  "!=": (a, b) => !(a >= b && a <= b),
  "<>": (a, b) => !(a >= b && a <= b),
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
};

function compared(left: Value, operator: string, right: Value): Truth {
  if (left === null || right === null) return null;
  const [a, b] = comparable(left, right).map((value) => (typeof value === "boolean" ? Number(value) : (value ?? "")));
  return OPERATORS[operator]?.(a ?? "", b ?? "") ?? null;
}

const not = (truth: Truth): Truth => (truth === null ? null : !truth);
const and = (a: Truth, b: Truth): Truth => not(or(not(a), not(b)));
const or = (a: Truth, b: Truth): Truth => (a === true || b === true ? true : a === null || b === null ? null : false);

const literal = (value: Value): string =>
  value === null ? "NULL" : typeof value === "string" ? `'${value.replaceAll("'", "''")}'` : String(value);
const named = (column: string): string => (/^(not|.* .*)$/.test(column) ? `\`${column}\`` : column);
const simple = (text: string, of: Condition["of"]): Condition => ({ text, binds: 2, of });
const at = (row: Row, column: string): Value => row[column] ?? null;

const column = fc.constantFrom(...COLUMNS);
const value = fc.constantFrom(...VALUES);
const comparison = fc
  .tuple(column, fc.constantFrom(...Object.keys(OPERATORS)), value, column, fc.constantFrom(0, 1, 2))
  .map(([name, operator, given, other, form]) => {
    if (form === 0) return simple(`${named(name)}${operator}${literal(given)}`, (row) => compared(at(row, name), operator, given));
    if (form === 1) return simple(`${literal(given)} ${operator} ${named(name)}`, (row) => compared(given, operator, at(row, name)));
    return simple(`${named(name)} ${operator} ${named(other)}`, (row) => compared(at(row, name), operator, at(row, other)));
  }); // prettier-ignore
const membership = fc.tuple(column, fc.array(value, { minLength: 1, maxLength: 4 }), fc.boolean()).map(([name, values, negative]) =>
  simple(`${named(name)} ${negative ? "NOT IN" : "in"} (${values.map(literal).join(", ")})`, (row) => {
    const among = values.map((each) => compared(at(row, name), "=", each)).reduce(or);
    return negative ? not(among) : among;
  }),
); // prettier-ignore
const between = fc.tuple(column, value, value, fc.boolean()).map(([name, low, high, negative]) =>
  simple(`${named(name)} ${negative ? "not " : ""}BETWEEN ${literal(low)} AND ${literal(high)}`, (row) => {
    const inside = and(compared(at(row, name), ">=", low), compared(at(row, name), "<=", high));
    return negative ? not(inside) : inside;
  }),
); // prettier-ignore
const missing = fc.tuple(column, fc.boolean()).map(([name, negative]) =>
  simple(`${named(name)} is ${negative ? "NOT " : ""}null`, (row) => (at(row, name) === null) !== negative),
); // prettier-ignore

const wrapped = ({ text, binds }: Condition, least: number): string => (binds < least ? `(${text})` : text);
const { condition } = fc.letrec<{ condition: Condition }>((tie) => {
  const [a, b] = [tie("condition"), tie("condition")];
  return {
    condition: fc.oneof({ depthSize: "small" }, comparison, membership, between, missing,
      fc.tuple(a, b).map(([left, right]): Condition => ({ text: `${wrapped(left, 1)} and ${wrapped(right, 1)}`, binds: 1, of: (row) => and(left.of(row), right.of(row)) })),
      fc.tuple(a, b).map(([left, right]): Condition => ({ text: `${left.text} OR ${right.text}`, binds: 0, of: (row) => or(left.of(row), right.of(row)) })),
      a.map((inner) => simple(`NOT ${wrapped(inner, 2)}`, (row) => not(inner.of(row))))),
  };
}); // prettier-ignore
const row = fc.record(Object.fromEntries(COLUMNS.map((name) => [name, value])));

it("a filter means what it says: precedence, negation, missing values, and values of two types", () => {
  fc.assert(
    fc.property(condition, fc.array(row, { minLength: 1, maxLength: 5 }), ({ text, of }, rows) => {
      const filter = parseFilter(text);
      expect(rows.map((each) => filter?.holds((name) => at(each, name)))).toEqual(rows.map((each) => of(each) === true));
    }),
    { seed: 20261127, numRuns: 2000 },
  ); // prettier-ignore
});
