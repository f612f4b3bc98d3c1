import { ArrowFormatError } from "./errors.js";
import { FlatTable } from "./flatbuffer.js";

/** Where one record batch keeps its columns inside the body: nodes and buffers in depth-first order of the fields. */
export interface BatchLayout {
  readonly rows: number;
  readonly nodes: readonly { readonly length: number; readonly nullCount: number }[];
  readonly buffers: readonly { readonly offset: number; readonly length: number }[];
  readonly variadicCounts: readonly number[];
  readonly compression: "lz4" | "zstd" | null;
}

export type MessageInfo = { readonly bodyLength: number; readonly version: number } & (
  | { readonly kind: "schema" }
  | { readonly kind: "batch"; readonly layout: BatchLayout }
  | { readonly kind: "dictionary"; readonly layout: BatchLayout; readonly id: number; readonly isDelta: boolean }
);

const SCHEMA = 1;
const DICTIONARY_BATCH = 2;
const RECORD_BATCH = 3;
const OLDEST_VERSION = 3; // V4, in use since Arrow 0.8
const MAX_FIELDS = 100_000;
const MAX_DEPTH = 64;

/**
 * Reads and checks a bare Arrow message flatbuffer (Message.fbs, Schema.fbs).
 * @param base position of the header in the stream, for error texts
 * @throws ArrowFormatError when it is not a schema, dictionary or record batch message, or points outside itself
 */
export function readHeader(header: Uint8Array, base = 0): MessageInfo {
  const message = FlatTable.root(header, base);
  const version = message.int16(0);
  if (version < OLDEST_VERSION)
    throw new ArrowFormatError(`Arrow metadata version V${version + 1} is too old, write V5`, base);
  const bodyLength = message.int64(3);
  if (bodyLength < 0) throw new ArrowFormatError(`message declares a body of ${bodyLength} bytes`, base);
  const content = message.table(2);
  if (content === null) throw new ArrowFormatError("message has no content", base);
  const type = message.int8(1);
  if (type === SCHEMA) {
    checkSchema(content, base);
    return { kind: "schema", bodyLength, version };
  }
  if (type === RECORD_BATCH)
    return { kind: "batch", bodyLength, version, layout: readLayout(content, bodyLength, base) };
  if (type === DICTIONARY_BATCH) {
    const data = content.table(1);
    if (data === null) throw new ArrowFormatError("dictionary message carries no values", base);
    const layout = readLayout(data, bodyLength, base);
    return { kind: "dictionary", bodyLength, version, layout, id: content.int64(0), isDelta: content.int8(2) !== 0 };
  }
  throw new ArrowFormatError(`message type ${type} is not a schema, dictionary or record batch`, base);
}

function readLayout(batch: FlatTable, bodyLength: number, base: number): BatchLayout {
  const rows = batch.int64(0);
  if (rows < 0 || rows > 0x7fffffff) throw new ArrowFormatError(`record batch declares ${rows} rows`, base);
  const nodes = pairs(batch, 1).map(([length, nullCount]) => {
    if (length < 0 || length > 0x7fffffff || nullCount > length) {
      throw new ArrowFormatError(`record batch declares a column of ${length} values with ${nullCount} nulls`, base);
    }
    return { length, nullCount };
  });
  const buffers = pairs(batch, 2).map(([offset, length]) => {
    if (offset < 0 || length < 0 || offset + length > bodyLength) {
      throw new ArrowFormatError(
        `record batch has a buffer at ${offset}+${length} outside its body of ${bodyLength} bytes`,
        base,
      );
    }
    return { offset, length };
  });
  const counts = batch.vector(4, 8);
  const variadicCounts = Array.from({ length: counts.length }, (_, i) => batch.int64At(counts.start + 8 * i));
  if (variadicCounts.some((count) => count < 0 || count > buffers.length)) {
    throw new ArrowFormatError("record batch counts more view buffers than it has", base);
  }
  return { rows, nodes, buffers, variadicCounts, compression: readCompression(batch, base) };
}

function readCompression(batch: FlatTable, base: number): BatchLayout["compression"] {
  const compression = batch.table(3);
  if (compression === null) return null;
  const codec = compression.int8(0);
  if (codec === 0) return "lz4";
  if (codec === 1) return "zstd";
  throw new ArrowFormatError(
    `record batch is compressed with unknown codec ${codec}, use LZ4_FRAME, ZSTD or none`,
    base,
  );
}

function pairs(batch: FlatTable, field: number): [number, number][] {
  const { start, length } = batch.vector(field, 16);
  return Array.from({ length }, (_, i) => [batch.int64At(start + 16 * i), batch.int64At(start + 16 * i + 8)]);
}

function checkSchema(schema: FlatTable, base: number): void {
  if (schema.int16(0) !== 0) throw new ArrowFormatError("schema is big-endian, write little-endian", base);
  checkMetadata(schema, 2);
  let seen = 0;
  const visit = (field: FlatTable, depth: number): void => {
    seen += 1;
    if (seen > MAX_FIELDS) throw new ArrowFormatError(`schema has more than ${MAX_FIELDS} fields`, base);
    if (depth > MAX_DEPTH) throw new ArrowFormatError(`schema nests deeper than ${MAX_DEPTH} levels`, base);
    field.vector(0, 1);
    checkType(field.int8(2), field.table(3), base);
    field.table(4)?.table(1);
    checkMetadata(field, 6);
    for (const child of field.tables(5)) visit(child, depth + 1);
  };
  for (const field of schema.tables(1)) visit(field, 1);
}

function checkType(type: number, table: FlatTable | null, base: number): void {
  if (type === 0 || table === null) throw new ArrowFormatError("schema has a field without a type", base);
  const TIMESTAMP = 10;
  const UNION = 14;
  if (type === TIMESTAMP) table.vector(1, 1);
  if (type === UNION) table.vector(1, 4);
}

function checkMetadata(table: FlatTable, field: number): void {
  for (const entry of table.tables(field)) {
    entry.vector(0, 1);
    entry.vector(1, 1);
  }
}
