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
  EvaluatorInput,
  ExperimentOutcome,
  Task,
  TaskContext,
  TokenUsage,
} from "../types.js";
import { isPromise, type Deadlines, type Stop } from "./limits.js";
import { withRetries, type RetryLimits } from "./rate-limits.js";

export interface Work {
  readonly task: Task;
  readonly evaluators: readonly Evaluator[];
  readonly deadlines: Deadlines;
  readonly retry: RetryLimits;
  readonly exitOnError: boolean;
  readonly clock: Clock;
  readonly random: () => number;
  readonly signal: AbortSignal;
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
  const facts = () => {
    const tokens = sumTokens(usages);
    return {
      exampleId: example.id,
      milliseconds: clock.now() - started,
      ...(tokens && { tokens }),
      ...(span && { trace: span.trace }),
    };
  };
  let output: JsonValue;
  try {
    const returned = await guarded(work, span, "The task", (stop, attempt) =>
      task(example, new Context(stop, attempt, report)),
    );
    output = jsonOutput(returned);
  } catch (error) {
    span?.end(taskAttributes(undefined, sumTokens(usages)), asError(error));
    const problem = textOf(error);
    giveUp(work, error, example, `the task failed: ${problem}`);
    return { ...facts(), error: problem, evaluations: {} };
  }
  const outcome = { ...facts(), output };
  span?.end(taskAttributes(output, outcome.tokens));
  const evaluations: [string, Evaluation][] = [];
  for (const evaluator of evaluators)
    evaluations.push([evaluator.name, await evaluateOne(evaluator, example, output, work)]);
  return { ...outcome, evaluations: Object.fromEntries(evaluations) };
}

async function evaluateOne(
  { name, evaluate }: Evaluator,
  example: DatasetExample,
  output: JsonValue,
  work: Work,
): Promise<Evaluation> {
  const span = work.tracer?.evaluation(name);
  const trace = span && { trace: span.trace };
  const failed = (problem: string, cause?: unknown): Evaluation => {
    const error = `Evaluator ${name} failed on example ${example.id}: ${problem}`;
    span?.end(
      {},
      cause === undefined ? new ValidationError(`Evaluator ${name}`, [{ path: "", message: problem }]) : asError(cause),
    );
    giveUp(work, cause, example, error);
    return { error, ...trace };
  };
  try {
    const given = guarded(work, span, "It", (stop) => evaluate(new Input(example, output, stop)));
    const value = isPromise(given) ? await given : given;
    const evaluation = toEvaluation(value);
    if (evaluation.error !== undefined) return failed(`it ${evaluation.error}`);
    span?.end(evaluationAttributes(evaluation));
    return { ...evaluation, ...trace };
  } catch (error) {
    if (error instanceof ExperimentStoppedError) throw error;
    return failed(textOf(error), error);
  }
}

function guarded<Result>(
  { clock, deadlines, retry, random, signal }: Work,
  span: OpenSpan | undefined,
  what: string,
  call: (stop: Stop, attempt: number) => Result | Promise<Result>,
): Result | Promise<Result> {
  const within = span ? (stop: Stop, attempt: number) => span.within(() => call(stop, attempt)) : call;
  return withRetries(within, { clock, deadlines, retry, random, signal, what });
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
function giveUp({ exitOnError, signal }: Work, error: unknown, { id }: DatasetExample, what: string): void {
  if (error instanceof AbortError && signal.aborted) throw error;
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
