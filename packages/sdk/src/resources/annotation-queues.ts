import type {
  AnnotatedQueueRecord,
  AnnotationInput,
  AnnotationQueue,
  AnnotationQueueRecord,
  AnnotationQueueRecordInput,
  AssignedQueueRecord,
  CreateAnnotationQueueRequest,
} from "@axlab/wire/rest";

import type { ClientContext } from "../context.js";
import type { Paged } from "../pagination/index.js";
import { pagedWithin, type ListOptions } from "../pagination/index.js";
import { annotationConfigId, annotationQueueId, optionalSpaceId, spaceId } from "../resolve/index.js";
import type { CallOptions } from "../transport/types.js";
import type { InSpace, ListInSpace } from "./inputs.js";

export interface CreateAnnotationQueue extends Pick<
  CreateAnnotationQueueRequest,
  "name" | "annotator_emails" | "instructions" | "assignment_method" | "record_sources"
> {
  /** Id or name. Default: the client's `spaceId`. */
  readonly space?: string | undefined;
  /** Ids or names of annotation configs of the space; at least one. */
  readonly annotation_configs: readonly string[];
}

/** Lists replace what was there; `instructions: null` clears them. */
export interface UpdateAnnotationQueue {
  readonly name?: string | undefined;
  readonly instructions?: string | null | undefined;
  readonly annotation_configs?: readonly string[] | undefined;
  readonly annotator_emails?: string[] | undefined;
}

/** Records that wait for people to annotate them (`spec/rest.md` §3.15). A queue is given by id, or by name with its space. */
export class AnnotationQueues {
  readonly #context: ClientContext;

  constructor(context: ClientContext) {
    this.#context = context;
  }

  list({ space, name, limit, cursor }: ListInSpace = {}, options: CallOptions = {}): Paged<AnnotationQueue> {
    return pagedWithin(
      () => optionalSpaceId(this.#context, space, options),
      async (space_id, at) => {
        const query = { space_id, name, limit, cursor: at };
        const page = await this.#context.rest.get("/v2/annotation-queues", { query, ...options });
        return { items: page.annotation_queues, pagination: page.pagination };
      },
      cursor,
    );
  }

  async get(queue: string, { space, ...options }: InSpace = {}): Promise<AnnotationQueue> {
    const path = await this.#pathOf(queue, space, options);
    return this.#context.rest.get("/v2/annotation-queues/{annotation_queue_id}", { path, ...options });
  }

  /** @throws ConflictError when the space has a queue of that name */
  async create(
    { space, annotation_configs, ...queue }: CreateAnnotationQueue,
    options: CallOptions = {},
  ): Promise<AnnotationQueue> {
    const space_id = await spaceId(this.#context, space, options);
    const annotation_config_ids = await this.#configIds(annotation_configs, space_id, options);
    const body = { ...queue, space_id, annotation_config_ids };
    return this.#context.rest.post("/v2/annotation-queues", { body, ...options });
  }

  async update(
    queue: string,
    { annotation_configs, ...changes }: UpdateAnnotationQueue,
    { space, ...options }: InSpace = {},
  ): Promise<AnnotationQueue> {
    const path = await this.#pathOf(queue, space, options);
    const annotation_config_ids = annotation_configs && (await this.#configIds(annotation_configs, space, options));
    const body = { ...changes, ...(annotation_config_ids && { annotation_config_ids }) };
    return this.#context.rest.patch("/v2/annotation-queues/{annotation_queue_id}", { path, body, ...options });
  }

  /** Annotations that were made stay with what was annotated. */
  async delete(queue: string, { space, ...options }: InSpace = {}): Promise<void> {
    const path = await this.#pathOf(queue, space, options);
    await this.#context.rest.delete("/v2/annotation-queues/{annotation_queue_id}", { path, ...options });
  }

  /** With their data as it is now. */
  records(
    queue: string,
    { space, limit, cursor }: ListOptions & InSpace = {},
    options: CallOptions = {},
  ): Paged<AnnotationQueueRecord> {
    return pagedWithin(
      () => this.#pathOf(queue, space, options),
      async (path, at) => {
        const input = { path, query: { limit, cursor: at }, ...options };
        const page = await this.#context.rest.get("/v2/annotation-queues/{annotation_queue_id}/records", input);
        return { items: page.records, pagination: page.pagination };
      },
      cursor,
    );
  }

  /** One or two sources, 500 records at most; what waits already is not added again. All or none. */
  async addRecords(
    queue: string,
    sources: readonly AnnotationQueueRecordInput[],
    { space, ...options }: InSpace = {},
  ): Promise<AnnotationQueueRecord[]> {
    const path = await this.#pathOf(queue, space, options);
    const input = { path, body: { record_sources: [...sources] }, ...options };
    const added = await this.#context.rest.post("/v2/annotation-queues/{annotation_queue_id}/records", input);
    return added.record_sources;
  }

  /** At most 100; ids that are not of the queue are passed over. */
  async deleteRecords(
    queue: string,
    record_ids: readonly string[],
    { space, ...options }: InSpace = {},
  ): Promise<void> {
    const path = await this.#pathOf(queue, space, options);
    const input = { path, body: { record_ids: [...record_ids] }, ...options };
    await this.#context.rest.delete("/v2/annotation-queues/{annotation_queue_id}/records", input);
  }

  /** Written where the record lies; a field that is left out keeps its value. */
  async annotate(
    queue: string,
    record_id: string,
    annotations: readonly AnnotationInput[],
    { space, ...options }: InSpace = {},
  ): Promise<AnnotatedQueueRecord> {
    const path = { ...(await this.#pathOf(queue, space, options)), annotation_queue_record_id: record_id };
    return this.#context.rest.post(
      "/v2/annotation-queues/{annotation_queue_id}/records/{annotation_queue_record_id}/annotate",
      { path, body: { annotations: [...annotations] }, ...options },
    );
  }

  /** Replaces who is to annotate the record; everybody begins anew. None clears. */
  async assign(
    queue: string,
    record_id: string,
    emails: readonly string[],
    { space, ...options }: InSpace = {},
  ): Promise<AssignedQueueRecord> {
    const path = { ...(await this.#pathOf(queue, space, options)), annotation_queue_record_id: record_id };
    return this.#context.rest.post(
      "/v2/annotation-queues/{annotation_queue_id}/records/{annotation_queue_record_id}/assign",
      { path, body: { assigned_user_emails: [...emails] }, ...options },
    );
  }

  async #pathOf(
    queue: string,
    space: string | undefined,
    options: CallOptions,
  ): Promise<{ annotation_queue_id: string }> {
    return { annotation_queue_id: await annotationQueueId(this.#context, queue, space, options) };
  }

  async #configIds(configs: readonly string[], space: string | undefined, options: CallOptions): Promise<string[]> {
    const ids: string[] = [];
    for (const config of configs) ids.push(await annotationConfigId(this.#context, config, space, options));
    return ids;
  }
}
