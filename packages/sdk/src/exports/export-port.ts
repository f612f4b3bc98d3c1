import type { CallOptions } from "../transport/index.js";
import type { RecordBatch, Schema } from "apache-arrow";

import type { SimilaritySearchParams } from "./query.js";

/** An export query as it travels (`spec/flight.md §4.2`); `environment` by name, times in whole seconds. */
export interface ExportRequest {
  readonly spaceId: string;
  readonly modelId: string;
  readonly environment: "TRAINING" | "VALIDATION" | "PRODUCTION" | "TRACING";
  readonly startTime: Date;
  readonly endTime: Date;
  readonly modelVersion?: string | undefined;
  readonly batchId?: string | undefined;
  readonly includeActuals?: boolean | undefined;
  readonly filterExpression?: string | undefined;
  readonly similaritySearchParams?: SimilaritySearchParams | undefined;
  readonly projectedColumns?: readonly string[] | undefined;
  readonly streamChunkSize?: number | undefined;
}

/** An opened export. */
export interface ExportStream {
  /** Rows announced; negative when the server does not know. */
  readonly totalRecords: number;
  /** Known beforehand only when the server says so. */
  readonly schema: Schema | undefined;
  /** One pass; reading slowly holds the server back. Ending early cancels the stream. */
  batches(): AsyncGenerator<RecordBatch, void, undefined>;
}

/** What `exports` asks of Arrow Flight. Implemented in `src/flight`. */
export interface ExportPort {
  openExport(request: ExportRequest, options: CallOptions): Promise<ExportStream>;
}

export const isExportPort = (flight: object): flight is ExportPort =>
  typeof Reflect.get(flight, "openExport") === "function";
