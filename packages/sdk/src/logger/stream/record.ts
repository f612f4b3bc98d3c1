import { ValidationFailure } from "../errors.js";
import type { ModelType } from "../model-types.js";
import { isNamed } from "./problems.js";

/** A feature or tag value: text, boolean, number, 64-bit integer; a whole number travels as an integer. Null is left out. */
export type Scalar = string | boolean | number | bigint | null;

/** One embedding: its vector, and optionally the text (or tokens) it embeds and a link to the raw data. */
export interface Embedding {
  readonly vector?: readonly number[] | Float32Array | Float64Array | undefined;
  readonly data?: string | readonly string[] | undefined;
  readonly linkToData?: string | undefined;
}

export interface RankingPrediction {
  /** 1–36 characters here; batches allow 512. */
  readonly groupId: string;
  /** 1–100. */
  readonly rank: number;
  readonly score?: number | undefined;
  readonly label?: string | undefined;
}

export interface RankingActual {
  readonly relevanceLabels?: readonly string[] | undefined;
  readonly relevanceScore?: number | undefined;
}

/** Class → score in [0, 1]; thresholds, when given, name the same classes. */
export interface MultiClassPrediction {
  readonly predictionScores: Readonly<Record<string, number>>;
  readonly thresholdScores?: Readonly<Record<string, number>> | undefined;
}

/** Class → 0 or 1. */
export interface MultiClassActual {
  readonly actualScores: Readonly<Record<string, 0 | 1>>;
}

/** Boxes `[x1, y1, x2, y2]`; scores for predictions only, and always there. */
export interface ObjectDetectionLabel {
  readonly boundingBoxesCoordinates: readonly (readonly number[])[];
  readonly categories: readonly string[];
  readonly scores?: readonly number[] | undefined;
}

/** Polygons `[x1, y1, x2, y2, …]` of one category each: areas. With scores or boxes they are instances (`instances: true`). */
export interface SegmentationLabel {
  readonly polygonCoordinates: readonly (readonly number[])[];
  readonly categories: readonly string[];
}

export interface InstanceSegmentationLabel extends SegmentationLabel {
  readonly instances: true;
  /** Predictions only. */
  readonly scores?: readonly number[] | undefined;
  readonly boundingBoxesCoordinates?: readonly (readonly number[])[] | undefined;
}

/** A category, a score, or both: which of them fits is up to the model type (`spec/ingest.md §4.2`). */
export type SimpleLabel = string | boolean | number | readonly [category: string | boolean, score: number];
export type VisionLabel = ObjectDetectionLabel | SegmentationLabel | InstanceSegmentationLabel;
export type PredictionLabel = SimpleLabel | RankingPrediction | MultiClassPrediction | VisionLabel;
export type ActualLabel = SimpleLabel | RankingActual | MultiClassActual | VisionLabel;

export interface LlmRunMetadata {
  readonly totalTokenCount?: number | undefined;
  readonly promptTokenCount?: number | undefined;
  readonly responseTokenCount?: number | undefined;
  readonly responseLatencyMs?: number | undefined;
}

/**
 * One record for `logger.stream`; fields as the official single-record client has them, in camelCase. Timestamp, version,
 * features, embeddings and LLM fields belong to a prediction, and travel with a `predictionLabel` only (`spec/ingest.md §4.2`).
 */
export interface StreamRecord {
  readonly modelId: string;
  readonly modelVersion?: string | undefined;
  readonly modelType: ModelType;
  readonly environment: "PRODUCTION" | "TRAINING" | "VALIDATION";
  /** 1–512 characters. The platform merges by it; without one a record cannot be repeated safely after a broken connection. */
  readonly predictionId?: string | number | bigint | undefined;
  /** Whole seconds since 1970, or a Date (truncated to seconds). Default: when the platform receives the record. */
  readonly predictionTimestamp?: number | Date | undefined;
  readonly predictionLabel?: PredictionLabel | undefined;
  readonly actualLabel?: ActualLabel | undefined;
  readonly features?: Readonly<Record<string, Scalar | readonly string[]>> | undefined;
  /** By name, at most 30; a label of an OBJECT_DETECTION model needs exactly one, of the image. */
  readonly embeddingFeatures?: Readonly<Record<string, Embedding>> | undefined;
  readonly shapValues?: Readonly<Record<string, number>> | undefined;
  readonly tags?: Readonly<Record<string, Scalar>> | undefined;
  /** Names a validation run; required in VALIDATION. */
  readonly batchId?: string | undefined;
  readonly prompt?: string | Embedding | undefined;
  readonly response?: string | Embedding | undefined;
  readonly promptTemplate?: string | undefined;
  readonly promptTemplateVersion?: string | undefined;
  readonly llmModelName?: string | undefined;
  readonly llmParams?: Readonly<Record<string, Scalar | readonly string[]>> | undefined;
  readonly llmRunMetadata?: LlmRunMetadata | undefined;
}

const FIELDS: Readonly<Record<keyof StreamRecord, true>> = {
  modelId: true,
  modelVersion: true,
  modelType: true,
  environment: true,
  predictionId: true,
  predictionTimestamp: true,
  predictionLabel: true,
  actualLabel: true,
  features: true,
  embeddingFeatures: true,
  shapValues: true,
  tags: true,
  batchId: true,
  prompt: true,
  response: true,
  promptTemplate: true,
  promptTemplateVersion: true,
  llmModelName: true,
  llmParams: true,
  llmRunMetadata: true,
};

export const isField = (name: string): name is keyof StreamRecord => Object.hasOwn(FIELDS, name);

/** A record without the fields, and members of labels and embeddings, that are null: they are left out, as undefined is. @throws ValidationFailure for what is no object */
export function givenFields(record: StreamRecord): StreamRecord {
  const given: unknown = record;
  if (typeof given !== "object" || given === null)
    throw new ValidationFailure("The record cannot be logged", "values", [
      { code: "Invalid_Record", field: "record", message: `record is ${given === null ? "null" : typeof given}; give an object such as { modelId, modelType, environment, predictionId, predictionLabel }.` },
    ]); // prettier-ignore
  const fields = Object.entries(record)
    .filter(([, value]) => value !== null)
    .map(([name, value]: [string, unknown]) => [name, givenMembers(name, value)] as const);
  return Object.fromEntries(fields) as unknown as StreamRecord; // boundary: the same fields, less those that say nothing
}

const NESTED: ReadonlySet<string> = new Set<keyof StreamRecord>([
  "predictionLabel",
  "actualLabel",
  "prompt",
  "response",
  "llmRunMetadata",
]);

function givenMembers(field: string, value: unknown): unknown {
  if (NESTED.has(field)) return withoutNulls(value);
  if (field !== "embeddingFeatures" || !isNamed(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, embedding]) => [name, withoutNulls(embedding)]));
}

const withoutNulls = (value: unknown): unknown =>
  isNamed(value) && Object.values(value).includes(null)
    ? Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null))
    : value;
