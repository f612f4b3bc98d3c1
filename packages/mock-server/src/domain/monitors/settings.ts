import { z } from "zod";
import { InvalidRequestError } from "../../errors.js";
import type { MonitorRow } from "../../store/tables/index.js";
import { COMPUTED_DATA_QUALITY } from "../metrics/data-quality.js";
import { COMPUTED_DRIFT } from "../metrics/drift.js";
import { COMPUTED_PERFORMANCE, requireComputed } from "../metrics/performance.js";

const text = z.string().optional();
const number = z.number().optional();
const OPERATORS = ["greaterThan", "lessThan", "equals", "notEquals", "greaterThanOrEqual", "lessThanOrEqual"] as const;
export type Operator = (typeof OPERATORS)[number];

const Contact = z.object({
  notificationChannelType: z.enum(["email", "integration"]),
  emailAddress: text,
  integrationKeyId: text,
});
const Filter = z.object({
  dimensionType: z.string(),
  operator: z.enum(OPERATORS),
  name: text,
  values: z.array(z.string()),
});
export type MonitorFilter = z.infer<typeof Filter>;

/** What a monitor watches and when it fires, as it is stored; names are the wire's (`spec/graphql.md §8`). */
export const MonitorSettings = z.object({
  notes: text,
  contacts: z.array(Contact).default([]),
  downtimeStart: number,
  downtimeDurationHrs: number,
  downtimeFrequencyDays: number,
  scheduledRuntimeEnabled: z.boolean().optional(),
  scheduledRuntimeCadenceSeconds: z.number().int().min(1).optional(),
  scheduledRuntimeDaysOfWeek: z.array(z.number().int().min(0).max(6)).optional(),
  evaluationWindowLengthSeconds: z.number().min(1).default(259_200),
  delaySeconds: z.number().min(0).default(0),
  threshold: number,
  threshold2: number,
  thresholdMode: z.enum(["single", "range"]).default("single"),
  operator: z.enum(OPERATORS),
  operator2: z.enum(OPERATORS).optional(),
  dynamicAutoThreshold: z.object({ stdDevMultiplier: z.number().default(2) }).optional(),
  stdDevMultiplier2: number,
  filters: z.array(Filter).default([]),
  performanceMetric: text,
  customMetricId: text,
  positiveClassValue: text,
  predictionClassValue: text,
  metricAtRankingKValue: z.number().int().optional(),
  topKPercentileValue: number,
  driftMetric: text,
  dataQualityMetric: text,
  dimensionCategory: text,
  dimensionName: text,
  modelEnvironmentName: z.string().default("PRODUCTION"),
});
export type MonitorSettings = z.infer<typeof MonitorSettings>;

export const settingsOf = (row: Pick<MonitorRow, "settings">): MonitorSettings =>
  MonitorSettings.parse(JSON.parse(row.settings));

/**
 * What must hold of a monitor as a whole.
 * @throws InvalidRequestError naming the fields
 */
export function requireSound(category: MonitorRow["category"], settings: MonitorSettings): void {
  requireMetric(category, settings);
  const { threshold, threshold2, thresholdMode, dynamicAutoThreshold } = settings;
  if (threshold !== undefined && dynamicAutoThreshold !== undefined)
    throw new InvalidRequestError(
      "threshold, dynamicAutoThreshold: give one of them; an automatic threshold has no value.",
    );
  if (threshold === undefined && dynamicAutoThreshold === undefined)
    throw new InvalidRequestError("threshold: missing; give a value, or dynamicAutoThreshold to have it computed.");
  if (thresholdMode === "range" && threshold !== undefined && threshold2 === undefined)
    throw new InvalidRequestError("threshold2: missing; a monitor of thresholdMode range has two thresholds.");
  for (const [index, contact] of settings.contacts.entries()) {
    const field = contact.notificationChannelType === "email" ? "emailAddress" : "integrationKeyId";
    if (contact[field] === undefined)
      throw new InvalidRequestError(
        `contacts[${index}].${field}: missing; a contact of type ${contact.notificationChannelType} needs it.`,
      );
  }
}

function requireMetric(category: MonitorRow["category"], settings: MonitorSettings): void {
  if (category === "performance") {
    const { performanceMetric, customMetricId } = settings;
    if ((performanceMetric === undefined) === (customMetricId === undefined))
      throw new InvalidRequestError("performanceMetric, customMetricId: give exactly one of them.");
    if (performanceMetric !== undefined) requireComputed(performanceMetric, COMPUTED_PERFORMANCE);
    return;
  }
  const [field, computed] =
    category === "drift"
      ? (["driftMetric", COMPUTED_DRIFT] as const)
      : (["dataQualityMetric", COMPUTED_DATA_QUALITY] as const);
  const metric = settings[field];
  if (metric === undefined) throw new InvalidRequestError(`${field}: missing; it says what the monitor watches.`);
  requireComputed(metric, computed);
  if (settings.dimensionName === undefined && dimensionOf(settings) === null)
    throw new InvalidRequestError("dimensionName: missing; it names the feature or tag that the monitor watches.");
}

/** Categories that are one column need no name. */
const COLUMNS: Readonly<Record<string, string>> = {
  predictionScore: "scorePredictionLabel",
  predictionClass: "categoricalPredictionLabel",
  predictionLabel: "categoricalPredictionLabel",
  prediction: "numericPredictionLabel",
  actualScore: "scoreActualLabel",
  actualClass: "categoricalActualLabel",
  actualLabel: "categoricalActualLabel",
  actuals: "numericActualLabel",
  modelVersion: "modelVersion",
  batchId: "batchID",
};

/** The column that a monitor of drift or data quality watches. */
export const dimensionOf = ({ dimensionName, dimensionCategory }: MonitorSettings): string | null =>
  dimensionName ?? COLUMNS[dimensionCategory ?? ""] ?? null;

const FILTER_COLUMNS: Readonly<Record<string, string>> = { ...COLUMNS, predictionValue: "categoricalPredictionLabel" };

export const filterColumn = ({ dimensionType, name }: MonitorFilter): string =>
  name ?? FILTER_COLUMNS[dimensionType] ?? "";
