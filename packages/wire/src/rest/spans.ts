import * as z from "zod";
import { pageOf, pageQuery } from "../pagination.js";
import { ProblemSchema } from "../problem.js";
import { RequestTimestamp, Rfc3339 } from "../timestamps.js";
import { Annotation, AnnotationBatch, Evaluation } from "./annotations.js";
import { Id, listOf, requestBody } from "./fields.js";
import { filterText } from "./search.js";

export const SpanKind = z
  .enum([
    "LLM",
    "CHAIN",
    "RETRIEVER",
    "EMBEDDING",
    "AGENT",
    "TOOL",
    "RERANKER",
    "GUARDRAIL",
    "EVALUATOR",
    "PROMPT",
    "UNKNOWN",
  ])
  .meta({ id: "SpanKind" });
export type SpanKind = z.infer<typeof SpanKind>;
export const SpanStatusCode = z.enum(["OK", "ERROR", "UNSET"]).meta({ id: "SpanStatusCode" });
export type SpanStatusCode = z.infer<typeof SpanStatusCode>;

const attributes = z
  .record(z.string(), z.unknown())
  .optional()
  .meta({ description: "Flat dotted keys, any JSON value" });

export const SpanEvent = z.strictObject({ name: z.string(), timestamp: Rfc3339, attributes }).meta({ id: "SpanEvent" });
export type SpanEvent = z.infer<typeof SpanEvent>;

/** A span (spec/rest.md §3.12). No `status_code` means UNSET. */
export const Span = z
  .strictObject({
    name: z.string(),
    context: z.strictObject({ trace_id: z.string(), span_id: z.string() }),
    kind: SpanKind,
    parent_id: z.string().optional(),
    start_time: Rfc3339,
    end_time: Rfc3339,
    status_code: SpanStatusCode.optional(),
    status_message: z.string().optional(),
    attributes,
    annotations: z.array(Annotation).optional(),
    trace_annotations: z.array(Annotation).optional(),
    evaluations: z.array(Evaluation).optional(),
    events: z.array(SpanEvent).optional(),
  })
  .meta({ id: "Span" });
export type Span = z.infer<typeof Span>;

export const SpanPage = pageOf("spans", Span).meta({ id: "SpanPage" });
export type SpanPage = z.infer<typeof SpanPage>;

/** What spans or traces to read: `start_time` inclusive, seven days ago by default; `end_time` exclusive, now by default. */
const spanSelection = {
  project_id: Id,
  start_time: RequestTimestamp.optional(),
  end_time: RequestTimestamp.optional(),
  filter: filterText.optional().meta({ description: "e.g. status_code = 'ERROR'" }),
};
export const ListSpansRequest = requestBody(spanSelection).meta({ id: "ListSpansRequest" });
export type ListSpansRequest = z.input<typeof ListSpansRequest>;
/** Paging stays in the query, although the list is a POST. */
export const ListSpansQuery = pageQuery(50, 500);
export type ListSpansQuery = z.input<typeof ListSpansQuery>;

/** `start_time` inclusive, two years ago by default; `end_time` exclusive, now by default. */
export const DeleteSpansRequest = requestBody({
  project_id: Id,
  span_ids: listOf(Id, 1, 5000, (id) => id),
  start_time: RequestTimestamp.optional(),
  end_time: RequestTimestamp.optional(),
}).meta({ id: "DeleteSpansRequest" });
export type DeleteSpansRequest = z.input<typeof DeleteSpansRequest>;

const deletedSpans = { deleted_span_ids: z.array(z.string()), not_deleted_span_ids: z.array(z.string()) };
/** `completed: false`: send the whole request again. */
export const DeleteSpansResponse = z
  .strictObject({ completed: z.boolean(), ...deletedSpans })
  .meta({ id: "DeleteSpansResponse" });
export type DeleteSpansResponse = z.infer<typeof DeleteSpansResponse>;
/** The 503 of a delete that stopped midway. */
export const DeleteSpansProblem = z
  .strictObject({ ...ProblemSchema.shape, ...deletedSpans })
  .meta({ id: "DeleteSpansProblem" });
export type DeleteSpansProblem = z.infer<typeof DeleteSpansProblem>;

export const RecordGranularity = z.enum(["SPAN", "TRACE"]).meta({ id: "RecordGranularity" });
export type RecordGranularity = z.infer<typeof RecordGranularity>;

/** `record_id` is a span id. The window is at most 31 days; without `start_time` it is the last 31. */
export const AnnotateSpansRequest = requestBody({
  project_id: Id,
  annotations: AnnotationBatch,
  start_time: RequestTimestamp.optional(),
  end_time: RequestTimestamp.optional(),
  granularity: RecordGranularity.default("SPAN"),
}).meta({ id: "AnnotateSpansRequest" });
export type AnnotateSpansRequest = z.input<typeof AnnotateSpansRequest>;
