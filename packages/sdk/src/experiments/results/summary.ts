import type { Evaluation, ExperimentOutcome, TokenUsage } from "../types.js";

/** How numbers are spread. Quantiles are values that occur (nearest rank). */
export interface Distribution {
  readonly count: number;
  readonly mean: number;
  readonly min: number;
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
  /** How many lie in each of ten equal steps from `min` to `max`; one step when all are equal. */
  readonly histogram: readonly number[];
}

export interface EvaluatorSummary {
  /** Of the runs that have one. */
  readonly scores: Distribution | undefined;
  /** How often each label was given. */
  readonly labels: Readonly<Record<string, number>>;
  /** Evaluations that failed. */
  readonly errors: number;
}

export interface ExperimentSummary {
  readonly runs: number;
  /** Tasks that failed. */
  readonly failed: number;
  readonly evaluators: Readonly<Record<string, EvaluatorSummary>>;
  /** Milliseconds a task. */
  readonly latency: Distribution | undefined;
  /** Sums over the runs that reported any. */
  readonly tokens: TokenUsage | undefined;
}

export function summarize(runs: readonly ExperimentOutcome[]): ExperimentSummary {
  const evaluations = new Map<string, Evaluation[]>();
  for (const run of runs) {
    for (const [name, evaluation] of Object.entries(run.evaluations)) {
      const list = evaluations.get(name);
      if (list) list.push(evaluation);
      else evaluations.set(name, [evaluation]);
    }
  }
  return {
    runs: runs.length,
    failed: runs.filter(({ error }) => error !== undefined).length,
    evaluators: Object.fromEntries([...evaluations].map(([name, list]) => [name, summarizeEvaluator(list)])),
    latency: distribution(runs.flatMap(({ milliseconds }) => milliseconds ?? [])),
    tokens: sumTokens(runs.flatMap(({ tokens }) => tokens ?? [])),
  };
}

/** Adds up; a part that nobody reported stays absent. */
export function sumTokens(usages: readonly TokenUsage[]): TokenUsage | undefined {
  if (usages.length === 0) return undefined;
  const sum: { prompt?: number; completion?: number; total?: number } = {};
  for (const part of ["prompt", "completion", "total"] as const) {
    const given = usages.flatMap((usage) => usage[part] ?? []);
    if (given.length > 0) sum[part] = given.reduce((left, right) => left + right, 0);
  }
  return sum;
}

export function distribution(values: readonly number[]): Distribution | undefined {
  if (values.length === 0) return undefined;
  const sorted = [...values].sort((left, right) => left - right);
  const quantile = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
  return {
    count: sorted.length,
    mean: sorted.reduce((sum, value) => sum + value, 0) / sorted.length,
    min: quantile(0),
    p50: quantile(0.5),
    p95: quantile(0.95),
    max: quantile(1),
    histogram: histogram(sorted, quantile(0), quantile(1)),
  };
}

const STEPS = 10;

function histogram(values: readonly number[], min: number, max: number): number[] {
  // Halved, so that no difference is beyond what a number can hold.
  const width = max / 2 - min / 2;
  if (width === 0) return [values.length];
  const counts = new Array<number>(STEPS).fill(0);
  for (const value of values) {
    const step = Math.min(STEPS - 1, Math.floor(((value / 2 - min / 2) / width) * STEPS));
    counts[step] = (counts[step] ?? 0) + 1;
  }
  return counts;
}

function summarizeEvaluator(evaluations: readonly Evaluation[]): EvaluatorSummary {
  const labels = new Map<string, number>();
  for (const { label } of evaluations) if (label !== undefined) labels.set(label, (labels.get(label) ?? 0) + 1);
  return {
    scores: distribution(evaluations.flatMap(({ score }) => score ?? [])),
    labels: Object.fromEntries(labels),
    errors: evaluations.filter(({ error }) => error !== undefined).length,
  };
}
