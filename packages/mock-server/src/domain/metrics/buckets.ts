import { InvalidRequestError } from "../../errors.js";

export type Granularity = "hour" | "day" | "week" | "month";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** 1970-01-01 was a Thursday; weeks begin on Mondays. */
const FIRST_MONDAY = 4 * DAY;

/** When the hour, day, week or month of an instant began, in UTC. */
export function bucketOf(ms: number, granularity: Granularity): number {
  if (granularity === "hour") return Math.floor(ms / HOUR) * HOUR;
  if (granularity === "day") return Math.floor(ms / DAY) * DAY;
  if (granularity === "week") return Math.floor((ms - FIRST_MONDAY) / (7 * DAY)) * 7 * DAY + FIRST_MONDAY;
  const date = new Date(ms);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
}

/** Rows by the bucket that they lie in, earliest first; buckets without rows are not there. */
export function bucketed<Row extends { time: number }>(
  rows: readonly Row[],
  granularity: Granularity,
): { start: number; rows: Row[] }[] {
  const buckets = new Map<number, Row[]>();
  for (const row of rows) {
    const start = bucketOf(row.time, granularity);
    const bucket = buckets.get(start);
    if (bucket === undefined) buckets.set(start, [row]);
    else bucket.push(row);
  }
  return [...buckets].sort(([a], [b]) => a - b).map(([start, inside]) => ({ start, rows: inside }));
}

/** @throws InvalidRequestError for a window that is empty, and for a time zone other than UTC */
export function requireWindow(start: number, end: number, timeZone: string | null | undefined): void {
  if (start >= end) throw new InvalidRequestError("startTime: it must lie before endTime.");
  if (timeZone != null && timeZone.toUpperCase() !== "UTC")
    throw new InvalidRequestError(
      `timeZone: ${JSON.stringify(timeZone)} is not known here; this platform counts in UTC.`,
    );
}
