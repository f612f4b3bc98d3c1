import { Environment, ModelType } from "../model-types.js";
import { labelProblems } from "./check-label.js";
import { lengthProblem, problem } from "./problems.js";
import type { Problem } from "./problems.js";
import type { Embedding, StreamRecord } from "./record.js";

const RESERVED_TAGS = new Set([
  "total_token_count",
  "prompt_token_count",
  "response_token_count",
  "response_latency_ms",
]);
const YEAR_MS = 365 * 86_400_000;

/** Every rule of `spec/ingest.md §8.5` that a record breaks. `now` is in ms. */
export function recordProblems(record: StreamRecord, now: number, maxPastYears: number): Problem[] {
  return [
    ...argumentProblems(record),
    ...idProblems(record),
    ...timeProblems(record, now, maxPastYears),
    ...valueProblems(record),
    ...embeddingProblems(record),
    ...llmProblems(record),
    ...labelProblems(record, "predictionLabel"),
    ...labelProblems(record, "actualLabel"),
  ];
}

function* argumentProblems(record: StreamRecord): Generator<Problem> {
  const { modelId, modelType, environment, batchId, predictionLabel, actualLabel } = record;
  if (typeof modelId !== "string" || modelId.trim() === "")
    yield problem("Invalid_Model_ID", "modelId", "is blank; give the model's name.");
  if (!(modelType in ModelType))
    yield problem("Invalid_Model_Type", "modelType", `is unknown; give one of ${Object.keys(ModelType).join(", ")}.`);
  if (!(environment in Environment) || String(environment) === "CORPUS")
    yield problem("Invalid_Environment", "environment", "must be PRODUCTION, TRAINING or VALIDATION.");
  if (environment === "VALIDATION" && (batchId ?? "").trim() === "")
    yield problem("Invalid_Batch_ID", "batchId", "is needed for VALIDATION.");
  const preproduction = environment === "TRAINING" || environment === "VALIDATION";
  if (preproduction && (predictionLabel === undefined || actualLabel === undefined))
    yield problem("Missing_Label", "predictionLabel and actualLabel", `are both needed for ${environment}.`);
  const says = [predictionLabel, actualLabel, record.tags, record.shapValues].some((part) => part !== undefined);
  if (!says && modelType !== "GENERATIVE_LLM")
    yield problem(
      "Missing_Content",
      "predictionLabel",
      "actualLabel, tags and shapValues are all absent; give at least one.",
    );
}

function idProblems(record: StreamRecord): Problem[] {
  const delayed =
    record.predictionLabel === undefined && (record.actualLabel !== undefined || record.shapValues !== undefined);
  if (record.predictionId !== undefined)
    return lengthProblem("predictionId", String(record.predictionId).trim(), 1, 512);
  if (!delayed || record.environment !== "PRODUCTION" || record.modelType === "GENERATIVE_LLM") return [];
  return [
    problem(
      "Missing_Prediction_Id",
      "predictionId",
      "is needed: without a prediction, the record joins one that was logged earlier.",
    ),
  ];
}

function timeProblems({ predictionTimestamp: time }: StreamRecord, now: number, maxPastYears: number): Problem[] {
  if (time === undefined) return [];
  const ms = typeof time === "number" ? time * 1000 : time.getTime();
  if (typeof time === "number" && !Number.isInteger(time))
    return [
      problem("Invalid_Timestamp_Value", "predictionTimestamp", "is no whole number of seconds; give one, or a Date."),
    ];
  if (ms >= now - maxPastYears * YEAR_MS && ms <= now + YEAR_MS) return [];
  return [
    problem(
      "Invalid_Timestamp_Value",
      "predictionTimestamp",
      `is ${String(time)}, not within ${maxPastYears} years back and one ahead; numbers are seconds.`,
    ),
  ];
}

function* valueProblems({ features, tags, shapValues, llmParams }: StreamRecord): Generator<Problem> {
  for (const [name, value] of Object.entries(features ?? {})) {
    yield* nameProblems("features", name);
    const isList = Array.isArray(value) && value.every((item) => typeof item === "string");
    if (!isList && !isScalar(value))
      yield problem("Invalid_Feature", `features.${name}`, "must be a text, boolean, number, list of texts, or null.");
  }
  for (const [name, value] of Object.entries(tags ?? {})) {
    yield* nameProblems("tags", name);
    if (RESERVED_TAGS.has(name))
      yield problem("Reserved_Tag", `tags.${name}`, "is a reserved name; report it in llmRunMetadata.");
    if (!isScalar(value)) yield problem("Invalid_Tag", `tags.${name}`, "must be a text, boolean, number, or null.");
    else if (typeof value === "string") yield* lengthProblem(`tags.${name}`, value, 0, 20_000);
  }
  for (const [name, value] of Object.entries(shapValues ?? {})) {
    yield* nameProblems("shapValues", name);
    if (!Number.isFinite(value)) yield problem("Invalid_SHAP_Value", `shapValues.${name}`, "must be a finite number.");
  }
  for (const [name, value] of Object.entries(llmParams ?? {}))
    if (!isScalar(value)) yield problem("Invalid_LLM_Param", `llmParams.${name}`, "must be a text, boolean or number.");
}

function* nameProblems(field: string, name: string): Generator<Problem> {
  if (name.endsWith("_shap"))
    yield problem("Invalid_SHAP_Suffix", `${field}.${name}`, 'ends in "_shap", a suffix kept for SHAP values.');
}

const isScalar = (value: unknown): boolean =>
  value === null || ["string", "boolean", "number", "bigint"].includes(typeof value);

function* embeddingProblems({ embeddingFeatures, modelType }: StreamRecord): Generator<Problem> {
  const entries = Object.entries(embeddingFeatures ?? {});
  const most = modelType === "OBJECT_DETECTION" ? 1 : 30;
  if (entries.length > most)
    yield problem(
      "Invalid_Number_Of_Embeddings",
      "embeddingFeatures",
      `holds ${entries.length}; a ${modelType} model takes at most ${most}.`,
    );
  for (const [name, embedding] of entries) {
    yield* nameProblems("embeddingFeatures", name);
    if (modelType === "GENERATIVE_LLM" && (name === "prompt" || name === "response"))
      yield problem("Reserved_Embedding", `embeddingFeatures.${name}`, `is a reserved name; give it as ${name}.`);
    yield* oneEmbedding(`embeddingFeatures.${name}`, embedding);
  }
}

function* oneEmbedding(field: string, { vector, data }: Embedding): Generator<Problem> {
  if (vector?.length === 1)
    yield problem("Invalid_Vector", `${field}.vector`, "has one dimension; a vector has none or at least two.");
  if (vector !== undefined && !Array.from(vector).every((item) => Number.isFinite(item)))
    yield problem("Invalid_Vector", `${field}.vector`, "holds something that is no finite number.");
  yield* lengthProblem(`${field}.data`, typeof data === "string" ? data : (data ?? []).join(""), 0, 2_000_000);
}

function* llmProblems(record: StreamRecord): Generator<Problem> {
  for (const field of ["prompt", "response"] as const) {
    const text = record[field];
    if (text === undefined) continue;
    if (record.modelType !== "GENERATIVE_LLM")
      yield problem("Invalid_Prompt_Response", field, "only belongs to GENERATIVE_LLM models; leave it out.");
    else if (typeof text === "string") yield* lengthProblem(field, text, 0, 2_000_000);
    else yield* oneEmbedding(field, text);
  }
  yield* lengthProblem("promptTemplate", record.promptTemplate ?? "", 0, 50_000);
  yield* lengthProblem("promptTemplateVersion", record.promptTemplateVersion ?? "", 0, 20_000);
  yield* lengthProblem("llmModelName", record.llmModelName ?? "", 0, 20_000);
}
