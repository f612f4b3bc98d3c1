import { createServer } from "node:http";
import type { IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { Server, ServerCredentials } from "@grpc/grpc-js";
import type { ServerDuplexStream } from "@grpc/grpc-js";
import { BatchDecoder, readIpcMessages } from "@axlab/wire/arrow";
import type { IpcMessage } from "@axlab/wire/arrow";
import {
  decodeFlightData,
  FLIGHT_METHODS,
  messageCodec,
  messageOfFlightData,
  putResult,
  WriteSpanEvaluationResponseSchema,
} from "@axlab/wire/flight";
import { Table } from "apache-arrow";
import type { RecordBatch } from "apache-arrow"; // prettier-ignore

/** One request as it arrived, its table decoded and nothing else done to it. */
export interface Recorded {
  /** `POST /v1/log`, `DoPut`. */
  readonly surface: string;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly table?: Table;
  /** JSON body of a record, JSON command of a DoPut. */
  readonly json?: unknown;
}

export interface Recorder {
  readonly httpPort: number;
  readonly flightPort: number;
  readonly requests: readonly Recorded[];
  close(): Promise<void>;
}

/** A server that takes whatever is sent to ingest and Flight DoPut, keeps it, and says that all is well. It is no platform. */
export async function startRecorder(): Promise<Recorder> {
  const requests: Recorded[] = [];
  const http = createServer((request, response) => {
    void recordHttp(request).then(
      (recorded) => {
        requests.push(recorded);
        response.setHeader("content-type", "application/json");
        response.end(recorded.table === undefined ? "{}" : '{"realTimeIngestionUri":"https://app.example/model"}');
      },
      (error: unknown) => response.writeHead(400).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  const grpc = new Server({ "grpc.max_receive_message_length": -1 });
  const bytes = (value: Buffer): Buffer => value;
  const codec = { requestSerialize: bytes, requestDeserialize: bytes, responseSerialize: bytes, responseDeserialize: bytes };
  grpc.addService(
    { doPut: { ...FLIGHT_METHODS.doPut, ...codec } },
    { doPut: (call: ServerDuplexStream<Buffer, Buffer>) => void recordPut(call).then((recorded) => requests.push(recorded), (error: unknown) => call.emit("error", error)) },
  );
  const flightPort = await new Promise<number>((resolve, reject) =>
    grpc.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => (error ? reject(error) : resolve(port))),
  );
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      grpc.forceShutdown();
      http.closeAllConnections();
      http.close(() => resolve());
    });
  return { httpPort: (http.address() as AddressInfo).port, flightPort, requests, close }; // boundary: a TCP server has this address
} // prettier-ignore

async function recordHttp(request: IncomingMessage): Promise<Recorded> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk); // boundary: a request is a stream of buffers
  const body = Buffer.concat(chunks);
  const headers = new Map(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  const surface = `${request.method} ${request.url}`;
  if (request.url === "/v1/log") return { surface, headers, json: parsed(body) };
  return { surface, headers, table: await tableOf(readIpcMessages([body])) };
}

async function recordPut(call: ServerDuplexStream<Buffer, Buffer>): Promise<Recorded> {
  const messages: IpcMessage[] = [];
  let json: unknown;
  for (const bytes of await received(call)) {
    const data = decodeFlightData(bytes);
    if (data.descriptor !== undefined) json = parsed(data.descriptor.cmd);
    const message = messageOfFlightData(data);
    if (message !== null) messages.push(message);
  }
  const headers = new Map(Object.entries(call.metadata.getMap()).map(([name, value]) => [name, String(value)]));
  // Field 1 of all three replies is how many rows were written.
  const reply = messageCodec(WriteSpanEvaluationResponseSchema).encode({ recordsUpdated: 1n });
  call.write(Buffer.from(putResult.encode({ appMetadata: reply })));
  call.end();
  return { surface: "DoPut", headers, json, table: await tableOf(messages) };
}

/** All messages; iterating over the call would end its answering half too. */
function received(call: ServerDuplexStream<Buffer, Buffer>): Promise<readonly Buffer[]> {
  const messages: Buffer[] = [];
  return new Promise((resolve, reject) => {
    call.on("data", (bytes: Buffer) => messages.push(bytes));
    call.on("end", () => resolve(messages));
    call.on("error", reject);
  });
}

function parsed(bytes: Uint8Array): unknown {
  const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
  return value;
}

async function tableOf(messages: AsyncIterable<IpcMessage> | Iterable<IpcMessage>): Promise<Table> {
  let decoder: BatchDecoder | undefined;
  const batches: RecordBatch[] = [];
  for await (const message of messages) {
    if (decoder === undefined) decoder = new BatchDecoder(message);
    else batches.push(...[decoder.decode(message)].filter((batch) => batch !== null));
  }
  return decoder === undefined ? new Table() : new Table(decoder.schema, batches);
}
