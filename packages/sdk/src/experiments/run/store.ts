import type { Experiment, ExperimentRun } from "@axlab/wire/rest";

import type { ClientContext } from "../../context.js";
import { Paged } from "../../pagination/index.js";
import { JsonText } from "../../transport/json-text.js";
import { path } from "../../transport/path.js";
import type { CallOptions } from "../../transport/types.js";
import { rowsOf, type RunStore, type WrittenRun } from "./writer.js";

const LARGEST_PAGE = 500;

export interface NewExperiment {
  readonly name: string;
  readonly dataset_id: string;
}

/** An experiment on the platform: made with its first runs, unless it is there already. */
export class StoredExperiment implements RunStore {
  readonly #context: ClientContext;
  readonly #target: NewExperiment;
  #experiment: Experiment | undefined;

  constructor(context: ClientContext, target: NewExperiment, experiment?: Experiment) {
    this.#context = context;
    this.#target = target;
    this.#experiment = experiment;
  }

  get experiment(): Experiment | undefined {
    return this.#experiment;
  }

  async append(runs: readonly WrittenRun[], doubtful: boolean, signal: AbortSignal): Promise<void> {
    const missing = doubtful ? await this.#notStored(runs, signal) : runs;
    if (missing.length === 0) return;
    const { rest, transport } = this.#context;
    if (this.#experiment === undefined) {
      const body = { ...this.#target, experiment_runs: rowsOf(missing) };
      this.#experiment = await rest.post("/v2/experiments", { body, signal });
      return;
    }
    // Past the typed client, which would check once more what was checked run by run, and hold the tasks up for it.
    const body = new JsonText(`{"experiment_runs":[${missing.map(({ text }) => text).join(",")}]}`);
    await transport.request({ method: "POST", path: path`/v2/experiments/${this.#experiment.id}/runs`, body, signal });
  }

  /** An example has one run, so a run is stored when its example has one. */
  async #notStored(runs: readonly WrittenRun[], signal: AbortSignal): Promise<readonly WrittenRun[]> {
    const { name, dataset_id } = this.#target;
    this.#experiment ??= await experimentNamed(this.#context, dataset_id, name, { signal });
    if (this.#experiment === undefined) return runs;
    const stored = new Set<unknown>();
    for await (const run of runsOf(this.#context, this.#experiment.id, { signal })) stored.add(run.example_id);
    return runs.filter(({ exampleId }) => !stored.has(exampleId));
  }
}

/** The runs of an experiment, in the order they were stored. */
export function runsOf(context: ClientContext, experiment_id: string, options: CallOptions): Paged<ExperimentRun> {
  return new Paged(async (cursor) => {
    const page = await context.rest.get("/v2/experiments/{experiment_id}/runs", {
      path: { experiment_id },
      query: { limit: LARGEST_PAGE, cursor },
      ...options,
    });
    return { items: page.experiment_runs, pagination: page.pagination };
  });
}

/** The experiment of exactly this name, when the dataset has one. */
export async function experimentNamed(
  context: ClientContext,
  dataset_id: string,
  name: string,
  options: CallOptions,
): Promise<Experiment | undefined> {
  const filter = [...name].slice(0, 255).join("");
  const containing = new Paged(async (cursor) => {
    const query = { dataset_id, name: filter, limit: 100, cursor };
    const page = await context.rest.get("/v2/experiments", { query, ...options });
    return { items: page.experiments, pagination: page.pagination };
  });
  for await (const experiment of containing) if (experiment.name === name) return experiment;
  return undefined;
}
