import { InvalidArgumentError } from "commander";

/** One of `of` parts of a file, counted from 1. */
export interface Shard {
  readonly index: number;
  readonly of: number;
}

export interface Rows {
  readonly start: number;
  /** Excluded. */
  readonly end: number;
}

export function parseShard(text: string): Shard {
  const [, index = 0, of = 0] = (/^(\d+)\/(\d+)$/.exec(text) ?? []).map(Number);
  if (index >= 1 && index <= of && of <= 1_000_000) return { index, of };
  throw new InvalidArgumentError("Write i/n, such as 3/16 for the third of sixteen parts.");
}

/** The part's rows. The parts of a file are neighbours and together are all of it. */
export const rowsOfShard = ({ index, of }: Shard, rows: number): Rows => ({
  start: Number((BigInt(rows) * BigInt(index - 1)) / BigInt(of)),
  end: Number((BigInt(rows) * BigInt(index)) / BigInt(of)),
});
