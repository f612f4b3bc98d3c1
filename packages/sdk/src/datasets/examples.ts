import type { JsonObject } from "@axlab/wire";
import type {
  AnnotateRecordInput,
  DatasetExample,
  DatasetExampleUpdate,
  DatasetVersionWithExampleIds,
  DeleteDatasetExamplesResponse,
} from "@axlab/wire/rest";

import type { ClientContext } from "../context.js";
import { ResolutionError } from "../errors/index.js";
import { pagedWithin, type ListOptions, type Paged } from "../pagination/index.js";
import { datasetId } from "../resolve/index.js";
import type { InSpace } from "../resources/projects.js";
import { chunksOf, sendChunks } from "../rows/chunks.js";
import { jsonRows } from "../rows/json.js";
import type { CallOptions } from "../transport/types.js";

/** Examples per request. */
export const MAX_EXAMPLES = 1000;
const LARGEST_PAGE = 500;
const MEGABYTE = 1024 * 1024;

const LEAVE_OUT = "is set by the platform: leave it out";
export const SET_BY_PLATFORM = { id: LEAVE_OUT, created_at: LEAVE_OUT, updated_at: LEAVE_OUT } as const;
const TIMES_SET_BY_PLATFORM = { created_at: LEAVE_OUT, updated_at: LEAVE_OUT } as const;

/** Which version of a dataset; default the latest. */
export interface InVersion extends InSpace {
  /** Id of a dataset version. */
  readonly version?: string | undefined;
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
      () => datasetId(this.#context, dataset, space, options),
      async (dataset_id, at) => {
        const query = { dataset_version_id: version, limit, cursor: at };
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
   * Adds examples, in requests of at most 1000. The answer holds all new ids in the order given.
   * @throws ValidationError; PartialWriteError when a later request failed
   */
  async append(
    dataset: string,
    examples: readonly object[],
    { space, version, ...options }: InVersion = {},
  ): Promise<DatasetVersionWithExampleIds> {
    const rows = jsonRows("examples", examples, SET_BY_PLATFORM);
    const dataset_id = await datasetId(this.#context, dataset, space, options);
    return this.appendChunks(dataset_id, this.#chunks(rows), 0, options, version);
  }

  /** @internal For `Datasets.create`, which has stored `landed` rows before. */
  async appendChunks(
    dataset_id: string,
    chunks: readonly JsonObject[][],
    landed: number,
    options: CallOptions,
    dataset_version_id?: string,
  ): Promise<DatasetVersionWithExampleIds> {
    const collected = collector();
    await sendChunks(chunks, { resource: "dataset", id: () => dataset_id, landed }, async (examples) => {
      const query = { dataset_version_id };
      const input = { path: { dataset_id }, query, body: { examples }, ...options };
      collected.add(await this.#context.rest.post("/v2/datasets/{dataset_id}/examples", input));
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
    let at = { query: { dataset_version_id: version }, new_version: newVersion };
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
    const dataset_version_id = version ?? (await this.#latestVersion(dataset_id, options));
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

  async #latestVersion(dataset_id: string, options: CallOptions): Promise<string> {
    const { versions } = await this.#context.rest.get("/v2/datasets/{dataset_id}", {
      path: { dataset_id },
      ...options,
    });
    const latest = versions?.[0]?.id;
    if (latest === undefined) throw new ResolutionError(`Dataset ${dataset_id} has no version`);
    return latest;
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
