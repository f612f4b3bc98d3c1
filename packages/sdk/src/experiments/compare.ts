import type { ExperimentOutcome } from "./types.js";

/** One example in both experiments. */
export interface ExampleComparison {
  readonly exampleId: string;
  readonly baseline: ExperimentOutcome;
  readonly candidate: ExperimentOutcome;
  /** By evaluator: score of the candidate minus score of the baseline, where both have one. */
  readonly differences: Readonly<Record<string, number>>;
  readonly sameOutput: boolean;
}

/** An evaluator over the examples that have its score in both experiments. */
export interface PairedSummary {
  readonly pairs: number;
  /** Pairs in which the candidate's score is higher, lower, the same. */
  readonly better: number;
  readonly worse: number;
  readonly equal: number;
  readonly baselineMean: number;
  readonly candidateMean: number;
  readonly meanDifference: number;
}

export interface ExperimentComparison {
  /** Examples that both have a run for, in the baseline's order. */
  readonly examples: readonly ExampleComparison[];
  readonly evaluators: Readonly<Record<string, PairedSummary>>;
  /** Ids of examples that only one of them has a run for. */
  readonly onlyBaseline: readonly string[];
  readonly onlyCandidate: readonly string[];
}

/** Pairs runs by example. Of several runs for one example the last counts. */
export function compareOutcomes(
  baseline: readonly ExperimentOutcome[],
  candidate: readonly ExperimentOutcome[],
): ExperimentComparison {
  const before = byExample(baseline);
  const after = byExample(candidate);
  const examples = [...before].flatMap(([exampleId, run]) => {
    const other = after.get(exampleId);
    return other === undefined ? [] : [comparison(exampleId, run, other)];
  });
  const names = new Set(examples.flatMap(({ differences }) => Object.keys(differences)));
  return {
    examples,
    evaluators: Object.fromEntries([...names].map((name) => [name, pairedSummary(name, examples)])),
    onlyBaseline: [...before.keys()].filter((id) => !after.has(id)),
    onlyCandidate: [...after.keys()].filter((id) => !before.has(id)),
  };
}

function comparison(exampleId: string, baseline: ExperimentOutcome, candidate: ExperimentOutcome): ExampleComparison {
  const differences = Object.entries(baseline.evaluations).flatMap(([name, { score }]) => {
    const other = candidate.evaluations[name]?.score;
    return score === undefined || other === undefined ? [] : [[name, other - score] as const];
  });
  const sameOutput =
    baseline.error === undefined && candidate.error === undefined && baseline.output === candidate.output;
  return { exampleId, baseline, candidate, differences: Object.fromEntries(differences), sameOutput };
}

function pairedSummary(name: string, examples: readonly ExampleComparison[]): PairedSummary {
  const differences = examples.flatMap((example) => example.differences[name] ?? []);
  const paired = examples.filter((example) => example.differences[name] !== undefined);
  const meanOf = (side: "baseline" | "candidate") =>
    mean(paired.flatMap((example) => example[side].evaluations[name]?.score ?? []));
  return {
    pairs: differences.length,
    better: differences.filter((difference) => difference > 0).length,
    worse: differences.filter((difference) => difference < 0).length,
    equal: differences.filter((difference) => difference === 0).length,
    baselineMean: meanOf("baseline"),
    candidateMean: meanOf("candidate"),
    meanDifference: mean(differences),
  };
}

const byExample = (runs: readonly ExperimentOutcome[]): Map<string, ExperimentOutcome> =>
  new Map(runs.map((run) => [run.exampleId, run]));

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
