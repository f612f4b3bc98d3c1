import { create } from "@bufbuild/protobuf";
import { ExportTraceServiceRequestSchema, type ExportTraceServiceRequest } from "../gen/otlp/collector_pb.js";
import { Status_StatusCode as StatusCode } from "../gen/otlp/trace_pb.js";
import { OtlpFormatError } from "./errors.js";
import { hexBytes } from "./hex.js";

/** Values of one kind each: what span attributes of experiments need (`spec/flight.md §7`). */
export type PlainAttributes = Readonly<Record<string, string | number | boolean>>;

/** A finished span, ids in hexadecimal, times in milliseconds since 1970. */
export interface PlainSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly attributes: PlainAttributes;
  /** Absent: the span is OK. */
  readonly error?: { readonly type: string; readonly message: string } | undefined;
}

/**
 * An export request of one resource. An error becomes the status and an `exception` event.
 * @throws OtlpFormatError for an id that is not hexadecimal
 */
export function traceRequest(
  resource: PlainAttributes,
  scope: string,
  spans: readonly PlainSpan[],
): ExportTraceServiceRequest {
  return create(ExportTraceServiceRequestSchema, {
    resourceSpans: [
      {
        resource: { attributes: keyValues(resource) },
        scopeSpans: [{ scope: { name: scope }, spans: spans.map(spanInit) }],
      },
    ],
  });
}

function spanInit({ traceId, spanId, name, start, end, attributes, error }: PlainSpan) {
  const exception = { "exception.type": error?.type ?? "", "exception.message": error?.message ?? "" };
  return {
    traceId: idBytes(traceId),
    spanId: idBytes(spanId),
    name,
    kind: 1,
    startTimeUnixNano: nanoseconds(start),
    endTimeUnixNano: nanoseconds(end),
    attributes: keyValues(attributes),
    ...(error === undefined
      ? { status: { code: StatusCode.OK } }
      : {
          status: { code: StatusCode.ERROR, message: `${error.type}: ${error.message}` },
          events: [{ name: "exception", timeUnixNano: nanoseconds(end), attributes: keyValues(exception) }],
        }),
  };
}

function keyValues(attributes: PlainAttributes) {
  return Object.entries(attributes).map(([key, value]) => ({ key, value: { value: anyValue(value) } }));
}

function anyValue(value: string | number | boolean) {
  if (typeof value === "string") return { case: "stringValue" as const, value };
  if (typeof value === "boolean") return { case: "boolValue" as const, value };
  if (Number.isSafeInteger(value)) return { case: "intValue" as const, value: BigInt(value) };
  return { case: "doubleValue" as const, value };
}

function idBytes(text: string): Uint8Array {
  const bytes = hexBytes(text);
  if (bytes === null)
    throw new OtlpFormatError(`${JSON.stringify(text)} is no id of a trace or span: it must be hexadecimal`);
  return bytes;
}

const nanoseconds = (milliseconds: number): bigint => BigInt(Math.round(milliseconds * 1000)) * 1000n;
