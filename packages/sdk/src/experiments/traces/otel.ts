import type { PlainSpan } from "@axlab/wire/otlp";

/** Runs work so that spans which the user's own OpenTelemetry makes in it become children of the given one. */
export type Within = <Result>(span: Pick<PlainSpan, "traceId" | "spanId">, work: () => Result) => Result;

const SAMPLED = 1;

/** How to work within a span when OpenTelemetry is set up in this process: its API can be loaded and keeps a context. */
export async function openTelemetry(): Promise<Within | undefined> {
  const api = await import("@opentelemetry/api").catch(() => undefined);
  if (api === undefined) return undefined;
  const { context, createContextKey, trace } = api;
  const probe = createContextKey("axlab");
  const keeps = context.with(context.active().setValue(probe, true), () => context.active().getValue(probe) === true);
  if (!keeps) return undefined;
  return ({ traceId, spanId }, work) =>
    context.with(trace.setSpanContext(context.active(), { traceId, spanId, traceFlags: SAMPLED }), work);
}
