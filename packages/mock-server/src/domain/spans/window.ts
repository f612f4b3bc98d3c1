import { parseTimestamp } from "@axlab/wire";
import { UnprocessableError } from "../../errors.js";

const DAY_MS = 86_400_000;

/** When spans began, in milliseconds: from `start` on, before `end`. */
export interface Window {
  start: number;
  end: number;
}

/** As requests give it. */
export interface WindowRequest {
  start_time?: string | undefined;
  end_time?: string | undefined;
}

export interface WindowRule {
  /** how far back it reaches without a start */
  days: number;
  /** how long it may be at most */
  mostDays?: number;
  mayLieAhead?: boolean;
}

/** @throws UnprocessableError when the window is empty, too long, or lies ahead where it may not */
export function windowOf({ start_time, end_time }: WindowRequest, now: number, rule: WindowRule): Window {
  const end = instant(end_time) ?? now;
  const start = instant(start_time) ?? now - rule.days * DAY_MS;
  if (start >= end)
    throw new UnprocessableError(
      `start_time must lie before end_time: ${text(start)} does not lie before ${text(end)}. Without them the window is the last ${rule.days} days.`,
    );
  if (rule.mostDays !== undefined && end - start > rule.mostDays * DAY_MS)
    throw new UnprocessableError(
      `The window may be at most ${rule.mostDays} days; ${text(start)} to ${text(end)} is longer.`,
    );
  if (rule.mayLieAhead === false && (start > now || end > now))
    throw new UnprocessableError(`start_time and end_time may not lie in the future; it is ${text(now)}.`);
  return { start, end };
}

const instant = (given: string | undefined): number | null => (given === undefined ? null : parseTimestamp(given));
const text = (ms: number): string => new Date(ms).toISOString();
