import { parseTimestamp } from "@axlab/wire";
import type { AnnotationQueueRecordInput } from "@axlab/wire/rest";
import type { Caller } from "../../access/gate.js";
import type { Core } from "../../core.js";
import { InvalidRequestError, NotFoundError, UnprocessableError } from "../../errors.js";
import type { AnnotationQueueRecordRow, SpaceRow } from "../../store/tables/index.js";
import { existingIds } from "../datasets/examples.js";
import { findVersion } from "../datasets/versions.js";
import { locate } from "../locate.js";
import { someOf } from "../rows.js";
import { spansWithin } from "../spans/places.js";
import type { Spans } from "../spans/spans.js";

const MOST_DAYS = 7;
const MOST_RECORDS = 500;
const DAY_MS = 86_400_000;

/** A record that is to wait in a queue. */
export type Sourced = Pick<
  AnnotationQueueRecordRow,
  "source_type" | "granularity" | "owner" | "record_id" | "start_time" | "end_time"
>;

/**
 * The records that sources name. The caller must be able to read them where they lie, which is the queue's space.
 * @throws NotFoundError for what is not there or may not be seen, UnprocessableError for another space, InvalidRequestError for a window that
 * is empty or longer than seven days, or more than 500 records
 */
export async function resolveSources(
  core: Core,
  spans: Spans,
  caller: Caller,
  space: Pick<SpaceRow, "id">,
  sources: readonly AnnotationQueueRecordInput[],
): Promise<Sourced[]> {
  const found: Sourced[] = [];
  for (const source of sources) {
    const records =
      source.record_type === "EXAMPLE"
        ? await examplesOf(core, caller, space, source)
        : await spansOf(core, spans, caller, space, source);
    found.push(...records);
    if (found.length > MOST_RECORDS)
      throw new InvalidRequestError(
        `record_sources: more than ${MOST_RECORDS} records; name fewer, and add the rest with further requests.`,
      );
  }
  return found;
}

type Source<T extends AnnotationQueueRecordInput["record_type"]> = Extract<
  AnnotationQueueRecordInput,
  { record_type: T }
>;

async function spansOf(
  core: Core,
  spans: Spans,
  caller: Caller,
  space: Pick<SpaceRow, "id">,
  source: Source<"SPAN" | "TRACE">,
): Promise<Sourced[]> {
  const project = await locate(core.store.db, "project", source.project_id);
  core.gate.require(caller, "PROJECT_SPAN_READ", project?.ref ?? null);
  if (project === null) throw new NotFoundError();
  if (project.entity.space_id !== space.id)
    throw new UnprocessableError(`record_sources: the project "${project.entity.id}" is not of the queue's space.`);
  const start = parseTimestamp(source.start_time) ?? 0;
  const end = parseTimestamp(source.end_time) ?? 0;
  if (start >= end) throw new InvalidRequestError("record_sources: start_time must lie before end_time.");
  if (end - start > MOST_DAYS * DAY_MS)
    throw new InvalidRequestError(`record_sources: the window may be at most ${MOST_DAYS} days.`);
  const found =
    source.record_type === "SPAN"
      ? await spansWithin(core, project.entity.id, source.span_ids, { start, end }, true)
      : new Map(
          (await spans.rootsOf(project.entity, source.trace_ids, { start, end })).map((root) => [
            root.traceId,
            root.spanId,
          ]),
        );
  const wanted = source.record_type === "SPAN" ? source.span_ids : source.trace_ids;
  const missing = wanted.filter((id) => !found.has(id));
  if (missing.length > 0)
    throw new NotFoundError(
      `record_sources: no ${source.record_type === "SPAN" ? "span" : "trace with its root"} ${someOf(missing)} in the window. Nothing was added.`,
    );
  return wanted.map((id) => ({
    source_type: "SPANS",
    granularity: source.record_type,
    owner: project.entity.id,
    record_id: found instanceof Map ? (found.get(id) ?? id) : id,
    start_time: start,
    end_time: end,
  }));
}

async function examplesOf(
  { store, gate }: Core,
  caller: Caller,
  space: Pick<SpaceRow, "id">,
  source: Source<"EXAMPLE">,
): Promise<Sourced[]> {
  const dataset = await locate(store.db, "dataset", source.dataset_id);
  gate.require(caller, "DATASET_EXAMPLE_READ", dataset?.ref ?? null, "DATASET_READ");
  if (dataset === null) throw new NotFoundError();
  if (dataset.entity.space_id !== space.id)
    throw new UnprocessableError(`record_sources: the dataset "${dataset.entity.id}" is not of the queue's space.`);
  const version = await findVersion(store.db, dataset.entity, source.dataset_version_id);
  const named = source.example_ids ?? [];
  const ids = named.length > 0 ? named : await firstIds(store.db, version.id);
  const there = await existingIds(store.db, version.id, ids);
  const missing = ids.filter((id) => !there.has(id));
  if (missing.length > 0)
    throw new NotFoundError(
      `record_sources: the dataset's version has no examples ${someOf(missing)}. Nothing was added.`,
    );
  return ids.map((id) => ({
    source_type: "DATASET",
    granularity: "",
    owner: version.id,
    record_id: id,
    start_time: null,
    end_time: null,
  }));
}

/** One more than may be added, so that too many are noticed. */
async function firstIds(db: Core["store"]["db"], versionId: string): Promise<string[]> {
  const rows = await db
    .selectFrom("dataset_examples")
    .select("example_id")
    .where("version_id", "=", versionId)
    .orderBy("position")
    .limit(MOST_RECORDS + 1)
    .execute();
  return rows.map((row) => row.example_id);
}
