import { Bool, Float32, Float64, Int32, Int64, makeData, Null, Timestamp, TimeUnit, Vector } from "apache-arrow";
import { ArrowEncodeError } from "./errors.js";
import { Validity, type Nullable } from "./validity.js";

/** A Float64 column. A Float64Array becomes the column without a copy; NaN stays NaN, it is not a null. */
export function float64Column(values: readonly Nullable<number>[] | Float64Array): Vector<Float64> {
  if (values instanceof Float64Array) return new Vector([makeData({ type: new Float64(), data: values })]);
  const { data, validity } = numbers(values, new Float64Array(values.length));
  return new Vector([makeData({ type: new Float64(), length: values.length, ...validity.props(), data })]);
}

/** A Float32 column; values are rounded to single precision. A Float32Array becomes the column without a copy. */
export function float32Column(values: readonly Nullable<number>[] | Float32Array): Vector<Float32> {
  if (values instanceof Float32Array) return new Vector([makeData({ type: new Float32(), data: values })]);
  const { data, validity } = numbers(values, new Float32Array(values.length));
  return new Vector([makeData({ type: new Float32(), length: values.length, ...validity.props(), data })]);
}

/**
 * An Int32 column.
 * @throws ArrowEncodeError naming the first row that is not a 32-bit integer
 */
export function int32Column(values: readonly Nullable<number>[] | Int32Array): Vector<Int32> {
  if (values instanceof Int32Array) return new Vector([makeData({ type: new Int32(), data: values })]);
  const { data, validity } = numbers(values, new Int32Array(values.length));
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value !== null && value !== undefined && data[i] !== value) throw notInteger(value, i, 32);
  }
  return new Vector([makeData({ type: new Int32(), length: values.length, ...validity.props(), data })]);
}

/**
 * An Int64 column of numbers, bigints or both. A BigInt64Array becomes the column without a copy.
 * @throws ArrowEncodeError naming the first row that is not an integer, is a number beyond 2^53 − 1, or exceeds 64 bits
 */
export function int64Column(values: readonly Nullable<number | bigint>[] | BigInt64Array): Vector<Int64> {
  if (values instanceof BigInt64Array) return new Vector([makeData({ type: new Int64(), data: values })]);
  const { data, validity } = bigints(values, (value) => value);
  return new Vector([makeData({ type: new Int64(), length: values.length, ...validity.props(), data })]);
}

/** A Bool column, one bit a value. */
export function boolColumn(values: readonly Nullable<boolean>[]): Vector<Bool> {
  const validity = new Validity(values.length);
  const data = new Uint8Array((values.length + 7) >> 3);
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value === null || value === undefined) validity.setNull(i);
    else if (value) data[i >> 3] = (data[i >> 3] ?? 0) | (1 << (i & 7));
  }
  return new Vector([makeData({ type: new Bool(), length: values.length, ...validity.props(), data })]);
}

/** A column of nothing but nulls: what a column without a single value is. */
export function nullColumn(length: number): Vector<Null> {
  return new Vector([makeData({ type: new Null(), length })]);
}

const UNITS = {
  s: TimeUnit.SECOND,
  ms: TimeUnit.MILLISECOND,
  us: TimeUnit.MICROSECOND,
  ns: TimeUnit.NANOSECOND,
} as const;
const PER_MS = { ms: 1n, us: 1_000n, ns: 1_000_000n } as const;

export interface TimestampOptions {
  /** What one step of the column is, and the unit of plain numbers and bigints given. Default "ms". */
  readonly unit?: keyof typeof UNITS;
  /** Time zone name recorded in the type. Default "UTC"; null for a local time without zone. */
  readonly timezone?: string | null;
}

/**
 * A Timestamp column. Dates are converted to the column's unit; numbers and bigints count that unit since 1970.
 * @throws ArrowEncodeError naming the first row that holds no integer or an invalid Date
 */
export function timestampColumn(
  values: readonly Nullable<Date | number | bigint>[],
  options: TimestampOptions = {},
): Vector<Timestamp> {
  const { unit = "ms", timezone = "UTC" } = options;
  const { data, validity } = bigints(values, (value) => {
    if (!(value instanceof Date)) return value;
    const ms = value.getTime();
    if (unit === "s") return Math.floor(ms / 1000);
    return unit === "ms" || Number.isNaN(ms) ? ms : BigInt(ms) * PER_MS[unit];
  });
  const type = new Timestamp(UNITS[unit], timezone);
  return new Vector([makeData({ type, length: values.length, ...validity.props(), data })]);
}

function numbers<A extends Float64Array | Float32Array | Int32Array>(
  values: readonly Nullable<number>[],
  data: A,
): { data: A; validity: Validity } {
  const validity = new Validity(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value === null || value === undefined) validity.setNull(i);
    else data[i] = value;
  }
  return { data, validity };
}

function bigints<T>(
  values: readonly Nullable<T>[],
  integerOf: (value: T) => number | bigint,
): { data: BigInt64Array; validity: Validity } {
  const validity = new Validity(values.length);
  const data = new BigInt64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value === null || value === undefined) {
      validity.setNull(i);
      continue;
    }
    const integer = integerOf(value);
    if (typeof integer === "bigint" ? BigInt.asIntN(64, integer) !== integer : !Number.isSafeInteger(integer))
      throw notInteger(integer, i, 64);
    data[i] = BigInt(integer);
  }
  return { data, validity };
}

function notInteger(value: number | bigint, row: number, bits: 32 | 64): ArrowEncodeError {
  const remedy =
    typeof value === "number" && Number.isInteger(value) && bits === 64 ? "; pass a bigint beyond 2^53 - 1" : "";
  return new ArrowEncodeError(`row ${row} holds ${String(value)}, expected a ${bits}-bit integer${remedy}`);
}
