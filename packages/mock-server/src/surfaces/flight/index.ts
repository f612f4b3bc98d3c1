import type {
  handleBidiStreamingCall,
  handleServerStreamingCall,
  handleUnaryCall,
  Metadata,
  ServiceDefinition,
  ServiceError,
  UntypedServiceImplementation,
} from "@grpc/grpc-js";
import { FLIGHT_HEADERS, FLIGHT_METHODS, putResult, result } from "@axlab/wire/flight";
import type { IpcMessage } from "@axlab/wire/arrow";
import type { GrpcParts } from "../grpc.js";
import { header, rawMethod, serveCall } from "../grpc-call.js";
import { received, send, sendAll } from "../grpc-streams.js";
import { doAction } from "./do-action.js";
import { doGet } from "./do-get.js";
import { doPut } from "./do-put.js";
import { frameFlightData } from "./frame.js";
import { getFlightInfo } from "./get-flight-info.js";

/** Messages stay bytes: bodies of several MiB are framed by hand, without a generic codec's copies. What is not here is UNIMPLEMENTED. */
export const flightDefinition = {
  GetFlightInfo: rawMethod(FLIGHT_METHODS.getFlightInfo),
  DoGet: { ...rawMethod(FLIGHT_METHODS.doGet), responseSerialize: frameFlightData },
  DoPut: rawMethod(FLIGHT_METHODS.doPut),
  DoAction: rawMethod(FLIGHT_METHODS.doAction),
} satisfies ServiceDefinition;

/** The key is the bytes of a binary header; there is no `authorization` (`spec/flight.md §1.3`). */
const secret = (metadata: Metadata): string | undefined => header(metadata, FLIGHT_HEADERS.authToken);
const served = (operation: string) => ({ surface: "flight" as const, operation, secret });

export function flightService(parts: GrpcParts): UntypedServiceImplementation {
  const { domain } = parts;
  const GetFlightInfo: handleUnaryCall<Buffer, Buffer> = (call, callback) => {
    let answer = Buffer.alloc(0);
    const done = serveCall(parts, call, served("GetFlightInfo"), async (caller, seen) => {
      seen.bytes = call.request.length;
      answer = Buffer.from(await getFlightInfo(domain, caller, call.request, seen.received));
    });
    void done.then((error) => callback(error, answer));
  };
  const DoGet: handleServerStreamingCall<Buffer, IpcMessage> = (call) => {
    const done = serveCall(parts, call, served("DoGet"), async (caller, seen) => {
      seen.bytes = call.request.length;
      seen.rows = 0;
      const messages = counted(
        doGet(domain, caller, call.request, seen.received),
        (rows) => (seen.rows = (seen.rows ?? 0) + rows),
      );
      await sendAll(call, messages);
    });
    void done.then((error) => finish(call, error));
  };
  const DoPut: handleBidiStreamingCall<Buffer, Buffer> = (call) => {
    const done = serveCall(parts, call, served("DoPut"), async (caller, seen) => {
      const stream = received(call, domain.core.limits.uploadBytes, (bytes) => (seen.bytes += bytes));
      const appMetadata = await doPut(domain, caller, stream, seen.received);
      seen.rows = seen.received.rows ?? 0;
      await send(call, Buffer.from(putResult.encode({ appMetadata })));
    });
    void done.then((error) => finish(call, error));
  };
  const DoAction: handleServerStreamingCall<Buffer, Buffer> = (call) => {
    const done = serveCall(parts, call, served("DoAction"), async (caller, seen) => {
      seen.bytes = call.request.length;
      await send(
        call,
        Buffer.from(result.encode({ body: await doAction(domain, caller, call.request, seen.received) })),
      );
    });
    void done.then((error) => finish(call, error));
  };
  return { GetFlightInfo, DoGet, DoPut, DoAction };
}

async function* counted(
  messages: AsyncIterable<IpcMessage>,
  count: (rows: number) => void,
): AsyncGenerator<IpcMessage> {
  for await (const message of messages) {
    yield message;
    count(message.rows);
  }
}

function finish(
  call: { end(): unknown; emit(event: "error", error: Error): boolean },
  error: ServiceError | null,
): void {
  if (error === null) call.end();
  else call.emit("error", error);
}
