import * as z from "zod";
import { Rfc3339 } from "../timestamps.js";
import { Id } from "./fields.js";

const MonitorOperator = z.enum([
  "GREATER_THAN",
  "GREATER_THAN_OR_EQUAL",
  "LESS_THAN",
  "LESS_THAN_OR_EQUAL",
  "EQUALS",
  "NOT_EQUALS",
]);

/** When a monitor fires: beyond a value that was given, or one that is computed from the days before. */
export const MonitorThreshold = z
  .discriminatedUnion("type", [
    z.strictObject({ type: z.literal("MANUAL_SINGLE"), operator: MonitorOperator, value: z.number() }),
    z.strictObject({
      type: z.literal("DYNAMIC_SINGLE"),
      calculation: z.enum(["STDEV", "MAD"]),
      operator: MonitorOperator,
      multiplier: z.number(),
    }),
    z.strictObject({ type: z.literal("MANUAL_RANGE"), lower: z.number(), upper: z.number() }),
    z.strictObject({
      type: z.literal("DYNAMIC_RANGE"),
      calculation: z.enum(["STDEV", "MAD"]),
      lower: z.number(),
      upper: z.number(),
    }),
  ])
  .meta({ id: "MonitorThreshold" });
export type MonitorThreshold = z.infer<typeof MonitorThreshold>;

const MonitorDimension = z.strictObject({ category: z.string(), name: z.string().optional() });
const MonitorFilter = z.strictObject({
  dimension: MonitorDimension,
  operator: MonitorOperator,
  values: z.array(z.string()),
});
const MonitorNotification = z
  .discriminatedUnion("type", [
    z.strictObject({ type: z.literal("EMAIL"), email_address: z.string() }),
    z.strictObject({ type: z.literal("INTEGRATION"), integration_id: Id }),
  ])
  .meta({ id: "MonitorNotification" });

const base = {
  id: Id,
  name: z.string(),
  project_id: Id,
  uri: z.string().meta({ description: "Its page in the app, below the app's own address" }),
  status: z.enum(["TRIGGERED", "CLEARED", "NO_DATA"]),
  threshold: MonitorThreshold,
  notifications_enabled: z.boolean(),
  manual_evaluation_enabled: z.boolean(),
  created_by_user_id: Id,
  created_at: Rfc3339,
  updated_at: Rfc3339,
  filters: z.array(MonitorFilter).optional(),
  notification_configs: z.array(MonitorNotification).optional(),
  downtime: z
    .strictObject({ start: Rfc3339, duration_seconds: z.number().optional(), frequency_days: z.number().optional() })
    .optional(),
  scheduled_runtime: z
    .strictObject({
      enabled: z.boolean(),
      cadence_seconds: z.number().optional(),
      days_of_week: z.array(z.number()).optional(),
    })
    .optional(),
  evaluation_window_length_seconds: z.number().optional(),
  delay_seconds: z.number().optional(),
  evaluated_at: Rfc3339.optional(),
  latest_computed_value: z.number().optional(),
  notes: z.string().optional(),
};
const versions = { model_versions: z.array(z.string()) };

/** A monitor (spec/rest.md §3.21): REST reads it, GraphQL makes it. */
export const Monitor = z
  .discriminatedUnion("type", [
    z.strictObject({
      ...base,
      ...versions,
      type: z.literal("PERFORMANCE"),
      metric: z.string(),
      positive_class_value: z.string().optional(),
      metric_at_ranking_k_value: z.number().optional(),
    }),
    z.strictObject({ ...base, ...versions, type: z.literal("CUSTOM_METRIC"), custom_metric_id: Id }),
    z.strictObject({
      ...base,
      ...versions,
      type: z.literal("DATA_QUALITY"),
      metric: z.string(),
      dimension: MonitorDimension,
    }),
    z.strictObject({
      ...base,
      ...versions,
      type: z.literal("DRIFT"),
      metric: z.string(),
      dimension: MonitorDimension,
      baseline_config: z.strictObject({ type: z.literal("MODEL_BASELINE"), filters: z.array(MonitorFilter) }),
    }),
    z.strictObject({ ...base, type: z.literal("TRACING"), metric: z.string(), dimension: MonitorDimension }),
  ])
  .meta({ id: "Monitor" });
export type Monitor = z.infer<typeof Monitor>;

export const MonitorPath = z.object({ monitor_id: Id });
