import { formatTimestamp } from "@axlab/wire";
import type { Monitor, MonitorThreshold } from "@axlab/wire/rest";
import type { MonitorRow, SpaceRow } from "../../store/tables/index.js";
import type { Evaluation } from "./evaluate.js";
import { settingsOf, type MonitorFilter, type MonitorSettings } from "./settings.js";

/** GraphQL's words in REST's spelling: `falsePositiveRate` is FALSE_POSITIVE_RATE, `f_1` F_1. */
const upper = (name: string): string => name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, "_").toUpperCase();

const OPERATORS = {
  greaterThan: "GREATER_THAN",
  greaterThanOrEqual: "GREATER_THAN_OR_EQUAL",
  lessThan: "LESS_THAN",
  lessThanOrEqual: "LESS_THAN_OR_EQUAL",
  equals: "EQUALS",
  notEquals: "NOT_EQUALS",
} as const;

const STATUSES = { triggered: "TRIGGERED", cleared: "CLEARED", noData: "NO_DATA" } as const;

/** What REST calls the kinds of dimension and filter (`spec/rest.md §3.21`). */
const CATEGORIES: Readonly<Record<string, string>> = {
  featureLabel: "FEATURE_LABEL",
  tag: "TAG",
  tagLabel: "TAG",
  modelVersion: "MODEL_VERSION",
  batchId: "BATCH_ID",
  spanProperty: "SPAN_ATTRIBUTE",
  llmEval: "LLM_EVAL",
  annotation: "USER_ANNOTATION",
  userAnnotation: "USER_ANNOTATION",
  actuals: "ACTUALS",
  actualLabel: "ACTUALS",
  actualScore: "ACTUALS_SCORE",
  actualClass: "ACTUALS_CLASS",
  prediction: "PREDICTIONS",
  predictionValue: "PREDICTIONS",
  predictionLabel: "PREDICTIONS",
  predictionScore: "PREDICTIONS_SCORE",
  predictionClass: "PREDICTIONS_CLASS",
};

const dimension = (category: string | undefined, name: string | undefined) => ({
  category: CATEGORIES[category ?? "featureLabel"] ?? "FEATURE_LABEL",
  ...(name !== undefined && { name }),
});

const filter = ({ dimensionType, name, operator, values }: MonitorFilter) => ({
  dimension: dimension(dimensionType, name),
  operator: OPERATORS[operator],
  values,
});

function threshold(settings: MonitorSettings): MonitorThreshold {
  const { dynamicAutoThreshold, thresholdMode, operator, stdDevMultiplier2 } = settings;
  if (dynamicAutoThreshold !== undefined) {
    const { stdDevMultiplier: multiplier } = dynamicAutoThreshold;
    return thresholdMode === "range"
      ? { type: "DYNAMIC_RANGE", calculation: "STDEV", lower: multiplier, upper: stdDevMultiplier2 ?? multiplier }
      : { type: "DYNAMIC_SINGLE", calculation: "STDEV", operator: OPERATORS[operator], multiplier };
  }
  const [one, two] = [settings.threshold ?? 0, settings.threshold2 ?? settings.threshold ?? 0];
  if (thresholdMode === "range") return { type: "MANUAL_RANGE", lower: Math.min(one, two), upper: Math.max(one, two) };
  return { type: "MANUAL_SINGLE", operator: OPERATORS[operator], value: one };
}

/** A monitor as REST gives it, with what it found just now. */
export function presentMonitor(row: MonitorRow, space: SpaceRow, found: Evaluation): Monitor {
  const settings = settingsOf(row);
  const base = {
    id: row.id,
    name: row.name,
    project_id: row.project_id,
    uri: `/organizations/${space.organization_id}/spaces/${space.id}/monitors/${row.id}`,
    status: STATUSES[found.status],
    threshold: threshold(settings),
    notifications_enabled: settings.contacts.length > 0,
    manual_evaluation_enabled: settings.scheduledRuntimeEnabled !== true,
    created_by_user_id: row.created_by_user_id,
    created_at: formatTimestamp(row.created_at),
    updated_at: formatTimestamp(row.updated_at),
    ...optional(settings),
    evaluated_at: formatTimestamp(found.evaluatedAt),
    ...(found.value !== null && { latest_computed_value: found.value }),
  };
  const { performanceMetric, customMetricId, driftMetric, dataQualityMetric, dimensionCategory, dimensionName } =
    settings;
  const watched = dimension(dimensionCategory, dimensionName);
  const model_versions: string[] = [];
  if (driftMetric !== undefined)
    return {
      ...base,
      type: "DRIFT",
      metric: upper(driftMetric),
      dimension: watched,
      model_versions,
      baseline_config: { type: "MODEL_BASELINE", filters: [] },
    };
  if (dataQualityMetric !== undefined) {
    const quality = { ...base, metric: upper(dataQualityMetric), dimension: watched };
    return settings.modelEnvironmentName === "TRACING"
      ? { ...quality, type: "TRACING" }
      : { ...quality, type: "DATA_QUALITY", model_versions };
  }
  if (customMetricId !== undefined)
    return { ...base, type: "CUSTOM_METRIC", custom_metric_id: customMetricId, model_versions };
  const { positiveClassValue, metricAtRankingKValue } = settings;
  return {
    ...base,
    type: "PERFORMANCE",
    metric: upper(performanceMetric ?? ""),
    model_versions,
    ...(positiveClassValue !== undefined && { positive_class_value: positiveClassValue }),
    ...(metricAtRankingKValue !== undefined && { metric_at_ranking_k_value: metricAtRankingKValue }),
  };
}

function optional(settings: MonitorSettings) {
  const { downtimeStart, downtimeDurationHrs, downtimeFrequencyDays, scheduledRuntimeEnabled, notes } = settings;
  const { scheduledRuntimeCadenceSeconds: cadence, scheduledRuntimeDaysOfWeek: days } = settings;
  return {
    ...(notes !== undefined && { notes }),
    ...(settings.filters.length > 0 && { filters: settings.filters.map(filter) }),
    ...(settings.contacts.length > 0 && {
      notification_configs: settings.contacts.map(({ notificationChannelType, emailAddress, integrationKeyId }) =>
        notificationChannelType === "email"
          ? { type: "EMAIL" as const, email_address: emailAddress ?? "" }
          : { type: "INTEGRATION" as const, integration_id: integrationKeyId ?? "" },
      ),
    }),
    ...(downtimeStart !== undefined && {
      downtime: {
        start: formatTimestamp(downtimeStart),
        ...(downtimeDurationHrs !== undefined && { duration_seconds: downtimeDurationHrs * 3600 }),
        ...(downtimeFrequencyDays !== undefined && { frequency_days: downtimeFrequencyDays }),
      },
    }),
    ...(scheduledRuntimeEnabled !== undefined && {
      scheduled_runtime: {
        enabled: scheduledRuntimeEnabled,
        ...(cadence !== undefined && { cadence_seconds: cadence }),
        ...(days !== undefined && { days_of_week: days }),
      },
    }),
    evaluation_window_length_seconds: settings.evaluationWindowLengthSeconds,
    delay_seconds: settings.delaySeconds,
  };
}
