import type { JsonObject } from "@axlab/wire";
import type { Experiment } from "@axlab/wire/rest";
import { float64Column, tableFromColumns } from "@axlab/wire/arrow";
import type { Table, Vector } from "apache-arrow";

import { tableFromRows } from "../../adapters/rows.js";
import { BelowThresholdError, type Shortfall } from "../../errors/experiments.js";
import type { TracesReport } from "../traces/sender.js";
import type { ExperimentOutcome } from "../types.js";
import { shortfallsOf, type Thresholds } from "./gate.js";
import { junitXml } from "./junit.js";
import { runRow } from "./rows.js";
import { summarize, type ExperimentSummary } from "./summary.js";
import { resultText, type TextLimits } from "./text.js";

interface Parts {
  readonly name: string;
  readonly experiment: Experiment | undefined;
  readonly runs: readonly ExperimentOutcome[];
  readonly resumed: number;
  readonly failUnder: Thresholds;
  readonly traces: TracesReport | undefined;
}

const SCORE = /^eval\..+\.score$/s;

/** Scores are floats, though all of these be whole: a column's type does not hang on them. */
const asFloats = (scores: Vector): Vector =>
  float64Column(Array.from(scores, (score: unknown) => (score === null ? null : Number(score))));

/** What came of an experiment. */
export class ExperimentResult {
  readonly name: string;
  /** As stored; absent after a dry run. */
  readonly experiment: Experiment | undefined;
  /** In the order of the examples. */
  readonly runs: readonly ExperimentOutcome[];
  /** Of them, how many an earlier call had finished. */
  readonly resumed: number;
  readonly failUnder: Thresholds;
  readonly shortfalls: readonly Shortfall[];
  /** Whether every threshold of `failUnder` is reached. */
  readonly passed: boolean;
  /** Where the traces went, and how many did not; absent without traces. */
  readonly traces: TracesReport | undefined;
  #summary: ExperimentSummary | undefined;

  constructor({ name, experiment, runs, resumed, failUnder, traces }: Parts) {
    this.name = name;
    this.experiment = experiment;
    this.runs = runs;
    this.resumed = resumed;
    this.failUnder = failUnder;
    this.traces = traces;
    this.shortfalls = shortfallsOf(runs, failUnder);
    this.passed = this.shortfalls.length === 0;
  }

  get summary(): ExperimentSummary {
    this.#summary ??= summarize(this.runs);
    return this.#summary;
  }

  /** Tasks that failed. */
  get failed(): number {
    return this.summary.failed;
  }

  /** Mean score by evaluator, over the examples that have one. */
  get scores(): Readonly<Record<string, number>> {
    const means = Object.entries(this.summary.evaluators).flatMap(([evaluator, { scores }]) =>
      scores === undefined ? [] : [[evaluator, scores.mean] as const],
    );
    return Object.fromEntries(means);
  }

  /** @throws BelowThresholdError when a threshold of `failUnder` is not reached */
  requirePassed(): this {
    if (!this.passed) throw new BelowThresholdError(this.name, this.shortfalls);
    return this;
  }

  /** The runs as they are stored: evaluations flat, in `eval.<name>.score` and so on. */
  toRows(): JsonObject[] {
    return this.runs.map((run) => ({ ...runRow(run) }));
  }

  /** The same as an Arrow table, scores as float64. @throws ValidationError naming column and rows when evaluators' metadata mixes types */
  toTable(): Table {
    const table = tableFromRows(this.toRows());
    return tableFromColumns(
      table.schema.fields.flatMap(({ name }, index) => {
        const column = table.getChildAt(index);
        return column === null ? [] : [[name, SCORE.test(name) ? asFloats(column) : column] as const];
      }),
    );
  }

  /** For the test report of a CI system: a test case for each example and each threshold. */
  toJUnit(): string {
    return junitXml(this);
  }

  /** For people: a table of the first runs, failed ones first, and the summary. */
  toText(limits?: TextLimits): string {
    return resultText(this, limits);
  }
}
