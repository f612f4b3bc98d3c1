import type { ExperimentRunInput } from "@axlab/wire/rest";

import type { ExperimentOutcome } from "../experiments/types.js";
import { ArizeError } from "./base.js";
import { AbortError } from "./client.js";

/** A task or evaluator of an experiment took longer than its timeout. */
export class TaskTimeoutError extends ArizeError {
  override readonly name: string = "TaskTimeoutError";
}

/** For tasks and evaluators to throw when a model says "not now": the call is repeated after `retryAfter` seconds, or with backoff. */
export class RateLimitedError extends ArizeError {
  override readonly name: string = "RateLimitedError";
  /** Seconds. */
  readonly retryAfter: number | undefined;

  constructor(message: string, { retryAfter, ...options }: ErrorOptions & { readonly retryAfter?: number } = {}) {
    super(message, options);
    this.retryAfter = retryAfter;
  }
}

/** A judge's prompt cannot be filled in, or its completion holds none of its labels. */
export class JudgeError extends ArizeError {
  override readonly name: string = "JudgeError";
}

/** An experiment with `exitOnError` stopped at its first failure. `cause` is what the task or evaluator threw. */
export class ExperimentStoppedError extends ArizeError {
  override readonly name: string = "ExperimentStoppedError";
  readonly exampleId: string;
  /** Of the experiment that holds the runs finished before; `experiments.resume` goes on with it. */
  readonly experimentId: string | undefined;
  readonly #what: string;

  constructor(exampleId: string, what: string, cause: unknown, experimentId?: string) {
    super(`The experiment was stopped at example ${exampleId}: ${what}${resumable(experimentId)}`, { cause });
    this.exampleId = exampleId;
    this.experimentId = experimentId;
    this.#what = what;
  }

  /** @internal The same of an experiment that is stored by now. */
  within(experimentId: string | undefined): ExperimentStoppedError {
    return new ExperimentStoppedError(this.exampleId, this.#what, this.cause, experimentId);
  }
}

/** The caller's signal ended an experiment. What was finished by then is stored. Named `AbortError`, as every abort. */
export class ExperimentAbortedError extends AbortError {
  /** Absent when no run was finished. */
  readonly experimentId: string | undefined;
  /** Finished, in the order of the examples. */
  readonly runs: readonly ExperimentOutcome[];

  constructor(reason: string, runs: readonly ExperimentOutcome[], experimentId?: string) {
    super(`${reason}${resumable(experimentId)}`);
    this.runs = runs;
    this.experimentId = experimentId;
  }
}

/**
 * Finished runs could not be stored, and the experiment was ended. No result is lost: `runs` holds all that was finished, `unstored`
 * what the platform has not acknowledged, ready for `appendRuns(experimentId, unstored)` or, without an id, `create`.
 */
export class ExperimentNotStoredError extends ArizeError {
  override readonly name: string = "ExperimentNotStoredError";
  readonly experimentId: string | undefined;
  readonly runs: readonly ExperimentOutcome[];
  readonly unstored: readonly ExperimentRunInput[];

  constructor(
    name: string,
    { experimentId, runs, unstored }: Pick<ExperimentNotStoredError, "experimentId" | "runs" | "unstored">,
    cause: unknown,
  ) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(
      `Experiment ${JSON.stringify(name)}: ${unstored.length} of ${runs.length} finished runs are not stored: ${reason}${resumable(experimentId)}`,
      { cause },
    );
    this.experimentId = experimentId;
    this.runs = runs;
    this.unstored = unstored;
  }
}

/** An evaluator whose mean score is below what `failUnder` asks for. */
export interface Shortfall {
  readonly evaluator: string;
  /** Over all examples; one without a score counts as 0. */
  readonly mean: number;
  readonly needed: number;
}

/** Thrown by `result.requirePassed()`. */
export class BelowThresholdError extends ArizeError {
  override readonly name: string = "BelowThresholdError";
  readonly shortfalls: readonly Shortfall[];

  constructor(experiment: string, shortfalls: readonly Shortfall[]) {
    const each = shortfalls.map(({ evaluator, mean, needed }) => `${evaluator} is ${mean}, below ${needed}`);
    super(`Experiment ${JSON.stringify(experiment)} did not pass: ${each.join("; ")}`);
    this.shortfalls = shortfalls;
  }
}

function resumable(experimentId: string | undefined): string {
  return experimentId === undefined ? "" : `. Go on with experiments.resume(${JSON.stringify(experimentId)}, …)`;
}
