import { BatchDecoder, batchMessages, messagesFromTable, schemaMessage } from "@axlab/wire/arrow";
import {
  commandDescriptor,
  decodeFlightData,
  encodeFlightData,
  messageOfFlightData,
  putResult,
} from "@axlab/wire/flight";
import type { RecordBatch, Table } from "apache-arrow";

import { UnexpectedResponseError } from "../errors/index.js";

/** A DoPut stream: the command rides on the schema message, batches follow. */
export function* putMessages(
  command: Uint8Array,
  table: Table,
  maxRows: number,
): Generator<Uint8Array, void, undefined> {
  for (const { kind, header, body } of messagesFromTable(table, { maxRows }))
    yield encodeFlightData(
      kind === "schema" ? { descriptor: commandDescriptor(command), header, body } : { header, body },
    );
}

/** The same of batches that come one after another, of one schema and without dictionaries. */
export async function* putBatches(
  command: Uint8Array,
  batches: AsyncIterable<RecordBatch>,
  maxRows: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  let opened = false;
  for await (const batch of batches) {
    if (!opened) {
      const { header, body } = schemaMessage(batch.schema);
      yield encodeFlightData({ descriptor: commandDescriptor(command), header, body });
    }
    opened = true;
    for (const { header, body } of batchMessages(batch, { maxRows })) yield encodeFlightData({ header, body });
  }
}

/** Record batches of a DoGet stream, decoded without copying what is aligned. */
export async function* batchesOf(messages: AsyncIterable<Uint8Array>): AsyncGenerator<RecordBatch, void, undefined> {
  let decoder: BatchDecoder | undefined;
  for await (const bytes of messages) {
    const message = messageOfFlightData(decodeFlightData(bytes));
    if (message === null) continue;
    const batch = decoder?.decode(message);
    decoder ??= new BatchDecoder(message);
    if (batch) yield batch;
  }
}

/** The reply in the first PutResult. */
export function firstReply(results: readonly Uint8Array[], command: string): Uint8Array {
  const [first] = results;
  if (first !== undefined) return putResult.decode(first).appMetadata;
  throw noReply("DoPut", command);
}

export const noReply = (method: string, command: string): UnexpectedResponseError =>
  new UnexpectedResponseError({
    status: 200,
    method,
    path: command,
    body: `The server ended ${command} without a result, so it is not known whether it was carried out`,
  });
