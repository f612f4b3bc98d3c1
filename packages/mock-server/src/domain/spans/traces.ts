import type { Span, Trace } from "@axlab/wire/rest";
import { SPAN_ID_COLUMN } from "@axlab/wire/ingest";
import type { RecordBatch } from "apache-arrow";
import { spanRow, type SpanRow } from "./present.js";

export const TRACE_ID_COLUMN = "context.trace_id";
const MOST_SPANS = 1000;

export const isRoot = (parentId: unknown): boolean => parentId === null || parentId === undefined || parentId === "";

/** The spans of one trace, not more than are shown. */
export interface Gathered {
  rows: SpanRow[];
  truncated: boolean;
}

/** Sorts spans by trace. A trace's roots are always among those kept. */
export async function gatherTraces(
  batches: AsyncIterable<RecordBatch>,
  roots: readonly SpanRow[],
): Promise<Map<string, Gathered>> {
  const traces = new Map<string, Gathered>();
  const rootIds = new Set(roots.map((row) => row.get(SPAN_ID_COLUMN)));
  for (const row of roots) {
    const known = traces.get(traceId(row));
    if (known === undefined) traces.set(traceId(row), { rows: [row], truncated: false });
    else known.rows.push(row);
  }
  for await (const batch of batches) {
    const ids = batch.getChild(SPAN_ID_COLUMN);
    for (let index = 0; index < batch.numRows; index++) {
      if (rootIds.has(ids?.get(index))) continue;
      const row = spanRow(batch, index);
      const trace = traces.get(traceId(row));
      if (trace === undefined) continue;
      if (trace.rows.length < MOST_SPANS) trace.rows.push(row);
      else trace.truncated = true;
    }
  }
  return traces;
}

const traceId = (row: SpanRow): string => String(row.get(TRACE_ID_COLUMN));

/** A trace for each root, in their order; its spans in the order in which they began. */
export function tracesOf(
  roots: readonly Span[],
  gathered: ReadonlyMap<string, Gathered>,
  spans: readonly Span[],
): Trace[] {
  const byTrace = new Map<string, Span[]>();
  for (const span of spans) {
    const { trace_id } = span.context;
    const list = byTrace.get(trace_id);
    if (list === undefined) byTrace.set(trace_id, [span]);
    else list.push(span);
  }
  return roots.map(({ context: { trace_id, span_id } }) => {
    const own = (byTrace.get(trace_id) ?? []).toSorted((a, b) => (a.start_time < b.start_time ? -1 : 1));
    const ends = own.map((span) => span.end_time).sort();
    return {
      trace_id,
      root_span_id: span_id,
      start_time: own[0]?.start_time,
      end_time: ends.at(-1),
      spans_truncated: gathered.get(trace_id)?.truncated ?? false,
      spans: own,
    };
  });
}
