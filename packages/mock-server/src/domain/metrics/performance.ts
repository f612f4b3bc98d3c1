import { InvalidRequestError } from "../../errors.js";
import { classPairs, labelsOf, numericPairs, positiveClassOf, type ClassPair, type NumericPair } from "./labels.js";
import type { MetricRow } from "./rows.js";

const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
const ratio = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

type OfNumbers = (pairs: readonly NumericPair[]) => number | null;
const errors = (pairs: readonly NumericPair[]): number[] => pairs.map(({ prediction, actual }) => prediction - actual);

const NUMERIC: Readonly<Record<string, OfNumbers>> = {
  meanError: (pairs) => mean(errors(pairs)),
  mae: (pairs) => mean(errors(pairs).map(Math.abs)),
  mse: (pairs) => mean(errors(pairs).map((error) => error ** 2)),
  rmse: (pairs) => (pairs.length === 0 ? null : Math.sqrt(mean(errors(pairs).map((error) => error ** 2)) ?? 0)),
  mape: (pairs) =>
    mean(
      pairs
        .filter(({ actual }) => actual !== 0)
        .map(({ prediction, actual }) => Math.abs((prediction - actual) / actual)),
    ),
  smape: (pairs) =>
    mean(
      pairs.map(({ prediction, actual }) => {
        const size = (Math.abs(prediction) + Math.abs(actual)) / 2;
        return size === 0 ? 0 : Math.abs(prediction - actual) / size;
      }),
    ),
  wape: (pairs) => ratio(total(errors(pairs).map(Math.abs)), total(pairs.map(({ actual }) => Math.abs(actual)))),
  rSquared(pairs) {
    const average = mean(pairs.map(({ actual }) => actual)) ?? 0;
    const left = ratio(
      total(errors(pairs).map((error) => error ** 2)),
      total(pairs.map(({ actual }) => (actual - average) ** 2)),
    );
    return left === null ? null : 1 - left;
  },
};

interface Counts {
  tp: number;
  fp: number;
  fn: number;
  tn: number;
}

function countsOf(pairs: readonly ClassPair[], positive: string): Counts {
  const counts = { tp: 0, fp: 0, fn: 0, tn: 0 };
  for (const { predictedClass, actualClass } of pairs) {
    const said = predictedClass === positive;
    const is = actualClass === positive;
    counts[said ? (is ? "tp" : "fp") : is ? "fn" : "tn"] += 1;
  }
  return counts;
}

const precision = ({ tp, fp }: Counts): number | null => ratio(tp, tp + fp);
const recall = ({ tp, fn }: Counts): number | null => ratio(tp, tp + fn);

const OF_COUNTS: Readonly<Record<string, (counts: Counts) => number | null>> = {
  precision,
  recall,
  sensitivity: recall,
  specificity: ({ tn, fp }) => ratio(tn, tn + fp),
  f_1: ({ tp, fp, fn }) => ratio(2 * tp, 2 * tp + fp + fn),
  falsePositiveRate: ({ fp, tn }) => ratio(fp, fp + tn),
  falseNegativeRate: ({ fn, tp }) => ratio(fn, fn + tp),
  falseNegativeDensity: ({ tp, fp, fn, tn }) => ratio(fn, tp + fp + fn + tn),
};

type OfClasses = (pairs: readonly ClassPair[]) => number | null;
const classesOf = (pairs: readonly ClassPair[]): string[] => [...new Set(pairs.map(({ actualClass }) => actualClass))];
const averaged =
  (of: (counts: Counts) => number | null): OfClasses =>
  (pairs) =>
    mean(classesOf(pairs).map((name) => of(countsOf(pairs, name)) ?? 0));
const accuracy: OfClasses = (pairs) =>
  mean(pairs.map(({ predictedClass, actualClass }) => (predictedClass === actualClass ? 1 : 0)));

const CLASSES: Readonly<Record<string, OfClasses>> = {
  accuracy,
  // With one class a record, every wrong prediction is one false positive and one false negative.
  microAveragedPrecision: accuracy,
  microAveragedRecall: accuracy,
  macroAveragedPrecision: averaged(precision),
  macroAveragedRecall: averaged(recall),
};

/** Over scores of the positive class. */
const SCORED: Readonly<Record<string, (pairs: readonly { score: number; positive: boolean }[]) => number | null>> = {
  auc(pairs) {
    const sorted = [...pairs].sort((a, b) => a.score - b.score);
    const positives = pairs.filter(({ positive }) => positive).length;
    let ranks = 0;
    for (let first = 0; first < sorted.length;) {
      let next = first;
      while (next < sorted.length && sorted[next]?.score === sorted[first]?.score) next += 1;
      // Records of one score share their middle rank.
      const rank = (first + 1 + next) / 2;
      ranks += rank * sorted.slice(first, next).filter(({ positive }) => positive).length;
      first = next;
    }
    return ratio(ranks - (positives * (positives + 1)) / 2, positives * (pairs.length - positives));
  },
  logLoss: (pairs) =>
    mean(
      pairs.map(({ score, positive }) => {
        const likely = Math.min(Math.max(positive ? score : 1 - score, 1e-15), 1 - 1e-15);
        return -Math.log(likely);
      }),
    ),
  calibration: (pairs) =>
    ratio(total(pairs.map(({ score }) => score)), pairs.filter(({ positive }) => positive).length),
};

/** The performance metrics that this platform computes. */
export const COMPUTED_PERFORMANCE: ReadonlySet<string> = new Set([
  "count",
  "predictionAverage",
  "actualsAverage",
  ...Object.keys({ ...NUMERIC, ...OF_COUNTS, ...CLASSES, ...SCORED }),
]);

/** Those that are about one class. */
export const NEEDS_POSITIVE_CLASS: ReadonlySet<string> = new Set([...Object.keys(OF_COUNTS), ...Object.keys(SCORED)]);

/** @throws InvalidRequestError for a metric that is not computed here */
export function requireComputed(metric: string, computed: ReadonlySet<string>): void {
  if (computed.has(metric)) return;
  throw new InvalidRequestError(
    `${metric} is not computed by this platform; it computes ${[...computed].sort().join(", ")}.`,
  );
}

/**
 * A metric of some records; null when they have nothing to compute it from.
 * @throws InvalidRequestError for a metric that is not computed here, or that needs a positive class and cannot choose one
 */
export function performanceOf(
  metric: string,
  rows: readonly MetricRow[],
  positiveClass: string | null = null,
): number | null {
  requireComputed(metric, COMPUTED_PERFORMANCE);
  const labels = rows.map(labelsOf);
  if (metric === "count") return rows.length;
  if (metric === "predictionAverage") return mean(labels.flatMap(({ prediction, score }) => prediction ?? score ?? []));
  if (metric === "actualsAverage") return mean(labels.flatMap(({ actual }) => actual ?? []));
  const numeric = NUMERIC[metric];
  if (numeric !== undefined) return numeric(numericPairs(labels));
  const pairs = classPairs(labels);
  const ofClasses = CLASSES[metric];
  if (ofClasses !== undefined) return ofClasses(pairs);
  if (pairs.length === 0) return null;
  const positive = positiveClassOf(pairs, positiveClass);
  const ofCounts = OF_COUNTS[metric];
  if (ofCounts !== undefined) return ofCounts(countsOf(pairs, positive));
  const scored = pairs.flatMap(({ score, actualClass }) =>
    score === null ? [] : [{ score, positive: actualClass === positive }],
  );
  return SCORED[metric]?.(scored) ?? null;
}
