import { InvalidRequestError } from "../../../errors.js";
import { numberOf, type Exact } from "./numbers.js";

export type Token = { at: number } & (
  | { type: "number"; value: Exact }
  | { type: "string" | "quoted" | "ticked" | "word"; value: string }
  | { type: "symbol"; value: string }
  | { type: "end"; value: "" }
);

const PATTERN =
  /\s+|(?<number>-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|'(?<string>(?:[^']|'')*)'|"(?<quoted>(?:[^"]|"")*)"|`(?<ticked>[^`]*)`|(?<symbol><=|>=|<>|!=|==|[=<>(),])|(?<word>[A-Za-z_][\w.:]*)/y;

const MOST_CHARACTERS = 100_000;

/** @throws InvalidRequestError with the position of what cannot be read */
export function tokensOf(text: string): Token[] {
  if (text.length > MOST_CHARACTERS)
    throw filterError(`longer than the ${MOST_CHARACTERS} characters that are read`, MOST_CHARACTERS);
  const tokens: Token[] = [];
  PATTERN.lastIndex = 0;
  while (PATTERN.lastIndex < text.length) {
    const at = PATTERN.lastIndex;
    const match = PATTERN.exec(text);
    if (match === null) throw filterError(`cannot read ${JSON.stringify(text.slice(at, at + 12))}`, at);
    const { number, string, quoted, ticked, symbol, word } = match.groups ?? {};
    if (number !== undefined) tokens.push({ type: "number", value: numberOf(number) ?? Number.NaN, at });
    else if (string !== undefined) tokens.push({ type: "string", value: string.replaceAll("''", "'"), at });
    else if (quoted !== undefined) tokens.push({ type: "quoted", value: quoted.replaceAll('""', '"'), at });
    else if (ticked !== undefined) tokens.push({ type: "ticked", value: ticked, at });
    else if (symbol !== undefined) tokens.push({ type: "symbol", value: symbol, at });
    else if (word !== undefined) tokens.push({ type: "word", value: word, at });
  }
  return [...tokens, { type: "end", value: "", at: text.length }];
}

export const GRAMMAR =
  "Write comparisons (=, !=, <, <=, >, >=) of columns with numbers, 'texts', true or false, IN (…), BETWEEN … AND …, LIKE 'a%', IS NULL, joined by AND, OR, NOT and parentheses; names with other characters than letters, digits, _ . : go in backticks.";

export const filterError = (problem: string, at: number): InvalidRequestError =>
  new InvalidRequestError(`filter: ${problem} at character ${at + 1}. ${GRAMMAR}`);
