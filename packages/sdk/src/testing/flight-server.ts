import { Server, ServerCredentials, status } from "@grpc/grpc-js";
import type {
  Metadata,
  sendUnaryData,
  ServerDuplexStream,
  ServerUnaryCall,
  ServerWritableStream,
  UntypedServiceImplementation,
} from "@grpc/grpc-js";
import { FLIGHT_METHODS } from "@axlab/wire/flight";

type Bytes = Uint8Array;

/** What a test's Flight server does; a method left out answers UNIMPLEMENTED. */
export interface FlightHandlers {
  readonly getFlightInfo?: (request: Bytes, metadata: Metadata) => Promise<Bytes> | Bytes;
  readonly doGet?: (call: ServerWritableStream<Bytes, Bytes>) => void;
  readonly doAction?: (call: ServerWritableStream<Bytes, Bytes>) => void;
  readonly doPut?: (call: ServerDuplexStream<Bytes, Bytes>) => void;
}

export interface FlightServer {
  readonly port: number;
  readonly close: () => void;
}

/** A gRPC status as grpc-js takes it. */
export const grpcError = (code: status, details: string): Error => Object.assign(new Error(details), { code, details });

/** A real Flight server on a free port for tests, speaking bytes. Not part of the package. */
export async function startFlightServer(handlers: FlightHandlers): Promise<FlightServer> {
  const server = new Server({ "grpc.max_receive_message_length": -1 });
  const toBuffer = (bytes: Bytes): Buffer => Buffer.from(bytes);
  const toBytes = (buffer: Buffer): Bytes => buffer;
  const codec = {
    requestSerialize: toBuffer,
    requestDeserialize: toBytes,
    responseSerialize: toBuffer,
    responseDeserialize: toBytes,
  };
  const definition = Object.fromEntries(
    Object.entries(FLIGHT_METHODS).map(([name, method]) => [name, { ...method, ...codec }]),
  );
  const unimplemented = grpcError(status.UNIMPLEMENTED, "not served in this test");
  const implementation: UntypedServiceImplementation = {
    getFlightInfo(call: ServerUnaryCall<Bytes, Bytes>, callback: sendUnaryData<Bytes>) {
      Promise.resolve()
        .then(() => handlers.getFlightInfo?.(call.request, call.metadata))
        .then((answer) => (answer === undefined ? callback(unimplemented) : callback(null, answer)))
        .catch((error: unknown) => callback(error instanceof Error ? error : unimplemented));
    },
    doGet: (call: ServerWritableStream<Bytes, Bytes>) =>
      handlers.doGet ? handlers.doGet(call) : call.emit("error", unimplemented),
    doAction: (call: ServerWritableStream<Bytes, Bytes>) =>
      handlers.doAction ? handlers.doAction(call) : call.emit("error", unimplemented),
    doPut: (call: ServerDuplexStream<Bytes, Bytes>) =>
      handlers.doPut ? handlers.doPut(call) : call.emit("error", unimplemented),
  };
  server.addService(definition, implementation);
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    ),
  );
  return { port, close: () => server.forceShutdown() };
}
