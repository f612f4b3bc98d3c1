import type { RecordBatch } from "apache-arrow";

import { DEFAULT_BATCH_ROWS, isWanted } from "../adapters/frame.js";
import { isRow, RowColumns } from "../adapters/rows.js";
import type { RowObject } from "../adapters/rows.js";
import { ValidationError } from "../errors/index.js";
import { parseExact } from "../rows/exact-json.js";
import type { Bytes } from "./bytes.js";
import { READ_CELL, TYPE_NAMES } from "./cells.js";
import type { ColumnType, FileSource } from "./source.js";
import type { FileReader, SpanOptions } from "./tabular-file.js";
import { LONGEST_RECORD, textOf } from "./text.js";

/** One JSON object a line. Types are those of JSON, and widen as rows of an iterable do; `columnTypes` converts. */
export async function openNdjson(bytes: Bytes, source: FileSource): Promise<FileReader> {
  return {
    rows: undefined,
    columns: undefined,
    async count() {
      let rows = 0;
      for await (const _line of linesOf(bytes)) rows += 1;
      return rows;
    },
    read: (options) => readSpan(bytes, source.columnTypes ?? {}, options),
  };
}

/** A value of each type, from which a declared column's type is learnt before its first row. */
const EXAMPLES: Readonly<Record<ColumnType, unknown>> = { bool: true, int64: 1, float64: 0.5, text: "", timestamp: new Date(0) }; // prettier-ignore

async function* readSpan(
  bytes: Bytes,
  declared: Readonly<Record<string, ColumnType>>,
  options: SpanOptions,
): AsyncGenerator<RecordBatch> {
  const { start, end, maxRows = DEFAULT_BATCH_ROWS } = options;
  const columns = new RowColumns(options);
  const types = Object.entries(declared).filter(([column]) => isWanted(options, column));
  columns.learn([Object.fromEntries(types.map(([column, type]) => [column, EXAMPLES[type]]))], 0);
  let block: RowObject[] = [];
  let row = 0;
  // All rows from the first on are learnt from, so that a row has the same types in every span.
  const flush = (): readonly RecordBatch[] => {
    const first = row;
    columns.learn(block, first);
    row += block.length;
    const wanted = block.slice(Math.max(start - first, 0), Math.max(Math.min(end, row) - first, 0));
    block = [];
    return wanted.length === 0 ? [] : columns.build(wanted);
  };
  for await (const line of linesOf(bytes)) {
    block.push(withTypes(bytes.name, parseRow(bytes.name, line, row + block.length), types, row + block.length));
    if (block.length < maxRows) continue;
    yield* flush();
    if (row >= end) return;
  }
  if (block.length > 0) yield* flush();
}

async function* linesOf(bytes: Bytes): AsyncGenerator<string> {
  let waiting = "";
  let row = 0;
  for await (const text of textOf(bytes)) {
    const lines = (waiting + text).split("\n");
    waiting = lines.pop() ?? "";
    for (const line of lines) {
      if (line.trim() === "") continue;
      row += 1;
      yield line;
    }
    if (waiting.length > LONGEST_RECORD)
      throw badLine(bytes.name, row, `is longer than ${LONGEST_RECORD} characters; write one object a line`);
  }
  if (waiting.trim() !== "") yield waiting;
}

function parseRow(name: string, line: string, row: number): RowObject {
  let value: unknown;
  try {
    value = parseExact(line);
  } catch (error) {
    throw badLine(name, row, `is no JSON (${error instanceof Error ? error.message : "unknown"})`);
  }
  if (isRow(value)) return value;
  throw badLine(name, row, `is ${value === null ? "null" : Array.isArray(value) ? "a list" : typeof value}; write one object a line`); // prettier-ignore
}

function withTypes(
  name: string,
  row: RowObject,
  types: readonly (readonly [string, ColumnType])[],
  index: number,
): RowObject {
  if (types.length === 0) return row;
  const typed: Record<string, unknown> = { ...row };
  for (const [column, type] of types) {
    const value = row[column];
    if (value === null || value === undefined) continue;
    const scalar =
      typeof value === "string" ? value : typeof value === "bigint" ? String(value) : JSON.stringify(value);
    typed[column] = READ_CELL[type](scalar);
    if (typed[column] !== undefined) continue;
    throw badLine(name, index, `holds ${scalar.slice(0, 60)} in column "${column}", which is not ${TYPE_NAMES[type]}, as columnTypes declares`); // prettier-ignore
  }
  return typed;
}

const badLine = (name: string, row: number, message: string): ValidationError =>
  new ValidationError(`${name} cannot be read (rows are counted from 0)`, [{ path: `row ${row}`, message }]);
