import type { RecordBatch, Vector } from "apache-arrow";

import { batchesFromColumns } from "../arrow/batch.js";
import { buildColumn } from "../arrow/build.js";
import { DEFAULT_BATCH_ROWS, isWanted } from "../adapters/frame.js";
import type { FrameOptions } from "../adapters/frame.js";
import { ValidationError } from "../errors/index.js";
import type { ValidationIssue } from "../errors/index.js";
import type { Bytes } from "./bytes.js";
import { kindOfType, READ_CELL, TYPE_NAMES, typeOfCells } from "./cells.js";
import { csvRecords } from "./csv-records.js";
import { delimiterOf } from "./formats.js";
import type { ColumnType, FileSource } from "./source.js";
import type { FileReader, SpanOptions } from "./tabular-file.js";

/**
 * CSV with a header row. Empty cells are null. A column has the type of its first rows that hold a value; a later cell of
 * another type is an error that names it.
 */
export async function openCsv(bytes: Bytes, source: FileSource): Promise<FileReader> {
  const delimiter = source.delimiter ?? delimiterOf(bytes.name);
  const records = await csvRecords(bytes, delimiter);
  return {
    rows: undefined,
    columns: undefined,
    async count() {
      let rows = -1;
      for await (const part of records()) rows += part.length;
      return Math.max(rows, 0);
    },
    read: (options) => readSpan(bytes.name, records(), source, options),
  };
}

async function* readSpan(
  name: string,
  records: AsyncIterable<readonly string[][]>,
  source: FileSource,
  options: SpanOptions,
): AsyncGenerator<RecordBatch> {
  const { start, end, maxRows = DEFAULT_BATCH_ROWS } = options;
  const sample = source.sampleRows ?? DEFAULT_BATCH_ROWS;
  let columns: CsvColumns | undefined;
  let block: string[][] = [];
  let row = 0;
  // Blocks are cut at the same rows whatever the span, so that a column has one type in every span.
  const flush = function* (): Generator<RecordBatch> {
    const first = row;
    columns?.learn(block);
    row += block.length;
    for (let from = Math.max(start, first); from < Math.min(end, row); from += maxRows) {
      const rows = block.slice(from - first, Math.min(from + maxRows, end, row) - first);
      yield* columns?.build(rows, from) ?? [];
    }
    block = [];
  };
  for await (const part of records) {
    for (const record of part) {
      if (columns === undefined) {
        columns = new CsvColumns(name, record, source.columnTypes ?? {}, sample, options);
        continue;
      }
      columns.checkWidth(record, row + block.length);
      block.push(record);
      if (block.length < sample) continue;
      yield* flush();
      if (row >= end) return;
    }
  }
  yield* flush();
}

/** A header that is one cell for want of the right delimiter. */
function otherDelimiter([cell = "", ...more]: readonly string[]): ValidationIssue[] {
  const found = more.length === 0 ? /[;\t|,]/.exec(cell)?.[0] : undefined;
  if (found === undefined) return [];
  return [{ path: "header", message: `is one cell, ${JSON.stringify(cell)}; say that the delimiter is ${JSON.stringify(found)}` }]; // prettier-ignore
}

/** The columns that are wanted, and what their types have been found to be. */
class CsvColumns {
  readonly #name: string;
  readonly #header: readonly string[];
  readonly #declared: Readonly<Record<string, ColumnType>>;
  readonly #sample: number;
  readonly #wanted: readonly number[];
  readonly #types: (ColumnType | undefined)[];

  constructor(
    name: string,
    header: readonly string[],
    declared: Readonly<Record<string, ColumnType>>,
    sample: number,
    options: FrameOptions,
  ) {
    this.#name = name;
    this.#header = header;
    this.#declared = declared;
    this.#sample = sample;
    this.#wanted = header.flatMap((column, index) => (isWanted(options, column) ? [index] : []));
    this.#types = header.map((column) => declared[column]);
    const issues = [
      ...(this.#wanted.length === 0 ? otherDelimiter(header) : []),
      ...header.flatMap((column, index) => header.indexOf(column) === index ? [] : [{ path: `column "${column}"`, message: "stands twice in the header; give each column a name of its own" }]),
      ...Object.keys(declared).flatMap((column) => header.includes(column) ? [] : [{ path: `columnTypes.${column}`, message: `is no column of the file; it has ${header.join(", ")}` }]),
    ]; // prettier-ignore
    if (issues.length > 0) throw this.#problem(issues);
  }

  checkWidth(record: readonly string[], row: number): void {
    if (record.length === this.#header.length) return;
    throw this.#problem([
      { path: `row ${row}`, message: `has ${record.length} cells, the header has ${this.#header.length}; a cell that holds the delimiter must be quoted` },
    ]); // prettier-ignore
  }

  /** Settles the type of columns that have held no value so far. */
  learn(rows: readonly string[][]): void {
    for (const index of this.#wanted) this.#types[index] ??= typeOfCells(rows.map((row) => row[index] ?? ""));
  }

  build(rows: readonly string[][], firstRow: number): readonly RecordBatch[] {
    const columns = this.#wanted.map((index): readonly [string, Vector] => {
      const type = this.#types[index];
      const read = READ_CELL[type ?? "text"];
      const values = rows.map((row, at) => {
        const value = read(row[index] ?? "");
        if (value === undefined) throw this.#misfit(index, firstRow + at, row[index] ?? "");
        return value;
      });
      return [this.#header[index] ?? "", buildColumn(kindOfType(type), values)];
    });
    return batchesFromColumns(columns, rows.length);
  }

  #misfit(index: number, row: number, cell: string): ValidationError {
    const column = this.#header[index] ?? "";
    const type = this.#types[index] ?? "text";
    const why =
      this.#declared[column] === undefined
        ? `as its first ${this.#sample} rows are; correct it, or declare what the column holds: columnTypes: { ${JSON.stringify(column)}: "${type === "int64" && READ_CELL.float64(cell) !== undefined ? "float64" : "text"}" }`
        : "as columnTypes declares; correct the cell or the declaration";
    return this.#problem([
      { path: `row ${row}, column "${column}"`, message: `${JSON.stringify(cell.slice(0, 60))} is not ${TYPE_NAMES[type]}, ${why}` },
    ]); // prettier-ignore
  }

  #problem(issues: readonly ValidationIssue[]): ValidationError {
    return new ValidationError(`${this.#name} cannot be read (rows are counted from 0, after the header)`, issues);
  }
}
