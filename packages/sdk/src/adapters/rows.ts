import { Table } from "apache-arrow";
import type { RecordBatch, Vector } from "apache-arrow";

import { batchesFromColumns } from "../arrow/batch.js";
import { buildColumn } from "../arrow/build.js";
import { Inference, isKind, widen } from "../arrow/infer.js";
import { NULL } from "../arrow/kinds.js";
import type { Kind } from "../arrow/kinds.js";
import { transpose } from "../arrow/transpose.js";
import { ValidationError } from "../errors/index.js";
import { mixedColumn } from "./columns.js";
import { DEFAULT_BATCH_ROWS, isObject, isWanted } from "./frame.js";
import type { Adapter, FrameOptions } from "./frame.js";

/** An array of row objects. Its types are known once all rows have been looked at, by a first pass or by `settle`. */
export const rowsAdapter: Adapter = {
  accepts: "an array of row objects",
  open(data, options) {
    if (!Array.isArray(data) || !data.every(isRow)) return undefined;
    const rows: readonly RowObject[] = data;
    const columns = new RowColumns(options);
    let settled = false;
    return {
      source: "array of rows",
      rows: rows.length,
      columns: rows[0] === undefined ? undefined : Object.keys(rows[0]),
      inMemory: true,
      widens: true,
      settle() {
        if (!settled) columns.learn(rows, 0);
        settled = true;
      },
      async *batches() {
        yield* cut(rows, columns, { ...options, learning: !settled });
        settled = true;
      },
    };
  },
};

function* cut(
  rows: readonly RowObject[],
  columns: RowColumns,
  { maxRows = DEFAULT_BATCH_ROWS, learning }: FrameOptions & { readonly learning: boolean },
): Generator<RecordBatch> {
  for (let start = 0; start < rows.length; start += maxRows) {
    const part = rows.slice(start, start + maxRows);
    yield* learning ? columns.take(part, start) : columns.build(part);
  }
}

export type RowObject = Readonly<Record<string, unknown>>;

export const isRow = (value: unknown): value is RowObject =>
  isObject(value) && !Array.isArray(value) && !ArrayBuffer.isView(value);

/** Turns row objects into columns. What it learns about types is kept, so that later rows only ever widen them. */
export class RowColumns {
  readonly #kinds = new Map<string, Kind>();
  readonly #options: FrameOptions;

  constructor(options: FrameOptions) {
    this.#options = options;
  }

  /**
   * Looks at the values of some rows. `firstRow` is the row of the whole input they start at.
   * @throws ValidationError naming column and rows when a column mixes types
   */
  learn(rows: readonly RowObject[], firstRow: number): void {
    const names = this.#names(rows);
    const inferences = names.map((name) => ({ name, inference: new Inference() }));
    for (let start = 0; start < rows.length; start += DEFAULT_BATCH_ROWS) {
      const columns = this.#values(rows.slice(start, start + DEFAULT_BATCH_ROWS), names);
      inferences.forEach(({ inference }, column) => inference.addAll(columns[column] ?? [], firstRow + start));
    }
    this.#keep(inferences, firstRow);
  }

  /** `learn` and `build` in one look at every value; errors as `learn`. */
  take(rows: readonly RowObject[], firstRow: number): readonly RecordBatch[] {
    const names = this.#names(rows);
    const values = this.#values(rows, names);
    const inferences = names.map((name) => ({ name, inference: new Inference() }));
    inferences.forEach(({ inference }, column) => inference.addAll(values[column] ?? [], firstRow));
    this.#keep(inferences, firstRow);
    return this.#batches(names, values, rows.length);
  }

  #keep(inferences: readonly { readonly name: string; readonly inference: Inference }[], firstRow: number): void {
    const problems = inferences.flatMap(({ name, inference }) => {
      const found = widen(this.#kinds.get(name), inference.resolve(), firstRow);
      if (!isKind(found)) return [mixedColumn(name, found.message)];
      this.#kinds.set(name, found);
      return [];
    });
    if (problems.length > 0) throw new ValidationError("The rows cannot be made into columns", problems);
  }

  /** One batch of rows that have been learnt, with all columns seen so far. */
  build(rows: readonly RowObject[]): readonly RecordBatch[] {
    const names = [...this.#kinds.keys()];
    return this.#batches(names, this.#values(rows, names), rows.length);
  }

  #batches(names: readonly string[], values: readonly (readonly unknown[])[], length: number): readonly RecordBatch[] {
    const { memory } = this.#options;
    memory?.reset();
    const columns = names.map((name, column): readonly [string, Vector] => [
      name,
      buildColumn(this.#kinds.get(name) ?? NULL, values[column] ?? [], memory),
    ]);
    return batchesFromColumns(columns, length);
  }

  #values(rows: readonly RowObject[], names: readonly string[]): readonly (readonly unknown[])[] {
    return transpose(rows, names).map((values, column) => {
      const convert = this.#options.convert?.(names[column] ?? "");
      return convert === undefined ? values : values.map((value) => convert(value));
    });
  }

  /** Wanted columns that some row has had; of those not known by name, in the order they first appear. */
  #names(rows: readonly RowObject[]): readonly string[] {
    const { columns } = this.#options;
    if (columns !== undefined && typeof columns !== "function")
      return [...columns].filter((name) => this.#kinds.has(name) || rows.some((row) => Object.hasOwn(row, name)));
    const names = new Set(this.#kinds.keys());
    for (const row of rows) for (const name of Object.keys(row)) names.add(name);
    return [...names].filter((name) => isWanted(this.#options, name));
  }
}

/**
 * Rows as one table, types inferred over all of them.
 * @throws ValidationError naming column and rows when a column mixes types
 */
export function tableFromRows(rows: readonly RowObject[], options: FrameOptions = {}): Table {
  const columns = new RowColumns(options);
  columns.learn(rows, 0);
  return new Table([...cut(rows, columns, { ...options, learning: false })]);
}
