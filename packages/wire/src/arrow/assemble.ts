import type { Data } from "apache-arrow";
import { BufferRegion, FieldNode } from "apache-arrow/ipc/metadata/message";
import { bitRange, countOnes } from "./bits.js";
import { ArrowEncodeError } from "./errors.js";
import type { Layout } from "./layout.js";
import { layoutOf, offsetAt, offsetsOf, typeName, valueBytes, viewBytes } from "./layout.js";
import { padded } from "./message.js";

/** Buffers of some rows of some columns, in IPC order, ready to be joined into a message body. */
export interface Assembled {
  readonly nodes: FieldNode[];
  readonly buffers: BufferRegion[];
  readonly body: Uint8Array;
}

/**
 * Lays out rows `[begin, begin + length)` of columns as one message body, copying values once.
 * apache-arrow's own assembler writes whole bitmaps and child lists for a slice; this one writes the range and nothing else.
 */
export function assemble(columns: readonly Data[], begin: number, length: number): Assembled {
  const nodes: FieldNode[] = [];
  const buffers: BufferRegion[] = [];
  const parts: Uint8Array[] = [];
  let size = 0;
  const put = (bytes: Uint8Array): void => {
    buffers.push(new BufferRegion(size, bytes.byteLength));
    parts.push(bytes);
    size += padded(bytes.byteLength);
  };
  const visit = (data: Data, first: number, count: number): void => {
    const layout = writableLayout(data);
    const nulls = layout.kind === "null" ? count : countNulls(data, first, count);
    nodes.push(new FieldNode(count, nulls));
    if (layout.kind === "null") return;
    put(nulls === 0 ? new Uint8Array(0) : bitRange(data.nullBitmap, data.offset + first, count));
    switch (layout.kind) {
      case "bits":
        return put(bitRange(valueBytes(data), data.offset + first, count));
      case "fixed":
        return put(valueBytes(data).subarray(first * layout.width, (first + count) * layout.width));
      case "bytes":
        put(rebasedOffsets(data, first, count, layout.offsetWidth));
        return put(valueBytes(data).subarray(offsetAt(data, first), offsetAt(data, first + count)));
      case "list": {
        put(rebasedOffsets(data, first, count, layout.offsetWidth));
        const start = offsetAt(data, first);
        return visit(onlyChild(data), start, offsetAt(data, first + count) - start);
      }
      case "fixed list":
        return visit(onlyChild(data), first * layout.size, count * layout.size);
      case "struct":
        for (const child of data.children) visit(child, first, count);
    }
  };
  for (const column of columns) visit(column, begin, length);
  return { nodes, buffers, body: join(parts, buffers, size) };
}

/** Bytes `assemble` would need for the body of these rows. */
export function bodySize(columns: readonly Data[], begin: number, length: number): number {
  return columns.reduce((sum, column) => sum + columnSize(column, begin, length), 0);
}

function columnSize(data: Data, first: number, count: number): number {
  const layout = writableLayout(data);
  if (layout.kind === "null") return 0;
  const validity = data.nullCount > 0 ? padded((count + 7) >> 3) : 0;
  switch (layout.kind) {
    case "bits":
      return validity + padded((count + 7) >> 3);
    case "fixed":
      return validity + padded(count * layout.width);
    case "bytes":
      return (
        validity +
        padded((count + 1) * layout.offsetWidth) +
        padded(offsetAt(data, first + count) - offsetAt(data, first))
      );
    case "list": {
      const start = offsetAt(data, first);
      const values = columnSize(onlyChild(data), start, offsetAt(data, first + count) - start);
      return validity + padded((count + 1) * layout.offsetWidth) + values;
    }
    case "fixed list":
      return validity + columnSize(onlyChild(data), first * layout.size, count * layout.size);
    case "struct":
      return validity + bodySize(data.children, first, count);
  }
}

function writableLayout(data: Data): Exclude<Layout, { kind: "views" }> {
  const layout = layoutOf(data.type);
  if (layout === null || layout.kind === "views")
    throw new ArrowEncodeError(
      `columns of type ${typeName(data.type)} cannot be written, cast them to a list, struct or string`,
    );
  return layout;
}

function onlyChild(data: Data): Data {
  const child = data.children[0];
  if (child === undefined) throw new ArrowEncodeError(`a ${typeName(data.type)} column holds no child values`);
  return child;
}

function countNulls(data: Data, first: number, count: number): number {
  if (data.nullCount === 0) return 0;
  return count - countOnes(data.nullBitmap, data.offset + first, count);
}

function rebasedOffsets(data: Data, first: number, count: number, width: 4 | 8): Uint8Array {
  const offsets = offsetsOf(data);
  if (offsets === null || offsets.length === 0) return new Uint8Array(width);
  const range = offsets.subarray(first, first + count + 1);
  if (Number(range[0]) === 0) return viewBytes(range);
  // Loops, because `map` calls back for every offset.
  if (range instanceof BigInt64Array) {
    const rebased = new BigInt64Array(range.length);
    const start = range[0] ?? 0n;
    for (let i = 0; i < range.length; i++) rebased[i] = (range[i] ?? 0n) - start;
    return viewBytes(rebased);
  }
  const rebased = new Int32Array(range.length);
  const start = range[0] ?? 0;
  for (let i = 0; i < range.length; i++) rebased[i] = (range[i] ?? 0) - start;
  return viewBytes(rebased);
}

function join(parts: readonly Uint8Array[], buffers: readonly BufferRegion[], size: number): Uint8Array {
  const body = new Uint8Array(size);
  parts.forEach((part, i) => body.set(part, buffers[i]?.offset ?? 0));
  return body;
}
