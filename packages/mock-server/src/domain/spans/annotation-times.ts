import { parseAnnotationColumn } from "@axlab/wire/ingest";
import { DataType, makeData, RecordBatch, Struct, type Data } from "apache-arrow";

/** As milliseconds it would be a time after the year 5000. */
const NANOSECONDS_FROM = 100_000_000_000_000n;

/** The batch with each annotation's `updated_at` in milliseconds: Python 7.43 to 7.48 sends it in nanoseconds. */
export function annotationTimesInMs(batch: RecordBatch): RecordBatch {
  const children = batch.data.children.map((data, index) =>
    parseAnnotationColumn(batch.schema.fields[index]?.name ?? "")?.field === "updated_at" ? inMs(data) : data,
  );
  if (children.every((data, index) => data === batch.data.children[index])) return batch;
  const type = new Struct(batch.schema.fields);
  return new RecordBatch(batch.schema, makeData({ type, length: batch.numRows, nullCount: 0, children }));
}

function inMs(data: Data): Data {
  const values: unknown = data.values;
  if (!DataType.isInt(data.type) || !(values instanceof BigInt64Array)) return data;
  const { type, length, nullCount, nullBitmap } = data;
  const ms = values.map((time) => (time >= NANOSECONDS_FROM ? time / 1_000_000n : time));
  return makeData({ type, length, nullCount, nullBitmap, data: ms });
}
