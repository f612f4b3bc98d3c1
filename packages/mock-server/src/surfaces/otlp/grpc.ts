import { decodeTraceRequest, encodeTraceResponse, OTLP_PATHS, OtlpFormatError } from "@axlab/wire/otlp";
import type { handleUnaryCall, ServiceDefinition, UntypedServiceImplementation } from "@grpc/grpc-js";
import { InvalidRequestError } from "../../errors.js";
import type { GrpcParts } from "../grpc.js";
import { header, serveCall } from "../grpc-call.js";
import { firstHeader, OTLP_HEADERS, receiveTraces } from "./receive-traces.js";

const raw = (bytes: Buffer): Buffer => bytes;

export const traceDefinition = {
  Export: {
    path: OTLP_PATHS.grpc,
    requestStream: false,
    responseStream: false,
    requestSerialize: raw,
    requestDeserialize: raw,
    responseSerialize: raw,
    responseDeserialize: raw,
  },
} satisfies ServiceDefinition;

/** OTLP over gRPC: the trace collector that experiments and instrumented applications export to. */
export function traceService(parts: GrpcParts): UntypedServiceImplementation {
  const Export: handleUnaryCall<Buffer, Buffer> = (call, callback) => {
    let answer = Buffer.alloc(0);
    const get = (name: string): string | undefined => header(call.metadata, name);
    const served = serveCall(
      parts,
      call,
      { surface: "otlp", operation: "Export", secret: () => firstHeader(OTLP_HEADERS.key, get) },
      async (caller, seen) => {
        seen.bytes = call.request.length;
        const { rows, outcome } = await receiveTraces(
          parts.domain,
          caller,
          firstHeader(OTLP_HEADERS.space, get) ?? null,
          decoded(call.request),
        );
        seen.rows = rows;
        answer = Buffer.from(encodeTraceResponse(outcome));
      },
    );
    void served.then((error) => callback(error, answer));
  };
  return { Export };
}

function decoded(request: Buffer): ReturnType<typeof decodeTraceRequest> {
  try {
    return decodeTraceRequest(request);
  } catch (error) {
    if (error instanceof OtlpFormatError) throw new InvalidRequestError(`${error.message}.`, { cause: error });
    throw error;
  }
}
