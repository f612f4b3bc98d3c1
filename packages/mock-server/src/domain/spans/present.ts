import { formatTimestamp, isJsonObject, parseJson } from "@axlab/wire";
import { parseEvaluationColumn, SPAN_COLUMNS, SPAN_ID_COLUMN } from "@axlab/wire/ingest";
import { SpanKind, SpanStatusCode, type Evaluation, type Span, type SpanEvent } from "@axlab/wire/rest";
import { Vector, type RecordBatch } from "apache-arrow";
import { TIME_COLUMN } from "../records/time-column.js";
import { annotationsOf, isAnnotationColumn, type Annotators } from "./annotations.js";

const KIND_COLUMN = "attributes.openinference.span.kind";
/** What a span has fields of its own for. */
const FIELDS: ReadonlySet<string> = new Set([
  TIME_COLUMN,
  SPAN_ID_COLUMN,
  "context.trace_id",
  "name",
  "parent_id",
  "status_code",
  "status_message",
  "start_time",
  "end_time",
  "events",
]);

/** One row of stored spans by column; missing ones are null, 64-bit integers numbers where they fit, lists arrays. */
export type SpanRow = ReadonlyMap<string, unknown>;

export function spanRow(batch: RecordBatch, row: number): SpanRow {
  const cells = new Map<string, unknown>();
  for (const [index, field] of batch.schema.fields.entries()) {
    const data = batch.data.children[index];
    const value: unknown = data === undefined ? null : new Vector([data]).get(row);
    if (value !== null && value !== undefined) cells.set(field.name, value);
  }
  return cells;
}

/** A span as REST gives it (`spec/rest.md §3.12`). */
export function presentSpan(row: SpanRow, annotators: Annotators): Span {
  const start = instant(row.get("start_time")) ?? instantOfMs(row.get(TIME_COLUMN));
  const status = SpanStatusCode.safeParse(upper(row.get("status_code")));
  const parent = row.get("parent_id");
  const message = row.get("status_message");
  const annotations = annotationsOf(row, "annotation.", annotators);
  const traceAnnotations = annotationsOf(row, "trace_annotation.", annotators);
  const evaluations = evaluationsOf(row);
  const events = eventsOf(row.get("events"), start);
  return {
    name: text(row.get("name")),
    context: { trace_id: text(row.get("context.trace_id")), span_id: text(row.get(SPAN_ID_COLUMN)) },
    kind: SpanKind.safeParse(upper(row.get(KIND_COLUMN))).data ?? "UNKNOWN",
    ...(typeof parent === "string" && parent !== "" && { parent_id: parent }),
    start_time: start,
    end_time: instant(row.get("end_time")) ?? start,
    ...(status.success && { status_code: status.data }),
    ...(typeof message === "string" && message !== "" && { status_message: message }),
    attributes: attributesOf(row),
    ...(annotations.length > 0 && { annotations }),
    ...(traceAnnotations.length > 0 && { trace_annotations: traceAnnotations }),
    ...(evaluations.length > 0 && { evaluations }),
    ...(events.length > 0 && { events }),
  };
}

/** Everything without a field of its own, so that nothing that was logged is missing. */
function attributesOf(row: SpanRow): Record<string, unknown> {
  const attributes: Record<string, unknown> = {};
  for (const [column, value] of row) {
    if (FIELDS.has(column) || isAnnotationColumn(column) || parseEvaluationColumn(column)?.scope === "span") continue;
    const kind = SPAN_COLUMNS[column];
    attributes[column.replace(/^attributes\./, "")] =
      kind === "json" || kind === "json list" ? decoded(plain(value)) : plain(value);
  }
  return attributes;
}

function evaluationsOf(row: SpanRow): Evaluation[] {
  const evaluations = new Map<string, Evaluation>();
  for (const [column, value] of row) {
    const parsed = parseEvaluationColumn(column);
    if (parsed?.scope !== "span") continue;
    const known = evaluations.get(parsed.name) ?? { name: parsed.name };
    evaluations.set(parsed.name, { ...known, [parsed.field]: parsed.field === "score" ? Number(value) : value });
  }
  return [...evaluations.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Events are kept as the clients write them, a JSON object a text. */
function eventsOf(cell: unknown, start: string): SpanEvent[] {
  const events = decoded(plain(cell ?? []));
  return (Array.isArray(events) ? events : []).filter(isJsonObject).map(({ name, timestamp, attributes }) => {
    const inner = decoded(attributes);
    return {
      name: text(name),
      timestamp: instant(timestamp) ?? start,
      ...(isJsonObject(inner) && Object.keys(inner).length > 0 && { attributes: inner }),
    };
  });
}

/** JSON text, or a list of them, as what they say; other text stays text. */
function decoded(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(decoded);
  if (typeof value !== "string") return value;
  try {
    return parseJson(value);
  } catch {
    return value;
  }
}

/** Any cell as JSON has it. Integers beyond 2^53 become text rather than another number. */
function plain(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_, part: unknown) => {
      if (typeof part !== "bigint") return part;
      return Number.isSafeInteger(Number(part)) ? Number(part) : part.toString();
    }),
  );
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");
const upper = (value: unknown): unknown => (typeof value === "string" ? value.toUpperCase() : value);
const instantOfMs = (ms: unknown): string => microseconds(BigInt(typeof ms === "number" ? ms : 0) * 1000n) ?? EPOCH;
const EPOCH = "1970-01-01T00:00:00.000000Z";

/** Nanoseconds, or a text that is a date or holds them, as RFC 3339 to the microsecond; null for what is no instant. */
function instant(value: unknown): string | null {
  if (typeof value === "bigint") return microseconds(value / 1000n);
  if (typeof value === "number") return Number.isFinite(value) ? instant(BigInt(Math.trunc(value))) : null;
  if (typeof value !== "string") return null;
  if (/^\d+$/.test(value)) return instant(BigInt(value));
  const ms = Date.parse(value);
  return Number.isNaN(ms) ? null : microseconds(BigInt(ms) * 1000n);
}

/** Always six decimals, so that texts sort as instants do. */
function microseconds(us: bigint): string | null {
  const beyondMs = ((us % 1000n) + 1000n) % 1000n;
  const ms = Number((us - beyondMs) / 1000n);
  if (!(ms >= FIRST_MS && ms <= LAST_MS)) return null;
  return formatTimestamp(ms).replace("Z", `${beyondMs.toString().padStart(3, "0")}Z`);
}
/** The years 0 to 9999, which RFC 3339 can write. */
const FIRST_MS = Date.parse("0000-01-01T00:00:00.000Z");
const LAST_MS = Date.parse("9999-12-31T23:59:59.999Z");
