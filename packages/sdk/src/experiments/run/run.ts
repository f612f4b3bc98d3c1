import type { DatasetExample, Experiment } from "@axlab/wire/rest";

import type { ClientContext } from "../../context.js";
import { ValidationError, type ValidationIssue } from "../../errors/client.js";
import { ExperimentAbortedError, ExperimentNotStoredError, ExperimentStoppedError } from "../../errors/experiments.js";
import { terminal } from "../../node/terminal.js";
import { onAbort } from "../../transport/abort.js";
import { abortError } from "../../transport/clock.js";
import { namedEvaluators } from "../evaluators/named.js";
import { checkThresholds } from "../results/gate.js";
import { ExperimentResult } from "../results/result.js";
import { runRow } from "../results/rows.js";
import type { RunSettings } from "../settings.js";
import type { TracesReport } from "../traces/sender.js";
import type { Traces } from "../traces/start.js";
import type { Evaluator, ExperimentOutcome } from "../types.js";
import type { Examples } from "./examples.js";
import { Watch } from "./limits.js";
import { forEachAtOnce } from "./pool.js";
import { runOne, type Work } from "./run-one.js";
import type { StoredExperiment } from "./store.js";
import { RunWriter } from "./writer.js";

const CONCURRENCY = 3;
const TIMEOUT = 120_000;
const MAX_RUNS = 1000;
const MEGABYTE = 1024 * 1024;
/** After an abort the caller wants to be gone: what is finished is stored within this time, or not at all. */
const HURRY = 10_000;

/** An experiment that is ready to go. */
export interface Plan {
  readonly name: string;
  readonly examples: Examples;
  /** Absent for a dry run. */
  readonly store: StoredExperiment | undefined;
  /** Runs that are stored already, by example. */
  readonly stored: ReadonlyMap<string, ExperimentOutcome>;
  readonly traces: Traces | undefined;
}

/** @throws ValidationError for settings that cannot be meant; before any request */
export function checkSettings({
  concurrency = CONCURRENCY,
  timeout = TIMEOUT,
  retry,
  evaluators,
  failUnder = {},
}: RunSettings): readonly Evaluator[] {
  const issues: ValidationIssue[] = [];
  if (!Number.isInteger(concurrency) || concurrency < 1)
    issues.push({ path: "concurrency", message: "must be a whole number from 1" });
  if (!(timeout >= 0)) issues.push({ path: "timeout", message: "must be a number of milliseconds from 0" });
  const { attempts = 1 } = retry ?? {};
  if (!Number.isInteger(attempts) || attempts < 1)
    issues.push({ path: "retry.attempts", message: "must be a whole number from 1" });
  if (issues.length > 0) throw new ValidationError("Bad experiment", issues);
  const named = namedEvaluators(evaluators);
  checkThresholds(
    failUnder,
    named.map(({ name }) => name),
  );
  return named;
}

/** Runs what is not stored yet, a bounded number at once, and stores it as it comes. The result is in the order of the examples. */
export async function carryOut(context: ClientContext, plan: Plan, settings: RunSettings): Promise<ExperimentResult> {
  const execution = new Execution(context, plan, settings);
  const failure = await execution.run();
  let experiment: Experiment | undefined;
  let traces: TracesReport | undefined;
  try {
    experiment = await execution.store(failure);
  } finally {
    traces = await plan.traces?.close();
  }
  if (failure) throw execution.explained(failure.error);
  const { runs, resumed } = execution;
  const result = new ExperimentResult({
    name: plan.name,
    experiment,
    runs,
    resumed,
    failUnder: settings.failUnder ?? {},
    traces,
  });
  printed(result, settings.print);
  return result;
}

class Execution {
  readonly #plan: Plan;
  readonly #settings: RunSettings;
  readonly #stop = new AbortController();
  readonly #work: Work;
  readonly #writer: RunWriter | undefined;
  /** By index of the example. */
  readonly #outcomes: (ExperimentOutcome | undefined)[] = [];
  #done = 0;
  #failed = 0;
  #resumed = 0;

  constructor(context: ClientContext, plan: Plan, settings: RunSettings) {
    this.#plan = plan;
    this.#settings = settings;
    const { task, retry = {}, timeout = TIMEOUT, exitOnError = false } = settings;
    const { clock, config } = context;
    const tracer = plan.traces?.tracer;
    const evaluators = checkSettings(settings);
    const watch = new Watch(clock, timeout, this.#stop.signal);
    this.#work = { task, evaluators, watch, retry, exitOnError, clock, random: Math.random, tracer };
    const limits = { maxRows: MAX_RUNS, maxBytes: config.maxHttpPayloadSizeMb * MEGABYTE };
    const onFailure = (error: unknown) => this.#stop.abort(error);
    this.#writer = plan.store && new RunWriter(plan.store, { clock, limits, onFailure });
  }

  get runs(): ExperimentOutcome[] {
    return this.#outcomes.filter((outcome) => outcome !== undefined);
  }

  get resumed(): number {
    return this.#resumed;
  }

  /** @returns what ended it early */
  async run(): Promise<{ readonly error: unknown } | undefined> {
    const { signal, concurrency = CONCURRENCY } = this.#settings;
    const release = onAbort(signal, () => this.#stop.abort(signal?.reason));
    try {
      if (signal?.aborted) throw abortError(signal);
      await forEachAtOnce(this.#plan.examples, concurrency, (example, index) => this.#one(example, index));
      return undefined;
    } catch (error) {
      return { error };
    } finally {
      release();
      // Tasks still under way after a failure are told to stop.
      this.#stop.abort();
    }
  }

  /** Waits until all that is finished is stored. @throws ExperimentNotStoredError */
  async store(failure: { readonly error: unknown } | undefined): Promise<Experiment | undefined> {
    const { store, name } = this.#plan;
    try {
      await this.#writer?.close(failure && HURRY);
    } catch (error) {
      const unstored = this.#writer?.unstored ?? [];
      const experimentId = store?.experiment?.id;
      throw new ExperimentNotStoredError(name, { experimentId, runs: this.runs, unstored }, error);
    }
    return store?.experiment;
  }

  /** The failure, with where to go on. */
  explained(error: unknown): unknown {
    const experimentId = this.#plan.store?.experiment?.id;
    const { signal } = this.#settings;
    if (signal?.aborted) return new ExperimentAbortedError(abortError(signal).message, this.runs, experimentId);
    return error instanceof ExperimentStoppedError ? error.within(experimentId) : error;
  }

  async #one(example: DatasetExample, index: number): Promise<void> {
    const stored = this.#plan.stored.get(example.id);
    if (stored) this.#resumed += 1;
    const outcome = stored ?? (await runOne(example, this.#work));
    this.#outcomes[index] = outcome;
    this.#done += 1;
    if (outcome.error !== undefined) this.#failed += 1;
    if (stored) return;
    this.#writer?.add(runRow(outcome));
    const { total } = this.#plan.examples;
    const { concurrency = CONCURRENCY, onProgress } = this.#settings;
    if (total !== undefined && total - this.#done < concurrency) this.#writer?.hurry();
    const progress = { done: this.#done, ...(total === undefined ? {} : { total }), failed: this.#failed, outcome };
    onProgress?.(progress);
  }
}

function printed(result: ExperimentResult, print: boolean | undefined): void {
  const out = terminal();
  if (out && (print ?? out.isTerminal)) out.write(`${result.toText({ width: out.columns })}`);
}
