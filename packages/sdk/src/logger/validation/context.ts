import type { Environment, Metric, ModelType } from "../model-types.js";
import { isCorpusSchema } from "../schema/schema.js";
import type { CorpusSchema, Schema } from "../schema/schema.js";

/** Arguments of one `log` call that the rules look at. */
export interface LogContext {
  readonly schema: Schema | CorpusSchema;
  readonly modelId: string;
  readonly modelVersion?: string | undefined;
  readonly modelType: ModelType;
  readonly environment: Environment;
  readonly batchId?: string | undefined;
  readonly metrics?: readonly Metric[] | undefined;
}

/** The record schema of a call, or an empty one for a corpus call, whose rules never look at it. */
export const recordSchema = (context: LogContext): Schema => (isCorpusSchema(context.schema) ? {} : context.schema);

export const isPreproduction = (environment: Environment): boolean =>
  environment === "TRAINING" || environment === "VALIDATION";

const CV_FAMILIES = ["objectDetection", "semanticSegmentation", "instanceSegmentation"] as const;

/** Schema fields of the computer vision column groups that are given for one side. */
export function visionGroups(schema: Schema, side: "Prediction" | "Actual"): readonly string[] {
  return CV_FAMILIES.filter((family) => schema[`${family}${side}ColumnNames`] !== undefined);
}

/** Prediction columns of `spec/ingest.md §7.2`. */
export const hasPredictionColumns = (schema: Schema): boolean =>
  schema.predictionLabelColumnName !== undefined ||
  schema.predictionScoreColumnName !== undefined ||
  schema.rankColumnName !== undefined ||
  schema.predictionGroupIdColumnName !== undefined ||
  schema.multiClassThresholdScoresColumnName !== undefined ||
  visionGroups(schema, "Prediction").length > 0;

/** Actual columns of `spec/ingest.md §7.2`. */
export const hasActualColumns = (schema: Schema): boolean =>
  schema.actualLabelColumnName !== undefined ||
  schema.actualScoreColumnName !== undefined ||
  schema.relevanceLabelsColumnName !== undefined ||
  schema.relevanceScoreColumnName !== undefined ||
  schema.attributionsColumnName !== undefined ||
  visionGroups(schema, "Actual").length > 0;

/** A schema that only adds to predictions logged earlier: actuals or SHAP values without a prediction column. */
export const isDelayed = (schema: Schema): boolean =>
  (hasActualColumns(schema) || schema.shapValuesColumnNames !== undefined) && !hasPredictionColumns(schema);
