import type { Data, RecordBatch, Schema, Table, Vector } from "apache-arrow";
import { Message } from "apache-arrow";
import { DictionaryBatch, RecordBatch as BatchHeader } from "apache-arrow/ipc/metadata/message";
import { assemble, bodySize } from "./assemble.js";
import { ArrowEncodeError } from "./errors.js";
import type { IpcMessage } from "./message.js";

export interface SplitOptions {
  /** Most rows in one batch message. Default 8192. */
  readonly maxRows?: number;
  /**
   * Most bytes in the body of one batch message; a single row larger than this travels alone. Default 3.75 MiB, so that
   * a FlightData message stays under gRPC's customary 4 MiB.
   */
  readonly maxBytes?: number;
}

/** The message that opens every stream, custom metadata of the schema and its fields included. */
export function schemaMessage(schema: Schema): IpcMessage {
  return { kind: "schema", header: Message.encode(Message.from(schema)), body: new Uint8Array(0), rows: 0 };
}

/**
 * Schema message, then dictionaries as they are needed, then batch messages of limited size. Bodies are never compressed.
 * A table without rows yields its schema alone.
 * @throws ArrowEncodeError for union and view columns, batches of differing schemas, and nothing at all
 */
export function* messagesFromTable(
  source: Table | readonly RecordBatch[],
  options: SplitOptions = {},
): Generator<IpcMessage, void, undefined> {
  const batches = "batches" in source ? source.batches : source;
  const schema = "batches" in source ? source.schema : batches[0]?.schema;
  if (schema === undefined)
    throw new ArrowEncodeError("no record batch given, so there is no schema to write; pass a Table");
  yield schemaMessage(schema);
  const sent = new Map<number, Vector>();
  for (const batch of batches) {
    requireSameFields(schema, batch.schema);
    if (batch.numRows === 0) continue;
    for (const [id, dictionary] of batch.dictionaries) {
      if (sent.get(id) === dictionary) continue;
      sent.set(id, dictionary);
      yield* dictionaryMessages(id, dictionary);
    }
    yield* batchMessages(batch, options);
  }
}

/** The rows of one batch as messages of limited size, without schema or dictionaries. */
export function* batchMessages(batch: RecordBatch, options: SplitOptions = {}): Generator<IpcMessage, void, undefined> {
  const { maxRows = 8192, maxBytes = 3.75 * 1024 * 1024 } = options;
  if (!(maxRows >= 1) || !(maxBytes >= 1)) throw new ArrowEncodeError("maxRows and maxBytes must be at least 1");
  const columns = batch.data.children;
  for (let begin = 0; begin < batch.numRows;) {
    const count = fittingRows(columns, begin, Math.min(Math.floor(maxRows), batch.numRows - begin), maxBytes);
    const { nodes, buffers, body } = assemble(columns, begin, count);
    const header = new BatchHeader(count, nodes, buffers, null, [], batch.metadata);
    yield { kind: "batch", header: Message.encode(Message.from(header, body.byteLength)), body, rows: count };
    begin += count;
  }
}

function fittingRows(columns: readonly Data[], begin: number, wanted: number, maxBytes: number): number {
  let count = wanted;
  while (count > 1) {
    const size = bodySize(columns, begin, count);
    if (size <= maxBytes) break;
    count = Math.max(1, Math.min(count - 1, Math.floor((count * maxBytes) / size)));
  }
  return count;
}

function* dictionaryMessages(id: number, dictionary: Vector): Generator<IpcMessage> {
  for (const [index, chunk] of dictionary.data.entries()) {
    const { nodes, buffers, body } = assemble([chunk], 0, chunk.length);
    const header = new DictionaryBatch(new BatchHeader(chunk.length, nodes, buffers, null), id, index > 0);
    yield {
      kind: "dictionary",
      header: Message.encode(Message.from(header, body.byteLength)),
      body,
      rows: chunk.length,
    };
  }
}

function requireSameFields(schema: Schema, other: Schema): void {
  if (schema === other) return;
  const describe = (s: Schema): string => s.fields.map((field) => `${field.name}: ${String(field.type)}`).join(", ");
  if (describe(schema) === describe(other)) return;
  throw new ArrowEncodeError(
    `record batches of one stream must share one schema; got {${describe(schema)}} and {${describe(other)}}`,
  );
}
