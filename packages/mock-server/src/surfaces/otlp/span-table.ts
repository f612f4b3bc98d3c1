import { boolColumn, float64Column, int64Column, listColumn, tableFromColumns, utf8Column } from "@axlab/wire/arrow";
import { ARIZE_SCHEMA_KEY, encodeArizeSchema, SPAN_COLUMNS, spansSchema } from "@axlab/wire/ingest";
import type { SpanRecord } from "@axlab/wire/otlp";
import type { Table, Vector } from "apache-arrow";

type Row = ReadonlyMap<string, unknown>;

/** Spans of one project as the table that `log_spans` would send of them (`spec/ingest.md §6`). */
export function spanTable(project: string, spans: readonly SpanRecord[]): Table {
  const rows = spans.map((span): Row => new Map<string, unknown>(Object.entries(span)));
  const names = new Set(rows.flatMap((row) => [...row.keys()]));
  const columns = [...names].map((name): readonly [string, Vector] => [name, column(name, spans, rows)]);
  return tableFromColumns(columns, new Map([[ARIZE_SCHEMA_KEY, encodeArizeSchema(spansSchema(project))]]));
}

function column(name: string, spans: readonly SpanRecord[], rows: readonly Row[]): Vector {
  if (name === "start_time" || name === "end_time") return int64Column(spans.map((span) => span[name]));
  if (name === "events")
    return listColumn(
      spans.map((span) => span.events.map(eventText)),
      "utf8",
    );
  const cells = rows.map((row) => row.get(name));
  switch (SPAN_COLUMNS[name]) {
    case "string":
    case "json":
      return utf8Column(cells.map(text));
    case "number":
      return float64Column(cells.map(number));
    case "bool":
      return boolColumn(cells.map(truth));
    case "json list":
      return listColumn(cells.map(texts), "utf8");
    default:
      return freeColumn(cells);
  }
}

/** An attribute nobody has fixed a type for takes the narrowest that holds all its values. */
function freeColumn(cells: readonly unknown[]): Vector {
  const given = cells.filter((cell) => cell !== undefined && cell !== null);
  if (given.every((cell) => typeof cell === "boolean")) return boolColumn(cells.map(truth));
  if (given.every((cell) => typeof cell === "number")) return float64Column(cells.map(number));
  if (given.every((cell) => Array.isArray(cell) && cell.every((item) => typeof item === "string")))
    return listColumn(cells.map(texts), "utf8");
  return utf8Column(cells.map(text));
}

const eventText = (event: SpanRecord["events"][number]): string =>
  json({ name: event.name, timestamp: event.timestamp, attributes: event.attributes });

/** Some exporters write every value as text. */
function number(cell: unknown): number | null {
  if (typeof cell === "number" || typeof cell === "bigint") return Number(cell);
  const read = typeof cell === "string" && cell.trim() !== "" ? Number(cell) : Number.NaN;
  return Number.isNaN(read) ? null : read;
}

function truth(cell: unknown): boolean | null {
  if (typeof cell === "boolean") return cell;
  const word = typeof cell === "string" ? cell.toLowerCase() : "";
  return word === "true" ? true : word === "false" ? false : null;
}

/** An integer beyond 2^53, which a double would round, is its digits. */
function text(cell: unknown): string | null {
  if (cell === undefined || cell === null) return null;
  return typeof cell === "string" || typeof cell === "bigint" ? String(cell) : json(cell);
}

/** A list column's cell: every item as text; a lone value is a list of one. */
function texts(cell: unknown): string[] | null {
  if (cell === undefined || cell === null) return null;
  return (Array.isArray(cell) ? cell : [cell]).map((item) => text(item) ?? "");
}

const json = (value: unknown): string =>
  JSON.stringify(value, (_, item: unknown) => (typeof item === "bigint" ? item.toString() : item));
