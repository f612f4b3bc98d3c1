import { ValidationError } from "../errors/index.js";
import type { Bytes } from "./bytes.js";
import { load } from "./load.js";
import { LONGEST_RECORD, textOf } from "./text.js";

/**
 * How to go through a CSV file's records, header included, as they are read: quoted cells may hold delimiters, line ends
 * and doubled quotes; lines end with LF or CRLF; empty lines are no records.
 */
export async function csvRecords(bytes: Bytes, delimiter: string): Promise<() => AsyncGenerator<string[][]>> {
  const { default: Papa } = await load("Reading CSV", "papaparse", () => import("papaparse"));
  const parse = (text: string, last: boolean, record: number): Parsed => {
    // boundary: the library's own type of this result is `any`; the shape is that of its `parse`.
    const parsed = new Papa.Parser({ delimiter, newline: "\n" }).parse(text, 0, !last) as RawResult;
    const [error] = parsed.errors;
    if (error !== undefined) throw badQuote(bytes.name, record + (error.row ?? 0));
    return { records: parsed.data.filter(isRecord).map(withoutReturn), rest: text.slice(parsed.meta.cursor) };
  };
  return async function* () {
    let waiting = "";
    let seen = 0;
    for await (const text of textOf(bytes)) {
      const { records, rest } = parse(waiting + text, false, seen);
      if (rest.length > LONGEST_RECORD) throw badQuote(bytes.name, seen + records.length);
      waiting = rest;
      seen += records.length;
      if (records.length > 0) yield records;
    }
    const { records } = parse(waiting, true, seen);
    if (records.length > 0) yield records;
  };
}

interface Parsed {
  readonly records: string[][];
  readonly rest: string;
}

interface RawResult {
  readonly data: readonly string[][];
  readonly errors: readonly { readonly row?: number }[];
  readonly meta: { readonly cursor: number };
}

const isRecord = (cells: readonly string[]): boolean =>
  cells.length > 1 || (cells[0] !== undefined && cells[0] !== "" && cells[0] !== "\r");

function withoutReturn(cells: string[]): string[] {
  const last = cells.at(-1);
  if (last?.endsWith("\r") === true) cells[cells.length - 1] = last.slice(0, -1);
  return cells;
}

const badQuote = (name: string, record: number): ValidationError =>
  new ValidationError(`${name} is no CSV`, [
    {
      path: record === 0 ? "the header" : `row ${record - 1}`,
      message: 'holds a quote that is not closed, or text after a closing quote; write a quote inside a cell as ""',
    },
  ]);
