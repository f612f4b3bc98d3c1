import { isCategoricalModel } from "../../model-types.js";
import type { Metric, ModelType } from "../../model-types.js";
import type { Schema } from "../../schema/schema.js";
import { hasPredictionColumns, recordSchema } from "../context.js";
import type { LogContext } from "../context.js";
import type { RuleViolation } from "../violation.js";

interface MetricRule {
  readonly metrics: readonly Metric[];
  /** Alternatives; all fields of one of them are needed. */
  readonly anyOf: readonly (readonly (keyof Schema)[])[];
}

const label: readonly (keyof Schema)[] = ["predictionLabelColumnName"];
const score: readonly (keyof Schema)[] = ["predictionScoreColumnName"];
const rank: readonly (keyof Schema)[] = ["rankColumnName"];
const boxes: readonly (keyof Schema)[] = ["objectDetectionPredictionColumnNames"];

const BINARY: readonly MetricRule[] = [
  { metrics: ["CLASSIFICATION"], anyOf: [label] },
  { metrics: ["REGRESSION"], anyOf: [score] },
  { metrics: ["AUC_LOG_LOSS"], anyOf: [score] },
  { metrics: ["AUC_LOG_LOSS", "CLASSIFICATION"], anyOf: [[...label, ...score]] },
  { metrics: ["REGRESSION", "CLASSIFICATION"], anyOf: [[...label, ...score]] },
  { metrics: ["REGRESSION", "AUC_LOG_LOSS"], anyOf: [score] },
  { metrics: ["REGRESSION", "AUC_LOG_LOSS", "CLASSIFICATION"], anyOf: [[...label, ...score]] },
];
const REGRESSION: readonly MetricRule[] = [{ metrics: ["REGRESSION"], anyOf: [score, label] }];
const RANKING: readonly MetricRule[] = [
  { metrics: ["RANKING"], anyOf: [rank] },
  { metrics: ["RANKING_LABEL"], anyOf: [rank] },
  { metrics: ["RANKING", "RANKING_LABEL"], anyOf: [rank] },
  { metrics: ["AUC_LOG_LOSS"], anyOf: [[...rank, ...score]] },
  { metrics: ["RANKING", "AUC_LOG_LOSS"], anyOf: [[...rank, ...score]] },
];
const OBJECT_DETECTION: readonly MetricRule[] = [{ metrics: ["CLASSIFICATION"], anyOf: [boxes] }];

/** Model types outside the table of `spec/ingest.md §7.4` are not checked. */
function table(modelType: ModelType): readonly MetricRule[] | undefined {
  if (isCategoricalModel(modelType)) return modelType === "BINARY_CLASSIFICATION" ? BINARY : undefined;
  if (modelType === "REGRESSION") return REGRESSION;
  if (modelType === "RANKING") return RANKING;
  if (modelType === "OBJECT_DETECTION") return OBJECT_DETECTION;
  return undefined;
}

/** Whether the schema has the columns that the asked metric families need. */
export function metricRules(context: LogContext): RuleViolation[] {
  const rules = table(context.modelType);
  if (context.metrics === undefined || rules === undefined || context.environment === "CORPUS") return [];
  const metrics = [...new Set(context.metrics)];
  const rule = rules.find(
    (candidate) =>
      candidate.metrics.length === metrics.length && metrics.every((metric) => candidate.metrics.includes(metric)),
  );
  if (rule === undefined)
    return [
      {
        code: "Invalid_ModelType_And_Metrics_Combination",
        field: "metricsValidation",
        message: `${metrics.length === 0 ? "An empty list" : metrics.join(" + ")} cannot be asked of a ${context.modelType} model; it can be asked for ${rules.map((one) => one.metrics.join(" + ")).join("; ")}.`,
      },
    ];
  const schema = recordSchema(context);
  if (
    !hasPredictionColumns(schema) ||
    rule.anyOf.some((fields) => fields.every((field) => schema[field] !== undefined))
  )
    return [];
  return [
    {
      code: "Missing_Columns_Required_By_Metrics_Validation",
      field: "metricsValidation",
      message: `${metrics.join(" + ")} of a ${context.modelType} model needs ${rule.anyOf.map((fields) => fields.join(" and ")).join(", or ")} in the schema.`,
    },
  ];
}
