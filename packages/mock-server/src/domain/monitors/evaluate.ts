import type { Core } from "../../core.js";
import type { MonitorRow, ProjectRow } from "../../store/tables/index.js";
import { parseMetric } from "../custom-metrics/expression.js";
import { bucketed, type Granularity } from "../metrics/buckets.js";
import { dataQualityOf } from "../metrics/data-quality.js";
import { driftOf } from "../metrics/drift.js";
import { performanceOf } from "../metrics/performance.js";
import { metricRows, type MetricRow } from "../metrics/rows.js";
import { compare } from "../records/filter/compare.js";
import type { Records } from "../records/records.js";
import { dimensionOf, filterColumn, settingsOf, type MonitorSettings, type Operator } from "./settings.js";

/** What a monitor finds when it looks. */
export interface Evaluation {
  status: "triggered" | "cleared" | "noData";
  value: number | null;
  threshold: number | null;
  evaluatedAt: number;
}

/** A monitor's metric over time; with the threshold that holds. */
export interface History {
  points: { at: number; value: number | null }[];
  threshold: number | null;
}

const DAY = 86_400_000;
/** What a drift monitor compares with, and an automatic threshold is computed from: the days before the window. */
const BASELINE_DAYS = 14;

const OPERATORS = {
  greaterThan: ">",
  lessThan: "<",
  equals: "=",
  notEquals: "!=",
  greaterThanOrEqual: ">=",
  lessThanOrEqual: "<=",
} as const;

/**
 * Looks at a monitor's records as they are now. Nothing runs in the background: a monitor is evaluated when somebody asks for it, over the
 * window that ends `delaySeconds` before now.
 */
export class MonitorEvaluation {
  readonly #settings: MonitorSettings;
  readonly #customMetric: Promise<string | undefined>;

  constructor(
    private readonly core: Core,
    private readonly records: Records,
    private readonly monitor: MonitorRow,
    private readonly project: ProjectRow,
  ) {
    this.#settings = settingsOf(monitor);
    this.#customMetric = this.#expression();
  }

  async now(): Promise<Evaluation> {
    const evaluatedAt = this.core.clock.now();
    const end = evaluatedAt - this.#settings.delaySeconds * 1000;
    const start = end - this.#settings.evaluationWindowLengthSeconds * 1000;
    const [rows, before] = await Promise.all([this.#rows(start, end), this.#rows(start - BASELINE_DAYS * DAY, start)]);
    const value = await this.#metric(rows, before);
    const threshold = await this.#threshold(before);
    const fires = value !== null && threshold !== null && this.#fires(value, threshold);
    return { status: value === null ? "noData" : fires ? "triggered" : "cleared", value, threshold, evaluatedAt };
  }

  async history(start: number, end: number, granularity: Granularity): Promise<History> {
    const [rows, before] = await Promise.all([this.#rows(start, end), this.#rows(start - BASELINE_DAYS * DAY, start)]);
    const points: History["points"] = [];
    for (const bucket of bucketed(rows, granularity))
      points.push({ at: bucket.start, value: await this.#metric(bucket.rows, before) });
    return { points, threshold: await this.#threshold(before) };
  }

  async #rows(start: number, end: number): Promise<MetricRow[]> {
    const { modelEnvironmentName: environment, filters } = this.#settings;
    return metricRows(this.records, this.project, { environment, start, end, keep: keeping(filters) });
  }

  async #metric(rows: readonly MetricRow[], before: readonly MetricRow[]): Promise<number | null> {
    const { performanceMetric, positiveClassValue, driftMetric, dataQualityMetric } = this.#settings;
    if (rows.length === 0) return null;
    const column = dimensionOf(this.#settings) ?? "";
    if (driftMetric !== undefined) return driftOf(driftMetric, rows, before, column);
    if (dataQualityMetric !== undefined) return dataQualityOf(dataQualityMetric, rows, column);
    if (performanceMetric !== undefined) return performanceOf(performanceMetric, rows, positiveClassValue ?? null);
    const expression = await this.#customMetric;
    return expression === undefined ? null : parseMetric(expression).of(rows);
  }

  async #expression(): Promise<string | undefined> {
    const { customMetricId } = this.#settings;
    if (customMetricId === undefined) return undefined;
    const row = await this.core.store.db
      .selectFrom("custom_metrics")
      .select("expression")
      .where("id", "=", customMetricId)
      .executeTakeFirst();
    return row?.expression;
  }

  /** As given; an automatic one lies some standard deviations beyond the mean of the days before. Null while those are too few. */
  async #threshold(before: readonly MetricRow[]): Promise<number | null> {
    const { threshold, dynamicAutoThreshold, operator } = this.#settings;
    if (dynamicAutoThreshold === undefined) return threshold ?? null;
    const days: number[] = [];
    for (const day of bucketed(before, "day")) {
      const value = await this.#metric(day.rows, before);
      if (value !== null) days.push(value);
    }
    if (days.length < 2) return null;
    const mean = days.reduce((sum, value) => sum + value, 0) / days.length;
    const deviation = Math.sqrt(days.reduce((sum, value) => sum + (value - mean) ** 2, 0) / days.length);
    return mean + (operator.startsWith("less") ? -1 : 1) * dynamicAutoThreshold.stdDevMultiplier * deviation;
  }

  #fires(value: number, threshold: number): boolean {
    const { operator, operator2, threshold2, thresholdMode } = this.#settings;
    if (holds(value, operator, threshold)) return true;
    return thresholdMode === "range" && threshold2 !== undefined && holds(value, operator2 ?? operator, threshold2);
  }
}

const holds = (value: number, operator: Operator, threshold: number): boolean =>
  compare(value, OPERATORS[operator], threshold) === true;

/** Every filter holds when one of its values does. */
const keeping =
  (filters: MonitorSettings["filters"]) =>
  (row: MetricRow): boolean =>
    filters.every((filter) => {
      const cell = row.value(filterColumn(filter));
      const one = (wanted: string) => compare(cell, OPERATORS[filter.operator], wanted) === true;
      return filter.operator === "notEquals" ? filter.values.every(one) : filter.values.some(one);
    });
