/** A number without loss: whole ones beyond 2^53 are bigints. */
export type Exact = number | bigint;

/** The number that a text is; null for what is none. */
export function numberOf(text: string): Exact | null {
  const number = text.trim() === "" ? Number.NaN : Number(text);
  if (Number.isNaN(number)) return null;
  return /^\s*-?\d{1,40}\s*$/.test(text) && !Number.isSafeInteger(number) ? BigInt(text) : number;
}

const ISO_8601 =
  /^(?<date>\d{4}-\d\d-\d\d)(?:[Tt ](?<time>\d\d:\d\d(?::\d\d)?)(?:\.(?<fraction>\d{1,9})\d*)?\s?(?<zone>[Zz]|[+-]\d\d(?::?\d\d)?)?)?$/;

/**
 * Nanoseconds since 1970 of a date or a time of ISO 8601, in UTC where it names no zone; null for any other text. `Date.parse` would
 * read what is none ("Room 5" is in May 2001), and take the zone of the machine.
 */
export function instantOf(text: string): bigint | null {
  const { date, time = "00:00", fraction = "", zone = "Z" } = ISO_8601.exec(text.trim())?.groups ?? {};
  if (date === undefined) return null;
  const offset = /^([+-]\d\d):?(\d\d)?$/.exec(zone);
  const ms = Date.parse(`${date}T${time}${offset === null ? "Z" : `${offset[1]}:${offset[2] ?? "00"}`}`);
  return Number.isNaN(ms) ? null : BigInt(ms) * 1_000_000n + BigInt(fraction.padEnd(9, "0"));
}
