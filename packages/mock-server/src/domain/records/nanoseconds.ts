import { DataType, Int64, makeData, TimeUnit, type Data } from "apache-arrow";
import { InvalidRequestError } from "../../errors.js";
import { longsOf, numberAt } from "./arrow-access.js";

/** Nanoseconds in each. */
export const PER_UNIT = {
  [TimeUnit.SECOND]: 1_000_000_000n,
  [TimeUnit.MILLISECOND]: 1_000_000n,
  [TimeUnit.MICROSECOND]: 1000n,
  [TimeUnit.NANOSECOND]: 1n,
};

/**
 * A span time as int64 nanoseconds: as most clients send it, or from the double that pandas makes of a column with missing values, or
 * from an Arrow timestamp.
 */
export function nanoseconds(data: Data, column: string): Data<Int64> {
  const { type, length, nullCount, nullBitmap } = data;
  if (DataType.isNull(type)) return absent(length);
  const values = longsOf(data);
  const common = { type: new Int64(), length, nullCount, nullBitmap };
  if (values !== null) {
    const factor = DataType.isTimestamp(type) ? PER_UNIT[type.unit] : 1n;
    return makeData({ ...common, data: factor === 1n ? values : values.map((value) => value * factor) });
  }
  const converted = new BigInt64Array(length);
  for (let row = 0; row < length; row++) {
    if (nullCount > 0 && !data.getValid(row)) continue;
    const value = numberAt(data, row);
    if (!Number.isFinite(value))
      throw new InvalidRequestError(
        `Column "${column}", row ${row}: ${value} is no instant; send nanoseconds since 1970, or null.`,
      );
    converted[row] = BigInt(Math.trunc(value));
  }
  return makeData({ ...common, data: converted });
}

const absent = (length: number): Data<Int64> =>
  makeData({
    type: new Int64(),
    length,
    nullCount: length,
    nullBitmap: new Uint8Array((length + 7) >> 3),
    data: new BigInt64Array(length),
  });
