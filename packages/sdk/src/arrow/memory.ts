import type { Data, DataType, Field, Vector } from "apache-arrow";

import { isTypedArray } from "./typed-arrays.js";

// apache-arrow types what these give as `any`; here it is checked once, so that everything above is typed.

const NOTHING = new Uint8Array(0);
const NO_OFFSETS = new Int32Array(1);

/** Values of a fixed-width chunk; halves of float16 come as their bits. */
export function valuesOf(data: Data): ArrayLike<number | bigint> {
  const values: unknown = data.values;
  return isTypedArray(values) ? values : NOTHING;
}

/** UTF-8 bytes of a text chunk. */
export function bytesOf(data: Data): Uint8Array {
  const values: unknown = data.values;
  return values instanceof Uint8Array ? values : NOTHING;
}

/** Offsets of a text or list chunk; 64-bit ones (large texts) are for `wideOffsetsOf`. */
export function offsetsOf(data: Data): Int32Array {
  const offsets: unknown = data.valueOffsets;
  return offsets instanceof Int32Array ? offsets : NO_OFFSETS;
}

export function wideOffsetsOf(data: Data): ArrayLike<number | bigint> {
  const offsets: unknown = data.valueOffsets;
  return isTypedArray(offsets) ? offsets : NO_OFFSETS;
}

export function typeOf(field: Field): DataType {
  const type: unknown = field.type;
  if (isArrowType(type)) return type;
  throw new TypeError(`field ${field.name} has no Arrow type`);
}

/** By shape: a type made by another copy of apache-arrow is no instance of this one's class. */
const isArrowType = (type: unknown): type is DataType => typeof type === "object" && type !== null && "typeId" in type;

/** The chunk of a column that a builder made in one piece. */
export function onlyChunk(vector: Vector): Data {
  const [chunk] = vector.data;
  if (chunk === undefined) throw new RangeError("a column without a chunk");
  return chunk as Data; // boundary: Vector<any> holds chunks of any type
}
