import type { RecordBatch } from "apache-arrow";
import type { Core } from "../../../core.js";
import { byAge, type BatchOrder, type Position } from "./batch-orders.js";
import { layOut } from "./layout.js";
import type { RecordQuery } from "./query.js";
import type { Rebuilder, RecordPosition } from "./rebuild.js";
import type { BatchFacts } from "./segments.js";
import type { Snapshot } from "./snapshots.js";

/** Some records in the order of a page, and whether older ones follow. */
export interface RecordPage {
  /** each with its record: a row of a batch */
  found: { position: Position; batch: RecordBatch; row: number }[];
  more: boolean;
}

/**
 * The newest records that fit, from `after` on. Opens no batch that is newer or older than the page, so that a page of a long history
 * costs no more than that of a short one, wherever it lies.
 */
export async function newestFirst(
  core: Core,
  snapshot: Snapshot,
  query: RecordQuery,
  after: Position | null,
  limit: number,
): Promise<RecordPage> {
  const { batches, schema, rebuilder } = layOut(core, snapshot, query);
  const { orders } = snapshot;
  const candidates = batches
    .map((facts) => ({ facts, ...orders.boundsOf(facts) }))
    .filter(({ oldest }) => after === null || byAge(after, oldest) < 0)
    .sort((a, b) => byAge(a.newest, b.newest));
  let best: (RecordPosition & { facts: BatchFacts })[] = [];
  for (const { facts, newest } of candidates) {
    const last = best.at(limit);
    if (last !== undefined && byAge(last, newest) < 0) break;
    const order = await orders.of(facts, () => rebuilder.positions(facts));
    const positions = await fitting(rebuilder, facts, order, { after, before: last, limit: limit + 1 });
    best = [...best, ...positions.map((position) => ({ ...position, facts }))].sort(byAge).slice(0, limit + 1);
  }
  const shown = best.slice(0, limit);
  const found: RecordPage["found"] = [];
  for (const facts of new Set(shown.map((position) => position.facts))) {
    const here = shown.filter((position) => position.facts === facts);
    const batch = await rebuilder.rebuild(facts, schema, here);
    here
      .sort((a, b) => a.row - b.row)
      .forEach(({ ms, row }, index) => found.push({ position: { ms, row }, batch, row: index }));
  }
  return { found: found.sort((a, b) => byAge(a.position, b.position)), more: best.length > limit };
}

interface Part {
  after: Position | null;
  /** a position that is known to be on the page or beside it: what is older than this is not */
  before: Position | undefined;
  limit: number;
}

/** So many at once are asked whether they fit. */
const AT_ONCE = 512;

/** The newest records of a batch that fit; looks at no more of them than it must. */
async function fitting(
  rebuilder: Rebuilder,
  facts: BatchFacts,
  order: BatchOrder,
  { after, before, limit }: Part,
): Promise<RecordPosition[]> {
  const end = before === undefined ? order.length : order.firstAfter(before);
  const found: RecordPosition[] = [];
  for (let at = after === null ? 0 : order.firstAfter(after); at < end && found.length < limit; at += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, end - at) }, (_, index) => order.at(at + index));
    found.push(...(await rebuilder.fitting(facts, some)));
  }
  return found;
}
