import type { RecordBatch, Table, Vector } from "apache-arrow";

import { plainBatch } from "../arrow/plain-columns.js";
import { ValidationError } from "../errors/index.js";
import type { FileInput, TabularFile } from "../files/index.js";
import { arqueroAdapter } from "./arquero.js";
import { arrowAdapter } from "./arrow-table.js";
import { columnsAdapter } from "./columns.js";
import { danfoAdapter } from "./danfo.js";
import { fileAdapter, isFileInput, openFileOnce } from "./files.js";
import { isWanted } from "./frame.js";
import type { Adapter, Frame, FrameOptions } from "./frame.js";
import { pandasJsAdapter } from "./pandas-js.js";
import { polarsAdapter } from "./polars.js";
import { rowsAdapter } from "./rows.js";
import { streamAdapter } from "./streams.js";

export type { Frame, FrameOptions } from "./frame.js";

/** A row: column name → value. Numbers, texts, booleans, bigints, Dates, null; lists and objects of these. */
export type Row = Readonly<Record<string, unknown>>;

/**
 * Anything the SDK takes as tabular data. Frames of other libraries (pandas-js, polars, arquero, danfo) are known by their
 * methods; files are Parquet, Arrow, CSV and NDJSON, by path, URL or stream (`FileInput`, `@axlab/sdk/files`).
 */
export type TabularData =
  | Table
  | RecordBatch
  | Iterable<RecordBatch>
  | AsyncIterable<RecordBatch>
  | readonly Row[]
  | Iterable<Row>
  | AsyncIterable<Row>
  | Readonly<Record<string, ArrayLike<unknown> | Vector>>
  | DataFrameLike
  | FileInput
  | TabularFile;

/** A frame of a supported library, by the methods it is known by: pandas-js, nodejs-polars, arquero, danfo. */
export type DataFrameLike =
  | { get(column: string): unknown; readonly columns: unknown }
  | { getColumn(column: string): unknown; readonly columns: unknown }
  | { column(name: string): unknown; readonly columns: unknown }
  | { columnNames(): readonly string[]; array(column: string): unknown; numRows(): number };

// Order matters: a more particular shape comes before a more general one.
const ADAPTERS: readonly Adapter[] = [
  arrowAdapter,
  pandasJsAdapter,
  polarsAdapter,
  arqueroAdapter,
  danfoAdapter,
  rowsAdapter,
  fileAdapter,
  streamAdapter,
  columnsAdapter,
];

/**
 * The input as record batches of plain columns (`arrow/plain-columns.ts`), restricted to `options.columns`.
 * @throws ValidationError when no adapter takes the input
 */
export function openFrame(data: unknown, options: FrameOptions = {}): Frame {
  for (const adapter of ADAPTERS) {
    const frame = adapter.open(data, options);
    if (frame !== undefined) return { ...frame, batches: () => plainBatches(frame, options) };
  }
  throw new ValidationError("The data is of no supported kind", [
    { path: "data", message: `is ${describe(data)}; pass ${ADAPTERS.map((adapter) => adapter.accepts).join(", ")}` },
  ]);
}

/**
 * `openFrame` for input that may also be a file by path, URL or stream, which is opened first.
 * @throws ValidationError when no adapter takes the input or the file cannot be read; ConfigurationError when a library
 *   for its format is missing
 */
export async function openData(data: unknown, options: FrameOptions = {}): Promise<Frame> {
  return openFrame(isFileInput(data) ? await openFileOnce(data) : data, options);
}

async function* plainBatches(frame: Frame, options: FrameOptions): AsyncGenerator<RecordBatch> {
  for await (const batch of frame.batches()) yield plainBatch(batch, (column) => isWanted(options, column));
}

function describe(data: unknown): string {
  if (data === null || typeof data !== "object") return data === null ? "null" : typeof data;
  return `an object with ${Object.keys(data).slice(0, 5).join(", ") || "no members"}`;
}
