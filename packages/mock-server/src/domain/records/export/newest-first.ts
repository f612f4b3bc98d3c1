import type { RecordBatch } from "apache-arrow";
import type { Core } from "../../../core.js";
import { layOut } from "./layout.js";
import type { RecordQuery } from "./query.js";
import type { Position } from "./rebuild.js";
import type { BatchFacts } from "./segments.js";
import type { Snapshot } from "./snapshots.js";

/** Some records in the order of a page, and whether older ones follow. */
export interface RecordPage {
  /** each with its record: a row of a batch */
  found: { position: Position; batch: RecordBatch; row: number }[];
  more: boolean;
}

/**
 * The newest records that fit, from `after` on. Opens no batch that is older than the page, so that the first page of a long history
 * costs no more than that of a short one.
 */
export async function newestFirst(
  core: Core,
  snapshot: Snapshot,
  query: RecordQuery,
  after: Position | null,
  limit: number,
): Promise<RecordPage> {
  const { batches, schema, rebuilder } = layOut(core, snapshot, query);
  // A record whose rows lie in several batches may be newer or older than the batch of its first row says.
  const newestIn = (facts: BatchFacts): number =>
    snapshot.repeats.touched[facts.index] === 1 ? Number.POSITIVE_INFINITY : facts.maxTime;
  const oldestIn = (facts: BatchFacts): number =>
    snapshot.repeats.touched[facts.index] === 1 ? Number.NEGATIVE_INFINITY : facts.minTime;
  let best: (Position & { facts: BatchFacts })[] = [];
  for (const facts of batches.toSorted((a, b) => newestIn(b) - newestIn(a) || b.index - a.index)) {
    const last = best.at(limit);
    if (last !== undefined && newestIn(facts) < last.ms) break;
    if (after !== null && oldestIn(facts) > after.ms) continue;
    const positions = (await rebuilder.positions(facts)).filter((found) => after === null || byAge(after, found) < 0);
    best = [...best, ...positions.map((position) => ({ ...position, facts }))].sort(byAge).slice(0, limit + 1);
  }
  const shown = best.slice(0, limit);
  const found: RecordPage["found"] = [];
  for (const facts of new Set(shown.map((position) => position.facts))) {
    const here = shown.filter((position) => position.facts === facts);
    const batch = await rebuilder.rebuild(facts, schema, new Set(here.map(({ row }) => row)));
    here
      .sort((a, b) => a.row - b.row)
      .forEach(({ ms, row }, index) => found.push({ position: { ms, row }, batch, row: index }));
  }
  return { found: found.sort((a, b) => byAge(a.position, b.position)), more: best.length > limit };
}

/** Newest first; of one instant, the last accepted first. */
const byAge = (a: Position, b: Position): number => b.ms - a.ms || b.row - a.row;
