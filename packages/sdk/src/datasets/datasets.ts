import type { JsonObject } from "@axlab/wire";
import type { Dataset, DatasetVersion } from "@axlab/wire/rest";
import type { RecordBatch } from "apache-arrow";

import type { ClientContext } from "../context.js";
import { ValidationError } from "../errors/client.js";
import { pagedWithin, type ListOptions, type Paged } from "../pagination/index.js";
import { datasetId, optionalSpaceId, spaceId } from "../resolve/index.js";
import type { InSpace } from "../resources/projects.js";
import { nameIssues } from "../rest/validate.js";
import { chunksOf } from "../rows/chunks.js";
import type { CallOptions } from "../transport/types.js";
import { DatasetExamples, MAX_EXAMPLES } from "./examples.js";
import { prepare, type ExampleData, type Prepared } from "./source.js";
import { uploadBatches } from "./upload-batches.js";

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
  /**
   * At least one: row objects, or a table, frame, object of columns, stream of rows or batches, or a Parquet, Arrow, CSV or NDJSON file by path
   * or URL. Without `id`, `created_at` and
   * `updated_at`, which the platform sets; only `via: "flight"` keeps those that are given.
   */
  readonly examples: ExampleData;
  /**
   * `rest` sends JSON, 1000 examples a request; `flight` sends Arrow in one stream, for which a column must hold one type. Default: `rest`
   * below `maxHttpPayloadSizeMb` (8 MB, measured as JSON), else `flight`; columns that JSON has no values for (dates and times, integers
   * beyond 2^53) always by `flight`.
   */
  readonly via?: "rest" | "flight" | undefined;
  /** Hears how far the upload is. */
  readonly onProgress?: ((progress: CreateProgress) => void) | undefined;
}

export interface CreateProgress {
  /** Sent so far. */
  readonly rows: number;
  /** In all; undefined for a stream that does not know. */
  readonly totalRows: number | undefined;
  readonly via: "rest" | "flight";
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

  /** Newest first; the first is the latest. */
  async versions(dataset: string, options: InSpace = {}): Promise<readonly DatasetVersion[]> {
    return (await this.get(dataset, options)).versions ?? [];
  }

  /**
   * Creates a dataset with its examples, choosing REST or Flight by their measured size. By Flight the dataset is there whole or not at all.
   * @throws ValidationError for examples that cannot be kept, naming rows, fields and columns; ConflictError for a name that is taken;
   *   PartialWriteError when REST took several requests and a later one failed
   */
  async create({ name, space, examples, via, onProgress }: CreateDataset, options: CallOptions = {}): Promise<Dataset> {
    checkCreate({ name, via });
    const maxBytes = this.#context.config.maxHttpPayloadSizeMb * MEGABYTE;
    const prepared = await prepare(examples, { via, maxBytes, signal: options.signal });
    if ("rows" in prepared) return this.#byRest({ name, space, onProgress }, prepared.rows, maxBytes, options);
    try {
      return await this.#byFlight({ name, space, onProgress }, prepared, options);
    } finally {
      await prepared.release();
    }
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

  async #byRest(
    { name, space, onProgress }: Omit<CreateDataset, "examples">,
    rows: readonly JsonObject[],
    maxBytes: number,
    options: CallOptions,
  ): Promise<Dataset> {
    const told = (sent: number) => onProgress?.({ rows: sent, totalRows: rows.length, via: "rest" });
    const space_id = await spaceId(this.#context, space, options);
    const [examples = [], ...rest] = chunksOf(rows, { maxRows: MAX_EXAMPLES, maxBytes });
    const dataset = await this.#context.rest.post("/v2/datasets", { body: { name, space_id, examples }, ...options });
    told(examples.length);
    if (rest.length > 0)
      await this.examples.appendChunks(dataset.id, rest, { landed: examples.length, told, ...options });
    return dataset;
  }

  async #byFlight(
    { name, space, onProgress }: Omit<CreateDataset, "examples">,
    { batches, totalRows }: Extract<Prepared, { batches: unknown }>,
    options: CallOptions,
  ): Promise<Dataset> {
    const told = (rows: number) => onProgress?.({ rows, totalRows, via: "flight" });
    const spaceIdOf = await spaceId(this.#context, space, options);
    const flight = await this.#context.flight();
    const now = this.#context.clock.now();
    const upload = { spaceId: spaceIdOf, name, batches: () => counted(uploadBatches(batches(), now), told) };
    const { datasetId } = await flight.createDataset(upload, options);
    return this.get(datasetId, options);
  }
}

/** Callers without types may give anything. */
function checkCreate({ name, via }: { readonly name?: unknown; readonly via?: unknown }): void {
  const issues = nameIssues(name, "the dataset");
  if (via !== undefined && via !== "rest" && via !== "flight")
    issues.push({ path: "via", message: 'must be "rest" or "flight", or be left out' });
  if (issues.length > 0) throw new ValidationError("Bad dataset", issues);
}

async function* counted(
  batches: AsyncIterable<RecordBatch>,
  told: (rows: number) => void,
): AsyncGenerator<RecordBatch, void, undefined> {
  let rows = 0;
  for await (const batch of batches) {
    yield batch;
    told((rows += batch.numRows));
  }
}
