import type { Upload } from "@axlab/wire/ingest";
import type { UploadColumn } from "../ml-columns.js";
import { classRules, thresholdClasses } from "./classes.js";
import { ranks, relevanceLabels, saysSomething } from "./records.js";
import type { ValueRule } from "./rule.js";
import { categories, confidences, coordinates, type ShapeKind } from "./shapes.js";
import { present, rawDataLength, textLength, type Named } from "./texts.js";
import { recordTimes, type TimeLimits } from "./times.js";
import { dimensions, usable } from "./vectors.js";

/** What an upload's columns are, as its shape found out. */
export interface Described {
  /** the id's column as sent; "" for none */
  id: Named;
  /** the time's column as sent; "" for none */
  timeSource: string;
  columns: readonly UploadColumn[];
}

/** The rules of `spec/ingest.md §8.4` for records and documents. Where the official clients disagree, v8's. */
export function mlRules(
  upload: Exclude<Upload, { kind: "spans" }>,
  { id, timeSource, columns }: Described,
  limits: TimeLimits,
): ValueRule[] {
  const named = columns.map((column) => ({ ...column, column: column.source }));
  return [
    ...(id.column === "" ? [] : [textLength(id, 1, upload.kind === "corpus" ? 128 : 512)]),
    ...(timeSource === "" ? [] : [recordTimes(timeSource, limits)]),
    ...named.flatMap((column) => rulesOf(column, named)),
    ...(upload.kind === "ml" ? recordRules(upload, named) : []),
  ];
}

type Column = UploadColumn & Named;

const TEXT_LIMITS: Readonly<Record<string, number>> = {
  llmModelName: 20_000,
  promptTemplate: 50_000,
  promptTemplateVersion: 20_000,
};
const kindOf = (name: string): ShapeKind => (/Polygon/.test(name) ? "polygon" : "box");

function rulesOf(column: Column, all: readonly Column[]): ValueRule[] {
  const { name, role } = column;
  switch (role) {
    case "id":
      return [textLength(column, 1, 512)];
    case "rank":
      return [present(column), ranks(column)];
    case "tag":
      return [textLength(column, 0, 20_000, "Invalid_Tag_Length")];
    case "vector":
      return [dimensions(column), usable(column)];
    case "text":
      return [rawDataLength(column)];
    case "relevance":
      return relevanceLabels(column);
    case "classes":
      return [...classRules(column, /Actual/.test(name) ? "actual" : "prediction"), ...thresholdRules(column, all)];
    case "coordinates":
      return [coordinates(column, kindOf(name))];
    case "strings":
      return /Labels?$/.test(name) ? [categories(column, kindOf(name))] : [];
    case "scores":
      return [confidences(column, kindOf(name))];
    case "string": {
      const limit = TEXT_LIMITS[name];
      return limit === undefined ? [] : [textLength(column, 0, limit)];
    }
    default:
      return [];
  }
}

function thresholdRules(column: Column, all: readonly Column[]): ValueRule[] {
  const predictions = all.find(({ name }) => name === "multiClassPredictionScores");
  return column.name === "multiClassThresholdScores" && predictions !== undefined
    ? [thresholdClasses(column, predictions)]
    : [];
}

const PREDICTION = /^(numeric|categorical|score)PredictionLabel$|^predictionGroupID$|^ranking:rank$/;
const ACTUAL = /^(numeric|categorical|score)ActualLabel$|^ranking:(label|relevance)$/;
const SCORED: ReadonlySet<string> = new Set([
  "NUMERIC",
  "REGRESSION",
  "SCORE_CATEGORICAL",
  "BINARY_CLASSIFICATION",
  "RANKING",
]);

/** A record says something (`Invalid_Record`). Not asked of vision, multi-class and LLM records. */
function recordRules(upload: Extract<Upload, { kind: "ml" }>, columns: readonly Column[]): ValueRule[] {
  if (!SCORED.has(upload.modelType)) return [];
  const predictions = columns.filter(({ name }) => PREDICTION.test(name));
  const actuals = columns.filter(({ name }) => ACTUAL.test(name));
  const importances = columns.filter(({ role }) => role === "shap");
  if (upload.environment === "PRODUCTION")
    return saysSomething([...predictions, ...actuals, ...importances], "a prediction, an actual or a SHAP value");
  return [...saysSomething(predictions, "a prediction"), ...saysSomething(actuals, "an actual")];
}
