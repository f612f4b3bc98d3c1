import { type JsonObject, type JsonValue } from "@axlab/wire";
import type {
  AnnotateRecordInput,
  DatasetExample,
  Experiment,
  ExperimentRun,
  ExperimentRunInput,
  ExperimentWithRunIds,
} from "@axlab/wire/rest";

import type { ClientContext } from "../context.js";
import { DatasetExamples } from "../datasets/examples.js";
import { ResolutionError, ValidationError } from "../errors/index.js";
import { pagedWithin, type ListOptions, type Paged } from "../pagination/index.js";
import { datasetId, experimentId, optionalSpaceId, spaceId, type ExperimentPlace } from "../resolve/index.js";
import { chunksOf, sendChunks } from "../rows/chunks.js";
import { jsonRows } from "../rows/json.js";
import type { CallOptions } from "../transport/types.js";
import { execute } from "./execute.js";
import { ExperimentNotStoredError } from "./not-stored.js";
import { outputText, runRow } from "./rows.js";
import { meanScores } from "./scores.js";
import type { ExperimentResult, RunExperiment } from "./types.js";

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
   * Runs a task over the examples of a dataset, evaluates the outputs, and stores all of it as an experiment.
   * @throws ValidationError before any task when the name is taken; ExperimentStoppedError with `exitOnError`; AbortError;
   *   ExperimentNotStoredError, which holds the outcomes, when all is done and storing it fails
   */
  async run(settings: RunExperiment): Promise<ExperimentResult> {
    const { name, dataset, space, version, dryRun, signal } = settings;
    const options = { signal };
    const dataset_id = await datasetId(this.#context, dataset, space, options);
    if (!dryRun) await this.#refuseTakenName(name, dataset_id, options);
    const examples = await this.#examples(dataset_id, version, dryRun, options);
    const runs = await execute(examples, settings, this.#context.clock);
    const failed = runs.filter(({ error }) => error !== undefined).length;
    const result = { runs, failed, scores: meanScores(runs) };
    if (dryRun) return result;
    try {
      const experiment = await this.#store({ name, dataset_id }, runs.map(runRow), options);
      return { ...result, experiment };
    } catch (cause) {
      throw new ExperimentNotStoredError(name, runs, cause);
    }
  }

  /** Stores runs made elsewhere. With `dataset` each run names its `example_id`; without it the experiment belongs to the space. */
  async create({ name, dataset, space, runs }: CreateExperiment, options: CallOptions = {}): Promise<Experiment> {
    const rows = runRows(runs);
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

  async #examples(
    dataset_id: string,
    version: string | undefined,
    dryRun: RunExperiment["dryRun"],
    options: CallOptions,
  ): Promise<DatasetExample[]> {
    const wanted = dryRun === true ? DRY_RUN_EXAMPLES : dryRun || Number.POSITIVE_INFINITY;
    const examples: DatasetExample[] = [];
    const limit = Math.min(wanted, LARGEST_PAGE);
    for await (const example of new DatasetExamples(this.#context).list(dataset_id, { version, limit, ...options })) {
      if (examples.push(example) >= wanted) break;
    }
    if (examples.length > 0) return examples;
    throw new ValidationError("Bad experiment", [
      { path: "dataset", message: `${dataset_id} has no examples to run over` },
    ]);
  }

  async #refuseTakenName(name: string, dataset_id: string, options: CallOptions): Promise<void> {
    const same = this.list({ dataset: dataset_id, name: [...name].slice(0, 255).join(""), limit: 100 }, options);
    for await (const experiment of same) {
      if (experiment.name !== name) continue;
      throw new ValidationError("Bad experiment", [
        { path: "name", message: `the dataset has an experiment ${JSON.stringify(name)} (${experiment.id})` },
      ]);
    }
  }

  #chunks<Row>(rows: readonly Row[]): Row[][] {
    return chunksOf(rows, { maxRows: MAX_RUNS, maxBytes: this.#context.config.maxHttpPayloadSizeMb * MEGABYTE });
  }
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
