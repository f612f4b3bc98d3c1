import type { ExperimentRun } from "@axlab/wire/rest";
import { groupBy } from "../group-by.js";

/** The runs of one example in each of the experiments, in their order. */
export interface ComparedExample {
  exampleId: string;
  runs: readonly (readonly ExperimentRun[])[];
}

/** One evaluator's scores in each of the experiments; null where no run has one. */
export interface ComparedScore {
  evaluator: string;
  means: readonly (Mean | null)[];
}

export interface Mean {
  value: number;
  /** how many runs have a score */
  runs: number;
}

const SCORE = /^eval\.(.+)\.score$/;

/** By example, in the order of the first experiment that has it; runs without an example stand together. */
export function byExample(experiments: readonly (readonly ExperimentRun[])[]): ComparedExample[] {
  const ids = new Set(experiments.flatMap((runs) => runs.map(exampleOf)));
  const grouped = experiments.map((runs) => groupBy(runs, exampleOf));
  return [...ids].map((exampleId) => ({ exampleId, runs: grouped.map((runs) => runs.get(exampleId) ?? []) }));
}

export function meanScores(experiments: readonly (readonly ExperimentRun[])[]): ComparedScore[] {
  const evaluators = new Set(experiments.flatMap((runs) => runs.flatMap((run) => Object.keys(scoresOf(run)))));
  return [...evaluators].sort().map((evaluator) => ({
    evaluator,
    means: experiments.map((runs) => meanOf(runs.flatMap((run) => scoresOf(run)[evaluator] ?? []))),
  }));
}

/** By evaluator, from the columns `eval.<evaluator>.score`. */
export function scoresOf(run: ExperimentRun): Record<string, number> {
  return Object.fromEntries(
    Object.entries(run).flatMap(([field, value]) => {
      const evaluator = SCORE.exec(field)?.[1];
      return evaluator === undefined || typeof value !== "number" ? [] : [[evaluator, value]];
    }),
  );
}

const exampleOf = ({ example_id }: ExperimentRun): string => example_id ?? "";

const meanOf = (scores: readonly number[]): Mean | null =>
  scores.length === 0
    ? null
    : { value: scores.reduce((sum, score) => sum + score, 0) / scores.length, runs: scores.length };
