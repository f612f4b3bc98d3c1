import { fitsInt64 } from "../../rows/int64.js";
import { Environment, ModelType } from "../model-types.js";
import { embeddingProblems } from "./check-embeddings.js";
import { labelProblems } from "./check-label.js";
import {
  isNamed,
  lengthProblem,
  mapProblems,
  memberProblems,
  nameProblems,
  problem,
  textProblems,
} from "./problems.js";
import type { Problem } from "./problems.js";
import { isField } from "./record.js";
import type { StreamRecord } from "./record.js";
import { predictionId } from "./record-message.js";

const RESERVED_TAGS = new Set([
  "total_token_count",
  "prompt_token_count",
  "response_token_count",
  "response_latency_ms",
]);
const YEAR_MS = 365 * 86_400_000;
/** Of batches this can be set; of single records it cannot (§2.2). */
const PAST_YEARS = 5;

/** Every rule of `spec/ingest.md §8.5` that a record breaks. `now` is in ms. */
export function recordProblems(record: StreamRecord, now: number): Problem[] {
  return [
    ...unknownFields(record),
    ...argumentProblems(record),
    ...idProblems(record),
    ...timeProblems(record, now),
    ...valueProblems(record),
    ...embeddingProblems(record),
    ...llmProblems(record),
    ...labelProblems(record, "predictionLabel"),
    ...labelProblems(record, "actualLabel"),
  ];
}

/** A misspelt field would be lost without a word. */
const unknownFields = (record: StreamRecord): Problem[] =>
  Object.keys(record)
    .filter((name) => !isField(name))
    .map((name) =>
      problem("Unknown_Field", name, "is no field of a record; the fields are those of StreamRecord, in camelCase."),
    );

function* argumentProblems(record: StreamRecord): Generator<Problem> {
  const { modelId, modelType, environment, batchId, predictionLabel, actualLabel } = record;
  if (typeof modelId !== "string" || modelId.trim() === "")
    yield problem("Invalid_Model_ID", "modelId", "is blank; give the model's name.");
  if (!Object.hasOwn(ModelType, modelType))
    yield problem("Invalid_Model_Type", "modelType", `is unknown; give one of ${Object.keys(ModelType).join(", ")}.`);
  if (!Object.hasOwn(Environment, environment) || String(environment) === "CORPUS")
    yield problem("Invalid_Environment", "environment", "must be PRODUCTION, TRAINING or VALIDATION.");
  if (environment === "VALIDATION" && (typeof batchId !== "string" || batchId.trim() === ""))
    yield problem("Invalid_Batch_ID", "batchId", "is needed for VALIDATION, as a text that is not blank.");
  yield* textProblems("modelVersion", record.modelVersion);
  const preproduction = environment === "TRAINING" || environment === "VALIDATION";
  if (preproduction && (predictionLabel === undefined || actualLabel === undefined))
    yield problem("Missing_Label", "predictionLabel and actualLabel", `are both needed for ${environment}.`);
  const says =
    [predictionLabel, actualLabel, record.tags].some((part) => part !== undefined) ||
    Object.keys(record.shapValues ?? {}).length > 0;
  if (!says && modelType !== "GENERATIVE_LLM")
    yield problem(
      "Missing_Content",
      "predictionLabel, actualLabel, tags and shapValues",
      "are all absent; give at least one.",
    );
}

function idProblems(record: StreamRecord): Problem[] {
  const delayed =
    record.predictionLabel === undefined && (record.actualLabel !== undefined || record.shapValues !== undefined);
  if (predictionId(record) !== undefined) return lengthProblem("predictionId", predictionId(record) ?? "", 1, 512);
  if (!delayed || record.environment !== "PRODUCTION" || record.modelType === "GENERATIVE_LLM") return [];
  return [
    problem(
      "Missing_Prediction_Id",
      "predictionId",
      "is needed: without a prediction, the record joins one that was logged earlier.",
    ),
  ];
}

function timeProblems({ predictionTimestamp: time }: StreamRecord, now: number): Problem[] {
  if (time === undefined) return [];
  const given: unknown = time;
  if (typeof given !== "number" && !(given instanceof Date))
    return [
      problem("Invalid_Timestamp_Value", "predictionTimestamp", "is neither whole seconds since 1970 nor a Date."),
    ];
  const ms = typeof time === "number" ? time * 1000 : time.getTime();
  if (typeof time === "number" && !Number.isInteger(time))
    return [
      problem("Invalid_Timestamp_Value", "predictionTimestamp", "is no whole number of seconds; give one, or a Date."),
    ];
  if (ms >= now - PAST_YEARS * YEAR_MS && ms <= now + YEAR_MS) return [];
  return [
    problem(
      "Invalid_Timestamp_Value",
      "predictionTimestamp",
      `is ${String(time)}, not within ${PAST_YEARS} years back and one ahead; numbers are seconds.`,
    ),
  ];
}

function* valueProblems(record: StreamRecord): Generator<Problem> {
  for (const field of ["features", "tags", "shapValues", "llmParams"] as const)
    yield* mapProblems(field, record[field]);
  for (const [name, value] of entriesOf(record.features)) {
    yield* nameProblems("features", name);
    if (!isScalar(value) && !isTexts(value))
      yield problem(
        "Invalid_Feature",
        `features.${name}`,
        "must be a text, boolean, number (integers of at most 64 bits), list of texts, or null.",
      );
  }
  for (const [name, value] of entriesOf(record.tags)) {
    yield* nameProblems("tags", name);
    if (RESERVED_TAGS.has(name))
      yield problem("Reserved_Tag", `tags.${name}`, "is a reserved name; report it in llmRunMetadata.");
    if (!isScalar(value))
      yield problem(
        "Invalid_Tag",
        `tags.${name}`,
        "must be a text, boolean, number (integers of at most 64 bits), or null.",
      );
    else if (typeof value === "string") yield* lengthProblem(`tags.${name}`, value, 0, 20_000);
  }
  for (const [name, value] of entriesOf(record.shapValues)) {
    yield* nameProblems("shapValues", name);
    if (typeof value !== "number" || Number.isNaN(value))
      yield problem("Invalid_SHAP_Value", `shapValues.${name}`, "must be a number, and not NaN.");
  }
  for (const [name, value] of entriesOf(record.llmParams)) {
    yield* nameProblems("llmParams", name);
    if (!isScalar(value) && !isTexts(value))
      yield problem(
        "Invalid_LLM_Param",
        `llmParams.${name}`,
        "must be a text, boolean, number (integers of at most 64 bits), or list of texts.",
      );
  }
}

const entriesOf = (values: unknown): [string, unknown][] => (isNamed(values) ? Object.entries(values) : []);

const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every((item) => typeof item === "string");

const isScalar = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  ["string", "boolean", "number"].includes(typeof value) ||
  (typeof value === "bigint" && fitsInt64(value));

const LLM_TEXTS = [
  ["promptTemplate", 50_000],
  ["promptTemplateVersion", 20_000],
  ["llmModelName", 20_000],
] as const;
const RUN_METADATA = ["totalTokenCount", "promptTokenCount", "responseTokenCount", "responseLatencyMs"];

/** Texts that only GENERATIVE_LLM models have; limits of §8.4. */
function* llmProblems(record: StreamRecord): Generator<Problem> {
  for (const [field, most] of LLM_TEXTS) {
    const text: unknown = record[field];
    if (typeof text === "string") yield* lengthProblem(field, text, 0, most);
    else yield* textProblems(field, text);
  }
  const counts: unknown = record.llmRunMetadata;
  yield* mapProblems("llmRunMetadata", counts);
  if (isNamed(counts)) yield* memberProblems("llmRunMetadata", counts, RUN_METADATA);
  for (const [name, value] of entriesOf(counts))
    if (value !== undefined && typeof value !== "number")
      yield problem("Invalid_LLM_Run_Metadata", `llmRunMetadata.${name}`, "must be a number.");
}
