import type { FileFormat } from "./formats.js";

/** Bytes as they come: a Node stream, a web stream, a response's body. */
export type ByteStream = AsyncIterable<Uint8Array | string> | ReadableStream<Uint8Array>;

/** Types that a text file's columns can be declared to have. */
export type ColumnType = "bool" | "int64" | "float64" | "text" | "timestamp";

/** A file, and how it is to be read. */
export interface FileSource {
  /** A path, a `file:` or `http(s):` URL, or a stream of bytes (which needs `format`). */
  readonly file: string | URL | ByteStream;
  /** Default: told by the ending of the name. */
  readonly format?: FileFormat | undefined;
  /**
   * CSV and NDJSON: types of some columns. A `timestamp` is an ISO 8601 date or time, UTC unless it names a zone; it
   * becomes milliseconds.
   */
  readonly columnTypes?: Readonly<Record<string, ColumnType>> | undefined;
  /** CSV: rows that types are inferred from. Default 10 000. */
  readonly sampleRows?: number | undefined;
  /** CSV: default a comma, a tab for `.tsv`. */
  readonly delimiter?: string | undefined;
}

/** What takes the place of data wherever the SDK takes a table: a path, a URL, or a file with options. */
export type FileInput = string | URL | FileSource;
