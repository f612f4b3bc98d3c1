import { ValidationError } from "../../errors/client.js";
import type { Shortfall } from "../../errors/experiments.js";
import type { ExperimentOutcome } from "../types.js";

export type Thresholds = Readonly<Record<string, number>>;

/** @throws ValidationError for a threshold of no evaluator, and one that is not a finite number */
export function checkThresholds(thresholds: Thresholds, evaluators: readonly string[]): void {
  const issues = Object.entries(thresholds).flatMap(([name, needed]) => {
    const path = `failUnder.${name}`;
    if (!evaluators.includes(name))
      return [{ path, message: `is no evaluator of this experiment: there are ${evaluators.join(", ") || "none"}` }];
    return Number.isFinite(needed) ? [] : [{ path, message: "must be a finite number" }];
  });
  if (issues.length > 0) throw new ValidationError("Bad experiment", issues);
}

/**
 * The thresholds that are not reached. An example without a score counts as 0, whether the task failed or the evaluator did: else an
 * experiment would pass for the few examples that did not fail.
 */
export function shortfallsOf(runs: readonly ExperimentOutcome[], thresholds: Thresholds): readonly Shortfall[] {
  return Object.entries(thresholds).flatMap(([evaluator, needed]) => {
    const sum = runs.reduce((total, { evaluations }) => total + (evaluations[evaluator]?.score ?? 0), 0);
    const mean = sum / runs.length;
    return mean >= needed ? [] : [{ evaluator, mean, needed }];
  });
}
