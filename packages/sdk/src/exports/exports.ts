import { Table } from "apache-arrow";
import type { RecordBatch } from "apache-arrow";

import type { ClientContext } from "../context.js";
import { ArizeError, ConfigurationError } from "../errors/index.js";
import type { WriteParquetOptions, WrittenParquet } from "../files/index.js";
import { dataFrame } from "./data-frame.js";
import type { PandasDataFrame } from "./data-frame.js";
import { isExportPort } from "./export-port.js";
import type { ExportStream } from "./export-port.js";
import { exportRequest } from "./query.js";
import type { ExportQuery } from "./query.js";
import { rowsOf } from "./values.js";
import type { ExportRow } from "./values.js";

/** The stream ended before all announced rows had come: what was received is not the whole answer. */
export class IncompleteExportError extends ArizeError {
  override readonly name: string = "IncompleteExportError";
  readonly receivedRows: number;
  readonly announcedRows: number;

  constructor(receivedRows: number, announcedRows: number) {
    super(`The export ended after ${receivedRows} of ${announcedRows} rows; run it again`);
    this.receivedRows = receivedRows;
    this.announcedRows = announcedRows;
  }
}

/** Reads logged records back over Arrow Flight (`spec/flight.md §4`). Node only. */
export class Exports {
  readonly #context: Pick<ClientContext, "config" | "flight">;

  constructor(context: Pick<ClientContext, "config" | "flight">) {
    this.#context = context;
  }

  /**
   * Record batches as they arrive, with bounded memory: the platform is held back while a batch is worked on. Leaving the
   * loop early cancels the export.
   * @throws ValidationError for bad arguments, IncompleteExportError when rows are missing at the end, ApiError,
   *   ConnectionError, AbortError
   */
  async *batches(query: ExportQuery): AsyncGenerator<RecordBatch, void, undefined> {
    yield* checked(await this.#open(query), query);
  }

  /** The whole export as one Arrow table; errors as `batches`. */
  async toTable(query: ExportQuery): Promise<Table> {
    const stream = await this.#open(query);
    const batches: RecordBatch[] = [];
    for await (const batch of checked(stream, query)) batches.push(batch);
    if (batches.length > 0) return new Table(batches);
    return stream.schema === undefined ? new Table() : new Table(stream.schema);
  }

  /**
   * The whole export as objects; errors as `batches`. Times are Dates, 64-bit integers are numbers where they fit, and JSON
   * columns of spans are parsed.
   */
  async toRows(query: ExportQuery): Promise<ExportRow[]> {
    const rows: ExportRow[] = [];
    for await (const batch of this.batches(query)) for (const row of rowsOf(batch, isSpans(query))) rows.push(row);
    return rows;
  }

  /** The whole export as a pandas-js DataFrame, values as `toRows`; errors as `batches`. */
  async toDataFrame(query: ExportQuery): Promise<PandasDataFrame> {
    const stream = await this.#open(query);
    return dataFrame(checked(stream, query), isSpans(query), stream.schema);
  }

  /**
   * The whole export as a Parquet file with the types of the export, written as it arrives (`writeParquet` of
   * `@axlab/sdk/files`): memory holds one row group. The file takes its name once it is whole; an export without rows
   * writes none, as the official client does (`spec/flight.md §4.1`). Needs `hyparquet-writer`; errors as `batches`.
   */
  async toParquet(path: string, query: ExportQuery, options: WriteParquetOptions = {}): Promise<WrittenParquet> {
    const { writeParquet } = await import("../files/parquet/write.js");
    return writeParquet(path, this.batches(query), options);
  }

  async #open(query: ExportQuery): Promise<ExportStream> {
    const request = exportRequest(query, this.#context.config.spaceId);
    const flight = await this.#context.flight();
    if (!isExportPort(flight)) throw new ConfigurationError("The Flight client of this context cannot export");
    return flight.openExport(request, query);
  }
}

const isSpans = (query: ExportQuery): boolean => query.project !== undefined || query.environment === "TRACING";

async function* checked(stream: ExportStream, query: ExportQuery): AsyncGenerator<RecordBatch, void, undefined> {
  const totalRows = stream.totalRecords < 0 ? undefined : stream.totalRecords;
  let rows = 0;
  for await (const batch of stream.batches()) {
    rows += batch.numRows;
    query.onProgress?.({ rows, totalRows });
    yield batch;
  }
  if (totalRows !== undefined && rows < totalRows) throw new IncompleteExportError(rows, totalRows);
}
