import type { JsonValue } from "@axlab/wire";
import type { DatasetExample } from "@axlab/wire/rest";

/** Tokens that a task or an evaluator has used. What is reported several times for one example is added up. */
export interface TokenUsage {
  readonly prompt?: number | undefined;
  readonly completion?: number | undefined;
  /** Default: the sum of the others. */
  readonly total?: number | undefined;
}

export interface TaskContext {
  /** Aborted when the task's time is up or the experiment ends early: hand it on, so that the call is really ended. */
  readonly signal: AbortSignal;
  /** 1 at first; more after a rate limit. */
  readonly attempt: number;
  /** Tells the tokens used, for the summary and the stored run. */
  readonly report: (usage: TokenUsage) => void;
}

/** What is tried out: makes an output from an example. The output must be JSON. */
export type Task = (example: DatasetExample, context: TaskContext) => unknown;

export interface EvaluatorInput {
  readonly example: DatasetExample;
  /** What the task returned. */
  readonly output: JsonValue;
  readonly signal: AbortSignal;
}

/** The parts of an evaluation; a score or a label is needed. Metadata that is not text, number or truth is stored as JSON text. */
export interface EvaluationParts {
  readonly score?: number | boolean | null | undefined;
  readonly label?: string | null | undefined;
  readonly explanation?: string | null | undefined;
  readonly metadata?: Readonly<Record<string, JsonValue>> | null | undefined;
}

/**
 * A number is a score, a string a label, a boolean both (1 `True`, 0 `False`), a pair score and explanation, a triple score, label and
 * explanation (`spec/flight.md` §6.7). An object needs a score or a label.
 */
export type EvaluationValue =
  | number
  | boolean
  | string
  | readonly [score: number | boolean, explanation: string | null]
  | readonly [score: number | boolean | null, label: string | null, explanation: string | null]
  | EvaluationParts;

export type EvaluatorFunction = (input: EvaluatorInput) => EvaluationValue | Promise<EvaluationValue>;

export interface Evaluator {
  /** Names the columns `eval.<name>.score`, `.label`, `.explanation`. */
  readonly name: string;
  readonly evaluate: EvaluatorFunction;
}

/** One evaluator, a list of them, or evaluators by name. A function that is not given by name has its own. */
export type Evaluators =
  | Evaluator
  | EvaluatorFunction
  | readonly (Evaluator | EvaluatorFunction)[]
  | Readonly<Record<string, Evaluator | EvaluatorFunction>>;

/** Where the span of a task or an evaluator is found. */
export interface TraceReference {
  /** 32 hexadecimal digits. */
  readonly id: string;
  /** Start of its span, in milliseconds since 1970. */
  readonly timestamp: number;
}

export interface Evaluation {
  readonly score?: number;
  readonly label?: string;
  readonly explanation?: string;
  readonly metadata?: Readonly<Record<string, JsonValue>>;
  /** Why there is no score or label, with the names of evaluator and example: it threw, took too long, or returned something else. */
  readonly error?: string;
  readonly trace?: TraceReference;
}

/** What came of one example. Exactly one of `output` and `error` is there. */
export interface ExperimentOutcome {
  readonly exampleId: string;
  readonly output?: JsonValue;
  readonly error?: string;
  /** By evaluator name; empty for a failed task. */
  readonly evaluations: Readonly<Record<string, Evaluation>>;
  /** How long the task took, waits for rate limits included. Absent for a run that another client made. */
  readonly milliseconds?: number;
  readonly tokens?: TokenUsage;
  readonly trace?: TraceReference;
}

export interface Progress {
  /** Runs finished, those of an earlier call included when the experiment was resumed. */
  readonly done: number;
  /** Absent while the examples are still being read. */
  readonly total?: number;
  /** Of those done, how many tasks failed. */
  readonly failed: number;
  readonly outcome: ExperimentOutcome;
}
