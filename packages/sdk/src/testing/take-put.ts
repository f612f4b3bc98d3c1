import type { Metadata, ServerDuplexStream } from "@grpc/grpc-js";
import { BatchDecoder } from "@axlab/wire/arrow";
import { decodeFlightData, messageOfFlightData, parseDoPutRequest, putResult } from "@axlab/wire/flight";
import { Table } from "apache-arrow";
import type { RecordBatch } from "apache-arrow";

/** One DoPut as a test's server received it. */
export interface Put {
  readonly command: ReturnType<typeof parseDoPutRequest>;
  readonly table: Table;
  readonly metadata: Metadata;
}

/** Takes one DoPut whole, then answers; without a reply it ends the call and says nothing. */
export function takePut(reply: Uint8Array | undefined, done: (put: Put) => void) {
  return (call: ServerDuplexStream<Uint8Array, Uint8Array>): void => {
    let command: Put["command"] | undefined;
    let decoder: BatchDecoder | undefined;
    const batches: RecordBatch[] = [];
    call.on("data", (bytes: Uint8Array) => {
      const data = decodeFlightData(bytes);
      if (data.descriptor !== undefined) command = parseDoPutRequest(data.descriptor.cmd);
      const message = messageOfFlightData(data);
      if (message === null) return;
      const batch = decoder?.decode(message);
      decoder ??= new BatchDecoder(message);
      if (batch) batches.push(batch);
    });
    call.on("end", () => {
      if (command !== undefined) done({ command, table: new Table(batches), metadata: call.metadata });
      if (reply !== undefined) call.write(putResult.encode({ appMetadata: reply }));
      call.end();
    });
  };
}
