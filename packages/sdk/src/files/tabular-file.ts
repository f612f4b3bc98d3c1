import type { RecordBatch } from "apache-arrow";

import type { FrameOptions } from "../adapters/frame.js";
import type { FileFormat } from "./formats.js";

/** Rows `start` (included) to `end` (excluded), counted from 0; the whole file by default. */
export interface RowSpan {
  readonly start?: number | undefined;
  readonly end?: number | undefined;
}

export type ReadOptions = FrameOptions & RowSpan;

/** The span with its default filled in. */
export type SpanOptions = FrameOptions & { readonly start: number; readonly end: number };

/** What one format's reader gives. Types of a batch never depend on the span it lies in. */
export interface FileReader {
  /** Rows in all, where that is known without reading them. */
  readonly rows: number | undefined;
  readonly columns: readonly string[] | undefined;
  read(options: SpanOptions): AsyncIterable<RecordBatch>;
  /** Counts by reading; only asked where `rows` is undefined. */
  count(): Promise<number>;
}

/** An open file of rows. It stands wherever the SDK takes a table, and gives its record batches to anyone else. */
export interface TabularFile extends AsyncIterable<RecordBatch> {
  readonly name: string;
  readonly format: FileFormat;
  /** Rows in all: known at once for Parquet, after `count()` for the others. */
  readonly rows: number | undefined;
  /** Names of its columns: known at once for Parquet and Arrow. */
  readonly columns: readonly string[] | undefined;
  /**
   * Rows in all, reading the file where its format does not say.
   * @throws ValidationError as `batches`
   */
  count(): Promise<number>;
  /**
   * One pass, holding a row group (Parquet), a message (Arrow) or a batch of rows (CSV, NDJSON), and never the file.
   * @throws ValidationError naming the row and the column where the file is damaged or a value does not fit its column
   */
  batches(options?: ReadOptions): AsyncGenerator<RecordBatch, void, undefined>;
  /** Removes what a URL or a stream left on the disk. */
  close(): Promise<void>;
}
