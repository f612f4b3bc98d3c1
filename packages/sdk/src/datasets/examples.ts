import { parseGlobalId, type JsonObject } from "@axlab/wire";
import type {
  AnnotateRecordInput,
  DatasetExample,
  DatasetExampleUpdate,
  DatasetVersion,
  DatasetVersionWithExampleIds,
  DeleteDatasetExamplesResponse,
} from "@axlab/wire/rest";

import { Table, type RecordBatch } from "apache-arrow";

import type { ClientContext } from "../context.js";
import { ResolutionError } from "../errors/index.js";
import { dataFrame, type PandasDataFrame } from "../exports/data-frame.js";
import { pagedWithin, type ListOptions, type Paged } from "../pagination/index.js";
import { datasetId } from "../resolve/index.js";
import type { InSpace } from "../resources/projects.js";
import { chunksOf, sendChunks } from "../rows/chunks.js";
import { jsonRows } from "../rows/json.js";
import type { CallOptions } from "../transport/types.js";
import { asJsonRows, type ExampleData } from "./source.js";
import { batchesOfVersion, rowsOfVersion, type ExampleRow, type WholeVersion } from "./whole.js";

/** Examples per request. */
export const MAX_EXAMPLES = 1000;
const LARGEST_PAGE = 500;
const MEGABYTE = 1024 * 1024;

const LEAVE_OUT = "is set by the platform: leave it out";
const SET_BY_PLATFORM = { id: LEAVE_OUT, created_at: LEAVE_OUT, updated_at: LEAVE_OUT } as const;
const TIMES_SET_BY_PLATFORM = { created_at: LEAVE_OUT, updated_at: LEAVE_OUT } as const;

/** Which version of a dataset; default the latest. */
export interface InVersion extends InSpace {
  /** Id or name of a dataset version. */
  readonly version?: string | undefined;
}

interface AppendChunks extends CallOptions {
  readonly landed?: number;
  readonly told?: (rows: number) => void;
  readonly dataset_version_id?: string | undefined;
}

/** The examples of a dataset (`spec/rest.md` §3.10): the user's fields flat beside `id`, `created_at`, `updated_at`. */
export class DatasetExamples {
  readonly #context: ClientContext;

  constructor(context: ClientContext) {
    this.#context = context;
  }

  /** Oldest first. Pages of 500 unless `limit` says otherwise. */
  list(
    dataset: string,
    { space, version, limit = LARGEST_PAGE, cursor, ...options }: InVersion & ListOptions = {},
  ): Paged<DatasetExample> {
    return pagedWithin(
      async () => {
        const dataset_id = await datasetId(this.#context, dataset, space, options);
        return { dataset_id, dataset_version_id: await this.#versionId(dataset_id, version, options) };
      },
      async ({ dataset_id, dataset_version_id }, at) => {
        const query = { dataset_version_id, limit, cursor: at };
        const page = await this.#context.rest.get("/v2/datasets/{dataset_id}/examples", {
          path: { dataset_id },
          query,
          ...options,
        });
        return { items: page.examples, pagination: page.pagination };
      },
      cursor,
    );
  }

  /**
   * A whole version over Flight, batch by batch as it arrives, with bounded memory; leaving the loop early ends the transfer. Columns are the
   * user's with `id`, `created_at` and `updated_at` (milliseconds).
   */
  batches(dataset: string, options: WholeVersion = {}): AsyncGenerator<RecordBatch, void, undefined> {
    return batchesOfVersion(this.#context, dataset, options);
  }

  /** A whole version as one Arrow table. */
  async toTable(dataset: string, options: WholeVersion = {}): Promise<Table> {
    const batches: RecordBatch[] = [];
    for await (const batch of this.batches(dataset, options)) batches.push(batch);
    return new Table(batches);
  }

  /** A whole version as objects: times are Dates, objects of JSON columns are parsed. */
  async toRows(dataset: string, options: WholeVersion = {}): Promise<ExampleRow[]> {
    const rows: ExampleRow[] = [];
    for await (const batch of this.batches(dataset, options)) for (const row of rowsOfVersion(batch)) rows.push(row);
    return rows;
  }

  /** A whole version as a pandas-js DataFrame. */
  toDataFrame(dataset: string, options: WholeVersion = {}): Promise<PandasDataFrame> {
    return dataFrame(this.batches(dataset, options), false);
  }

  /**
   * Adds examples, in requests of at most 1000. The answer holds all new ids in the order given.
   * @throws ValidationError; PartialWriteError when a later request failed
   */
  async append(
    dataset: string,
    examples: ExampleData,
    { space, version, ...options }: InVersion = {},
  ): Promise<DatasetVersionWithExampleIds> {
    const rows = await asJsonRows(examples, SET_BY_PLATFORM);
    const dataset_id = await datasetId(this.#context, dataset, space, options);
    const dataset_version_id = await this.#versionId(dataset_id, version, options);
    return this.appendChunks(dataset_id, this.#chunks(rows), { dataset_version_id, ...options });
  }

  /** @internal For `Datasets.create`, which has stored `landed` rows before. */
  async appendChunks(
    dataset_id: string,
    chunks: readonly JsonObject[][],
    { landed = 0, told, dataset_version_id, ...options }: AppendChunks,
  ): Promise<DatasetVersionWithExampleIds> {
    const collected = collector();
    let sent = landed;
    await sendChunks(chunks, { resource: "dataset", id: () => dataset_id, landed }, async (examples) => {
      const query = { dataset_version_id };
      const input = { path: { dataset_id }, query, body: { examples }, ...options };
      collected.add(await this.#context.rest.post("/v2/datasets/{dataset_id}/examples", input));
      told?.((sent += examples.length));
    });
    return collected.result();
  }

  /**
   * Changes fields of examples, found by `id`; other fields keep their values, unknown ids are ignored. With `newVersion` the changes
   * go into a new version of that name and the old one stays as it was.
   * @throws ValidationError; ConflictError for a version name that is taken; PartialWriteError when a later request failed
   */
  async update(
    dataset: string,
    examples: readonly DatasetExampleUpdate[],
    { space, version, newVersion, ...options }: InVersion & { readonly newVersion?: string | undefined } = {},
  ): Promise<DatasetVersionWithExampleIds> {
    const rows = jsonRows("examples", examples, TIMES_SET_BY_PLATFORM);
    const dataset_id = await datasetId(this.#context, dataset, space, options);
    const collected = collector();
    const dataset_version_id = await this.#versionId(dataset_id, version, options);
    let at = { query: { dataset_version_id }, new_version: newVersion };
    await sendChunks(this.#chunks(rows), { resource: "dataset", id: () => dataset_id }, async (chunk) => {
      const body = { examples: chunk, new_version: at.new_version };
      const answer = await this.#context.rest.patch("/v2/datasets/{dataset_id}/examples", {
        path: { dataset_id },
        query: at.query,
        body,
        ...options,
      });
      collected.add(answer);
      at = { query: { dataset_version_id: answer.dataset_version_id }, new_version: undefined };
    });
    return collected.result();
  }

  /** Deletes examples from one version. `completed: false` means that some are left: call again. */
  async delete(
    dataset: string,
    ids: readonly string[],
    { space, version, ...options }: InVersion = {},
  ): Promise<DeleteDatasetExamplesResponse> {
    const dataset_id = await datasetId(this.#context, dataset, space, options);
    const dataset_version_id =
      (await this.#versionId(dataset_id, version, options)) ?? (await this.#latestVersion(dataset_id, options));
    const total: DeleteDatasetExamplesResponse = {
      completed: true,
      deleted_example_ids: [],
      not_deleted_example_ids: [],
    };
    await sendChunks(this.#chunks([...ids]), { resource: "dataset", id: () => dataset_id }, async (example_ids) => {
      const body = { dataset_version_id, example_ids };
      const answer = await this.#context.rest.delete("/v2/datasets/{dataset_id}/examples", {
        path: { dataset_id },
        body,
        ...options,
      });
      total.completed &&= answer.completed;
      total.deleted_example_ids.push(...answer.deleted_example_ids);
      total.not_deleted_example_ids.push(...answer.not_deleted_example_ids);
    });
    return total;
  }

  /** Sets annotations by example id and annotation-config name; unknown ids are ignored by the platform. */
  async annotate(
    dataset: string,
    annotations: readonly AnnotateRecordInput[],
    { space, ...options }: InSpace = {},
  ): Promise<void> {
    const dataset_id = await datasetId(this.#context, dataset, space, options);
    await sendChunks(this.#chunks(annotations), { resource: "dataset", id: () => dataset_id }, async (chunk) => {
      const input = { path: { dataset_id }, body: { annotations: chunk }, ...options };
      await this.#context.rest.post("/v2/datasets/{dataset_id}/examples/annotate", input);
    });
  }

  #chunks<Row>(rows: readonly Row[]): Row[][] {
    return chunksOf(rows, { maxRows: MAX_EXAMPLES, maxBytes: this.#context.config.maxHttpPayloadSizeMb * MEGABYTE });
  }

  /** @throws ResolutionError when the dataset has no version of that name */
  async #versionId(dataset_id: string, version: string | undefined, options: CallOptions): Promise<string | undefined> {
    if (version === undefined || parseGlobalId(version) !== null) return version;
    const versions = await this.#versions(dataset_id, options);
    const found = versions.find(({ name }) => name === version);
    if (found !== undefined) return found.id;
    const names = versions.map(({ name }) => `"${name}"`).join(", ");
    throw new ResolutionError(`Dataset ${dataset_id} has no version named "${version}"; it has ${names}`);
  }

  async #latestVersion(dataset_id: string, options: CallOptions): Promise<string> {
    const latest = (await this.#versions(dataset_id, options))[0]?.id;
    if (latest === undefined) throw new ResolutionError(`Dataset ${dataset_id} has no version`);
    return latest;
  }

  async #versions(dataset_id: string, options: CallOptions): Promise<readonly DatasetVersion[]> {
    const input = { path: { dataset_id }, ...options };
    return (await this.#context.rest.get("/v2/datasets/{dataset_id}", input)).versions ?? [];
  }
}

/** Puts the answers of several requests together: the last version, all ids. */
function collector() {
  let last: DatasetVersionWithExampleIds | undefined;
  const ids: string[] = [];
  return {
    add(answer: DatasetVersionWithExampleIds): void {
      last = answer;
      ids.push(...answer.example_ids);
    },
    result(): DatasetVersionWithExampleIds {
      if (last === undefined) throw new ResolutionError("No example was sent");
      return { ...last, example_ids: ids };
    },
  };
}
