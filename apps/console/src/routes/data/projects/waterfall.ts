import type { Span } from "@axlab/wire/rest";
import { groupBy } from "../group-by.js";

/** A span in its place: below its parent, `from` and `length` as parts of the whole trace. */
export interface Placed {
  span: Span;
  depth: number;
  /** milliseconds after the trace began */
  offset: number;
  from: number;
  length: number;
}

/** Parents before their children, siblings by when they began. A span whose parent is not there stands at the top. */
export function layOut(spans: readonly Span[]): Placed[] {
  const ordered = [...spans].sort((a, b) => begin(a) - begin(b));
  const ids = new Set(ordered.map(({ context }) => context.span_id));
  const children = groupBy(ordered, ({ parent_id }) =>
    parent_id !== undefined && ids.has(parent_id) ? parent_id : "",
  );
  const first = Math.min(...ordered.map(begin));
  const whole = Math.max(Math.max(...ordered.map(end)) - first, 1);
  const placed: Placed[] = [];
  const seen = new Set<Span>();
  const place = (span: Span, depth: number): void => {
    if (seen.has(span)) return;
    seen.add(span);
    const offset = begin(span) - first;
    placed.push({ span, depth, offset, from: offset / whole, length: (end(span) - begin(span)) / whole });
    for (const child of children.get(span.context.span_id) ?? []) place(child, depth + 1);
  };
  for (const root of children.get("") ?? []) place(root, 0);
  // What is left hangs in a circle of parents.
  for (const span of ordered) place(span, 0);
  return placed;
}

const begin = ({ start_time }: Span): number => Date.parse(start_time);
const end = ({ end_time }: Span): number => Date.parse(end_time);
