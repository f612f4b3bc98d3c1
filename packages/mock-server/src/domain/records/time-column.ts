import { DataType, DateUnit, makeData, Timestamp, TimeUnit, type Data } from "apache-arrow";
import { InvalidRequestError } from "../../errors.js";
import { bytesOf, longsOf, numberAt } from "./arrow-access.js";
import { fromNumbers, nanosecondsToMs, toNumbers } from "./int64.js";

/** Every stored batch begins with it: milliseconds since 1970, never null. */
export const TIME_COLUMN = "time";
export const TIME_TYPE = new Timestamp(TimeUnit.MILLISECOND, "UTC");

/** How plain numbers in a time column count: seconds in ML uploads, nanoseconds in span tables. */
export type NumberUnit = "s" | "ns";

/** Furthest instant either way that a date can express, in milliseconds. */
const FURTHEST_MS = 8.64e15;

/**
 * The instants of a column as milliseconds; null rows get `receivedAt`.
 * @throws InvalidRequestError naming the row whose value is no instant
 */
export function instants(data: Data, unit: NumberUnit, receivedAt: number, column: string): Float64Array {
  if (DataType.isNull(data.type)) return new Float64Array(data.length).fill(receivedAt);
  const ms = convert(data, unit);
  for (let row = 0; row < data.length; row++) {
    if (data.nullCount > 0 && !data.getValid(row)) ms[row] = receivedAt;
    else if (!(Math.abs(ms[row] ?? Number.NaN) <= FURTHEST_MS)) {
      throw new InvalidRequestError(
        `Column "${column}", row ${row}: not an instant; send ${unit === "s" ? "timestamps, dates or seconds since 1970" : "nanoseconds since 1970"}.`,
      );
    }
  }
  return ms;
}

export const timeData = (ms: Float64Array): Data<Timestamp> =>
  makeData({ type: TIME_TYPE, length: ms.length, nullCount: 0, data: fromNumbers(ms) });

function convert(data: Data, unit: NumberUnit): Float64Array {
  const { type, length } = data;
  const longs = longsOf(data);
  if (DataType.isTimestamp(type) && longs !== null) {
    if (type.unit === TimeUnit.NANOSECOND) return nanosecondsToMs(longs, length);
    const perMs = { [TimeUnit.SECOND]: 1000, [TimeUnit.MILLISECOND]: 1, [TimeUnit.MICROSECOND]: 0.001 }[type.unit];
    return scaled(toNumbers(longs, length), perMs);
  }
  if (DataType.isDate(type)) {
    if (type.unit === DateUnit.DAY)
      return scaled(
        Float64Array.from({ length }, (_, row) => numberAt(data, row)),
        86_400_000,
      );
    // apache-arrow keeps date64 in pairs of 32-bit words
    const { buffer, byteOffset } = bytesOf(data);
    return toNumbers(new BigInt64Array(buffer, byteOffset, length), length);
  }
  if (longs !== null) return unit === "ns" ? nanosecondsToMs(longs, length) : scaled(toNumbers(longs, length), 1000);
  return scaled(
    Float64Array.from({ length }, (_, row) => numberAt(data, row)),
    unit === "ns" ? 1e-6 : 1000,
  );
}

function scaled(numbers: Float64Array, factor: number): Float64Array {
  if (factor !== 1)
    for (let row = 0; row < numbers.length; row++) numbers[row] = Math.floor((numbers[row] ?? 0) * factor);
  return numbers;
}
