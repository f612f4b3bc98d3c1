import type { ExportTraceServiceRequest } from "../gen/otlp/collector_pb.js";
import { Status_StatusCode as StatusCode, type Span } from "../gen/otlp/trace_pb.js";
import { attributesOf, type Attributes, type AttributeValue } from "./attributes.js";
import { foldLists } from "./fold-lists.js";
import { hexText } from "./hex.js";

export interface SpanEvent {
  readonly name: string;
  /** Unix nanoseconds. */
  readonly timestamp: bigint;
  readonly attributes: Attributes;
}

/** A span by the column names of a span table (spec/ingest.md §6); span attributes under `attributes.<key>`, lists folded. */
export interface SpanRecord {
  readonly "context.trace_id": string;
  readonly "context.span_id": string;
  /** Null for the root of a trace. */
  readonly parent_id: string | null;
  readonly name: string;
  /** Unix nanoseconds, as end_time. */
  readonly start_time: bigint;
  readonly end_time: bigint;
  readonly status_code: "UNSET" | "OK" | "ERROR";
  readonly status_message: string;
  readonly events: readonly SpanEvent[];
  readonly [attribute: `attributes.${string}`]: AttributeValue;
}

export interface ResourceSpanRecords {
  readonly resource: Attributes;
  /** `openinference.project.name`, else `model_id` as v7 clients send; null when the resource names neither. */
  readonly project: string | null;
  readonly spans: readonly SpanRecord[];
}

export interface FlattenedTraces {
  readonly resources: readonly ResourceSpanRecords[];
  /** Spans that cannot be kept, each with the reason. */
  readonly rejected: readonly { readonly name: string; readonly reason: string }[];
}

/** Spans as flat records, grouped by resource. A span without valid ids, or with times that cannot be, is rejected by name. */
export function flattenTraces(request: ExportTraceServiceRequest): FlattenedTraces {
  const rejected: { name: string; reason: string }[] = [];
  const resources = request.resourceSpans.map((group) => {
    const resource = attributesOf(group.resource?.attributes ?? []);
    const spans: SpanRecord[] = [];
    for (const span of group.scopeSpans.flatMap((scope) => scope.spans)) {
      const reason = faultOf(span);
      if (reason === null) spans.push(spanRecord(span));
      else rejected.push({ name: span.name, reason });
    }
    return { resource, project: projectOf(resource), spans };
  });
  return { resources, rejected };
}

export function spanRecord(span: Span): SpanRecord {
  const attributes: { [attribute: `attributes.${string}`]: AttributeValue } = {};
  for (const [key, value] of Object.entries(foldLists(attributesOf(span.attributes))))
    attributes[`attributes.${key}`] = value;
  return {
    ...attributes,
    "context.trace_id": hexText(span.traceId),
    "context.span_id": hexText(span.spanId),
    parent_id: span.parentSpanId.some((byte) => byte !== 0) ? hexText(span.parentSpanId) : null,
    name: span.name,
    start_time: span.startTimeUnixNano,
    end_time: span.endTimeUnixNano,
    status_code: statusOf(span.status?.code),
    status_message: span.status?.message ?? "",
    events: span.events.map((event) => ({
      name: event.name,
      timestamp: event.timeUnixNano,
      attributes: attributesOf(event.attributes),
    })),
  };
}

function statusOf(code: StatusCode | undefined): SpanRecord["status_code"] {
  if (code === StatusCode.OK) return "OK";
  return code === StatusCode.ERROR ? "ERROR" : "UNSET";
}

function projectOf(resource: Attributes): string | null {
  for (const key of ["openinference.project.name", "model_id"]) {
    const value = resource[key];
    if (typeof value === "string" && value !== "") return value;
  }
  return null;
}

function faultOf(span: Span): string | null {
  if (span.traceId.length !== 16 || span.traceId.every((byte) => byte === 0))
    return "trace_id must be 16 bytes, not all zero";
  if (span.spanId.length !== 8 || span.spanId.every((byte) => byte === 0))
    return "span_id must be 8 bytes, not all zero";
  if (span.endTimeUnixNano < span.startTimeUnixNano) return "end_time_unix_nano lies before start_time_unix_nano";
  // They are unsigned on the wire, and columns are not.
  if (span.endTimeUnixNano >= 2n ** 63n) return "end_time_unix_nano lies beyond the year 2262";
  return null;
}
