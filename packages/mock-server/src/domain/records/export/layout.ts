import type { Schema } from "apache-arrow";
import type { Core } from "../../../core.js";
import { isErased, isKept } from "./erasures.js";
import { exportSchema, unionOf } from "./export-schema.js";
import { resolveFilter, type KnownColumns } from "./filter-columns.js";
import { similarRows } from "../similarity.js";
import { bothHold, type Predicate } from "./predicate.js";
import type { RecordQuery } from "./query.js";
import { Rebuilder } from "./rebuild.js";
import { BatchReader, type BatchFacts } from "./segments.js";
import type { Snapshot } from "./snapshots.js";

/** What a query needs of a snapshot: the batches that may hold some of it, the columns it gives, and what makes records of rows. */
export interface Layout {
  /** those that hold the first row of some record; the rest of the snapshot only completes them */
  batches: BatchFacts[];
  schema: Schema;
  reader: BatchReader;
  rebuilder: Rebuilder;
}

/** @throws InvalidRequestError when the query names a column that there is not */
export function layOut(core: Core, { batches, repeats, erasures }: Snapshot, query: RecordQuery): Layout {
  const chosen = batches.filter(
    (facts) => repeats.touched[facts.index] === 1 || (mayFit(facts, query) && !isErased(erasures, facts)),
  );
  const here = unionOf(chosen.map((facts) => facts.segment));
  const namesSome = query.columns.length > 0 || query.filter !== null;
  const available = { here, ever: namesSome ? unionOf(batches.map((facts) => facts.segment)) : here };
  // Where there is nothing to export, there are no columns to name wrongly.
  const nothing = !chosen.some((facts) => facts.segment.upload.kind === "records");
  const schema = exportSchema(available, nothing ? { ...query, columns: [] } : query);
  const resolved = nothing ? query : { ...query, filter: conditionOf(query, available) };
  const reader = new BatchReader(core);
  return {
    batches: chosen.filter((facts) => repeats.firstsIn(facts) > 0),
    schema,
    reader,
    rebuilder: new Rebuilder(reader, batches, { repeats, erasures }, resolved, here),
  };
}

const conditionOf = (query: RecordQuery, available: KnownColumns): Predicate | null =>
  bothHold(resolveFilter(query, available), query.similar === null ? null : similarRows(query.similar, available.here));

/** Whether a batch that shares no id with another may hold anything that the query asks for. */
function mayFit({ segment: { upload }, minTime, maxTime }: BatchFacts, query: RecordQuery): boolean {
  if (upload.kind !== "records") return false;
  if (query.start !== null && maxTime < query.start) return false;
  if (query.end !== null && (query.endIncluded ? minTime > query.end : minTime >= query.end)) return false;
  return matchesConstants(upload, query);
}

/** Whether every row of such a batch is asked for. */
export function allFit(facts: BatchFacts, query: RecordQuery, { erasures }: Pick<Snapshot, "erasures">): boolean {
  const { segment, minTime, maxTime } = facts;
  const { upload } = segment;
  if (!isKept(erasures, facts)) return false;
  if (query.filter !== null || query.similar !== null || !matchesConstants(upload, query)) return false;
  if (query.start !== null && minTime < query.start) return false;
  return query.end === null || (query.endIncluded ? maxTime <= query.end : maxTime < query.end);
}

const matchesConstants = (upload: BatchFacts["segment"]["upload"], query: RecordQuery): boolean =>
  (query.modelVersion === null || query.modelVersion === upload.model_version) &&
  (query.batchId === null || query.batchId === upload.batch_id);
