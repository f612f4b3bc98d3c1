import { NEEDS_POSITIVE_CLASS, performanceOf, COMPUTED_PERFORMANCE } from "../metrics/performance.js";
import type { MetricRow } from "../metrics/rows.js";
import type { Predicate } from "../records/export/predicate.js";
import { parseFilter } from "../records/filter/parse.js";
import { metricError, metricTokens, type MetricToken } from "./tokens.js";

type Value = string | number | boolean | null;
type Aggregate = (rows: readonly MetricRow[]) => number | null;
type Scalar = (row: MetricRow) => Value;

/** A custom metric, read. */
export interface MetricExpression {
  /** it has a metric that is about one class */
  requiresPositiveClass: boolean;
  /** null where there is nothing to compute from */
  of(rows: readonly MetricRow[]): number | null;
}

const AGGREGATES: Readonly<Record<string, (values: readonly Value[]) => number | null>> = {
  COUNT: (values) => values.filter((value) => value !== null).length,
  SUM: (values) => fold(values, (numbers) => numbers.reduce((sum, value) => sum + value, 0)),
  AVG: (values) => fold(values, (numbers) => numbers.reduce((sum, value) => sum + value, 0) / numbers.length),
  MIN: (values) => fold(values, (numbers) => numbers.reduce((a, b) => Math.min(a, b))),
  MAX: (values) => fold(values, (numbers) => numbers.reduce((a, b) => Math.max(a, b))),
};

function fold(values: readonly Value[], of: (numbers: number[]) => number): number | null {
  const numbers = values.map(numeric).filter((value) => value !== null);
  return numbers.length === 0 ? null : of(numbers);
}

const numeric = (value: Value): number | null =>
  typeof value === "number" ? value : typeof value === "boolean" ? Number(value) : null;

/** `FALSE_POSITIVE_RATE` is `falsePositiveRate`. */
const METRICS: ReadonlyMap<string, string> = new Map(
  [...COMPUTED_PERFORMANCE]
    .filter((name) => name !== "count")
    .map((name) => [name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, "_").toUpperCase(), name]),
);

const OPERATIONS: Readonly<Record<string, (a: number, b: number) => number | null>> = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => (b === 0 ? null : a / b),
};

const combined = (operation: string, a: Value, b: Value): number | null => {
  const [left, right] = [numeric(a), numeric(b)];
  return left === null || right === null ? null : (OPERATIONS[operation]?.(left, right) ?? null);
};

const MAX_DEPTH = 50;

/**
 * Reads `SELECT … FROM model [WHERE …]`.
 * @throws InvalidRequestError with the position and what could stand there
 */
export function parseMetric(text: string): MetricExpression {
  return new Parser(text, metricTokens(text)).whole();
}

class Parser {
  #at = 0;
  #depth = 0;
  #requiresPositiveClass = false;

  constructor(
    private readonly text: string,
    private readonly tokens: readonly MetricToken[],
  ) {}

  whole(): MetricExpression {
    this.#expectWord("SELECT");
    const aggregate = this.#sum(() => this.#aggregate());
    this.#expectWord("FROM");
    this.#expectWord("model");
    const where = this.#takeWord("WHERE") ? this.#condition(() => this.#peek().type === "end") : null;
    if (this.#peek().type !== "end") throw this.#unexpected("WHERE or the end");
    return {
      requiresPositiveClass: this.#requiresPositiveClass,
      of: (rows) => aggregate(kept(rows, where)),
    };
  }

  /** Sums and products over either kind of operand, in the usual order. */
  #sum<Context>(operand: () => (context: Context) => Value): (context: Context) => number | null {
    return this.#chain(["+", "-"], () => this.#chain(["*", "/"], operand));
  }

  #chain<Context>(
    operations: readonly string[],
    operand: () => (context: Context) => Value,
  ): (context: Context) => number | null {
    let left = operand();
    for (;;) {
      const operation = operations.find((symbol) => this.#takeSymbol(symbol));
      if (operation === undefined) return (context) => numeric(left(context));
      const [before, right] = [left, operand()];
      left = (context) => combined(operation, before(context), right(context));
    }
  }

  #nested<T>(parse: () => T): T {
    if (++this.#depth > MAX_DEPTH) throw metricError(`nested deeper than ${MAX_DEPTH} levels`, this.#peek().at);
    const result = parse();
    this.#depth -= 1;
    return result;
  }

  #aggregate(): Aggregate {
    const token = this.#next();
    if (token.type === "number") return () => Number(token.text);
    if (token.text === "-" && token.type === "symbol") {
      const inner = this.#nested(() => this.#aggregate());
      return (rows) => combined("-", 0, inner(rows));
    }
    if (token.text === "(" && token.type === "symbol") {
      const inner = this.#nested(() => this.#sum(() => this.#aggregate()));
      this.#expectSymbol(")");
      return inner;
    }
    if (token.type !== "word") throw this.#unexpected("an aggregate or a number", token);
    this.#expectSymbol("(");
    const aggregate = this.#call(token);
    this.#expectSymbol(")");
    if (!this.#takeWord("FILTER")) return aggregate;
    this.#expectSymbol("(");
    this.#expectWord("WHERE");
    const filter = this.#condition(() => this.#isSymbol(")"));
    this.#expectSymbol(")");
    return (rows) => aggregate(kept(rows, filter));
  }

  #call(token: MetricToken): Aggregate {
    const name = token.text.toUpperCase();
    const metric = METRICS.get(name);
    if (metric !== undefined) {
      if (NEEDS_POSITIVE_CLASS.has(metric)) this.#requiresPositiveClass = true;
      return (rows) => performanceOf(metric, rows);
    }
    const fold = AGGREGATES[name];
    if (fold === undefined)
      throw metricError(
        `${token.text} is no function here; there are ${[...Object.keys(AGGREGATES), ...METRICS.keys()].join(", ")}`,
        token.at,
      );
    if (name === "COUNT" && this.#takeSymbol("*")) return (rows) => rows.length;
    const scalar = this.#scalar();
    return (rows) => fold(rows.map(scalar));
  }

  /** A single column or text stays what it is, so that COUNT can count texts. */
  #scalar(): Scalar {
    const start = this.#at;
    const single = this.#operand();
    if (!["+", "-", "*", "/"].some((symbol) => this.#isSymbol(symbol))) return single;
    this.#at = start;
    return this.#sum(() => this.#operand());
  }

  #operand(): Scalar {
    const token = this.#next();
    if (token.type === "number") return () => Number(token.text);
    if (token.type === "string") return () => token.text;
    if (token.type === "name") return (row) => row.value(token.text);
    if (token.type === "word")
      return token.text.toUpperCase() === "CASE" ? this.#nested(() => this.#case()) : (row) => row.value(token.text);
    if (token.text === "-") {
      const inner = this.#nested(() => this.#operand());
      return (row) => combined("-", 0, inner(row));
    }
    if (token.text !== "(") throw this.#unexpected("a column or a number", token);
    const inner = this.#nested(() => this.#scalar());
    this.#expectSymbol(")");
    return inner;
  }

  #case(): Scalar {
    const branches: { when: Predicate | null; then: Scalar }[] = [];
    while (this.#takeWord("WHEN")) {
      const when = this.#condition(() => this.#isWord("THEN"));
      this.#expectWord("THEN");
      branches.push({ when, then: this.#scalar() });
    }
    if (branches.length === 0) throw this.#unexpected("WHEN");
    const otherwise: Scalar = this.#takeWord("ELSE") ? this.#scalar() : () => null;
    this.#expectWord("END");
    return (row) => (branches.find(({ when }) => kept([row], when).length === 1)?.then ?? otherwise)(row);
  }

  /** The text up to where `ends` says, outside parentheses, is a filter as every export takes it. */
  #condition(ends: () => boolean): Predicate | null {
    const start = this.#peek().at;
    for (let open = 0; this.#peek().type !== "end" && (open > 0 || !ends()); this.#at += 1) {
      if (this.#isSymbol("(")) open += 1;
      if (this.#isSymbol(")")) open -= 1;
    }
    const condition = this.text.slice(start, this.#peek().at);
    if (condition.trim() === "") throw this.#unexpected("a condition");
    return parseFilter(condition);
  }

  #peek(): MetricToken {
    return this.tokens[this.#at] ?? { type: "end", text: "", at: this.text.length };
  }
  #next(): MetricToken {
    const token = this.#peek();
    this.#at += 1;
    return token;
  }
  #isWord(word: string): boolean {
    return this.#peek().type === "word" && this.#peek().text.toUpperCase() === word.toUpperCase();
  }
  #isSymbol(symbol: string): boolean {
    return this.#peek().type === "symbol" && this.#peek().text === symbol;
  }
  #takeWord(word: string): boolean {
    const found = this.#isWord(word);
    if (found) this.#at += 1;
    return found;
  }
  #takeSymbol(symbol: string): boolean {
    const found = this.#isSymbol(symbol);
    if (found) this.#at += 1;
    return found;
  }
  #expectWord(word: string): void {
    if (!this.#takeWord(word)) throw this.#unexpected(word);
  }
  #expectSymbol(symbol: string): void {
    if (!this.#takeSymbol(symbol)) throw this.#unexpected(symbol);
  }
  #unexpected(wanted: string, token = this.#peek()) {
    const found = token.type === "end" ? "it ends" : `there is ${JSON.stringify(token.text)}`;
    return metricError(`${found} where ${wanted} is needed`, token.at);
  }
}

const kept = (rows: readonly MetricRow[], filter: Predicate | null): readonly MetricRow[] =>
  filter === null ? rows : rows.filter((row) => filter.holds((column) => row.value(column)));
