import type { InferenceRecord } from "@axlab/wire/ingest";
import { InvalidRequestError } from "../../../errors.js";
import { featureName } from "../ml-columns.js";
import { double, text, type Cell, type Cells } from "./cells.js";
import { actualCells, modelTypeOf, predictionCells } from "./labels.js";

/** A record of `POST /v1/log` under the names that an export has. */
export interface SingleRecord {
  model: string;
  environment: "PRODUCTION" | "TRAINING" | "VALIDATION";
  modelType: string | null;
  /** null: none was sent */
  id: string | null;
  ms: number | null;
  timeRank: 0 | 1 | 2;
  cells: Cells;
}

/** What the rules look at beside the cells. */
export interface RecordFacts {
  /** features that are embeddings, with or without a vector; not the prompt and response of a GENERATIVE_LLM record */
  embeddings: readonly string[];
  /** names of tags that are neither a scalar nor missing */
  oddTags: readonly string[];
  llmParams: readonly string[];
  /** whether a computer vision label was predicted */
  predictsVision: boolean;
}

type Value = NonNullable<InferenceRecord["prediction"]>["features"][string];
type Timestamp = NonNullable<InferenceRecord["prediction"]>["timestamp"];

/** @throws InvalidRequestError when the record says nothing, or not of which model */
export function readRecord(record: InferenceRecord): SingleRecord & { facts: RecordFacts } {
  if (record.modelId.trim() === "")
    throw new InvalidRequestError("model_id: missing; a record names the model it belongs to.");
  const prediction = record.prediction ?? record.predictionAndActual?.prediction;
  const actual = record.actual ?? record.predictionAndActual?.actual;
  const importances = record.featureImportances;
  if (prediction === undefined && actual === undefined && importances === undefined) {
    throw new InvalidRequestError("The record is empty: send a prediction, an actual, tags or feature importances.");
  }
  const isDelayed = prediction === undefined && (actual?.actualLabel !== undefined || importances !== undefined);
  if (isDelayed && record.predictionId === "" && record.isGenerativeLlmRecord !== true) {
    throw new InvalidRequestError(
      "prediction_id: missing; without a prediction beside them, only the id tells whose actuals or importances these are.",
    );
  }
  const cells: Cells = new Map();
  for (const [name, value] of sorted(prediction?.features)) addFeature(name, value, cells);
  for (const [name, value] of [...sorted(actual?.tags), ...sorted(prediction?.tags)])
    addValue(`${name}__tag`, value, cells);
  if (prediction?.llmFields !== undefined) addLlmFields(prediction.llmFields, cells);
  if (prediction !== undefined && prediction.retrievedDocumentIds.length > 0)
    cells.set("retrievedDocumentIDs", { type: "texts", value: prediction.retrievedDocumentIds });
  if (prediction?.predictionLabel !== undefined) predictionCells(prediction.predictionLabel, cells);
  if (actual?.actualLabel !== undefined) actualCells(actual.actualLabel, cells);
  for (const [name, value] of sorted(importances?.featureImportances)) cells.set(`${name}__shap`, double(value));
  const version = (prediction?.modelVersion ?? "") || (importances?.modelVersion ?? "");
  if (version !== "") cells.set("modelVersion", text(version));
  const params = record.environmentParams?.environment;
  if (params?.case === "validation" && params.value.batchId.trim() !== "")
    cells.set("batchID", text(params.value.batchId));
  const label = prediction?.predictionLabel?.data.case ?? actual?.actualLabel?.data.case;
  return {
    model: record.modelId,
    environment: params?.case === "training" ? "TRAINING" : params?.case === "validation" ? "VALIDATION" : "PRODUCTION",
    modelType: record.isGenerativeLlmRecord === true ? "GENERATIVE_LLM" : modelTypeOf(label),
    id: record.predictionId === "" ? null : record.predictionId,
    ...timeOf(prediction?.timestamp, actual?.timestamp ?? importances?.timestamp),
    cells,
    facts: {
      embeddings: Object.entries(prediction?.features ?? {}).flatMap(([name, { data }]) =>
        data.case === "embedding" && !(record.isGenerativeLlmRecord === true && LLM_TEXTS.has(name)) ? [name] : [],
      ),
      oddTags: Object.entries({ ...actual?.tags, ...prediction?.tags }).flatMap(([name, { data }]) =>
        data.case === "multiValue" || data.case === "embedding" || data.case === "dictionary" ? [name] : [],
      ),
      llmParams: Object.keys(prediction?.llmFields?.llmParams ?? {}),
      predictsVision: VISION.has(prediction?.predictionLabel?.data.case),
    },
  };
}

const LLM_TEXTS = new Set(["prompt", "response"]);
const VISION = new Set<string | undefined>(["objectDetection", "cvLabel"]);

function timeOf(prediction: Timestamp, other: Timestamp): Pick<SingleRecord, "ms" | "timeRank"> {
  const given = prediction ?? other;
  if (given === undefined) return { ms: null, timeRank: 0 };
  return {
    ms: Number(given.seconds) * 1000 + Math.floor(given.nanos / 1_000_000),
    timeRank: prediction === undefined ? 1 : 2,
  };
}

function addFeature(name: string, value: Value, cells: Cells): void {
  if (value.data.case !== "embedding") return addValue(featureName(name), value, cells);
  const { vector, linkToData, rawData } = value.data.value;
  if (vector.length > 0) cells.set(`${name}__embVector`, { type: "doubles", value: vector });
  const tokens = rawData?.type.value?.tokens ?? [];
  const [only] = tokens;
  // Text is sent as an array of one token; a batch sends the same text as a string.
  if (only !== undefined)
    cells.set(`${name}__rawData`, tokens.length === 1 ? text(only) : { type: "texts", value: tokens });
  if (linkToData !== undefined && linkToData !== "") cells.set(`${name}__linkToData`, text(linkToData));
}

function addValue(name: string, { data }: Value, cells: Cells): void {
  const cell = cellOf(data);
  if (cell !== null) cells.set(name, cell);
}

function cellOf(data: Value["data"]): Cell | null {
  switch (data.case) {
    case "string":
      return text(data.value);
    case "int":
      return { type: "int", value: data.value };
    case "double":
      return double(data.value);
    case "multiValue":
      return { type: "texts", value: data.value.values };
    case "dictionary":
      return text(
        JSON.stringify(Object.fromEntries(Object.entries(data.value.values).map(([key, entry]) => [key, entry.value]))),
      );
    case "embedding":
      return { type: "doubles", value: data.value.vector };
    case undefined:
      return null;
  }
}

function addLlmFields(
  {
    llmModelName,
    llmParams,
    promptTemplate,
    promptTemplateName,
  }: NonNullable<NonNullable<InferenceRecord["prediction"]>["llmFields"]>,
  cells: Cells,
): void {
  if (llmModelName !== "") cells.set("llmModelName", text(llmModelName));
  if (promptTemplate !== "") cells.set("promptTemplate", text(promptTemplate));
  if (promptTemplateName !== "") cells.set("promptTemplateVersion", text(promptTemplateName));
  const params = sorted(llmParams).map(([name, { data }]) => [
    name,
    data.case === "multiValue" ? data.value.values : typeof data.value === "bigint" ? Number(data.value) : data.value,
  ]);
  if (params.length > 0) cells.set("llmParams", text(JSON.stringify(Object.fromEntries(params))));
}

const sorted = <T>(map: Readonly<Record<string, T>> | undefined): [string, T][] =>
  Object.entries(map ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
