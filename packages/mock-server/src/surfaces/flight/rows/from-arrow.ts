import type { JsonObject } from "@axlab/wire";
import { BatchDecoder, type IpcMessage } from "@axlab/wire/arrow";
import type { RecordBatch } from "apache-arrow";
import type { Columns } from "../../../domain/columns/columns.js";
import { jsonOf } from "../../../domain/records/json-cell.js";
import { InvalidRequestError } from "../../../errors.js";
import { columnsOfSchema } from "./type-kind.js";

const ROWS_PER_PAGE = 1000;

/** An Arrow stream as rows, of which no more than a page is in memory beside the batch that it came in. */
export interface ArrowRows {
  columns: Columns;
  /** may be read once */
  pages: AsyncIterable<JsonObject[]>;
}

/** @throws InvalidRequestError when a column's values have no JSON form, ArrowFormatError when the stream is damaged */
export async function rowsFromArrow(messages: AsyncIterable<IpcMessage>): Promise<ArrowRows> {
  const stream = messages[Symbol.asyncIterator]();
  const first = await stream.next();
  if (first.done === true) throw new InvalidRequestError("The stream ended before its Arrow schema.");
  const decoder = new BatchDecoder(first.value);
  return {
    columns: columnsOfSchema(decoder.schema),
    pages: pagesOf(decoder, { [Symbol.asyncIterator]: () => stream }),
  };
}

async function* pagesOf(decoder: BatchDecoder, messages: AsyncIterable<IpcMessage>): AsyncGenerator<JsonObject[]> {
  for await (const message of messages) {
    const batch = decoder.decode(message);
    if (batch === null) continue;
    for (let start = 0; start < batch.numRows; start += ROWS_PER_PAGE)
      yield rowsOf(batch, start, Math.min(start + ROWS_PER_PAGE, batch.numRows));
  }
}

function rowsOf(batch: RecordBatch, start: number, end: number): JsonObject[] {
  const rows = Array.from({ length: end - start }, (): JsonObject => ({}));
  batch.schema.fields.forEach(({ name }, index) => {
    const vector = batch.getChildAt(index);
    rows.forEach((row, offset) => {
      row[name] = vector === null ? null : jsonOf(vector.get(start + offset), name);
    });
  });
  return rows;
}
