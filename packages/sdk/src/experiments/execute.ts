import { isJsonValue, type JsonValue } from "@axlab/wire";
import type { DatasetExample } from "@axlab/wire/rest";

import { AbortError, ExperimentStoppedError, ValidationError } from "../errors/client.js";
import { nonJson } from "../rows/json.js";
import { onAbort } from "../transport/abort.js";
import { abortError, type Clock } from "../transport/clock.js";
import { namedEvaluators, toEvaluation } from "./evaluate.js";
import { mapPool, withinLimits } from "./pool.js";
import type { Evaluation, Evaluator, ExperimentOutcome, RunExperiment } from "./types.js";

const CONCURRENCY = 3;
const TIMEOUT = 120_000;

type Settings = Pick<
  RunExperiment,
  "task" | "evaluators" | "concurrency" | "timeout" | "exitOnError" | "onProgress" | "signal"
>;

/**
 * Runs task and evaluators over examples, a bounded number at once; answers in the order of the examples.
 * @throws ExperimentStoppedError with `exitOnError`; AbortError
 */
export async function execute(
  examples: readonly DatasetExample[],
  settings: Settings,
  clock: Clock,
): Promise<ExperimentOutcome[]> {
  const evaluators = namedEvaluators(settings.evaluators);
  const concurrency = settings.concurrency ?? CONCURRENCY;
  if (!Number.isInteger(concurrency) || concurrency < 1) {
    throw new ValidationError("Bad experiment", [{ path: "concurrency", message: "must be a whole number from 1" }]);
  }
  const stop = new AbortController();
  const release = onAbort(settings.signal, () => stop.abort(settings.signal?.reason));
  if (settings.signal?.aborted) throw abortError(settings.signal);
  const progress = { done: 0, failed: 0 };
  try {
    return await mapPool(examples, concurrency, async (example) => {
      const outcome = await runOne(example, evaluators, { ...settings, signal: stop.signal }, clock);
      progress.done += 1;
      if (outcome.error !== undefined) progress.failed += 1;
      settings.onProgress?.({ ...progress, total: examples.length, outcome });
      return outcome;
    });
  } finally {
    release();
    // Tasks still under way after a failure are told to stop.
    stop.abort();
  }
}

async function runOne(
  example: DatasetExample,
  evaluators: readonly Evaluator[],
  settings: Settings,
  clock: Clock,
): Promise<ExperimentOutcome> {
  const limits = { clock, timeout: settings.timeout ?? TIMEOUT, signal: settings.signal };
  const started = clock.now();
  const took = () => clock.now() - started;
  let output: JsonValue;
  try {
    const returned = await withinLimits((signal) => settings.task(example, { signal }), {
      ...limits,
      what: "The task",
    });
    output = jsonOutput(returned);
  } catch (error) {
    giveUp(error, "the task failed", example.id, settings);
    return { exampleId: example.id, error: textOf(error), evaluations: {}, milliseconds: took() };
  }
  const milliseconds = took();
  const evaluations: [string, Evaluation][] = [];
  for (const { name, evaluate } of evaluators) {
    try {
      const value = await withinLimits((signal) => evaluate({ example, output, signal }), {
        ...limits,
        what: `Evaluator ${name}`,
      });
      const evaluation = toEvaluation(value);
      if (evaluation.error !== undefined)
        giveUp(undefined, `evaluator ${name} ${evaluation.error}`, example.id, settings);
      evaluations.push([name, evaluation]);
    } catch (error) {
      giveUp(error, `evaluator ${name} failed`, example.id, settings);
      evaluations.push([name, { error: textOf(error) }]);
    }
  }
  return { exampleId: example.id, output, evaluations: Object.fromEntries(evaluations), milliseconds };
}

/** Lets what must end the experiment through, and leaves the rest to be recorded. */
function giveUp(error: unknown, what: string, exampleId: string, { exitOnError, signal }: Settings): void {
  if (error instanceof ExperimentStoppedError || (error instanceof AbortError && signal?.aborted)) throw error;
  if (exitOnError)
    throw new ExperimentStoppedError(exampleId, error === undefined ? what : `${what}: ${textOf(error)}`, error);
}

function jsonOutput(returned: unknown): JsonValue {
  if (returned === undefined)
    throw new ValidationError("The task", [{ path: "", message: "returned nothing; return null to say so" }]);
  if (isJsonValue(returned)) return returned;
  throw new ValidationError("The task's output is not JSON", [
    nonJson(returned, "output") ?? { path: "output", message: "cannot be written" },
  ]);
}

function textOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : `thrown: ${String(error)}`;
}
