import { requireComputed } from "./performance.js";
import type { MetricRow } from "./rows.js";

const BINS = 10;
/** What stands for a share of zero, so that its logarithm is a number. */
const LEAST = 1e-4;

/** The shares of both samples in the same bins: tenths of the baseline for numbers, otherwise one bin a value. */
function shares(current: readonly MetricRow[], baseline: readonly MetricRow[], column: string): [number, number][] {
  const values = (rows: readonly MetricRow[]) => rows.map((row) => row.value(column)).filter((value) => value !== null);
  const [now, before] = [values(current), values(baseline)];
  const edges = before.every((value) => typeof value === "number") ? edgesOf(before) : null;
  const binOf = (value: string | number | boolean): string =>
    edges === null || typeof value !== "number" ? String(value) : String(edges.filter((edge) => value > edge).length);
  const count = (all: typeof now): Map<string, number> => {
    const bins = new Map<string, number>();
    for (const value of all) bins.set(binOf(value), (bins.get(binOf(value)) ?? 0) + 1);
    return bins;
  };
  const [p, q] = [count(now), count(before)];
  return [...new Set([...p.keys(), ...q.keys()])].map((bin) => [
    Math.max((p.get(bin) ?? 0) / now.length, LEAST),
    Math.max((q.get(bin) ?? 0) / before.length, LEAST),
  ]);
}

function edgesOf(values: readonly (string | number | boolean)[]): number[] {
  const sorted = values.map(Number).sort((a, b) => a - b);
  return Array.from({ length: BINS - 1 }, (_, bin) => sorted[Math.floor(((bin + 1) * sorted.length) / BINS)] ?? 0);
}

const sum = (pairs: [number, number][], of: (p: number, q: number) => number): number =>
  pairs.reduce((total, [p, q]) => total + of(p, q), 0);
const kl = (p: number, q: number): number => p * Math.log(p / q);

const METRICS: Readonly<Record<string, (pairs: [number, number][]) => number>> = {
  psi: (pairs) => sum(pairs, (p, q) => (p - q) * Math.log(p / q)),
  kl: (pairs) => sum(pairs, kl),
  js: (pairs) => sum(pairs, (p, q) => (kl(p, (p + q) / 2) + kl(q, (p + q) / 2)) / 2),
  ks(pairs) {
    let [p, q, most] = [0, 0, 0];
    for (const [now, before] of pairs) {
      p += now;
      q += before;
      most = Math.max(most, Math.abs(p - q));
    }
    return most;
  },
};

/** The drift metrics that this platform computes. */
export const COMPUTED_DRIFT: ReadonlySet<string> = new Set(Object.keys(METRICS));

/**
 * How far a column has moved; null when one of the samples is empty.
 * @throws InvalidRequestError for a metric that is not computed here
 */
export function driftOf(
  metric: string,
  current: readonly MetricRow[],
  baseline: readonly MetricRow[],
  column: string,
): number | null {
  requireComputed(metric, COMPUTED_DRIFT);
  const some = (rows: readonly MetricRow[]): boolean => rows.some((row) => row.value(column) !== null);
  return some(current) && some(baseline) ? (METRICS[metric]?.(shares(current, baseline, column)) ?? null) : null;
}
