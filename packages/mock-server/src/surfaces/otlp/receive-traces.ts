import { messagesFromTable, type IpcMessage } from "@axlab/wire/arrow";
import { flattenTraces, type ExportTraceServiceRequest, type SpanRecord, type TraceOutcome } from "@axlab/wire/otlp";
import type { Table } from "apache-arrow";
import type { Caller } from "../../access/gate.js";
import type { Domain } from "../../domain/domain.js";
import { spanTable } from "./span-table.js";

/** Where OTLP clients put their key and their space: the names of v7, of v8, and of Arize's own exporters (`spec/access.md §6`). */
export const OTLP_HEADERS = {
  key: ["authorization", "api_key", "api-key"],
  space: ["arize-space-id", "space_id", "space-id"],
} as const;

/** The project of spans whose resource names none. */
const NO_PROJECT = "default";

export interface ReceivedTraces {
  outcome: TraceOutcome;
  rows: number;
}

/**
 * Spans from any OpenTelemetry exporter, into the same store as `log_spans`.
 * @throws InvalidRequestError, NotFoundError, ForbiddenError for the request as a whole; single spans that cannot be kept are told in the outcome
 */
export async function receiveTraces(
  domain: Domain,
  caller: Caller,
  spaceId: string | null,
  request: ExportTraceServiceRequest,
): Promise<ReceivedTraces> {
  const { resources, rejected } = flattenTraces(request);
  const projects = new Map<string, SpanRecord[]>();
  for (const { project, spans } of resources) {
    const name = project ?? NO_PROJECT;
    const list = projects.get(name);
    if (list) list.push(...spans);
    else projects.set(name, [...spans]);
  }
  let rows = 0;
  for (const [name, spans] of projects) {
    if (spans.length === 0) continue;
    rows += (await domain.records.receive(caller, spaceId, stream(spanTable(name, spans)))).rows;
  }
  return { rows, outcome: outcomeOf(rejected) };
}

async function* stream(table: Table): AsyncGenerator<IpcMessage> {
  yield* messagesFromTable(table);
}

function outcomeOf(rejected: readonly { name: string; reason: string }[]): TraceOutcome {
  if (rejected.length === 0) return {};
  const [first] = rejected;
  return {
    rejectedSpans: rejected.length,
    errorMessage: `${rejected.length} spans were not kept; the first, "${first?.name ?? ""}": ${first?.reason ?? ""}`,
  };
}

/** The first of these headers that is there; a `Bearer ` before a key is taken off. */
export function firstHeader(
  names: readonly string[],
  get: (name: string) => string | null | undefined,
): string | undefined {
  for (const name of names) {
    const value = get(name);
    if (value !== undefined && value !== null && value !== "") return value.replace(/^Bearer\s+/i, "");
  }
  return undefined;
}
