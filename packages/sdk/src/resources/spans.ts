import type {
  AnnotateRecordInput,
  DeleteSpansResponse,
  ListSpansRequest,
  RecordGranularity,
  Span,
  Trace,
} from "@axlab/wire/rest";

import type { ClientContext } from "../context.js";
import { pagedWithin, type ListOptions, type Paged } from "../pagination/index.js";
import { projectId } from "../resolve/index.js";
import { chunksOf, sendChunks } from "../rows/chunks.js";
import type { CallOptions } from "../transport/types.js";
import { timeText, type InSpace, type TimeInput } from "./inputs.js";

const MAX_DELETED = 5_000;
const MAX_ANNOTATED = 1_000;
const MEGABYTE = 1024 * 1024;

/** When the spans began. */
interface Window {
  /** Inclusive. */
  readonly start_time?: TimeInput | undefined;
  /** Exclusive; of annotations inclusive. Default: now. */
  readonly end_time?: TimeInput | undefined;
}

/** Spans or traces that began in the window; by default the last 7 days. */
export interface ListSpans extends ListOptions, Window {
  /** Id or name. Default: the client's `spaceId`. */
  readonly space?: string | undefined;
  /** SQL-like, e.g. `status_code = 'ERROR'`. Of traces: those with at least one such span. */
  readonly filter?: string | undefined;
}

/** Default window: the last 2 years. */
export interface DeleteSpans extends InSpace, Window {}

/** Default window, and the longest: the last 31 days. */
export interface AnnotateSpans extends InSpace, Window {
  /** What is annotated: the spans, or through root spans their traces. Default SPAN. */
  readonly granularity?: RecordGranularity | undefined;
}

/**
 * Spans and traces of a project, by REST (`spec/rest.md` §3.12, §3.13). The project is given by id, or by name with its space. Many at once
 * go and come faster by `logger` and `exports`.
 */
export class Spans {
  readonly #context: ClientContext;

  constructor(context: ClientContext) {
    this.#context = context;
  }

  /** Newest first. `limit` is 500 at most. */
  list(project: string, { space, limit, cursor, ...chosen }: ListSpans = {}, options: CallOptions = {}): Paged<Span> {
    return pagedWithin(
      () => this.#selection(project, space, chosen, options),
      async (body, at) => {
        const page = await this.#context.rest.post("/v2/spans", { query: { limit, cursor: at }, body, ...options });
        return { items: page.spans, pagination: page.pagination };
      },
      cursor,
    );
  }

  /** Newest first, each with its spans of the window, 1000 at most. `limit` is 50 at most. */
  traces(
    project: string,
    { space, limit, cursor, ...chosen }: ListSpans = {},
    options: CallOptions = {},
  ): Paged<Trace> {
    return pagedWithin(
      () => this.#selection(project, space, chosen, options),
      async (body, at) => {
        const page = await this.#context.rest.post("/v2/traces", { query: { limit, cursor: at }, body, ...options });
        return { items: page.traces, pagination: page.pagination };
      },
      cursor,
    );
  }

  /**
   * Sets annotations by span id and annotation-config name; a field that is left out keeps its value. All of a request of 1000 or none.
   * @throws NotFoundError when a span is not in the window; BadRequestError for a config that the space does not have;
   *   PartialWriteError when a later request failed
   */
  async annotate(
    project: string,
    annotations: readonly AnnotateRecordInput[],
    { space, start_time, end_time, granularity, ...options }: AnnotateSpans = {},
  ): Promise<void> {
    const project_id = await projectId(this.#context, project, space, options);
    const window = windowTexts({ start_time, end_time });
    const target = { resource: "project", id: () => project_id } as const;
    await sendChunks(this.#chunks(annotations, MAX_ANNOTATED), target, async (chunk) => {
      const body = { project_id, annotations: chunk, ...window, granularity };
      await this.#context.rest.post("/v2/spans/annotate", { body, ...options });
    });
  }

  /**
   * Deletes spans with what was said of them; cannot be undone. Ids that no span of the window has come back as not deleted.
   * `completed: false` means that some are left: call again with all of them.
   * @throws PartialWriteError when a later request, each of 5000, failed
   */
  async delete(
    project: string,
    span_ids: readonly string[],
    { space, start_time, end_time, ...options }: DeleteSpans = {},
  ): Promise<DeleteSpansResponse> {
    const project_id = await projectId(this.#context, project, space, options);
    const window = windowTexts({ start_time, end_time });
    const total: DeleteSpansResponse = { completed: true, deleted_span_ids: [], not_deleted_span_ids: [] };
    const target = { resource: "project", id: () => project_id } as const;
    await sendChunks(this.#chunks(span_ids, MAX_DELETED), target, async (chunk) => {
      const body = { project_id, span_ids: chunk, ...window };
      const answer = await this.#context.rest.delete("/v2/spans", { body, ...options });
      total.completed &&= answer.completed;
      total.deleted_span_ids.push(...answer.deleted_span_ids);
      total.not_deleted_span_ids.push(...answer.not_deleted_span_ids);
    });
    return total;
  }

  #chunks<Row>(rows: readonly Row[], maxRows: number): Row[][] {
    return chunksOf(rows, { maxRows, maxBytes: this.#context.config.maxHttpPayloadSizeMb * MEGABYTE });
  }

  async #selection(
    project: string,
    space: string | undefined,
    { filter, ...window }: Window & Pick<ListSpans, "filter">,
    options: CallOptions,
  ): Promise<ListSpansRequest> {
    const project_id = await projectId(this.#context, project, space, options);
    return { project_id, ...windowTexts(window), filter };
  }
}

const windowTexts = ({ start_time, end_time }: Window) => ({
  start_time: timeText(start_time),
  end_time: timeText(end_time),
});
