import { ARIZE_SCHEMA_KEY, decodeArizeSchema } from "@axlab/wire/ingest";
import type { Table } from "apache-arrow";
import type { Recorded } from "../support/recorder.js";

/** What arrived, flat: where → what. Two clients are equal where these maps are. */
export type Observation = ReadonlyMap<string, string>;

/** Headers of the transport beneath: which library, which connection, how long. They say nothing about the data. */
export const TRANSPORT_HEADERS = ["accept", "accept-encoding", "connection", "content-length", "host", "transfer-encoding", "user-agent", "te", "grpc-accept-encoding", "grpc-encoding"]; // prettier-ignore

/** The case a request belongs to: its model, or its project. */
export function caseOf(recorded: Recorded): string | undefined {
  if (recorded.table !== undefined) return descriptionOf(recorded.table)?.constants?.modelId;
  const model: unknown = Reflect.get(Object(recorded.json), "model_id");
  return typeof model === "string" ? model : undefined;
}

export function observe(recorded: Recorded): Observation {
  const seen = new Map<string, string>([["surface", recorded.surface]]);
  for (const [name, value] of recorded.headers) {
    if (!TRANSPORT_HEADERS.includes(name)) seen.set(`header ${name}`, value);
  }
  if (recorded.json !== undefined) flatten(recorded.surface === "DoPut" ? "command" : "record", recorded.json, seen);
  if (recorded.table !== undefined) observeTable(recorded.table, seen);
  return seen;
}

function observeTable(table: Table, seen: Map<string, string>): void {
  for (const name of table.schema.metadata.keys()) if (name !== ARIZE_SCHEMA_KEY) seen.set(`metadata ${name}`, "present");
  flatten("arize-schema", descriptionOf(table), seen);
  table.schema.fields.forEach((field, index) => {
    seen.set(`type of ${field.name}`, String(field.type));
    Array.from(table.getChildAt(index) ?? []).forEach((value: unknown, row) => flatten(`value of ${field.name}[${row}]`, plain(value), seen));
  });
} // prettier-ignore

const descriptionOf = (table: Table) => {
  const text = table.schema.metadata.get(ARIZE_SCHEMA_KEY);
  return text === undefined ? undefined : decodeArizeSchema(text);
};

/** Leaves of a JSON value by path; order of members does not matter, order of items does. */
function flatten(path: string, value: unknown, seen: Map<string, string>): void {
  const inner = typeof value === "string" ? json(value) : undefined;
  if (inner !== undefined) {
    // JSON in a text: what it says, and by itself how it is written.
    seen.set(`text of ${path}`, String(value));
    flatten(path, inner, seen);
    return;
  }
  if (typeof value !== "object" || value === null) {
    seen.set(path, typeof value === "bigint" ? `${value}` : (JSON.stringify(value) ?? "undefined"));
    return;
  }
  const members: [string, unknown][] = Object.entries(value);
  if (members.length === 0) seen.set(path, Array.isArray(value) ? "[]" : "{}");
  for (const [name, member] of members) {
    if (name !== "$typeName" && member !== undefined) flatten(Array.isArray(value) ? `${path}[${name}]` : `${path}.${name}`, member, seen);
  }
} // prettier-ignore

/** An object that a text holds as JSON. */
function json(text: string): object | undefined {
  if (!/^[{[]/.test(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Arrow's lists and structs as arrays and objects; integers of any width are written alike, since the type is compared by itself. */
function plain(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (isIterable(value)) return Array.from(value, plain);
  const members: [string, unknown][] = Object.entries(isStructRow(value) ? value.toJSON() : value);
  return Object.fromEntries(members.map(([name, member]) => [name, plain(member)]));
}

const isStructRow = (value: object): value is { toJSON(): object } =>
  "toJSON" in value && typeof value.toJSON === "function";

const isIterable = (value: object): value is Iterable<unknown> => Symbol.iterator in value && "toArray" in value;

export interface Difference {
  readonly where: string;
  readonly theirs: string | undefined;
  readonly ours: string | undefined;
}

export function differences(theirs: Observation, ours: Observation): readonly Difference[] {
  const places = [...new Set([...theirs.keys(), ...ours.keys()])].sort();
  return places
    .map((where) => ({ where, theirs: theirs.get(where), ours: ours.get(where) }))
    .filter((found) => found.theirs !== found.ours);
}
