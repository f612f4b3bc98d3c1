import { tableFromColumns, utf8Column } from "@axlab/wire/arrow";
import { SPAN_ID_COLUMN } from "@axlab/wire/ingest";
import type { DeleteSpansRequest, DeleteSpansResponse } from "@axlab/wire/rest";
import type { Caller } from "../../access/gate.js";
import type { Core } from "../../core.js";
import { PlatformError, UnfinishedError } from "../../errors.js";
import type { ProjectRow } from "../../store/tables/index.js";
import { overlayRows, spanIdSchema, writeOverlay } from "./overlay.js";
import { spansWithin } from "./places.js";
import { windowOf } from "./window.js";

export type SpanDeletion = Omit<DeleteSpansRequest, "project_id">;

/**
 * Deletes spans with what was said of them. What is stored is not rewritten: a deletion is stored after it, so an export that has begun
 * still gives what it promised. A span sent again under the same id afterwards is a new one.
 * @returns ids that no span of the window has as not deleted
 * @throws UnprocessableError for an empty window, UnfinishedError when the store failed: then nothing was deleted
 */
export async function deleteSpans(
  core: Core,
  caller: Caller,
  project: ProjectRow,
  request: SpanDeletion,
): Promise<DeleteSpansResponse> {
  const now = core.clock.now();
  const there = await spansWithin(core, project.id, request.span_ids, windowOf(request, now, { days: 730 }));
  const deleted = request.span_ids.filter((id) => there.has(id));
  const table = tableFromColumns({ [SPAN_ID_COLUMN]: utf8Column(deleted) });
  const schema = spanIdSchema();
  const rows = table.batches.map((batch) => overlayRows(batch, schema, now, () => true));
  try {
    if (deleted.length > 0) await writeOverlay(core, caller, project, schema, rows, "deletion");
  } catch (error) {
    if (error instanceof PlatformError) throw error;
    core.log.error({ requestId: caller.requestId, error: String(error) }, "spans could not be deleted");
    throw new UnfinishedError(
      "The store failed and none of these spans was deleted; send the whole request again.",
      { deleted_span_ids: [], not_deleted_span_ids: request.span_ids },
      { cause: error },
    );
  }
  return {
    completed: true,
    deleted_span_ids: deleted,
    not_deleted_span_ids: request.span_ids.filter((id) => !there.has(id)),
  };
}
