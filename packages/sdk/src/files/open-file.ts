import type { RecordBatch } from "apache-arrow";

import { abortError } from "../transport/clock.js";
import { openArrow, openArrowStream } from "./arrow.js";
import { openBytes } from "./bytes.js";
import type { Bytes } from "./bytes.js";
import { openCsv } from "./csv.js";
import { formatOf } from "./formats.js";
import type { FileFormat } from "./formats.js";
import { openNdjson } from "./ndjson.js";
import { openParquet } from "./parquet/read.js";
import type { FileInput, FileSource } from "./source.js";
import type { FileReader, ReadOptions, TabularFile } from "./tabular-file.js";

const READERS: Readonly<Record<FileFormat, (bytes: Bytes, source: FileSource) => Promise<FileReader>>> = {
  parquet: openParquet,
  arrow: openArrow,
  "arrow-stream": openArrowStream,
  csv: openCsv,
  ndjson: openNdjson,
};

/**
 * Opens a Parquet, Arrow, CSV or NDJSON file for reading: by path, `file:` or `http(s):` URL, or a stream of bytes with
 * its `format`. Parquet and the Arrow file format are read from their end, so a URL or a stream of these is first copied to
 * a temporary file. Node only.
 * @throws ValidationError when there is no such file, its format is not known, or it is not what its format says;
 *   ConfigurationError when the format's library is not installed (`hyparquet` with `hyparquet-compressors`, `papaparse`)
 */
export async function openFile(input: FileInput): Promise<TabularFile> {
  const source: FileSource = typeof input === "string" || input instanceof URL ? { file: input } : input;
  const bytes = await openBytes(source.file);
  try {
    const format = formatOf(bytes.name, source.format);
    return tabularFile(bytes, format, await READERS[format](bytes, source));
  } catch (error) {
    await bytes.close();
    throw error;
  }
}

function tabularFile(bytes: Bytes, format: FileFormat, reader: FileReader): TabularFile {
  let { rows } = reader;
  const batches = (options: ReadOptions = {}) => cut(reader, options);
  return {
    name: bytes.name,
    format,
    columns: reader.columns,
    get rows() {
      return rows;
    },
    count: async () => (rows ??= await reader.count()),
    batches,
    [Symbol.asyncIterator]: () => batches(),
    close: () => bytes.close(),
  };
}

async function* cut(reader: FileReader, options: ReadOptions): AsyncGenerator<RecordBatch, void, undefined> {
  const { start = 0, end = Number.MAX_SAFE_INTEGER } = options;
  if (start >= end) return;
  for await (const batch of reader.read({ ...options, start, end })) {
    if (options.signal?.aborted) throw abortError(options.signal);
    yield batch;
  }
}
