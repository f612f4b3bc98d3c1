import { isCategoricalModel, isNumericModel } from "../../model-types.js";
import type { Schema } from "../../schema/schema.js";
import { isPreproduction, recordSchema, visionGroups } from "../context.js";
import type { LogContext } from "../context.js";
import type { RuleViolation } from "../violation.js";

/** Which columns a model type needs, and which it forbids (`spec/ingest.md §7.3`). */
export function requiredColumnRules(context: LogContext): RuleViolation[] {
  if (context.environment === "CORPUS") return [];
  const schema = recordSchema(context);
  const { modelType } = context;
  if (isNumericModel(modelType) || isCategoricalModel(modelType))
    return [...predictionAndActual(context, schema), ...forbidden(context, schema, ["vision", "thresholds"])];
  if (modelType === "RANKING") return [...ranking(schema), ...forbidden(context, schema, ["vision", "thresholds"])];
  if (modelType === "OBJECT_DETECTION")
    return [
      ...vision(context, schema),
      ...forbidden(context, schema, ["labels", "scores", "ranking", "relevance", "thresholds"]),
    ];
  if (modelType === "MULTI_CLASS")
    return [
      ...predictionAndActual(context, schema),
      ...multiClass(schema),
      ...forbidden(context, schema, ["labels", "ranking", "relevance", "vision"]),
    ];
  return [...llm(context, schema), ...forbidden(context, schema, ["vision", "thresholds"])];
}

function predictionAndActual(context: LogContext, schema: Schema): RuleViolation[] {
  if (!isPreproduction(context.environment)) return [];
  const prediction = schema.predictionLabelColumnName ?? schema.predictionScoreColumnName;
  const actual = schema.actualLabelColumnName ?? schema.actualScoreColumnName;
  if (prediction !== undefined && actual !== undefined) return [];
  return [
    {
      code: "Missing_Preproduction_Pred_and_Act_Numeric_and_Categorical",
      message: `${context.environment} records of a ${context.modelType} model need a prediction and an actual: name predictionLabelColumnName or predictionScoreColumnName, and actualLabelColumnName or actualScoreColumnName.`,
    },
  ];
}

function llm(context: LogContext, schema: Schema): RuleViolation[] {
  if (!isPreproduction(context.environment) || schema.actualLabelColumnName !== undefined) return [];
  return [
    {
      code: "Missing_Preproduction_Act",
      field: "actualLabelColumnName",
      message: `${context.environment} records of a GENERATIVE_LLM model need an actual: name actualLabelColumnName.`,
    },
  ];
}

function ranking(schema: Schema): RuleViolation[] {
  const any =
    schema.predictionLabelColumnName ??
    schema.predictionScoreColumnName ??
    schema.rankColumnName ??
    schema.predictionGroupIdColumnName;
  if (any === undefined) return [];
  if (schema.rankColumnName !== undefined && schema.predictionGroupIdColumnName !== undefined) return [];
  return [
    {
      code: "Missing_Required_Columns_For_Ranking_Model",
      message: "Predictions of a RANKING model need both rankColumnName and predictionGroupIdColumnName.",
    },
  ];
}

function multiClass(schema: Schema): RuleViolation[] {
  const thresholdsAlone =
    schema.multiClassThresholdScoresColumnName !== undefined && schema.predictionScoreColumnName === undefined;
  const nothing = schema.predictionScoreColumnName === undefined && schema.actualScoreColumnName === undefined;
  if (!thresholdsAlone && !nothing) return [];
  return [
    {
      code: "Missing_Required_Prediction_or_Actual_Column_Names_for_Multi_Class_Model_Type",
      message: thresholdsAlone
        ? "multiClassThresholdScoresColumnName needs predictionScoreColumnName beside it: thresholds apply to predicted scores."
        : "A MULTI_CLASS model needs predictionScoreColumnName or actualScoreColumnName.",
    },
  ];
}

function vision(context: LogContext, schema: Schema): RuleViolation[] {
  const predictions = visionGroups(schema, "Prediction");
  const actuals = visionGroups(schema, "Actual");
  const both = predictions.filter((family) => actuals.includes(family));
  const families = new Set(isPreproduction(context.environment) ? both : [...predictions, ...actuals]);
  if (families.size > 1)
    return [
      {
        code: "Multiple_CV_Prediction_or_Actual",
        message: `Columns of ${[...families].join(" and ")} are given together; one upload carries one of objectDetection, semanticSegmentation, instanceSegmentation.`,
      },
    ];
  if (families.size === 1) return [];
  return [
    {
      code: "Missing_CV_Prediction_or_Actual",
      message: isPreproduction(context.environment)
        ? `${context.environment} records of an OBJECT_DETECTION model need the prediction and the actual column group of one family.`
        : "An OBJECT_DETECTION model needs a prediction or an actual column group, e.g. objectDetectionPredictionColumnNames.",
    },
  ];
}

const FAMILIES = {
  labels: ["predictionLabelColumnName", "actualLabelColumnName"],
  scores: ["predictionScoreColumnName", "actualScoreColumnName"],
  ranking: ["predictionGroupIdColumnName", "rankColumnName"],
  relevance: ["attributionsColumnName", "relevanceScoreColumnName", "relevanceLabelsColumnName"],
  thresholds: ["multiClassThresholdScoresColumnName"],
  vision: [
    "objectDetectionPredictionColumnNames",
    "objectDetectionActualColumnNames",
    "semanticSegmentationPredictionColumnNames",
    "semanticSegmentationActualColumnNames",
    "instanceSegmentationPredictionColumnNames",
    "instanceSegmentationActualColumnNames",
  ],
} as const;

function forbidden(context: LogContext, schema: Schema, families: readonly (keyof typeof FAMILIES)[]): RuleViolation[] {
  return families.flatMap((family) => {
    const given = FAMILIES[family].filter((field) => schema[field] !== undefined);
    if (given.length === 0) return [];
    return [
      {
        code:
          family === "vision" && context.modelType !== "MULTI_CLASS"
            ? "Invalid_CV_Prediction_or_Actual_Column_Names_for_Model_Type"
            : "Invalid_Prediction_or_Actual_Column_Names_for_Model_Type",
        field: given.join(", "),
        message: `${given.join(", ")} cannot be used with a ${context.modelType} model; leave ${given.length > 1 ? "them" : "it"} out.`,
      },
    ];
  });
}
