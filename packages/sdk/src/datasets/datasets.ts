import type { Dataset } from "@axlab/wire/rest";

import type { ClientContext } from "../context.js";
import { pagedWithin, type ListOptions, type Paged } from "../pagination/index.js";
import { datasetId, optionalSpaceId, spaceId } from "../resolve/index.js";
import type { InSpace } from "../resources/projects.js";
import { chunksOf, jsonBytes } from "../rows/chunks.js";
import { jsonRows } from "../rows/json.js";
import type { CallOptions } from "../transport/types.js";
import { DatasetExamples, MAX_EXAMPLES, SET_BY_PLATFORM } from "./examples.js";

export interface ListDatasets extends ListOptions {
  /** Id or name. Default: the client's `spaceId`, else every space the key may see. */
  readonly space?: string | undefined;
  /** Part of the name, in any case. */
  readonly name?: string | undefined;
}

export interface CreateDataset {
  readonly name: string;
  /** Id or name. Default: the client's `spaceId`. */
  readonly space?: string | undefined;
  /** At least one. Flat records of JSON values, without `id`, `created_at` and `updated_at`, which the platform sets. */
  readonly examples: readonly object[];
  /**
   * `rest` sends JSON, 1000 examples a request; `flight` sends Arrow in one stream, for which a column must hold one type. Default: `rest`
   * below `maxHttpPayloadSizeMb` (8 MB, measured as JSON), else `flight`.
   */
  readonly via?: "rest" | "flight" | undefined;
}

const MEGABYTE = 1024 * 1024;

/** Datasets and their examples (`spec/rest.md` §3.10). A dataset is given by id, or by name with its space. */
export class Datasets {
  /** The rows of a dataset. */
  readonly examples: DatasetExamples;
  readonly #context: ClientContext;

  constructor(context: ClientContext) {
    this.#context = context;
    this.examples = new DatasetExamples(context);
  }

  /** Newest first, without `versions`. */
  list({ space, name, limit, cursor }: ListDatasets = {}, options: CallOptions = {}): Paged<Dataset> {
    return pagedWithin(
      () => optionalSpaceId(this.#context, space, options),
      async (space_id, at) => {
        const page = await this.#context.rest.get("/v2/datasets", {
          query: { space_id, name, limit, cursor: at },
          ...options,
        });
        return { items: page.datasets, pagination: page.pagination };
      },
      cursor,
    );
  }

  /** With its `versions`, newest first. */
  async get(dataset: string, { space, ...options }: InSpace = {}): Promise<Dataset> {
    const dataset_id = await datasetId(this.#context, dataset, space, options);
    return this.#context.rest.get("/v2/datasets/{dataset_id}", { path: { dataset_id }, ...options });
  }

  /**
   * Creates a dataset with its examples, choosing REST or Flight by their measured size.
   * @throws ValidationError for an example that is no JSON record, naming row and field; ConflictError for a name that is taken;
   *   PartialWriteError when REST took several requests and a later one failed
   */
  async create({ name, space, examples, via }: CreateDataset, options: CallOptions = {}): Promise<Dataset> {
    const rows = jsonRows("examples", examples, SET_BY_PLATFORM);
    const maxBytes = this.#context.config.maxHttpPayloadSizeMb * MEGABYTE;
    const large = jsonBytes(rows) >= maxBytes;
    const space_id = await spaceId(this.#context, space, options);
    if (via === "flight" || (via === undefined && large)) {
      const flight = await this.#context.flight();
      const { datasetId } = await flight.createDataset({ spaceId: space_id, name, examples: rows }, options);
      return this.get(datasetId, options);
    }
    const [first = [], ...rest] = chunksOf(rows, { maxRows: MAX_EXAMPLES, maxBytes });
    const dataset = await this.#context.rest.post("/v2/datasets", {
      body: { name, space_id, examples: first },
      ...options,
    });
    if (rest.length > 0) await this.examples.appendChunks(dataset.id, rest, first.length, options);
    return dataset;
  }

  /** @throws ConflictError when the space has a dataset of that name */
  async rename(dataset: string, name: string, { space, ...options }: InSpace = {}): Promise<Dataset> {
    const dataset_id = await datasetId(this.#context, dataset, space, options);
    return this.#context.rest.patch("/v2/datasets/{dataset_id}", { path: { dataset_id }, body: { name }, ...options });
  }

  /** Cannot be undone. */
  async delete(dataset: string, { space, ...options }: InSpace = {}): Promise<void> {
    const dataset_id = await datasetId(this.#context, dataset, space, options);
    await this.#context.rest.delete("/v2/datasets/{dataset_id}", { path: { dataset_id }, ...options });
  }
}
