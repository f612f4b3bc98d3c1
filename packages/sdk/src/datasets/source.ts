import type { JsonObject } from "@axlab/wire";
import type { RecordBatch } from "apache-arrow";

import { openData, openFrame, type Frame, type TabularData } from "../adapters/index.js";
import { isRecordBatch } from "../adapters/arrow-table.js";
import { ConnectionError, ValidationError } from "../errors/client.js";
import { rowsOf } from "../exports/values.js";
import { measuredBytes } from "../rows/chunks.js";
import { jsonTexts } from "../rows/json-columns.js";
import { jsonRows } from "../rows/json.js";
import { checkColumns, needsArrow, RESERVED, RESERVED_REASON } from "./columns.js";

/** Examples as row objects, or as any data that the SDK takes: Arrow, pandas-js, polars, arquero, columns, files, streams of rows or batches. */
export type ExampleData = readonly object[] | TabularData;

/** How examples will travel: as JSON rows, or as Arrow batches. */
export type Prepared =
  | { readonly rows: readonly JsonObject[] }
  | {
      readonly batches: () => AsyncIterable<RecordBatch>;
      readonly totalRows: number | undefined;
      /** Lets go of a file or stream that was not read to its end. */
      readonly release: () => Promise<void>;
    };

interface PrepareOptions {
  readonly via?: "rest" | "flight" | undefined;
  /** Up to this size, as JSON, rows go by REST. */
  readonly maxBytes: number;
  readonly signal?: AbortSignal | undefined;
}

const SET_BY_PLATFORM = Object.fromEntries(RESERVED.map((name) => [name, RESERVED_REASON]));

/**
 * Checks the examples and measures them no further than it takes to know the way.
 * @throws ValidationError naming rows, fields and columns
 */
export async function prepare(examples: ExampleData, options: PrepareOptions): Promise<Prepared> {
  if (isRows(examples)) return fromRows(examples, options);
  return fromFrame(await openData(examples, { signal: options.signal, convert: jsonTexts }), options);
}

/** @throws ValidationError naming rows and fields */
export async function asJsonRows(examples: ExampleData, refused: Readonly<Record<string, string>>) {
  if (isRows(examples)) return jsonRows("examples", examples, refused);
  const rows: object[] = [];
  for await (const batch of (await openData(examples)).batches())
    for (const row of rowsOf(batch, false)) rows.push(row);
  return jsonRows("examples", rows, refused);
}

const isRows = (examples: ExampleData): examples is readonly object[] =>
  Array.isArray(examples) && !examples.some(isRecordBatch);

function fromRows(examples: readonly object[], { via, maxBytes }: PrepareOptions): Prepared {
  const refused = via === "flight" ? {} : SET_BY_PLATFORM;
  let rows: readonly JsonObject[];
  try {
    rows = jsonRows("examples", examples, refused);
  } catch (error) {
    if (via === "rest" || !lacksOnlyArrow(examples, refused)) throw error;
    return asBatches(examples);
  }
  if (via === "rest" || (via === undefined && measuredBytes(rows, maxBytes) + 1 < maxBytes)) return { rows };
  return asBatches(rows);
}

function asBatches(rows: readonly object[]): Prepared {
  const frame = openFrame(rows, { convert: jsonTexts });
  // Finds what a column holds before the first row is sent.
  frame.settle?.();
  return { batches: () => frame.batches(), totalRows: rows.length, release: NOTHING_HELD };
}

/** Whether all that JSON refuses of the rows is dates and bigints, for which Arrow has columns. */
function lacksOnlyArrow(rows: readonly unknown[], refused: Readonly<Record<string, string>>): boolean {
  let found = false;
  const plain = rows.map((row) => {
    if (typeof row !== "object" || row === null || Array.isArray(row)) return [];
    const fields = Object.entries(row).map(([name, value]: [string, unknown]) => {
      const isForArrow = typeof value === "bigint" || (value instanceof Date && !Number.isNaN(value.getTime()));
      found ||= isForArrow;
      return [name, isForArrow ? null : value] as const;
    });
    return Object.fromEntries(fields);
  });
  if (!found) return false;
  try {
    jsonRows("examples", plain, refused);
    return true;
  } catch {
    return false;
  }
}

/** A stream that is refused is let go of: what feeds it may hold a file. */
async function fromFrame(frame: Frame, options: PrepareOptions): Promise<Prepared> {
  const stream = frame.batches()[Symbol.asyncIterator]();
  try {
    return await fromStream(frame, stream, options);
  } catch (error) {
    await stream.return?.();
    throw error;
  }
}

async function fromStream(
  frame: Frame,
  stream: AsyncIterator<RecordBatch>,
  { via, maxBytes }: PrepareOptions,
): Promise<Prepared> {
  const head: RecordBatch[] = [];
  const rows: object[] = [];
  let ended = false;
  let bytes = 1;
  while (via !== "flight" && (via === "rest" || bytes < maxBytes)) {
    const next = await stream.next();
    if (next.done === true) {
      ended = true;
      break;
    }
    head.push(next.value);
    checkColumns(next.value.schema, false);
    if (via === undefined && needsArrow(next.value.schema)) break;
    const more = rowsOf(next.value, false);
    bytes += measuredBytes(more, maxBytes);
    for (const row of more) rows.push(row);
  }
  if (ended && (via === "rest" || isJson(rows))) return { rows: jsonRows("examples", rows, SET_BY_PLATFORM) };
  const totalRows = frame.rows;
  if (frame.inMemory) return { batches: () => frame.batches(), totalRows, release: NOTHING_HELD };
  let begun = false;
  return {
    totalRows,
    release: async () => void (await stream.return?.()),
    async *batches() {
      if (begun) throw cannotRepeat();
      begun = true;
      yield* head.splice(0);
      if (!ended) yield* { [Symbol.asyncIterator]: () => stream };
    },
  };
}

const NOTHING_HELD = (): Promise<void> => Promise.resolve();

/** Integers beyond 2^53 and the like go as Arrow, however few they are. */
function isJson(rows: readonly object[]): boolean {
  if (rows.length === 0) return true;
  try {
    jsonRows("examples", rows);
    return true;
  } catch (error) {
    if (error instanceof ValidationError) return false;
    throw error;
  }
}

const cannotRepeat = (): ConnectionError =>
  new ConnectionError(
    "The connection failed after the stream of examples had begun; nothing was stored. Send it again from its start",
    {
      method: "DoPut",
      path: "createDataset",
    },
  );
