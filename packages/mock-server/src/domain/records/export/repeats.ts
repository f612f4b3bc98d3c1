import type { BatchFacts, BatchKeys } from "./segments.js";

/**
 * Which rows have the id of an earlier one. Most data has none, and then no batch needs to be opened to know it: the hashes that
 * were kept at reception tell. Rows are known by their number through all batches.
 */
export class Repeats {
  private constructor(
    readonly rows: number,
    /** per batch: whether any of its rows shares its id with another */
    readonly touched: Uint8Array,
    /** per row: the next row of the same hash, 0 at the end */
    private readonly next: Uint32Array | null,
    private readonly follows: Uint8Array | null,
  ) {}

  /** @param keys those of the batches, in their order */
  static find(batches: readonly BatchFacts[], keys: readonly BatchKeys[]): Repeats {
    const rows = batches.reduce((sum, batch) => sum + batch.rows, 0);
    const touched = new Uint8Array(batches.length);
    const seen = new LastRows(keys.reduce((sum, hashes) => sum + (hashes?.length ?? 0), 0));
    let next: Uint32Array | null = null;
    let follows: Uint8Array | null = null;
    for (const batch of batches) {
      const hashes = keys[batch.index] ?? null;
      if (hashes === null) continue;
      for (let row = 0; row < hashes.length; row++) {
        const number = batch.firstRow + row;
        const before = seen.exchange(hashes[row] ?? 0, number);
        if (before < 0) continue;
        next ??= new Uint32Array(rows);
        follows ??= new Uint8Array(rows);
        next[before] = number;
        follows[number] = 1;
        touched[batch.index] = 1;
        touched[batchOf(batches, before).index] = 1;
      }
    }
    return new Repeats(rows, touched, next, follows);
  }

  /** How many rows of a batch are the first of their hash. */
  firstsIn({ firstRow, rows }: BatchFacts): number {
    if (this.follows === null) return rows;
    let firsts = rows;
    for (let row = firstRow; row < firstRow + rows; row++) firsts -= this.follows[row] ?? 0;
    return firsts;
  }

  /** Whether an earlier row has this row's hash. */
  isRepeat(row: number): boolean {
    return this.follows?.[row] === 1;
  }

  /** The rows of one hash from a first one on, in order of acceptance. */
  chain(first: number): number[] {
    const chain = [first];
    for (let row = this.next?.[first] ?? 0; row !== 0; row = this.next?.[row] ?? 0) chain.push(row);
    return chain;
  }
}

/** The batch that holds a row. */
export function batchOf(batches: readonly BatchFacts[], row: number): BatchFacts {
  let low = 0;
  let high = batches.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((batches[middle]?.firstRow ?? 0) <= row) low = middle;
    else high = middle - 1;
  }
  const found = batches[low];
  if (found === undefined) throw new RangeError(`No batch holds row ${row}.`);
  return found;
}

/** Hash → the last row that had it: open addressing in two typed arrays, a tenth of a Map's memory. */
class LastRows {
  readonly #mask: number;
  readonly #keys: Float64Array;
  readonly #rows: Int32Array;

  constructor(count: number) {
    const capacity = 2 ** Math.max(4, Math.ceil(Math.log2(count * 1.5 + 1)));
    this.#mask = capacity - 1;
    this.#keys = new Float64Array(capacity);
    this.#rows = new Int32Array(capacity).fill(-1);
  }

  /** Remembers `row` as the last of `key`. @returns the one before, or -1 */
  exchange(key: number, row: number): number {
    let slot = (key % 4_294_967_291) & this.#mask;
    for (;;) {
      const before = this.#rows[slot] ?? -1;
      if (before < 0 || this.#keys[slot] === key) {
        this.#keys[slot] = key;
        this.#rows[slot] = row;
        return before;
      }
      slot = (slot + 1) & this.#mask;
    }
  }
}
