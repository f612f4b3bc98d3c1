const HOUR = 3_600_000;

/** A span in a trace of its own for each value of an attribute, all begun an hour ago, as `logger.logSpans` takes them. */
export const llmSpans = (attribute: string, values: readonly string[]) =>
  values.map((value, n) => ({
    "context.trace_id": String(n + 1).padStart(32, "0"),
    "context.span_id": String(n + 1).padStart(16, "0"),
    name: `step ${String(n)}`,
    span_kind: "LLM",
    start_time: new Date(Date.now() - HOUR),
    end_time: new Date(Date.now() - HOUR + 5),
    [attribute]: value,
  }));
/** The id of its n-th span, from 0. */
export const llmSpanId = (n: number): string => String(n + 1).padStart(16, "0");
