import type { ExperimentOutcome } from "./types.js";

/** Mean score by evaluator, over the runs that have one. */
export function meanScores(runs: readonly ExperimentOutcome[]): Readonly<Record<string, number>> {
  const sums = new Map<string, { sum: number; count: number }>();
  for (const { evaluations } of runs) {
    for (const [name, { score }] of Object.entries(evaluations)) {
      if (score === undefined) continue;
      const { sum, count } = sums.get(name) ?? { sum: 0, count: 0 };
      sums.set(name, { sum: sum + score, count: count + 1 });
    }
  }
  return Object.fromEntries([...sums].map(([name, { sum, count }]) => [name, sum / count]));
}
