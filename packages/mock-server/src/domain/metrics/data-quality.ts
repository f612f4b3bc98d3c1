import type { MetricRow } from "./rows.js";
import { requireComputed } from "./performance.js";

type Values = readonly (string | number | boolean | null)[];

const numbers = (values: Values): number[] => values.filter((value): value is number => typeof value === "number");
const present = (values: Values): (string | number | boolean)[] => values.filter((value) => value !== null);

function average(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

const percentile =
  (share: number) =>
  (values: Values): number | null => {
    const sorted = numbers(values).sort((a, b) => a - b);
    if (sorted.length === 0) return null;
    const at = share * (sorted.length - 1);
    const low = sorted[Math.floor(at)] ?? 0;
    return low + (at - Math.floor(at)) * ((sorted[Math.ceil(at)] ?? low) - low);
  };

const METRICS: Readonly<Record<string, (values: Values) => number | null>> = {
  count: (values) => present(values).length,
  sum: (values) => (numbers(values).length === 0 ? null : numbers(values).reduce((sum, value) => sum + value, 0)),
  avg: (values) => average(numbers(values)),
  percentEmpty: (values) =>
    values.length === 0 ? null : (100 * (values.length - present(values).length)) / values.length,
  cardinality: (values) => new Set(present(values)).size,
  standardDeviation(values) {
    const mean = average(numbers(values));
    return mean === null ? null : Math.sqrt(average(numbers(values).map((value) => (value - mean) ** 2)) ?? 0);
  },
  p50: percentile(0.5),
  p95: percentile(0.95),
  p99: percentile(0.99),
  p99_9: percentile(0.999),
};

/** The data quality metrics that this platform computes. */
export const COMPUTED_DATA_QUALITY: ReadonlySet<string> = new Set(Object.keys(METRICS));

/** @throws InvalidRequestError for a metric that is not computed here */
export function dataQualityOf(metric: string, rows: readonly MetricRow[], column: string): number | null {
  requireComputed(metric, COMPUTED_DATA_QUALITY);
  return METRICS[metric]?.(rows.map((row) => row.value(column))) ?? null;
}
