export { Logger } from "./logger.js";
export { PartialUploadError, ValidationFailure, type RowRange } from "./errors.js";
export type { LogOptions, LogResult, UploadOptions } from "./log-options.js";
export { Environment, Metric, ModelType } from "./model-types.js";
export type {
  CorpusSchema,
  EmbeddingColumnNames,
  InstanceSegmentationColumnNames,
  ObjectDetectionColumnNames,
  Schema,
  SemanticSegmentationColumnNames,
  TypedColumns,
} from "./schema/schema.js";
export type { UploadProgress } from "./upload/send.js";
export type { RuleViolation, ValidationStage } from "./validation/violation.js";
export type { DataFrameLike, Row, TabularData } from "../adapters/index.js";
export type { SpanOptions } from "./spans/log-spans.js";
export type { SpanUpdateError } from "./spans/update-port.js";
export type { SpanUpdateResult } from "./spans/update-spans.js";
export { StreamError, type FailedRecord, type StreamOptions } from "./stream/record-stream.js";
export type {
  ActualLabel,
  Embedding,
  InstanceSegmentationLabel,
  LlmRunMetadata,
  MultiClassActual,
  MultiClassPrediction,
  ObjectDetectionLabel,
  PredictionLabel,
  RankingActual,
  RankingPrediction,
  Scalar,
  SegmentationLabel,
  SimpleLabel,
  StreamRecord,
  VisionLabel,
} from "./stream/record.js";
