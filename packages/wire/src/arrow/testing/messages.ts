import type { RecordBatch, Vector } from "apache-arrow";
import { batchesFromMessages } from "../read.js";
import type { IpcMessage } from "../message.js";
import { readIpcMessages, type ReadIpcOptions } from "../stream-reader.js";

/** Column values as JSON text, so that nested rows, vectors and bigints compare by value. */
export function plain(vector: Vector | null): unknown {
  return JSON.parse(
    JSON.stringify(vector?.toArray(), (_, value: unknown) => (typeof value === "bigint" ? `${value}n` : value)),
  );
}

export function plainRows(batches: readonly RecordBatch[]): unknown[] {
  return batches.flatMap((batch) =>
    Array.from({ length: batch.numRows }, (_, row): unknown =>
      JSON.parse(
        JSON.stringify(batch.get(row), (_, value: unknown) => (typeof value === "bigint" ? `${value}n` : value)),
      ),
    ),
  );
}

export async function collect(
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  options?: ReadIpcOptions,
): Promise<IpcMessage[]> {
  const messages: IpcMessage[] = [];
  for await (const message of readIpcMessages(chunks, options)) messages.push(message);
  return messages;
}

export function decodeAll(messages: readonly IpcMessage[]): RecordBatch[] {
  const [schema, ...rest] = messages;
  if (schema === undefined) throw new RangeError("no schema message");
  return batchesFromMessages(schema, rest);
}

export async function errorOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => null,
    (error: unknown) => error,
  );
}
