import { DataType, makeData, Precision, type Data } from "apache-arrow";
import { InvalidRequestError } from "../../../errors.js";
import { bytesOf, fieldsOf, itemTypeOf, offsetsOf, typeName, typeOf } from "../arrow-access.js";

/** Some rows one after another of a column; `data: null` stands for rows without a value. */
export interface Run {
  data: Data | null;
  start: number;
  count: number;
}

/** Adds one row, as part of the last run where it follows it. */
export function pushRow(runs: Run[], data: Data | null, row: number): void {
  const last = runs.at(-1);
  if (last !== undefined && last.data === data && (data === null || last.start + last.count === row)) last.count++;
  else runs.push({ data, start: data === null ? 0 : row, count: 1 });
}

/** One column of the given rows, all of which are of `type` already. Copies whole runs at a time. */
export function gather(type: DataType, runs: readonly Run[]): Data {
  const length = runs.reduce((sum, run) => sum + run.count, 0);
  if (DataType.isNull(type)) return makeData({ type, length });
  const { nullBitmap, nullCount } = gatherValidity(runs, length);
  const common = { length, nullBitmap, nullCount };
  if (DataType.isBool(type)) return makeData({ type, ...common, data: gatherBits(runs, length) });
  if (DataType.isUtf8(type)) {
    const { offsets, children } = gatherOffsets(runs, length);
    return makeData({ type, ...common, valueOffsets: offsets, data: gatherBytes(children, offsets[length] ?? 0) });
  }
  if (DataType.isList(type)) {
    const { offsets, children } = gatherOffsets(runs, length);
    const item = itemTypeOf(type);
    const childRuns = children.map(({ data, start, count }): Run => ({ data: data.children[0] ?? null, start, count }));
    if (item !== undefined) return makeData({ type, ...common, valueOffsets: offsets, child: gather(item, childRuns) });
  }
  if (DataType.isStruct(type)) {
    const children = fieldsOf(type).map((field, index) =>
      gather(
        typeOf(field),
        runs.map((run) => ({ ...run, data: run.data?.children[index] ?? null })),
      ),
    );
    return makeData({ type, ...common, children });
  }
  const { buffer } = gatherFixed(runs, length, byteWidth(type));
  if (DataType.isFloat(type))
    return makeData({
      type,
      ...common,
      data: type.precision === Precision.DOUBLE ? new Float64Array(buffer) : new Float32Array(buffer),
    });
  if (DataType.isInt(type)) return makeData({ type, ...common, data: integers(type.bitWidth, buffer) });
  if (DataType.isTimestamp(type)) return makeData({ type, ...common, data: new BigInt64Array(buffer) });
  throw new InvalidRequestError(`A column of type ${typeName(type)} cannot be merged.`);
}

function gatherValidity(runs: readonly Run[], length: number): { nullBitmap: Uint8Array | null; nullCount: number } {
  if (runs.every(({ data }) => data !== null && data.nullCount === 0)) return { nullBitmap: null, nullCount: 0 };
  const nullBitmap = new Uint8Array((length + 7) >> 3);
  let at = 0;
  let valid = 0;
  for (const { data, start, count } of runs) {
    for (let row = start; data !== null && row < start + count; row++, at++) {
      if (data.nullCount > 0 && !data.getValid(row)) continue;
      setBit(nullBitmap, at);
      valid++;
    }
    if (data === null) at += count;
  }
  return { nullBitmap, nullCount: length - valid };
}

function gatherBits(runs: readonly Run[], length: number): Uint8Array {
  const bits = new Uint8Array((length + 7) >> 3);
  let at = 0;
  for (const { data, start, count } of runs) {
    const source = data === null ? new Uint8Array() : bytesOf(data);
    const first = start + (data?.offset ?? 0);
    for (let bit = first; data !== null && bit < first + count; bit++, at++)
      if ((((source[bit >> 3] ?? 0) >> (bit & 7)) & 1) === 1) setBit(bits, at);
    if (data === null) at += count;
  }
  return bits;
}

function setBit(bits: Uint8Array, at: number): void {
  bits[at >> 3] = (bits[at >> 3] ?? 0) | (1 << (at & 7));
}

interface ValueRange {
  data: Data;
  start: number;
  count: number;
}

function gatherOffsets(runs: readonly Run[], length: number): { offsets: Int32Array; children: ValueRange[] } {
  const offsets = new Int32Array(length + 1);
  const children: ValueRange[] = [];
  let at = 0;
  let end = 0;
  for (const { data, start, count } of runs) {
    const source = data === null ? new Int32Array() : offsetsOf(data);
    const first = source[start] ?? 0;
    const before = end;
    for (let row = 0; row < count; row++) {
      end = data === null ? before : before + (source[start + row + 1] ?? first) - first;
      offsets[++at] = end;
    }
    if (data !== null && end > before) children.push({ data, start: first, count: end - before });
    if (end > 0x7fffffff)
      throw new InvalidRequestError(
        "The merged rows hold more than 2 GiB in one column of one batch; export a shorter range.",
      );
  }
  return { offsets, children };
}

function gatherBytes(ranges: readonly ValueRange[], size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const { data, start, count } of ranges) {
    bytes.set(bytesOf(data).subarray(start, start + count), at);
    at += count;
  }
  return bytes;
}

function gatherFixed(runs: readonly Run[], length: number, width: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length * width);
  let at = 0;
  for (const { data, start, count } of runs) {
    if (data !== null) bytes.set(bytesOf(data).subarray(start * width, (start + count) * width), at);
    at += count * width;
  }
  return bytes;
}

function byteWidth(type: DataType): number {
  if (DataType.isInt(type)) return type.bitWidth / 8;
  return DataType.isFloat(type) && type.precision === Precision.SINGLE ? 4 : 8;
}

function integers(bits: number, buffer: ArrayBuffer): Int8Array | Int16Array | Int32Array | BigInt64Array {
  if (bits === 64) return new BigInt64Array(buffer);
  if (bits === 32) return new Int32Array(buffer);
  return bits === 16 ? new Int16Array(buffer) : new Int8Array(buffer);
}
