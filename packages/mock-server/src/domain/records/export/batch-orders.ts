import type { RecordPosition } from "./rebuild.js";
import type { Repeats } from "./repeats.js";
import type { BatchFacts } from "./segments.js";

/** A record's place among all, newest first: its time, and of one instant the number of its first row, the last accepted first. */
export interface Position {
  ms: number;
  row: number;
}

export const byAge = (a: Position, b: Position): number => b.ms - a.ms || b.row - a.row;

/** Between which positions the records of a batch lie; they may lie closer together. */
interface Bounds {
  newest: Position;
  oldest: Position;
}

/** The records of a batch, newest first, in sixteen bytes each. */
export class BatchOrder {
  readonly length: number;
  readonly #ms: Float64Array;
  readonly #rows: Uint32Array;
  readonly #heads: Uint32Array;

  constructor(positions: readonly RecordPosition[]) {
    const sorted = positions.toSorted(byAge);
    this.length = sorted.length;
    this.#ms = Float64Array.from(sorted, ({ ms }) => ms);
    this.#rows = Uint32Array.from(sorted, ({ row }) => row);
    this.#heads = Uint32Array.from(sorted, ({ head }) => head);
  }

  at(index: number): RecordPosition {
    return { ms: this.#ms[index] ?? Number.NaN, row: this.#rows[index] ?? -1, head: this.#heads[index] ?? -1 };
  }

  /** The index of the newest record that is older than this one. */
  firstAfter(position: Position): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (byAge(position, this.at(middle)) < 0) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

/** 16 MiB of them. */
const KEPT_POSITIONS = 2 ** 20;

/**
 * The orders of a snapshot's batches that were last asked for: a list is read page by page, and a page goes on in the batches where
 * the one before it stopped. They tell nothing of the query, so that every filter and every window uses the same.
 */
export class BatchOrders {
  readonly #orders = new Map<BatchFacts, BatchOrder>();
  readonly #bounds = new Map<BatchFacts, Bounds>();
  #positions = 0;

  constructor(
    private readonly repeats: Repeats,
    private readonly kept = KEPT_POSITIONS,
  ) {}

  /** @param find the records of the batch in any order, for a batch of which they are not known */
  async of(facts: BatchFacts, find: () => Promise<readonly RecordPosition[]>): Promise<BatchOrder> {
    const order = this.#orders.get(facts) ?? new BatchOrder(await find());
    this.#forget(facts);
    this.#orders.set(facts, order);
    this.#positions += order.length;
    if (order.length > 0) this.#bounds.set(facts, { newest: order.at(0), oldest: order.at(order.length - 1) });
    for (const oldest of this.#orders.keys()) {
      if (this.#positions <= this.kept || oldest === facts) break;
      this.#forget(oldest);
    }
    return order;
  }

  /** Without opening the batch. */
  boundsOf(facts: BatchFacts): Bounds {
    const known = this.#bounds.get(facts);
    if (known !== undefined) return known;
    const { index, firstRow, rows, minTime, maxTime } = facts;
    // A record whose rows lie in several batches may be newer or older than the batch of its first row says.
    const elsewhere = this.repeats.touched[index] === 1;
    return {
      newest: { ms: elsewhere ? Number.POSITIVE_INFINITY : maxTime, row: firstRow + rows - 1 },
      oldest: { ms: elsewhere ? Number.NEGATIVE_INFINITY : minTime, row: firstRow },
    };
  }

  #forget(facts: BatchFacts): void {
    this.#positions -= this.#orders.get(facts)?.length ?? 0;
    this.#orders.delete(facts);
  }
}
