import { float64Column, int64Column, tableFromColumns, utf8Column } from "@axlab/wire/arrow";
import { SPAN_ID_COLUMN } from "@axlab/wire/ingest";
import type { AnnotateSpansRequest } from "@axlab/wire/rest";
import type { Vector } from "apache-arrow";
import type { Caller } from "../../access/gate.js";
import type { Core } from "../../core.js";
import { NotFoundError, UnprocessableError } from "../../errors.js";
import type { ProjectRow } from "../../store/tables/index.js";
import type { Annotations } from "../annotations/annotations.js";
import { findRecords } from "../records/export/lookup.js";
import { someOf } from "../rows.js";
import { parseColumn, type AnnotationPrefix } from "./annotations.js";
import { overlayRows, overlaySchema, writeOverlay } from "./overlay.js";
import { spansWithin } from "./places.js";
import { isRoot } from "./traces.js";
import { windowOf } from "./window.js";

export type SpanAnnotations = Omit<AnnotateSpansRequest, "project_id">;

const DAYS = 31;

/**
 * Writes what somebody says of spans, or of traces through their root spans, beside what was logged: the same columns that the loggers'
 * annotations have, so that every reader sees them. All or none; a field that is left out keeps its value.
 * @throws InvalidRequestError for a name that is no annotation config, NotFoundError when a span is not in the window,
 * UnprocessableError for a window that may not be, or a trace annotation on a span that is no root
 */
export async function annotateSpans(
  core: Core,
  configs: Annotations,
  caller: Caller,
  project: ProjectRow,
  request: SpanAnnotations,
): Promise<void> {
  const now = core.clock.now();
  const window = windowOf(request, now, { days: DAYS, mostDays: DAYS, mayLieAhead: false });
  const { annotations } = request;
  await configs.requireConfigs(project.space_id, annotations);
  const ids = annotations.map(({ record_id }) => record_id);
  const there = await spansWithin(core, project.id, ids, window, true);
  const missing = ids.filter((id) => !there.has(id));
  if (missing.length > 0)
    throw new NotFoundError(
      `No span of this project has the id ${someOf(missing)} and began in the window, which is the last ${DAYS} days unless start_time and end_time say otherwise. Nothing was written.`,
    );
  const ofTraces = request.granularity === "TRACE";
  if (ofTraces) await requireRoots(core, project, ids);
  const columns = columnsOf(
    annotations,
    ofTraces ? "trace_annotation." : "annotation.",
    await nameOf(core, caller),
    now,
  );
  const table = tableFromColumns({ [SPAN_ID_COLUMN]: utf8Column(ids), ...Object.fromEntries(columns) });
  const schema = overlaySchema(table.schema, (column) => {
    const parsed = parseColumn(column);
    if (parsed === null) return null;
    return parsed.field === "score" || parsed.field === "updated_at" ? "number" : "string";
  });
  await writeOverlay(
    core,
    caller,
    project,
    schema,
    table.batches.map((batch) => overlayRows(batch, schema, now, () => true)),
  );
}

async function requireRoots(core: Core, project: ProjectRow, ids: readonly string[]): Promise<void> {
  const parents = await findRecords(core, project.id, "TRACING", ids, "parent_id");
  const inner = ids.filter((id) => !isRoot(parents.get(id)));
  if (inner.length === 0) return;
  throw new UnprocessableError(
    `A trace is annotated through its root span, and ${someOf(inner)} has a parent; send the root's span id, or granularity SPAN.`,
  );
}

type Records = SpanAnnotations["annotations"];

function columnsOf(
  records: Records,
  prefix: AnnotationPrefix,
  annotator: string,
  now: number,
): [name: string, column: Vector][] {
  const names = [...new Set(records.flatMap(({ values }) => values.map(({ name }) => name)))];
  return names.flatMap((name): [string, Vector][] => {
    const values = records.map((record) => record.values.find((value) => value.name === name));
    return [
      [`${prefix}${name}.label`, utf8Column(values.map((value) => value?.label ?? null))],
      [`${prefix}${name}.score`, float64Column(values.map((value) => value?.score ?? null))],
      [`${prefix}${name}.text`, utf8Column(values.map((value) => value?.text ?? null))],
      [`${prefix}${name}.updated_by`, utf8Column(values.map((value) => (value === undefined ? null : annotator)))],
      [`${prefix}${name}.updated_at`, int64Column(values.map((value) => (value === undefined ? null : BigInt(now))))],
    ];
  });
}

/** An address for people; a bot's name for keys that no person stands behind. */
async function nameOf({ store }: Core, { principal }: Caller): Promise<string> {
  const user = await store.db
    .selectFrom("users")
    .select(["email", "name"])
    .where("id", "=", principal.userId)
    .executeTakeFirst();
  return user?.email ?? user?.name ?? "SDK";
}
