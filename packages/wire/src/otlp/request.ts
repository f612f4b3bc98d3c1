import { create, fromBinary, fromJson, type JsonValue, toBinary, toJson } from "@bufbuild/protobuf";
import { base64Encode } from "@bufbuild/protobuf/wire";
import {
  ExportTraceServiceRequestSchema,
  ExportTraceServiceResponseSchema,
  type ExportTraceServiceRequest,
  type ExportTraceServiceResponse,
} from "../gen/otlp/collector_pb.js";
import { hexBytes } from "./hex.js";
import { OtlpFormatError } from "./errors.js";

export type { ExportTraceServiceRequest };

/** Where spans go: the gRPC method, and the path of OTLP over HTTP below the origin. */
export const OTLP_PATHS = {
  grpc: "/opentelemetry.proto.collector.trace.v1.TraceService/Export",
  http: "/v1/traces",
} as const;

/** @throws OtlpFormatError when the bytes are no ExportTraceServiceRequest */
export function decodeTraceRequest(bytes: Uint8Array): ExportTraceServiceRequest {
  try {
    return fromBinary(ExportTraceServiceRequestSchema, bytes);
  } catch (cause) {
    throw new OtlpFormatError(
      `body is not a protobuf ExportTraceServiceRequest: ${cause instanceof Error ? cause.message : String(cause)}`,
    );
  }
}

/** What an exporter sends, by gRPC or as `application/x-protobuf`. */
export function encodeTraceRequest(request: ExportTraceServiceRequest): Uint8Array {
  return toBinary(ExportTraceServiceRequestSchema, request);
}

/**
 * Reads OTLP/JSON, which differs from proto3 JSON in one thing: trace and span ids are hexadecimal. Unknown keys are
 * ignored, as the OTLP specification asks.
 * @throws OtlpFormatError when the text is no ExportTraceServiceRequest
 */
export function decodeTraceRequestJson(text: string): ExportTraceServiceRequest {
  let json: JsonValue;
  try {
    json = JSON.parse(text, hexIdsToBase64) as JsonValue; // boundary: fromJson checks it below
  } catch {
    throw new OtlpFormatError("body is not JSON; send an ExportTraceServiceRequest as OTLP/JSON");
  }
  try {
    return fromJson(ExportTraceServiceRequestSchema, json, { ignoreUnknownFields: true });
  } catch (cause) {
    throw new OtlpFormatError(
      `body is not an ExportTraceServiceRequest: ${cause instanceof Error ? cause.message : String(cause)}`,
    );
  }
}

/** What became of a request: nothing means every span was taken. */
export interface TraceOutcome {
  readonly rejectedSpans?: number;
  /** Says which spans and why. */
  readonly errorMessage?: string;
}

export function encodeTraceResponse(outcome: TraceOutcome = {}): Uint8Array {
  return toBinary(ExportTraceServiceResponseSchema, response(outcome));
}

export function traceResponseJson(outcome: TraceOutcome = {}): JsonValue {
  return toJson(ExportTraceServiceResponseSchema, response(outcome));
}

function response({ rejectedSpans = 0, errorMessage = "" }: TraceOutcome): ExportTraceServiceResponse {
  if (rejectedSpans === 0 && errorMessage === "") return create(ExportTraceServiceResponseSchema);
  return create(ExportTraceServiceResponseSchema, {
    partialSuccess: { rejectedSpans: BigInt(rejectedSpans), errorMessage },
  });
}

const ID_LENGTHS = new Map([
  ["traceId", 32],
  ["trace_id", 32],
  ["spanId", 16],
  ["span_id", 16],
  ["parentSpanId", 16],
  ["parent_span_id", 16],
]);

function hexIdsToBase64(key: string, value: unknown): unknown {
  if (typeof value !== "string" || ID_LENGTHS.get(key) !== value.length) return value;
  const bytes = hexBytes(value);
  return bytes === null ? value : base64Encode(bytes);
}
