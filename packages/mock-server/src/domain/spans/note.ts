import { listColumn, tableFromColumns, utf8Column } from "@axlab/wire/arrow";
import { ANNOTATION_NOTES_COLUMN, SPAN_ID_COLUMN } from "@axlab/wire/ingest";
import type { Caller } from "../../access/gate.js";
import type { Core } from "../../core.js";
import { InvalidRequestError, NotFoundError } from "../../errors.js";
import type { ProjectRow } from "../../store/tables/index.js";
import { findRecords } from "../records/export/lookup.js";
import { annotationColumns, overlayRows, overlaySchema, writeOverlay } from "./overlay.js";

/**
 * Adds a free note to those that a span has, beside what was logged, as the loggers' notes are: a JSON text each.
 * @throws InvalidRequestError for a blank note, NotFoundError when the project has no such span
 */
export async function noteSpan(
  core: Core,
  caller: Caller,
  project: ProjectRow,
  spanId: string,
  note: string,
): Promise<void> {
  if (note.trim() === "") throw new InvalidRequestError("note.text: must not be blank.");
  const found = await findRecords(core, project.id, "TRACING", [spanId], ANNOTATION_NOTES_COLUMN);
  if (!found.has(spanId)) throw new NotFoundError(`No span of this project has the id "${spanId}".`);
  const notes = [...textsOf(found.get(spanId)), JSON.stringify({ text: note })];
  const table = tableFromColumns({
    [SPAN_ID_COLUMN]: utf8Column([spanId]),
    [ANNOTATION_NOTES_COLUMN]: listColumn([notes], "utf8"),
  });
  const schema = overlaySchema(table.schema, annotationColumns);
  const now = core.clock.now();
  const rows = table.batches.map((batch) => overlayRows(batch, schema, now, () => true));
  await writeOverlay(core, caller, project, schema, rows);
}

function textsOf(cell: unknown): string[] {
  const items: unknown = cell == null ? [] : JSON.parse(JSON.stringify(cell));
  return Array.isArray(items) ? items.filter((item) => typeof item === "string") : [];
}
