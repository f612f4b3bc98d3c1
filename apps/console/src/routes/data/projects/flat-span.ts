import type { Span } from "@axlab/wire/rest";

/** A span as one row: its context and attributes become columns of their own. */
export const flatSpan = ({ context, attributes, ...span }: Span): Record<string, unknown> => ({
  "context.trace_id": context.trace_id,
  "context.span_id": context.span_id,
  ...span,
  ...Object.fromEntries(Object.entries(attributes ?? {}).map(([name, value]) => [`attributes.${name}`, value])),
});
