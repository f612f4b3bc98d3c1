import type { RetryLimits } from "./run/rate-limits.js";
import type { Evaluators, Progress, Task } from "./types.js";

/** What `run` and `resume` have in common. */
export interface RunSettings {
  readonly task: Task;
  readonly evaluators?: Evaluators | undefined;
  /** Examples worked on at once. Default 3. */
  readonly concurrency?: number | undefined;
  /** Milliseconds for each attempt of a task and each of an evaluator. Default 120 000; 0 waits for ever. */
  readonly timeout?: number | undefined;
  /** How rate limits that tasks and evaluators throw are waited out. Default: up to 5 tries. */
  readonly retry?: RetryLimits | undefined;
  /** End at the first failing task or evaluator. Default: a failure is a run with an error. */
  readonly exitOnError?: boolean | undefined;
  /** The least mean score by evaluator: decides `result.passed`. An example without a score counts as 0. */
  readonly failUnder?: Readonly<Record<string, number>> | undefined;
  /** Send a span of every task and evaluator to the platform. Default: when OpenTelemetry is set up in this process. Node only. */
  readonly traces?: boolean | undefined;
  /** Print table and summary on stdout at the end. Default: when stdout is a terminal. */
  readonly print?: boolean | undefined;
  /** Ends the experiment; what is finished by then is stored. */
  readonly signal?: AbortSignal | undefined;
  /** Called after each example. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

export interface RunExperiment extends RunSettings {
  readonly name: string;
  /** Id or name. */
  readonly dataset: string;
  /** Where a dataset given by name lies. Default: the client's `spaceId`. */
  readonly space?: string | undefined;
  /** Id or name of a dataset version. Default: the latest. */
  readonly version?: string | undefined;
  /** Try it on the first 10 examples, or this many, and store nothing. */
  readonly dryRun?: boolean | number | undefined;
}

export interface ResumeExperiment extends RunSettings {
  /** Where an experiment given by name is looked for. */
  readonly dataset?: string | undefined;
  readonly space?: string | undefined;
  /** Id or name of a dataset version. Default: the one the experiment is about. */
  readonly version?: string | undefined;
}
