import { type JsonObject, type JsonValue } from "@axlab/wire";
import type {
  AnnotateRecordInput,
  Experiment,
  ExperimentRun,
  ExperimentRunInput,
  ExperimentWithRunIds,
} from "@axlab/wire/rest";

import type { ClientContext } from "../context.js";
import { ConfigurationError, ResolutionError, ValidationError } from "../errors/index.js";
import { pagedWithin, type ListOptions, type Paged } from "../pagination/index.js";
import { datasetId, experimentId, optionalSpaceId, spaceId, type ExperimentPlace } from "../resolve/index.js";
import { chunksOf, jsonBytes, sendChunks } from "../rows/chunks.js";
import { jsonRows } from "../rows/json.js";
import type { CallOptions } from "../transport/types.js";
import { checkResume, checkRun } from "./check-call.js";
import { compareOutcomes, type ExperimentComparison } from "./compare.js";
import { isExperimentsPort } from "./flight-port.js";
import type { ExperimentResult } from "./results/result.js";
import { outcomeOf, outputText } from "./results/rows.js";
import { Examples } from "./run/examples.js";
import { carryOut, checkSettings } from "./run/run.js";
import { experimentNamed, runsOf, StoredExperiment } from "./run/store.js";
import type { ResumeExperiment, RunExperiment } from "./settings.js";
import { startTraces, tracing } from "./traces/start.js";
import type { ExperimentOutcome } from "./types.js";

const MAX_RUNS = 1000;
const LARGEST_PAGE = 500;
const MEGABYTE = 1024 * 1024;
const DRY_RUN_EXAMPLES = 10;

export interface ListExperiments extends ListOptions, ExperimentPlace {
  /** Part of the name, in any case. */
  readonly name?: string | undefined;
}

/** A run to store. `output` that is not text is stored as JSON text; other fields lie flat beside it. */
export interface RunInput {
  readonly output: JsonValue;
  /** Needed when the experiment belongs to a dataset. */
  readonly example_id?: string | undefined;
  readonly [field: string]: JsonValue | undefined;
}

export interface CreateExperiment extends ExperimentPlace {
  readonly name: string;
  readonly runs: readonly RunInput[];
  /**
   * `rest` sends JSON, 1000 runs a request; `flight` sends Arrow in one stream, for which a column must hold one type and the experiment
   * needs a dataset. Default: `rest` below `maxHttpPayloadSizeMb` (8 MB, measured as JSON) and without a dataset, else `flight`.
   */
  readonly via?: "rest" | "flight" | undefined;
}

/** Where an experiment given by name is looked for, and call options. */
export type InPlace = ExperimentPlace & CallOptions;

/** Experiments: running a task over a dataset, and what came of it (`spec/rest.md` §3.11). Given by id, or by name with `dataset` or `space`. */
export class Experiments {
  readonly #context: ClientContext;

  constructor(context: ClientContext) {
    this.#context = context;
  }

  /**
   * Runs a task over the examples of a dataset, evaluates the outputs, and stores all of it as an experiment, as it comes: what is finished
   * when the process ends is not lost, and `resume` goes on with the rest.
   * @throws ValidationError before any task for settings that cannot be meant and a name that is taken; ExperimentStoppedError with
   *   `exitOnError`; ExperimentAbortedError; ExperimentNotStoredError, which holds the outcomes, when runs cannot be stored
   */
  async run(settings: RunExperiment): Promise<ExperimentResult> {
    checkRun(settings);
    checkSettings(settings);
    const { dataset, space, version, dryRun, signal } = settings;
    const name = settings.name.trim();
    const context = this.#context;
    const options = { signal };
    const dataset_id = await datasetId(context, dataset, space, options);
    const wanted = dryRun === true ? DRY_RUN_EXAMPLES : dryRun || Number.POSITIVE_INFINITY;
    const examples = new Examples(context, { dataset_id, version, wanted, ...options });
    const nothing = { name, examples, store: undefined, stored: new Map(), traces: undefined };
    if (dryRun) return carryOut(context, nothing, settings);
    examples.begin();
    refuseTaken(name, await experimentNamed(context, dataset_id, name, options));
    const wantTraces = await tracing(settings.traces);
    const started = wantTraces && (await startTraces(context, { name, dataset_id, ...wantTraces }, options));
    const store = new StoredExperiment(context, { name, dataset_id }, started?.experiment);
    return carryOut(context, { ...nothing, store, traces: started?.traces }, settings);
  }

  /**
   * Goes on with an experiment that was interrupted: runs what has no run yet and answers the result of the whole. Runs with an error
   * are finished runs. The outputs of earlier runs are texts, as they are stored. Of two processes that resume one experiment at the same
   * time, both run what is missing.
   * @throws as `run`; ValidationError for an experiment without a dataset
   */
  async resume(experiment: string, settings: ResumeExperiment): Promise<ExperimentResult> {
    checkResume(experiment, settings);
    checkSettings(settings);
    const { dataset, space, signal } = settings;
    const context = this.#context;
    const options = { signal };
    const entry = await this.get(experiment, { dataset, space, ...options });
    const { id, name, dataset_id } = entry;
    if (dataset_id == null)
      throw new ValidationError("Bad experiment", [
        { path: "experiment", message: `${id} is not about a dataset: it has no examples to run over` },
      ]);
    const stored = new Map<string, ExperimentOutcome>();
    for await (const run of runsOf(context, id, options)) stored.set(run.example_id ?? "", outcomeOf(run));
    const version = settings.version ?? entry.dataset_version_id ?? undefined;
    const examples = new Examples(context, { dataset_id, version, wanted: Number.POSITIVE_INFINITY, ...options });
    const store = new StoredExperiment(context, { name, dataset_id }, entry);
    const wantTraces = await tracing(settings.traces);
    const started =
      wantTraces && (await startTraces(context, { name, dataset_id, experiment: entry, ...wantTraces }, options));
    return carryOut(context, { name, examples, store, stored, traces: started?.traces }, settings);
  }

  /**
   * Sets two experiments side by side, example by example and in sum. Each is given by id, or by name with `dataset` or `space`; whichever
   * client made it.
   */
  async compare(
    baseline: string,
    candidate: string,
    { dataset, space, ...options }: InPlace = {},
  ): Promise<ExperimentComparison> {
    const outcomes = async (experiment: string) => {
      const id = await experimentId(this.#context, experiment, { dataset, space }, options);
      return (await runsOf(this.#context, id, options).toArray()).map(outcomeOf);
    };
    return compareOutcomes(await outcomes(baseline), await outcomes(candidate));
  }

  /** Stores runs made elsewhere. With `dataset` each run names its `example_id`; without it the experiment belongs to the space. */
  async create({ name, dataset, space, runs, via }: CreateExperiment, options: CallOptions = {}): Promise<Experiment> {
    const rows = runRows(runs);
    const large = dataset !== undefined && jsonBytes(rows) >= this.#maxBytes;
    if (via === "flight" || (via === undefined && large))
      return this.#createByFlight(name, dataset, space, rows, options);
    const place =
      dataset === undefined
        ? { space_id: await spaceId(this.#context, space, options) }
        : { dataset_id: await datasetId(this.#context, dataset, space, options) };
    return this.#store({ name, ...place }, rows, options);
  }

  list({ dataset, space, name, limit, cursor }: ListExperiments = {}, options: CallOptions = {}): Paged<Experiment> {
    return pagedWithin(
      async () =>
        dataset === undefined
          ? { space_id: await optionalSpaceId(this.#context, space, options) }
          : { dataset_id: await datasetId(this.#context, dataset, space, options) },
      async (place, at) => {
        const page = await this.#context.rest.get("/v2/experiments", {
          query: { ...place, name, limit, cursor: at },
          ...options,
        });
        return { items: page.experiments, pagination: page.pagination };
      },
      cursor,
    );
  }

  /** Without its runs. */
  async get(experiment: string, { dataset, space, ...options }: InPlace = {}): Promise<Experiment> {
    const experiment_id = await experimentId(this.#context, experiment, { dataset, space }, options);
    return this.#context.rest.get("/v2/experiments/{experiment_id}", { path: { experiment_id }, ...options });
  }

  async delete(experiment: string, { dataset, space, ...options }: InPlace = {}): Promise<void> {
    const experiment_id = await experimentId(this.#context, experiment, { dataset, space }, options);
    await this.#context.rest.delete("/v2/experiments/{experiment_id}", { path: { experiment_id }, ...options });
  }

  /** In the order they were stored. Pages of 500 unless `limit` says otherwise. */
  runs(
    experiment: string,
    { dataset, space, limit = LARGEST_PAGE, cursor, ...options }: InPlace & ListOptions = {},
  ): Paged<ExperimentRun> {
    return pagedWithin(
      () => experimentId(this.#context, experiment, { dataset, space }, options),
      async (experiment_id, at) => {
        const input = { path: { experiment_id }, query: { limit, cursor: at }, ...options };
        const page = await this.#context.rest.get("/v2/experiments/{experiment_id}/runs", input);
        return { items: page.experiment_runs, pagination: page.pagination };
      },
      cursor,
    );
  }

  /** `run_ids` are in the order of the runs given. @throws PartialWriteError when a later of several requests failed */
  async appendRuns(
    experiment: string,
    runs: readonly RunInput[],
    { dataset, space, ...options }: InPlace = {},
  ): Promise<ExperimentWithRunIds> {
    const rows = runRows(runs);
    const experiment_id = await experimentId(this.#context, experiment, { dataset, space }, options);
    return this.#append(experiment_id, this.#chunks(rows), 0, options);
  }

  /** Sets annotations by run id and annotation-config name. */
  async annotateRuns(
    experiment: string,
    annotations: readonly AnnotateRecordInput[],
    { dataset, space, ...options }: InPlace = {},
  ): Promise<void> {
    const experiment_id = await experimentId(this.#context, experiment, { dataset, space }, options);
    await sendChunks(this.#chunks(annotations), { resource: "experiment", id: () => experiment_id }, async (chunk) => {
      const input = { path: { experiment_id }, body: { annotations: chunk }, ...options };
      await this.#context.rest.post("/v2/experiments/{experiment_id}/runs/annotate", input);
    });
  }

  async #createByFlight(
    name: string,
    dataset: string | undefined,
    space: string | undefined,
    runs: readonly ExperimentRunInput[],
    options: CallOptions,
  ): Promise<Experiment> {
    if (dataset === undefined)
      throw new ValidationError("Bad experiment", [
        { path: "dataset", message: 'is required to send runs by Flight: name one, or use via: "rest"' },
      ]);
    const id = await datasetId(this.#context, dataset, space, options);
    const { space_id } = await this.#context.rest.get("/v2/datasets/{dataset_id}", {
      path: { dataset_id: id },
      ...options,
    });
    const flight = await this.#context.flight();
    if (!isExperimentsPort(flight)) throw new ConfigurationError("The Flight client given registers no experiments");
    const made = await flight.createExperiment({ spaceId: space_id, datasetId: id, name, runs }, options);
    return this.get(made.experimentId, options);
  }

  async #store(
    target: { name: string; dataset_id?: string; space_id?: string },
    rows: readonly ExperimentRunInput[],
    options: CallOptions,
  ) {
    const [first = [], ...rest] = this.#chunks(rows);
    const experiment = await this.#context.rest.post("/v2/experiments", {
      body: { ...target, experiment_runs: first },
      ...options,
    });
    if (rest.length > 0) await this.#append(experiment.id, rest, first.length, options);
    return experiment;
  }

  async #append(
    experiment_id: string,
    chunks: readonly ExperimentRunInput[][],
    landed: number,
    options: CallOptions,
  ): Promise<ExperimentWithRunIds> {
    let last: ExperimentWithRunIds | undefined;
    const run_ids: string[] = [];
    await sendChunks(chunks, { resource: "experiment", id: () => experiment_id, landed }, async (experiment_runs) => {
      last = await this.#context.rest.post("/v2/experiments/{experiment_id}/runs", {
        path: { experiment_id },
        body: { experiment_runs },
        ...options,
      });
      run_ids.push(...last.run_ids);
    });
    if (last === undefined) throw new ResolutionError("No run was sent");
    return { ...last, run_ids };
  }

  #chunks<Row>(rows: readonly Row[]): Row[][] {
    return chunksOf(rows, { maxRows: MAX_RUNS, maxBytes: this.#maxBytes });
  }

  get #maxBytes(): number {
    return this.#context.config.maxHttpPayloadSizeMb * MEGABYTE;
  }
}

function refuseTaken(name: string, taken: Experiment | undefined): void {
  if (taken === undefined) return;
  const message = `the dataset has an experiment ${JSON.stringify(name)} (${taken.id}): choose another name, or go on with it by experiments.resume`;
  throw new ValidationError("Bad experiment", [{ path: "name", message }]);
}

function runRows(runs: readonly RunInput[]): ExperimentRunInput[] {
  const present = runs.map((run) => Object.fromEntries(Object.entries(run).filter(isPresent)));
  return jsonRows<JsonObject>("runs", present).map((run, index) => {
    if (run["output"] === undefined)
      throw new ValidationError("Bad runs", [{ path: `runs[${index}].output`, message: "is required" }]);
    return { ...run, output: outputText(run["output"]) };
  });
}

function isPresent(field: [string, JsonValue | undefined]): field is [string, JsonValue] {
  return field[1] !== undefined;
}
