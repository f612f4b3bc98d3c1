import {
  Schema_Environment as WireEnvironment,
  Schema_ModelType as WireModelType,
} from "../gen/public/upload_schema_pb.js";

export { WireEnvironment, WireModelType };

/** Model types of the official SDKs with the SDK's own numbers, which are not the wire's (spec/ingest.md §5.2). */
export const ModelTypes = {
  NUMERIC: 1,
  SCORE_CATEGORICAL: 2,
  RANKING: 3,
  BINARY_CLASSIFICATION: 4,
  REGRESSION: 5,
  OBJECT_DETECTION: 6,
  GENERATIVE_LLM: 7,
  MULTI_CLASS: 8,
} as const;
export type ModelType = keyof typeof ModelTypes;

/** Environments of the official SDKs; here the numbers equal the wire's. */
export const Environments = { TRAINING: 1, VALIDATION: 2, PRODUCTION: 3, CORPUS: 4, TRACING: 5 } as const;
export type Environment = keyof typeof Environments;

const TO_WIRE: Readonly<Record<ModelType, WireModelType>> = {
  NUMERIC: WireModelType.NUMERIC,
  REGRESSION: WireModelType.NUMERIC,
  SCORE_CATEGORICAL: WireModelType.SCORE_CATEGORICAL,
  BINARY_CLASSIFICATION: WireModelType.SCORE_CATEGORICAL,
  RANKING: WireModelType.RANKING,
  OBJECT_DETECTION: WireModelType.OBJECT_DETECTION,
  GENERATIVE_LLM: WireModelType.GENERATIVE_LLM,
  MULTI_CLASS: WireModelType.MULTI_CLASS,
};

/** REGRESSION travels as NUMERIC, BINARY_CLASSIFICATION as SCORE_CATEGORICAL. */
export function modelTypeToWire(modelType: ModelType): WireModelType {
  return TO_WIRE[modelType];
}

/** The model type a wire value stands for; null for UNKNOWN and for BINARY and CATEGORICAL, which no SDK sends. */
export function modelTypeFromWire(wire: WireModelType): ModelType | null {
  return MODEL_TYPES.find((modelType) => TO_WIRE[modelType] === wire) ?? null;
}

// Canonical names first, so that the aliases are never found.
const MODEL_TYPES: readonly ModelType[] = [
  "NUMERIC",
  "SCORE_CATEGORICAL",
  "RANKING",
  "OBJECT_DETECTION",
  "GENERATIVE_LLM",
  "MULTI_CLASS",
];

export function environmentToWire(environment: Environment): WireEnvironment {
  return Environments[environment];
}

/** Null for UNKNOWN_ENVIRONMENT and unassigned numbers. */
export function environmentFromWire(wire: WireEnvironment): Environment | null {
  return ENVIRONMENTS.find((environment) => Environments[environment] === Number(wire)) ?? null;
}

const ENVIRONMENTS: readonly Environment[] = ["TRAINING", "VALIDATION", "PRODUCTION", "CORPUS", "TRACING"];
