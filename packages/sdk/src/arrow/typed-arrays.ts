import { Float32, Float64, Int16, Int32, Int64, Int8, makeData, Vector } from "apache-arrow";

type NumberArray =
  | Float64Array
  | Float32Array
  | Int8Array
  | Int16Array
  | Int32Array
  | BigInt64Array
  | Uint8Array
  | Uint8ClampedArray
  | Uint16Array
  | Uint32Array
  | BigUint64Array;

export const isTypedArray = (value: unknown): value is NumberArray =>
  ArrayBuffer.isView(value) && !(value instanceof DataView);

/** Index of the first value that int64, which `typedColumn` makes of unsigned integers, cannot hold; -1 when there is none. */
export const beyondInt64 = (values: NumberArray): number =>
  values instanceof BigUint64Array ? values.findIndex((value) => value >= 2n ** 63n) : -1;

/** A typed array as a column, without a copy; unsigned integers, which the platform does not take, are widened to int64. */
export function typedColumn(values: NumberArray): Vector {
  if (values instanceof Float64Array) return new Vector([makeData({ type: new Float64(), data: values })]);
  if (values instanceof Float32Array) return new Vector([makeData({ type: new Float32(), data: values })]);
  if (values instanceof BigInt64Array) return new Vector([makeData({ type: new Int64(), data: values })]);
  if (values instanceof Int32Array) return new Vector([makeData({ type: new Int32(), data: values })]);
  if (values instanceof Int16Array) return new Vector([makeData({ type: new Int16(), data: values })]);
  if (values instanceof Int8Array) return new Vector([makeData({ type: new Int8(), data: values })]);
  return new Vector([makeData({ type: new Int64(), data: BigInt64Array.from(values, BigInt) })]);
}
