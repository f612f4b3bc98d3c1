import type { RecordBatch } from "apache-arrow";

import { abortError } from "../transport/clock.js";
import { ValidationError } from "../errors/index.js";
import { isRecordBatch } from "./arrow-table.js";
import { DEFAULT_BATCH_ROWS, isAsyncIterable, isIterable } from "./frame.js";
import type { Adapter, FrameOptions } from "./frame.js";
import { isRow, RowColumns } from "./rows.js";
import type { RowObject } from "./rows.js";

/** Iterables and async iterables of record batches or of row objects, read once and never held whole. */
export const streamAdapter: Adapter = {
  accepts: "an (async) iterable of record batches or row objects",
  open(data, options) {
    if (typeof data === "string" || (!isAsyncIterable(data) && !isIterable(data))) return undefined;
    return { source: "stream", inMemory: false, batches: () => readStream(data, options) };
  },
};

async function* readStream(
  source: AsyncIterable<unknown> | Iterable<unknown>,
  options: FrameOptions,
): AsyncGenerator<RecordBatch> {
  const step = options.maxRows ?? DEFAULT_BATCH_ROWS;
  const columns = new RowColumns(options);
  let waiting: RowObject[] = [];
  let row = 0;
  const flush = (): readonly RecordBatch[] => {
    const batches = columns.take(waiting, row);
    row += waiting.length;
    waiting = [];
    return batches;
  };
  for await (const item of source) {
    if (options.signal?.aborted) throw abortError(options.signal);
    if (isRecordBatch(item)) {
      if (waiting.length > 0) yield* flush();
      row += item.numRows;
      yield item;
    } else if (isRow(item)) {
      waiting.push(item);
      if (waiting.length >= step) yield* flush();
    } else {
      const at = row + waiting.length;
      throw new ValidationError("The stream holds something that is neither a row object nor a record batch", [
        {
          path: `row ${at}`,
          message: ArrayBuffer.isView(item)
            ? 'is bytes; pass the stream of a file as { file: stream, format: "csv" }, or parquet, arrow, arrow-stream, ndjson'
            : `is ${item === null ? "null" : typeof item}; yield objects such as { id: "1", age: 30 }`,
        },
      ]);
    }
  }
  if (waiting.length > 0) yield* flush();
}
