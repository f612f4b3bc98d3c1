import type { JsonValue } from "@axlab/wire";
import type { DatasetExample, Experiment } from "@axlab/wire/rest";

import type { CallOptions } from "../transport/types.js";

export interface TaskContext {
  /** Aborted when the task's time is up or the experiment ends early. */
  readonly signal: AbortSignal;
}

/** What is tried out: makes an output from an example. The output must be JSON. */
export type Task = (example: DatasetExample, context: TaskContext) => unknown;

export interface EvaluatorInput {
  readonly example: DatasetExample;
  /** What the task returned. */
  readonly output: JsonValue;
  readonly signal: AbortSignal;
}

/** A number is a score, a string a label, a boolean both (1 `True`, 0 `False`). An object needs a score or a label. */
export type EvaluationValue =
  | number
  | boolean
  | string
  | {
      readonly score?: number | null | undefined;
      readonly label?: string | null | undefined;
      readonly explanation?: string | null | undefined;
    };

export type EvaluatorFunction = (input: EvaluatorInput) => EvaluationValue | Promise<EvaluationValue>;

export interface Evaluator {
  /** Names the columns `eval.<name>.score`, `.label`, `.explanation`. */
  readonly name: string;
  readonly evaluate: EvaluatorFunction;
}

/** Evaluators by name, or a list of evaluators and named functions. */
export type Evaluators = Readonly<Record<string, EvaluatorFunction>> | readonly (Evaluator | EvaluatorFunction)[];

export interface Evaluation {
  readonly score?: number;
  readonly label?: string;
  readonly explanation?: string;
  /** Why there is no score or label: the evaluator threw, or returned something else. */
  readonly error?: string;
}

/** What came of one example. Exactly one of `output` and `error` is there. */
export interface ExperimentOutcome {
  readonly exampleId: string;
  readonly output?: JsonValue;
  readonly error?: string;
  /** By evaluator name; empty for a failed task. */
  readonly evaluations: Readonly<Record<string, Evaluation>>;
  /** How long the task took. */
  readonly milliseconds: number;
}

export interface Progress {
  readonly done: number;
  readonly total: number;
  /** Of those done, how many tasks failed. */
  readonly failed: number;
  readonly outcome: ExperimentOutcome;
}

export interface RunExperiment extends CallOptions {
  readonly name: string;
  /** Id or name. */
  readonly dataset: string;
  /** Where a dataset given by name lies. Default: the client's `spaceId`. */
  readonly space?: string | undefined;
  /** Id of a dataset version. Default: the latest. */
  readonly version?: string | undefined;
  readonly task: Task;
  readonly evaluators?: Evaluators | undefined;
  /** Tasks at once. Default 3. */
  readonly concurrency?: number | undefined;
  /** Milliseconds for each task and each evaluator. Default 120 000; 0 waits for ever. */
  readonly timeout?: number | undefined;
  /** Try it on the first 10 examples, or this many, and store nothing. */
  readonly dryRun?: boolean | number | undefined;
  /** Stop at the first failing task or evaluator and store nothing. Default: a failure is a run with an error. */
  readonly exitOnError?: boolean | undefined;
  /** Called after each example. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

export interface ExperimentResult {
  /** As stored; absent after a dry run. */
  readonly experiment?: Experiment;
  /** In the order of the examples. */
  readonly runs: readonly ExperimentOutcome[];
  readonly failed: number;
  /** Mean score by evaluator, over the examples that have one. */
  readonly scores: Readonly<Record<string, number>>;
}
