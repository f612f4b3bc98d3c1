import type { ValueRule } from "./rule.js";
import { isMissing } from "./rule.js";
import { longsOf } from "../arrow-access.js";
import { TIME_COLUMN } from "../time-column.js";
import { nanosecondsToMs, toNumbers } from "../int64.js";
import type { Named } from "./texts.js";

const YEAR_MS = 365 * 86_400_000;

/** How far from now an instant may lie. */
export interface TimeLimits {
  now: number;
  /** null: any past. v8 lets its users widen what it checks itself, so an upload may be older than its default of 5 */
  pastYears: number | null;
}

export function timeProblem(ms: number, { now, pastYears }: TimeLimits): string | null {
  if (ms <= now + YEAR_MS && (pastYears === null || ms >= now - pastYears * YEAR_MS)) return null;
  return `is at ${Math.abs(ms) <= 8.64e15 ? new Date(ms).toISOString() : "no calendar date"}`;
}

/** A loop of its own, since almost always there is nothing to find. */
function allWithin(ms: Float64Array, { now, pastYears }: TimeLimits): boolean {
  const first = pastYears === null ? Number.NEGATIVE_INFINITY : now - pastYears * YEAR_MS;
  const last = now + YEAR_MS;
  for (let row = 0; row < ms.length; row++) {
    const at = ms[row] ?? 0;
    if (!(at >= first && at <= last)) return false;
  }
  return true;
}

const wants = (limits: TimeLimits): string =>
  `Times lie ${limits.pastYears === null ? "" : `at most ${limits.pastYears} years back and `}at most one year ahead of ${new Date(limits.now).toISOString()}; plain numbers are seconds since 1970.`;

/** The time of a record, as it was converted to milliseconds. */
export function recordTimes(column: string, limits: TimeLimits): ValueRule {
  return {
    code: "Invalid_Timestamp_Value",
    columns: [column],
    wants: wants(limits),
    checkOf(columns) {
      const data = columns(TIME_COLUMN);
      const longs = data === undefined ? null : longsOf(data);
      if (data === undefined || longs === null) return null;
      const ms = toNumbers(longs, data.length);
      return allWithin(ms, limits) ? null : (row) => timeProblem(ms[row] ?? 0, limits);
    },
  };
}

/** A span's time in nanoseconds. */
export function spanTimes({ column, name }: Named, limits: TimeLimits): ValueRule {
  return {
    code: "Invalid_Timestamp_Value_In_Column",
    columns: [column],
    wants: wants(limits).replace("seconds", "nanoseconds"),
    checkOf(columns) {
      const data = columns(name);
      const longs = data === undefined ? null : longsOf(data);
      if (data === undefined || longs === null) return null;
      const ms = nanosecondsToMs(longs, data.length);
      return (row) => (isMissing(data, row) ? null : timeProblem(ms[row] ?? 0, limits));
    },
  };
}

export function startBeforeEnd(start: Named, end: Named): ValueRule {
  return {
    code: "Invalid_Start_And_End_Times",
    columns: [start.column, end.column],
    wants: "A span does not end before it starts.",
    checkOf(columns) {
      const [from, to] = [columns(start.name), columns(end.name)];
      const [starts, ends] = [from && longsOf(from), to && longsOf(to)];
      if (!from || !to || !starts || !ends) return null;
      return (row) =>
        isMissing(from, row) || isMissing(to, row) || (starts[row] ?? 0n) <= (ends[row] ?? 0n)
          ? null
          : "ends before it starts";
    },
  };
}
