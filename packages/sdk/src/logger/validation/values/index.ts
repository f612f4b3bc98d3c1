import type { ColumnUse } from "../../schema/columns.js";
import { checkedUses } from "../checked-uses.js";
import { recordSchema } from "../context.js";
import type { LogContext } from "../context.js";
import { usableVectors, vectorDimensions } from "./embeddings.js";
import { noNulls } from "./missing.js";
import { classScoreRule, thresholdClasses } from "./multi-class.js";
import { rankRange, relevanceLabels } from "./ranking.js";
import { recordRules } from "./records.js";
import type { ValueRule } from "./rule.js";
import { rawDataLength, textLength } from "./texts.js";
import { timestampRange } from "./timestamps.js";
import { categories, confidences, coordinates } from "./vision.js";

export interface ValueRuleOptions {
  /** Present time in ms since 1970, for the range of timestamps. */
  readonly now: number;
  /** How many years back a timestamp may lie; 5 unless configured. */
  readonly maxPastYears: number;
  /** Whether the rules see the whole input; a part of a stream may well lack vectors that other parts have. */
  readonly whole: boolean;
}

/** The value rules that apply to one call, from `spec/ingest.md §8.4`. */
export function valueRules(
  context: LogContext,
  uses: readonly ColumnUse[],
  options: ValueRuleOptions,
): readonly ValueRule[] {
  return [...checkedUses(context, uses).flatMap((use) => rulesOf(context, use, options)), ...recordRules(context)];
}

function rulesOf(
  context: LogContext,
  use: ColumnUse,
  { now, maxPastYears, whole }: ValueRuleOptions,
): readonly ValueRule[] {
  const multiClass = context.modelType === "MULTI_CLASS";
  switch (use.role) {
    case "predictionId":
      return [noNulls(use), textLength(use, { code: "Invalid_String_Length_In_Column", min: 1, max: 512 })];
    case "groupId":
      return [noNulls(use), textLength(use, { code: "Invalid_String_Length_In_Column", min: 1, max: 512 })];
    case "documentId":
      return [noNulls(use), textLength(use, { code: "Invalid_String_Length_In_Column", min: 1, max: 128 })];
    case "rank":
      return [noNulls(use), rankRange(use)];
    case "timestamp":
      return [noNulls(use), timestampRange(use, now, maxPastYears)];
    case "tag":
      return [textLength(use, { code: "Invalid_Tag_Length", max: 20_000 })];
    case "embeddingVector":
      return [vectorDimensions(use), usableVectors(use, whole)];
    case "embeddingData":
    case "text":
      return [rawDataLength(use)];
    case "relevanceLabels":
      return [relevanceLabels(use)];
    case "predictionScore":
      return multiClass ? [classScoreRule(use, "prediction")] : [];
    case "actualScore":
      return multiClass ? [classScoreRule(use, "actual")] : [];
    case "thresholds": {
      const prediction = recordSchema(context).predictionScoreColumnName;
      const classes = prediction === undefined ? [] : [thresholdClasses(use, prediction)];
      return multiClass ? [classScoreRule(use, "prediction"), ...classes] : [];
    }
    case "boxCoordinates":
    case "polygonCoordinates":
      return [coordinates(use)];
    case "boxCategories":
    case "polygonCategories":
      return [categories(use)];
    case "boxScores":
    case "polygonScores":
      return [confidences(use)];
    case "llmModel":
      return [textLength(use, { code: "Invalid_String_Length_In_Column", max: 20_000 })];
    case "template":
      return [textLength(use, { code: "Invalid_String_Length_In_Column", max: 50_000 })];
    case "templateVersion":
      return [textLength(use, { code: "Invalid_String_Length_In_Column", max: 20_000 })];
    default:
      return [];
  }
}
