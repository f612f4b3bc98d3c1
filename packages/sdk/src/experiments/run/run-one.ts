import { redactSecrets } from "@axlab/auth";
import { isJsonValue, type JsonValue } from "@axlab/wire";
import type { DatasetExample } from "@axlab/wire/rest";

import { AbortError, ValidationError } from "../../errors/client.js";
import { ExperimentStoppedError } from "../../errors/experiments.js";
import { nonJson } from "../../rows/json.js";
import type { Clock } from "../../transport/clock.js";
import { toEvaluation } from "../evaluators/evaluations.js";
import { sumTokens } from "../results/summary.js";
import { evaluationAttributes, taskAttributes, type OpenSpan, type Tracer } from "../traces/tracer.js";
import type {
  Evaluation,
  Evaluator,
  EvaluationValue,
  EvaluatorInput,
  ExperimentOutcome,
  Task,
  TaskContext,
  TokenUsage,
} from "../types.js";
import type { Writable } from "../writable.js";
import { isPromise, type Stop, type Watch } from "./limits.js";
import { withRetries, type RetryLimits } from "./rate-limits.js";

export interface Work {
  readonly task: Task;
  readonly evaluators: readonly Evaluator[];
  readonly watch: Watch;
  readonly retry: RetryLimits;
  readonly exitOnError: boolean;
  readonly clock: Clock;
  readonly random: () => number;
  readonly tracer: Tracer | undefined;
}

/**
 * Runs the task and the evaluators over one example. Their failures are part of the outcome.
 * @throws AbortError; ExperimentStoppedError with `exitOnError`
 */
export async function runOne(example: DatasetExample, work: Work): Promise<ExperimentOutcome> {
  const { clock, evaluators, task, tracer } = work;
  const span = tracer?.task(task.name || "task", example);
  const usages: TokenUsage[] = [];
  const report = (usage: TokenUsage) => void usages.push(withTotal(usage));
  const started = clock.now();
  let output: JsonValue | undefined;
  let error: string | undefined;
  try {
    const returned = guarded(work, span, "The task", (stop, attempt) =>
      task(example, new Context(stop, attempt, report)),
    );
    output = jsonOutput(isPromise(returned) ? await returned : returned);
  } catch (thrown) {
    span?.end(taskAttributes(undefined, sumTokens(usages)), asError(thrown));
    error = textOf(thrown);
    giveUp(work, thrown, example, `the task failed: ${error}`);
  }
  const milliseconds = clock.now() - started;
  const tokens = sumTokens(usages);
  const evaluations: Record<string, Evaluation> = {};
  if (output !== undefined) {
    span?.end(taskAttributes(output, tokens));
    for (const evaluator of evaluators) {
      const evaluation = evaluateOne(evaluator, example, output, work);
      evaluations[evaluator.name] = isPromise(evaluation) ? await evaluation : evaluation;
    }
  }
  const outcome: Writable<ExperimentOutcome> = { exampleId: example.id, evaluations, milliseconds };
  if (output !== undefined) outcome.output = output;
  if (error !== undefined) outcome.error = error;
  if (tokens) outcome.tokens = tokens;
  if (span) outcome.trace = span.trace;
  return outcome;
}

/** @returns a promise only if the evaluator does */
function evaluateOne(
  { name, evaluate }: Evaluator,
  example: DatasetExample,
  output: JsonValue,
  work: Work,
): Evaluation | Promise<Evaluation> {
  const span = work.tracer?.evaluation(name);
  const traced = (evaluation: Evaluation): Evaluation => (span ? { ...evaluation, trace: span.trace } : evaluation);
  const failed = (problem: string, cause: unknown): Evaluation => {
    const error = `Evaluator ${name} failed on example ${example.id}: ${problem}`;
    span?.end({}, asError(cause));
    giveUp(work, cause, example, error);
    return traced({ error });
  };
  const thrown = (error: unknown) => failed(textOf(error), error);
  const judged = (value: EvaluationValue): Evaluation => {
    let evaluation: Evaluation;
    try {
      evaluation = toEvaluation(value);
    } catch (error) {
      return thrown(error);
    }
    if (evaluation.error !== undefined) {
      const problem = `it ${evaluation.error}`;
      return failed(problem, new ValidationError(`Evaluator ${name}`, [{ path: "", message: problem }]));
    }
    span?.end(evaluationAttributes(evaluation));
    return traced(evaluation);
  };
  let value: EvaluationValue | Promise<EvaluationValue>;
  try {
    value = guarded(work, span, "It", (stop) => evaluate(new Input(example, output, stop)));
  } catch (error) {
    return thrown(error);
  }
  return isPromise(value) ? value.then(judged, thrown) : judged(value);
}

function guarded<Result>(
  { clock, watch, retry, random }: Work,
  span: OpenSpan | undefined,
  what: string,
  call: (stop: Stop, attempt: number) => Result | Promise<Result>,
): Result | Promise<Result> {
  const within = span ? (stop: Stop, attempt: number) => span.within(() => call(stop, attempt)) : call;
  return withRetries(within, { clock, watch, retry, random, what });
}

/** What a task is given, its signal made when it is asked for. */
class Context implements TaskContext {
  readonly #stop: Stop;
  readonly attempt: number;
  readonly report: TaskContext["report"];

  constructor(stop: Stop, attempt: number, report: TaskContext["report"]) {
    this.#stop = stop;
    this.attempt = attempt;
    this.report = report;
  }

  get signal(): AbortSignal {
    return this.#stop.signal;
  }
}

/** What an evaluator is given, as `Context`. */
class Input implements EvaluatorInput {
  readonly example: DatasetExample;
  readonly output: JsonValue;
  readonly #stop: Stop;

  constructor(example: DatasetExample, output: JsonValue, stop: Stop) {
    this.example = example;
    this.output = output;
    this.#stop = stop;
  }

  get signal(): AbortSignal {
    return this.#stop.signal;
  }
}

/** Lets what must end the experiment through, and leaves the rest to be recorded. */
function giveUp({ exitOnError, watch }: Work, error: unknown, { id }: DatasetExample, what: string): void {
  if (error instanceof AbortError && watch.signal.aborted) throw error;
  if (exitOnError) throw new ExperimentStoppedError(id, what, error);
}

function jsonOutput(returned: unknown): JsonValue {
  if (returned === undefined)
    throw new ValidationError("The task", [{ path: "", message: "returned nothing; return null to say so" }]);
  if (isJsonValue(returned)) return returned;
  throw new ValidationError("The task's output is not JSON", [
    nonJson(returned, "output") ?? { path: "output", message: "cannot be written" },
  ]);
}

function withTotal(usage: TokenUsage): TokenUsage {
  const { prompt, completion, total } = usage;
  return prompt === undefined && completion === undefined
    ? usage
    : { ...usage, total: total ?? (prompt ?? 0) + (completion ?? 0) };
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new TypeError(textOf(error));
}

function textOf(error: unknown): string {
  return redactSecrets(error instanceof Error ? `${error.name}: ${error.message}` : `thrown: ${String(error)}`);
}
