import type { CallOptions } from "../../transport/types.js";

/** What can be written to spans that are there already. */
export type SpanUpdateKind = "evaluations" | "annotations" | "metadata";

export interface SpanUpdate {
  readonly kind: SpanUpdateKind;
  readonly spaceId: string;
  readonly project: string;
  /** A complete Arrow IPC stream, with `arize-schema` among its metadata. */
  readonly stream: Uint8Array;
}

/** What the platform says about one update. */
export interface SpanUpdateReply {
  readonly updated: number;
  readonly unmatchedIds: readonly string[];
  readonly errors: readonly SpanUpdateError[];
}

/** A span that was not changed, and why. */
export interface SpanUpdateError {
  readonly spanId: string;
  readonly message: string;
}

/** What the logger asks of Arrow Flight. Implemented in `src/flight`. */
export interface SpanUpdatePort {
  updateSpans(update: SpanUpdate, options: CallOptions): Promise<SpanUpdateReply>;
}

export const isSpanUpdatePort = (flight: object): flight is SpanUpdatePort =>
  typeof Reflect.get(flight, "updateSpans") === "function";
