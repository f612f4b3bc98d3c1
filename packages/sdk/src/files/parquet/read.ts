import { open } from "node:fs/promises";

import { Vector } from "apache-arrow";
import type { RecordBatch } from "apache-arrow";
import type * as hyparquetModule from "hyparquet";
import type { compressors as compressorsOf } from "hyparquet-compressors";
import type { AsyncBuffer, FileMetaData, ParquetParsers, SchemaTree } from "hyparquet";

import { batchesFromColumns } from "../../arrow/batch.js";
import { DEFAULT_BATCH_ROWS, isWanted } from "../../adapters/frame.js";
import { ValidationError } from "../../errors/index.js";
import type { Bytes, LocalFile } from "../bytes.js";
import { damage } from "../damage.js";
import { load } from "../load.js";
import type { FileReader } from "../tabular-file.js";
import { columnBuilder } from "./types.js";

/** What a pass over a file needs. */
interface OpenParquet {
  readonly name: string;
  readonly file: LocalFile;
  readonly metadata: FileMetaData;
  readonly columns: readonly SchemaTree[];
  readonly hyparquet: typeof hyparquetModule;
  readonly compressors: typeof compressorsOf;
}

/** Parquet, a row group at a time and of that a column at a time; only the columns that are wanted are read. */
export async function openParquet(bytes: Bytes): Promise<FileReader> {
  const packages = "hyparquet hyparquet-compressors";
  const hyparquet = await load("Reading Parquet", packages, () => import("hyparquet"));
  const { compressors } = await load("Reading Parquet", packages, () => import("hyparquet-compressors"));
  const { name } = bytes;
  const file = await bytes.local();
  try {
    const metadata = await withBuffer(file, (buffer) => hyparquet.parquetMetadataAsync(buffer, { geoparquet: false }));
    const columns = hyparquet.parquetSchema(metadata).children;
    const parquet = { name, file, metadata, columns, hyparquet, compressors };
    const rows = Number(metadata.num_rows);
    return {
      rows,
      columns: columns.map(({ element }) => element.name),
      count: () => Promise.resolve(rows),
      read: (options) => {
        const wanted = columns.filter(({ element }) => isWanted(options, element.name));
        refuseTwice(name, wanted);
        return readSpan(parquet, wanted, { ...options, maxRows: options.maxRows ?? DEFAULT_BATCH_ROWS });
      },
    };
  } catch (error) {
    throw damage(name, "its footer", error);
  }
}

/** Columns are read by name. */
function refuseTwice(name: string, wanted: readonly SchemaTree[]): void {
  const names = wanted.map(({ element }) => element.name);
  const twice = names.find((column, index) => names.indexOf(column) !== index);
  if (twice === undefined) return;
  throw new ValidationError(`${name} cannot be read`, [
    { path: `column "${twice}"`, message: "stands twice in the file; give each column a name of its own" },
  ]);
}

async function* readSpan(
  parquet: OpenParquet,
  wanted: readonly SchemaTree[],
  { start, end, maxRows }: { readonly start: number; readonly end: number; readonly maxRows: number },
): AsyncGenerator<RecordBatch> {
  let row = 0;
  for (const group of parquet.metadata.row_groups) {
    const first = Math.max(row, start);
    const last = Math.min((row += Number(group.num_rows)), end);
    if (first >= last) continue;
    const columns = await withBuffer(parquet.file, (buffer) => readGroup(parquet, buffer, wanted, first, last));
    for (let at = 0; at < last - first; at += maxRows) {
      const rows = Math.min(maxRows, last - first - at);
      yield* batchesFromColumns(columns.map(([name, column]) => [name, column.slice(at, at + rows)] as const), rows); // prettier-ignore
    }
  }
}

/** Rows of one group: a column is decoded and made into Arrow memory before the next is read. */
async function readGroup(
  parquet: OpenParquet,
  buffer: AsyncBuffer,
  wanted: readonly SchemaTree[],
  first: number,
  last: number,
): Promise<readonly (readonly [string, Vector])[]> {
  const columns: (readonly [string, Vector])[] = [];
  for (const node of wanted) {
    const { name } = node.element;
    try {
      columns.push([name, await readColumn(parquet, buffer, node, first, last)]);
    } catch (error) {
      throw damage(parquet.name, `rows ${first}–${last - 1}, column "${name}"`, error);
    }
  }
  return columns;
}

async function readColumn(
  { name, metadata, hyparquet, compressors }: OpenParquet,
  file: AsyncBuffer,
  node: SchemaTree,
  rowStart: number,
  rowEnd: number,
): Promise<Vector> {
  const build = columnBuilder(node);
  if (build === undefined)
    throw new ValidationError(`${name} cannot be read`, [
      { path: `column "${node.element.name}"`, message: "holds a map, raw bytes, or times inside a list; write it as plain columns" },
    ]); // prettier-ignore
  const parts: Vector[] = [];
  const options = { file, metadata, compressors, columns: [node.element.name], parsers: PARSERS, rowStart, rowEnd };
  await hyparquet.parquetRead({
    ...options,
    onChunk: ({ columnData, rowStart: at }) => {
      const from = Math.max(rowStart - at, 0);
      const to = Math.min(rowEnd - at, columnData.length);
      if (from < to) parts.push(build(columnData).slice(from, to));
    },
  });
  const column = new Vector(parts.flatMap((part) => part.data));
  if (column.length === rowEnd - rowStart) return column;
  throw new RangeError(`${column.length} of ${rowEnd - rowStart} values are there`);
}

/** Times stay the numbers they are, since a Date would cut them to milliseconds; JSON stays text. */
const PARSERS: Partial<ParquetParsers> = {
  timestampFromMilliseconds: (value) => value,
  timestampFromMicroseconds: (value) => value,
  timestampFromNanoseconds: (value) => value,
  dateFromDays: (value) => value,
  jsonFromBytes: (bytes: Uint8Array | undefined) => bytes && new TextDecoder().decode(bytes),
  stringFromBytes: (bytes: Uint8Array | undefined) => bytes && textOf(bytes),
};

const decoder = new TextDecoder("utf-8", { fatal: true });

/** Bytes without an annotation may be text or not; what is not would be read as other characters. */
function textOf(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw new TypeError("holds bytes that are no UTF-8 text; write it as text, such as hexadecimal or base64");
  }
}

/** Random access to a file while something is read from it. */
async function withBuffer<Result>(
  { path, size }: LocalFile,
  read: (buffer: AsyncBuffer) => Promise<Result>,
): Promise<Result> {
  const file = await open(path);
  const slice = async (start: number, end = size): Promise<ArrayBuffer> => {
    const from = start < 0 ? size + start : start;
    const memory = new Uint8Array(Math.max(Math.min(end, size) - from, 0));
    const { bytesRead } = await file.read(memory, 0, memory.byteLength, from);
    return memory.buffer.slice(0, bytesRead);
  };
  try {
    return await read({ byteLength: size, slice });
  } finally {
    await file.close();
  }
}
