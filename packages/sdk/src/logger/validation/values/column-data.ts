import { DataType } from "apache-arrow";
import type { Data, RecordBatch } from "apache-arrow";

import { bytesOf, offsetsOf, valuesOf } from "../../../arrow/memory.js";

/** Chunk of a column in a batch, by name. Record batches are matched by name only, as the platform does. */
export function columnData(batch: RecordBatch, column: string): Data | undefined {
  const index = batch.schema.fields.findIndex((field) => field.name === column);
  return index === -1 ? undefined : batch.data.children[index];
}

/** Whether a row is null; a column of Arrow type null has no bitmap and is null everywhere. */
export function isNull(data: Data, row: number): boolean {
  if (data.nullCount === 0) return false;
  const bitmap = data.nullBitmap;
  if (bitmap === undefined || bitmap.byteLength === 0) return true;
  const bit = data.offset + row;
  return ((bitmap[bit >> 3] ?? 0) & (1 << (bit & 7))) === 0;
}

/** Start and end of a list or text row in its values. Adapters leave no other list types (`arrow/plain-columns.ts`). */
export function rangeOf(data: Data, row: number): readonly [number, number] {
  const offsets = offsetsOf(data);
  return [offsets[row] ?? 0, offsets[row + 1] ?? 0];
}

const decoder = new TextDecoder();

export function textAt(data: Data, row: number): string {
  const [start, end] = rangeOf(data, row);
  return decoder.decode(bytesOf(data).subarray(start, end));
}

/** Whether a text has more than `limit` characters (code points). Only texts with more bytes than that are decoded. */
export function isLongerThan(data: Data, row: number, limit: number): boolean {
  const [start, end] = rangeOf(data, row);
  return end - start > limit && [...textAt(data, row)].length > limit;
}

/** Child chunk of a list column. */
export const itemsOf = (data: Data): Data | undefined => data.children[0];

/** A number of a fixed-width column; 64-bit integers lose what a double cannot hold, enough for range checks. */
export function numberAt(data: Data, row: number): number {
  const values = valuesOf(data);
  const value = Number(values[row] ?? 0);
  return values instanceof Uint16Array && DataType.isFloat(data.type) ? halfToNumber(value) : value;
}

/** Numbers of one list row; NaN stands for a null item. */
export function numbersAt(data: Data, row: number): number[] {
  const items = itemsOf(data);
  if (items === undefined) return [];
  const [start, end] = rangeOf(data, row);
  const numbers: number[] = [];
  for (let item = start; item < end; item++) numbers.push(isNull(items, item) ? Number.NaN : numberAt(items, item));
  return numbers;
}

function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * 2 ** -14 * (fraction / 1024);
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * 2 ** (exponent - 15) * (1 + fraction / 1024);
}
