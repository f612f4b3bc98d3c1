import type { AnnotateRecordInput, DeleteSpansResponse, RecordGranularity, Span } from "@axlab/wire/rest";

import type { ClientContext } from "../context.js";
import { pagedWithin, type ListOptions, type Paged } from "../pagination/index.js";
import { projectId } from "../resolve/index.js";
import { chunksOf } from "../rows/chunks.js";
import type { CallOptions } from "../transport/types.js";
import { timeText, type TimeInput } from "./inputs.js";
import type { InSpace } from "./projects.js";

/** When spans began: `startTime` inclusive, `endTime` exclusive. */
export interface SpanWindow {
  readonly startTime?: TimeInput | undefined;
  /** Default: now. */
  readonly endTime?: TimeInput | undefined;
}

export interface ListSpans extends ListOptions, SpanWindow {
  /** Where a project given by name lies: id or name. Default: the client's `spaceId`. */
  readonly space?: string | undefined;
  /** SQL-like, e.g. `status_code = 'ERROR' and span_kind = 'LLM'`. */
  readonly filter?: string | undefined;
}

export interface DeleteSpans extends InSpace, SpanWindow {}

export interface AnnotateSpans extends InSpace, SpanWindow {
  /** `TRACE`: the ids are those of root spans, and their traces are annotated. Default `SPAN`. */
  readonly granularity?: RecordGranularity | undefined;
}

const MOST_DELETED = 5000;
const MOST_ANNOTATED = 1000;

/** Spans of a project (`spec/rest.md` §3.12). A project is given by id, or by name with its space. To log spans: `client.logger`. */
export class Spans {
  readonly #context: ClientContext;

  constructor(context: ClientContext) {
    this.#context = context;
  }

  /** Newest first, of the last seven days unless `startTime` says otherwise; at most 500 a page. */
  list(
    project: string,
    { space, startTime, endTime, filter, limit, cursor }: ListSpans = {},
    options: CallOptions = {},
  ): Paged<Span> {
    return pagedWithin(
      () => projectId(this.#context, project, space, options),
      async (project_id, at) => {
        const page = await this.#context.rest.post("/v2/spans", {
          query: { limit, cursor: at },
          body: { project_id, start_time: timeText(startTime), end_time: timeText(endTime), filter },
          ...options,
        });
        return { items: page.spans, pagination: page.pagination };
      },
      cursor,
    );
  }

  /**
   * Cannot be undone. Looks for the spans in the last two years unless `startTime` says otherwise; ids beyond 5000 go in several requests.
   * @returns ids that no span of the window has as not deleted; `completed: false` means that some may be left: call again with all of them
   */
  async delete(
    project: string,
    spanIds: readonly string[],
    { space, startTime, endTime, ...options }: DeleteSpans = {},
  ): Promise<DeleteSpansResponse> {
    const project_id = await projectId(this.#context, project, space, options);
    const total: DeleteSpansResponse = { completed: true, deleted_span_ids: [], not_deleted_span_ids: [] };
    for (const span_ids of chunksOf(spanIds, { maxRows: MOST_DELETED, maxBytes: Number.POSITIVE_INFINITY })) {
      const answer = await this.#context.rest.delete("/v2/spans", {
        body: { project_id, span_ids, start_time: timeText(startTime), end_time: timeText(endTime) },
        ...options,
      });
      total.completed &&= answer.completed;
      total.deleted_span_ids.push(...answer.deleted_span_ids);
      total.not_deleted_span_ids.push(...answer.not_deleted_span_ids);
    }
    return total;
  }

  /**
   * Sets annotations by span id (`record_id`) and annotation-config name; a field that is left out keeps its value. Looks for the spans in the
   * last 31 days unless `startTime` says otherwise. More than 1000 go in several requests, in their order.
   * @throws NotFoundError when a span is not in the window: nothing of that request was written
   */
  async annotate(
    project: string,
    annotations: readonly AnnotateRecordInput[],
    { space, startTime, endTime, granularity, ...options }: AnnotateSpans = {},
  ): Promise<void> {
    const project_id = await projectId(this.#context, project, space, options);
    for (const chunk of chunksOf(annotations, { maxRows: MOST_ANNOTATED, maxBytes: Number.POSITIVE_INFINITY }))
      await this.#context.rest.post("/v2/spans/annotate", {
        body: {
          project_id,
          annotations: chunk,
          start_time: timeText(startTime),
          end_time: timeText(endTime),
          granularity,
        },
        ...options,
      });
  }
}
