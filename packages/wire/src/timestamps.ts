import * as z from "zod";
import { InvalidWireValueError } from "./errors.js";

const DATE_TIME = /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(Z|z|[+-]\d{2}:?\d{2})?$/;
const WITH_OFFSET = /(?:Z|z|[+-]\d{2}:\d{2})$/;
const FIRST_MS = Date.parse("0000-01-01T00:00:00.000Z");
const LAST_MS = Date.parse("9999-12-31T23:59:59.999Z");

/**
 * Milliseconds since the epoch, or null for what is no date and time (spec/rest.md §1.10). Read are RFC 3339 with up to nine decimals (cut to
 * milliseconds), an offset without its colon (`+0000`, Python's query strings), and no offset at all (Python's naive datetimes), taken as UTC.
 */
export function parseTimestamp(text: string): number | null {
  const match = DATE_TIME.exec(text);
  if (match === null) return null;
  const [, year, month, day, hour, minute, second, fraction = "", offset = "Z"] = match;
  const [y, mo, d, h, mi, s] = [Number(year), Number(month), Number(day), Number(hour), Number(minute), Number(second)];
  const date = new Date(0);
  date.setUTCFullYear(y, mo - 1, d);
  if (date.getUTCMonth() !== mo - 1 || date.getUTCDate() !== d || h > 23 || mi > 59 || s > 59) return null;
  const offsetMinutes = minutesOf(offset);
  if (offsetMinutes === null) return null;
  date.setUTCHours(h, mi, s, Number(fraction.slice(0, 3).padEnd(3, "0")));
  return date.getTime() - offsetMinutes * 60_000;
}

let lastFormatted: { ms: number; text: string } | undefined;

/** `2026-05-18T12:00:00.000Z`. Throws `InvalidWireValueError` outside the years 0 to 9999, which RFC 3339 cannot write. */
export function formatTimestamp(ms: number): string {
  if (!(ms >= FIRST_MS && ms <= LAST_MS))
    throw new InvalidWireValueError("A timestamp must lie in the years 0 to 9999 (milliseconds since the epoch)");
  // Rows of one upload were made at the same instant, and a page shows it a thousand times.
  if (lastFormatted?.ms !== ms) lastFormatted = { ms, text: new Date(ms).toISOString() };
  return lastFormatted.text;
}

let lastRead: string | undefined;

/** Remembers the last that was right: rows of a page have the same. */
function isResponseTimestamp(text: string): boolean {
  if (text === lastRead) return true;
  if (!WITH_OFFSET.test(text) || parseTimestamp(text) === null) return false;
  lastRead = text;
  return true;
}

/** A response timestamp: RFC 3339 with an offset. Stays a string. */
export const Rfc3339 = z
  .string()
  .refine(isResponseTimestamp, "must be an RFC 3339 date and time such as 2026-05-18T12:00:00.000Z")
  .meta({ format: "date-time" });

/** A request timestamp in any form that `parseTimestamp` reads. Stays a string. */
export const RequestTimestamp = z
  .string()
  .refine((text) => parseTimestamp(text) !== null, "must be a date and time such as 2026-05-18T12:00:00Z")
  .meta({ format: "date-time" });

function minutesOf(offset: string): number | null {
  if (offset === "Z" || offset === "z") return 0;
  const hours = Number(offset.slice(1, 3));
  const minutes = Number(offset.slice(-2));
  if (hours > 23 || minutes > 59) return null;
  return (offset.startsWith("-") ? -1 : 1) * (hours * 60 + minutes);
}
