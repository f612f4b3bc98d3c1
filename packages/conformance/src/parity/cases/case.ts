import type { ModelType, Schema, CorpusSchema, StreamRecord } from "@axlab/sdk/logger";

/** Columns of a frame by name, as JSON, so that TypeScript and Python make the same one of it. */
export type Columns = Readonly<Record<string, readonly unknown[]>>;

interface Common {
  /** Names the case, and the model or project it is logged to: by it the recorder knows what belongs to what. */
  readonly id: string;
  /** Official clients that can send it; all when absent. */
  readonly only?: readonly OfficialClient[];
}
export type OfficialClient = "v7" | "v8";

/** A frame for `logger.log`, `Client.log` and `client.ml.log`. */
export interface BatchCase extends Common {
  readonly call: "log";
  readonly columns: Columns;
  /** Columns whose texts are times: Dates here, datetimes in pandas. */
  readonly times?: readonly string[];
  readonly schema: Schema | CorpusSchema;
  readonly modelType: ModelType;
  readonly environment: "PRODUCTION" | "TRAINING" | "VALIDATION" | "CORPUS";
  readonly batchId?: string;
}

/** A frame about spans. */
export interface SpanCase extends Common {
  readonly call: "logSpans" | "logEvaluations" | "logEvaluationsSync" | "logAnnotations" | "logMetadata";
  readonly columns: Columns;
}

/** One record for `logger.stream`, `arize.api.Client.log` and `client.ml.log_stream`; `modelId` is the case's id. */
export interface RecordCase extends Common {
  readonly call: "stream";
  readonly record: Omit<StreamRecord, "modelId">;
}

export type ParityCase = BatchCase | SpanCase | RecordCase;
