import type { Predicate } from "../export/predicate.js";
import { compare, likeMatcher, scalarOf, type Operator, type Truth } from "./compare.js";
import { membership } from "./membership.js";
import type { Exact } from "./numbers.js";
import { filterError, tokensOf, type Token } from "./tokens.js";

type Row = (column: string) => unknown;
type Condition = (row: Row) => Truth;
type Operand = (row: Row) => ReturnType<typeof scalarOf>;

const OPERATORS = new Map<string, Operator>([
  ["=", "="],
  ["==", "="],
  ["!=", "!="],
  ["<>", "!="],
  ["<", "<"],
  ["<=", "<="],
  [">", ">"],
  [">=", ">="],
]);
const MAX_DEPTH = 100;

/**
 * Reads a filter as the clients' `where` has it, SQL-like: `age > 50 And state = 'CA'`.
 * @returns null for an empty one
 * @throws InvalidRequestError with the position and what could stand there
 */
export function parseFilter(text: string): Predicate | null {
  if (text.trim() === "") return null;
  const parser = new Parser(tokensOf(text));
  const condition = parser.whole();
  return { columns: [...parser.columns], holds: (value) => condition(value) === true };
}

class Parser {
  readonly columns = new Set<string>();
  #at = 0;
  #depth = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  whole(): Condition {
    const condition = this.#or();
    if (this.#peek().type !== "end") throw this.#unexpected("AND, OR or the end");
    return condition;
  }

  #or(): Condition {
    const terms = [this.#and()];
    while (this.#takeWord("or")) terms.push(this.#and());
    return (row) => terms.reduce((truth: Truth, term) => (truth === true ? true : either(truth, term(row))), false);
  }

  #and(): Condition {
    const terms = [this.#not()];
    while (this.#takeWord("and")) terms.push(this.#not());
    return (row) => terms.reduce((truth: Truth, term) => (truth === false ? false : both(truth, term(row))), true);
  }

  #not(): Condition {
    if (++this.#depth > MAX_DEPTH) throw filterError(`nested deeper than ${MAX_DEPTH} levels`, this.#peek().at);
    const condition = this.#takeWord("not") ? negated(this.#not()) : this.#primary();
    this.#depth--;
    return condition;
  }

  #primary(): Condition {
    if (!this.#takeSymbol("(")) return this.#comparison();
    const inner = this.#or();
    if (!this.#takeSymbol(")")) throw this.#unexpected(")");
    return inner;
  }

  #comparison(): Condition {
    const left = this.#operand("left");
    const token = this.#next();
    const operator = token.type === "symbol" ? OPERATORS.get(token.value) : undefined;
    if (operator !== undefined) {
      const right = this.#operand("right");
      return (row) => compare(left(row), operator, right(row));
    }
    this.#at--;
    if (this.#takeWord("is")) {
      const negative = this.#takeWord("not");
      if (!this.#takeWord("null")) throw this.#unexpected("NULL or NOT NULL");
      return (row) => (left(row) === null) !== negative;
    }
    const negative = this.#takeWord("not");
    const condition = this.#wordComparison(left);
    return negative ? negated(condition) : condition;
  }

  #wordComparison(left: Operand): Condition {
    if (this.#takeWord("in")) {
      const { literals, operands } = this.#list();
      const isAmong = membership(literals);
      return (row) => {
        const value = left(row);
        return operands.reduce(
          (truth: Truth, option) => (truth === true ? true : either(truth, compare(value, "=", option(row)))),
          isAmong(value),
        );
      };
    }
    if (this.#takeWord("between")) {
      const low = this.#operand("right");
      if (!this.#takeWord("and")) throw this.#unexpected("AND");
      const high = this.#operand("right");
      return (row) => both(compare(left(row), ">=", low(row)), compare(left(row), "<=", high(row)));
    }
    const ignoreCase = this.#peekWord() === "ilike";
    if (this.#takeWord("like") || this.#takeWord("ilike")) {
      const token = this.#next();
      if (token.type !== "string" && token.type !== "quoted") throw this.#unexpected("a 'pattern'", token);
      const matches = likeMatcher(token.value, ignoreCase);
      return (row) => {
        const value = left(row);
        return value === null ? null : matches(String(value));
      };
    }
    throw this.#unexpected("a comparison");
  }

  #list(): { literals: (string | Exact)[]; operands: Operand[] } {
    const literals: (string | Exact)[] = [];
    const operands: Operand[] = [];
    if (!this.#takeSymbol("(")) throw this.#unexpected("(");
    do {
      const token = this.#peek();
      if (token.type === "number" || token.type === "string" || token.type === "quoted") {
        literals.push(token.value);
        this.#at++;
      } else operands.push(this.#operand("right"));
    } while (this.#takeSymbol(","));
    if (!this.#takeSymbol(")")) throw this.#unexpected(", or )");
    return { literals, operands };
  }

  /** Double quotes hold a column's name on the left, as in SQL, and a text on the right, as people write it. */
  #operand(side: "left" | "right"): Operand {
    const token = this.#next();
    if (token.type === "number" || token.type === "string" || (token.type === "quoted" && side === "right"))
      return () => token.value;
    if (token.type !== "word" && token.type !== "quoted" && token.type !== "ticked")
      throw this.#unexpected("a column or a value", token);
    const word = token.value.toLowerCase();
    if (token.type === "word" && (word === "true" || word === "false")) return () => word === "true";
    if (token.type === "word" && word === "null") return () => null;
    this.columns.add(token.value);
    return (row) => scalarOf(row(token.value));
  }

  #peek(): Token {
    return this.tokens[this.#at] ?? { type: "end", value: "", at: 0 };
  }

  #next(): Token {
    const token = this.#peek();
    this.#at++;
    return token;
  }

  #peekWord(): string | null {
    const token = this.#peek();
    return token.type === "word" ? token.value.toLowerCase() : null;
  }

  #takeWord(word: string): boolean {
    if (this.#peekWord() !== word) return false;
    this.#at++;
    return true;
  }

  #takeSymbol(symbol: string): boolean {
    const token = this.#peek();
    if (token.type !== "symbol" || token.value !== symbol) return false;
    this.#at++;
    return true;
  }

  #unexpected(wanted: string, token = this.#peek()) {
    const found = token.type === "end" ? "it ends" : `there is ${JSON.stringify(String(token.value))}`;
    return filterError(`${found} where ${wanted} is needed`, token.at);
  }
}

const negated =
  (condition: Condition): Condition =>
  (row) => {
    const truth = condition(row);
    return truth === null ? null : !truth;
  };

const both = (a: Truth, b: Truth): Truth =>
  a === false || b === false ? false : a === null || b === null ? null : true;
const either = (a: Truth, b: Truth): Truth =>
  a === true || b === true ? true : a === null || b === null ? null : false;
