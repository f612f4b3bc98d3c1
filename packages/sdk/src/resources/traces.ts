import type { Trace } from "@axlab/wire/rest";

import type { ClientContext } from "../context.js";
import { pagedWithin, type Paged } from "../pagination/index.js";
import { projectId } from "../resolve/index.js";
import type { CallOptions } from "../transport/types.js";
import { timeText } from "./inputs.js";
import type { ListSpans } from "./spans.js";

/** Traces of a project (`spec/rest.md` §3.13): one for each root span. */
export class Traces {
  readonly #context: ClientContext;

  constructor(context: ClientContext) {
    this.#context = context;
  }

  /**
   * Newest first, of the last seven days unless `startTime` says otherwise; at most 50 a page, at most 1000 spans a trace. A filter chooses
   * the traces of which at least one span meets it.
   */
  list(
    project: string,
    { space, startTime, endTime, filter, limit, cursor }: ListSpans = {},
    options: CallOptions = {},
  ): Paged<Trace> {
    return pagedWithin(
      () => projectId(this.#context, project, space, options),
      async (project_id, at) => {
        const page = await this.#context.rest.post("/v2/traces", {
          query: { limit, cursor: at },
          body: { project_id, start_time: timeText(startTime), end_time: timeText(endTime), filter },
          ...options,
        });
        return { items: page.traces, pagination: page.pagination };
      },
      cursor,
    );
  }
}
