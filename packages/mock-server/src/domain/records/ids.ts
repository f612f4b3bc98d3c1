import { utf8Column } from "@axlab/wire/arrow";
import { DataType, makeData, Utf8, Vector, type Data } from "apache-arrow";
import { bytesOf, offsetsOf } from "./arrow-access.js";

const encoder = new TextEncoder();
const DIGITS = 8;

/** Ids for rows that came without: a random stem and the row's number, `2f6c1e0a9b7d4c55-0000002a`. */
export function generatedIds(stem: string, first: number, count: number): Data<Utf8> {
  const start = encoder.encode(`${stem}-`);
  const width = start.length + DIGITS;
  const bytes = new Uint8Array(count * width);
  const offsets = new Int32Array(count + 1);
  for (let row = 0; row < count; row++) {
    const at = row * width;
    bytes.set(start, at);
    let number = first + row;
    for (let digit = width - 1; digit >= start.length; digit--) {
      bytes[at + digit] = HEX[number % 16] ?? 0;
      number = Math.floor(number / 16);
    }
    offsets[row + 1] = at + width;
  }
  return makeData({ type: new Utf8(), length: count, nullCount: 0, valueOffsets: offsets, data: bytes });
}
const HEX = encoder.encode("0123456789abcdef");

/** An id column as text, whatever integers it came as, so that an id sent as 7 and as "7" is one id. Null rows get generated ids. */
export function idColumn(data: Data, generated: (row: number) => string): Data<Utf8> {
  if (DataType.isUtf8(data.type) && data.nullCount === 0)
    return makeData({
      type: new Utf8(),
      length: data.length,
      nullCount: 0,
      valueOffsets: offsetsOf(data),
      data: bytesOf(data),
    });
  const vector = new Vector([data]);
  const texts = Array.from({ length: data.length }, (_, row) => {
    const value: unknown = vector.get(row);
    return typeof value === "string" || typeof value === "number" || typeof value === "bigint"
      ? String(value)
      : generated(row);
  });
  const [column] = utf8Column(texts).data;
  return column ?? generatedIds("", 0, 0);
}

/**
 * A 53-bit hash of every id (two 32-bit lanes of multiply and rotate). Two rows with one id have one hash; the reverse is looked at
 * again where it matters.
 */
export function hashIds(ids: Data<Utf8>): Float64Array {
  const { length, values, valueOffsets } = ids;
  const hashes = new Float64Array(length);
  for (let row = 0; row < length; row++)
    hashes[row] = hashBytes(values, valueOffsets[row] ?? 0, valueOffsets[row + 1] ?? 0);
  return hashes;
}

export function hashId(id: string): number {
  const bytes = encoder.encode(id);
  return hashBytes(bytes, 0, bytes.length);
}

function hashBytes(bytes: Uint8Array, begin: number, end: number): number {
  let low = 0x9e3779b9 ^ (end - begin);
  let high = 0x85ebca6b;
  for (let at = begin; at < end; at++) {
    const byte = bytes[at] ?? 0;
    low = Math.imul(low ^ byte, 0x9e3779b1);
    high = Math.imul(high ^ byte, 0x5f356495);
    low ^= low >>> 15;
    high ^= high >>> 13;
  }
  low = Math.imul(low ^ (low >>> 16), 0x85ebca6b) ^ Math.imul(high ^ (high >>> 13), 0xc2b2ae35);
  high = Math.imul(high ^ (high >>> 16), 0x85ebca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2ae35);
  return 2 ** 32 * (high & 0x1fffff) + (low >>> 0);
}
