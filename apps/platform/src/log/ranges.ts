import type { Rows } from "./shard.js";

/** In order, neighbours and overlaps joined. */
export function joined(ranges: readonly Rows[]): readonly Rows[] {
  const result: { start: number; end: number }[] = [];
  for (const { start, end } of [...ranges].sort((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (end <= start) continue;
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else result.push({ start, end });
  }
  return result;
}

/** The rows of `whole` that are in none of the ranges. */
export function without(whole: Rows, ranges: readonly Rows[]): readonly Rows[] {
  const rest: Rows[] = [];
  let { start } = whole;
  for (const range of joined(ranges)) {
    if (range.start > start) rest.push({ start, end: Math.min(range.start, whole.end) });
    start = Math.max(start, range.end);
  }
  if (start < whole.end) rest.push({ start, end: whole.end });
  return rest.filter(({ start: from, end }) => from < end);
}

export const count = (ranges: readonly Rows[]): number => ranges.reduce((sum, { start, end }) => sum + end - start, 0);

/** `0–99, 200–299`, both ends included. */
export const shown = (ranges: readonly Rows[]): string =>
  ranges.map(({ start, end }) => `${start}–${end - 1}`).join(", ") || "none";
