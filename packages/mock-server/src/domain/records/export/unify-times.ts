import { DataType, Timestamp, TimeUnit, type Data } from "apache-arrow";
import { InvalidRequestError } from "../../../errors.js";
import { longsOf } from "../arrow-access.js";
import { PER_UNIT } from "../nanoseconds.js";

/** In the finer unit; of two zones, or of times with one and without, in UTC. */
export function commonTimestamp(a: Timestamp, b: Timestamp): Timestamp {
  return new Timestamp(Math.max(a.unit, b.unit), a.timezone === b.timezone ? a.timezone : "UTC");
}

/** @throws InvalidRequestError for an instant that the finer unit cannot express */
export function inUnitOf({ unit }: Timestamp, data: Data): BigInt64Array {
  const values = instantsOf(data);
  const factor = PER_UNIT[unitOf(data)] / PER_UNIT[unit];
  return values.map((value, row) => {
    const instant = value * factor;
    if (!data.getValid(row)) return 0n;
    if (BigInt.asIntN(64, instant) === instant) return instant;
    throw new InvalidRequestError(
      `Uploads brought times of one column in different units, and ${value} ${TimeUnit[unitOf(data)].toLowerCase()}s since 1970 are no 64 bits of ${TimeUnit[unit].toLowerCase()}s; name the columns that are wanted, without it.`,
    );
  });
}

/** As ISO 8601 has them, to the last digit that the unit knows. */
export function instantTexts(data: Data): (string | null)[] {
  const values = instantsOf(data);
  const perSecond = PER_UNIT[TimeUnit.SECOND] / PER_UNIT[unitOf(data)];
  return Array.from({ length: data.length }, (_, row) =>
    data.getValid(row) ? instantText(values[row] ?? 0n, perSecond) : null,
  );
}

function instantText(value: bigint, perSecond: bigint): string {
  const fraction = ((value % perSecond) + perSecond) % perSecond;
  const date = new Date(Number((value - fraction) / perSecond) * 1000);
  if (Number.isNaN(date.getTime())) return String(value);
  const digits = String(perSecond).length - 1;
  const decimals = digits === 0 ? "" : `.${String(fraction).padStart(digits, "0")}`;
  return date.toISOString().replace(".000Z", `${decimals}Z`);
}

const unitOf = ({ type }: Data): TimeUnit => (DataType.isTimestamp(type) ? type.unit : TimeUnit.MILLISECOND);
const instantsOf = (data: Data): BigInt64Array =>
  (longsOf(data) ?? new BigInt64Array(data.length)).subarray(0, data.length);
