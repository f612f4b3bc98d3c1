import * as z from "zod";
import { pageOf, pageQuery } from "../pagination.js";
import { Rfc3339 } from "../timestamps.js";
import { requestBody } from "./fields.js";
import { ListSpansRequest, Span } from "./spans.js";

/** A trace by one of its root spans (spec/rest.md §3.13); at most 1000 spans, then `spans_truncated`. */
export const Trace = z
  .strictObject({
    trace_id: z.string(),
    root_span_id: z.string(),
    start_time: Rfc3339.optional(),
    end_time: Rfc3339.optional(),
    spans_truncated: z.boolean(),
    spans: z.array(Span),
  })
  .meta({ id: "Trace" });
export type Trace = z.infer<typeof Trace>;

export const TracePage = pageOf("traces", Trace).meta({ id: "TracePage" });
export type TracePage = z.infer<typeof TracePage>;

/** A filter selects the traces that have at least one matching span. */
export const ListTracesRequest = requestBody(ListSpansRequest.shape).meta({ id: "ListTracesRequest" });
export type ListTracesRequest = z.input<typeof ListTracesRequest>;

/** Pages of traces are smaller than any other. */
export const ListTracesQuery = pageQuery(25, 50);
export type ListTracesQuery = z.input<typeof ListTracesQuery>;
