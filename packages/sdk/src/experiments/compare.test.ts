import { describe, expect, test } from "vitest";

import { compareOutcomes } from "./compare.js";
import type { ExperimentOutcome } from "./types.js";

const run = (exampleId: string, score: number | undefined, output = "x"): ExperimentOutcome => ({
  exampleId,
  output,
  evaluations: { right: score === undefined ? { error: "Evaluator right failed" } : { score }, only: { label: "a" } },
});

describe("compare", () => {
  test("pairs runs by example: differences, counts, means", () => {
    const baseline = [run("a", 0.5), run("b", 1), run("c", 0.25), run("d", undefined), run("gone", 1)];
    const candidate = [run("c", 0.25), run("new", 0), run("b", 0), run("a", 0), run("a", 1, "y"), run("d", 1)];
    const compared = compareOutcomes(baseline, candidate);
    expect(
      compared.examples.map(({ exampleId, differences, sameOutput }) => ({ exampleId, differences, sameOutput })),
    ).toEqual([
      { exampleId: "a", differences: { right: 0.5 }, sameOutput: false },
      { exampleId: "b", differences: { right: -1 }, sameOutput: true },
      { exampleId: "c", differences: { right: 0 }, sameOutput: true },
      { exampleId: "d", differences: {}, sameOutput: true },
    ]);
    expect(compared.evaluators).toEqual({
      right: {
        pairs: 3,
        better: 1,
        worse: 1,
        equal: 1,
        baselineMean: 1.75 / 3,
        candidateMean: 1.25 / 3,
        meanDifference: -0.5 / 3,
      },
    });
    expect(compared).toMatchObject({ onlyBaseline: ["gone"], onlyCandidate: ["new"] });
  });

  test("of experiments with nothing in common is empty, not a division by zero", () => {
    expect(compareOutcomes([run("a", 1)], [])).toEqual({
      examples: [],
      evaluators: {},
      onlyBaseline: ["a"],
      onlyCandidate: [],
    });
  });
});
