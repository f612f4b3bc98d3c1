import { InvalidRequestError } from "../../errors.js";
import type { MetricRow } from "./rows.js";

/** A prediction and what happened, as numbers or as classes; null where the record has none. */
export interface Labels {
  prediction: number | null;
  actual: number | null;
  predictedClass: string | null;
  actualClass: string | null;
  score: number | null;
}

const number = (value: unknown): number | null => (typeof value === "number" && Number.isFinite(value) ? value : null);
const text = (value: string | number | boolean | null): string | null => (value === null ? null : String(value));

export const labelsOf = (row: MetricRow): Labels => ({
  prediction: number(row.value("numericPredictionLabel")),
  actual: number(row.value("numericActualLabel")),
  predictedClass: text(row.value("categoricalPredictionLabel")),
  actualClass: text(row.value("categoricalActualLabel")),
  score: number(row.value("scorePredictionLabel")),
});

export type NumericPair = Labels & { prediction: number; actual: number };
export type ClassPair = Labels & { predictedClass: string; actualClass: string };

export const numericPairs = (labels: readonly Labels[]): NumericPair[] =>
  labels.filter((label): label is NumericPair => label.prediction !== null && label.actual !== null);

export const classPairs = (labels: readonly Labels[]): ClassPair[] =>
  labels.filter((label): label is ClassPair => label.predictedClass !== null && label.actualClass !== null);

/**
 * The class that counts as positive. Of two classes without a choice, the one that sorts last: true over false, 1 over 0.
 * @throws InvalidRequestError when there are more and none was chosen
 */
export function positiveClassOf(pairs: readonly ClassPair[], chosen: string | null): string {
  if (chosen !== null) return chosen;
  const classes = [
    ...new Set(pairs.flatMap(({ predictedClass, actualClass }) => [predictedClass, actualClass])),
  ].sort();
  if (classes.length <= 2) return classes.at(-1) ?? "";
  throw new InvalidRequestError(
    `The model has ${classes.length} classes, so this metric needs to know which is positive: give positiveClassValue in a monitor, or ask for a macro or micro averaged metric.`,
  );
}
