import { InvalidRequestError } from "../../errors.js";

export interface MetricToken {
  type: "number" | "string" | "name" | "word" | "symbol" | "end";
  text: string;
  at: number;
}

const PATTERN =
  /\s+|(?<number>\d+\.?\d*|\.\d+)|'(?<string>(?:[^']|'')*)'|"(?<name>(?:[^"]|"")*)"|`(?<ticked>[^`]*)`|(?<symbol><=|>=|<>|!=|[-+*/(),=<>])|(?<word>[A-Za-z_][\w.:]*)/y;

export const metricError = (problem: string, at: number): InvalidRequestError =>
  new InvalidRequestError(
    `metric: ${problem} at character ${at + 1}. Write SELECT <aggregates> FROM model [WHERE <condition>], where aggregates are COUNT(*), COUNT, SUM, AVG, MIN or MAX of a column or an expression of columns, or a metric such as PRECISION(), joined by + - * / and parentheses.`,
  );

/** @throws InvalidRequestError with the position of what cannot be read */
export function metricTokens(text: string): MetricToken[] {
  const tokens: MetricToken[] = [];
  PATTERN.lastIndex = 0;
  while (PATTERN.lastIndex < text.length) {
    const at = PATTERN.lastIndex;
    const match = PATTERN.exec(text);
    if (match === null) throw metricError(`cannot read ${JSON.stringify(text.slice(at, at + 12))}`, at);
    const { number, string, name, ticked, symbol, word } = match.groups ?? {};
    if (number !== undefined) tokens.push({ type: "number", text: number, at });
    else if (string !== undefined) tokens.push({ type: "string", text: string.replaceAll("''", "'"), at });
    else if (name !== undefined) tokens.push({ type: "name", text: name.replaceAll('""', '"'), at });
    else if (ticked !== undefined) tokens.push({ type: "name", text: ticked, at });
    else if (symbol !== undefined) tokens.push({ type: "symbol", text: symbol, at });
    else if (word !== undefined) tokens.push({ type: "word", text: word, at });
  }
  return [...tokens, { type: "end", text: "", at: text.length }];
}
