import type { DataType } from "apache-arrow";
import { InvalidRequestError } from "../../../errors.js";
import { Instant } from "../filter/compare.js";
import type { Predicate } from "./predicate.js";
import type { RecordQuery } from "./query.js";

type Row = (column: string) => unknown;

/** The columns that a query may name, by their names in an export. */
export interface KnownColumns {
  /** of the batches that may hold some of what is asked for; others hold none of it, so that theirs is missing there */
  here: ReadonlyMap<string, DataType>;
  /** of all that was ever logged */
  ever: ReadonlyMap<string, DataType>;
}

/** The first of these names that there is, before any that there is elsewhere. */
const oneOf = (names: readonly string[], { here, ever }: KnownColumns): string | undefined =>
  names.find((name) => here.has(name)) ?? names.find((name) => ever.has(name));

/** How a name in a filter is read from a row. */
interface Access {
  /** the column that must be there, if any */
  column: string | null;
  read: (row: Row) => unknown;
}

/** Names that people use for span fields, as the API's own examples do (`spec/rest.md §3.12`). */
const SPAN_ALIASES: Readonly<Record<string, string>> = {
  span_kind: "attributes.openinference.span.kind",
  kind: "attributes.openinference.span.kind",
  span_id: "context.span_id",
  trace_id: "context.trace_id",
};
/** Columns of JSON objects, into which a filter may look. */
const JSON_COLUMNS = ["attributes.metadata", "attributes.llm.prompt_template.variables"];

/** The filter with the names that the columns have in an export. @throws InvalidRequestError when it names a column that there is not */
export function resolveFilter(
  { filter, environment }: Pick<RecordQuery, "filter" | "environment">,
  available: KnownColumns,
): Predicate | null {
  if (filter === null) return null;
  const names = new Map(filter.columns.map((name) => [name, accessTo(name, environment, available)]));
  return {
    columns: [...names.values()].flatMap(({ column }) => (column === null ? [] : [column])),
    holds: (row) => filter.holds((name) => names.get(name)?.read(row)),
  };
}

function accessTo(name: string, environment: string, available: KnownColumns): Access {
  if (environment !== "TRACING") return plain(columnNamed(name, available, "filter"));
  const alias = Object.hasOwn(SPAN_ALIASES, name) ? SPAN_ALIASES[name] : undefined;
  const column = oneOf([alias ?? name, `attributes.${name}`], available);
  if (column !== undefined) return column === "start_time" || column === "end_time" ? instant(column) : plain(column);
  const inside = JSON_COLUMNS.flatMap((holder) =>
    [`${holder}.`, `${holder.slice("attributes.".length)}.`]
      .filter((prefix) => name.startsWith(prefix))
      .map((prefix) => ({ holder, path: name.slice(prefix.length) })),
  ).find(({ holder }) => available.ever.has(holder));
  if (inside !== undefined)
    return { column: inside.holder, read: (row) => valueInside(row(inside.holder), inside.path) };
  // Attributes are free: one that no span has is missing from every span. Any other name is a slip.
  if (name.includes(".") || alias !== undefined || Object.hasOwn(SPAN_FIELDS, name))
    return { column: null, read: () => null };
  return plain(columnNamed(name, available, "filter"));
}

/** Fields that every span may have, whether or not one in this range has it. */
const SPAN_FIELDS: Readonly<Record<string, true>> = {
  parent_id: true,
  status_code: true,
  status_message: true,
  start_time: true,
  end_time: true,
  events: true,
};

const plain = (column: string): Access => ({ column, read: (row) => row(column) });

const instant = (column: string): Access => ({
  column,
  read: (row) => {
    const ns = row(column);
    return typeof ns === "bigint" ? new Instant(ns) : ns;
  },
});

/** `a.b` in the JSON object of a cell; an object inside one may be encoded once more, as clients do it (`spec/ingest.md §6`). */
function valueInside(cell: unknown, path: string): unknown {
  const value = objectOf(cell);
  if (value === null) return null;
  if (Object.hasOwn(value, path)) return Reflect.get(value, path);
  for (let dot = path.indexOf("."); dot !== -1; dot = path.indexOf(".", dot + 1)) {
    const key = path.slice(0, dot);
    const found = Object.hasOwn(value, key) ? valueInside(Reflect.get(value, key), path.slice(dot + 1)) : null;
    if (found !== null) return found;
  }
  return null;
}

function objectOf(cell: unknown): object | null {
  if (typeof cell === "object") return cell;
  if (typeof cell !== "string") return null;
  try {
    const value: unknown = JSON.parse(cell);
    return typeof value === "object" ? value : null;
  } catch {
    return null;
  }
}

/** A column by its exported name, or by the name under which it was sent. @throws InvalidRequestError when there never was one */
export function columnNamed(name: string, available: KnownColumns, where: string): string {
  const found = oneOf([name, `${name}__tag`, `${name}__feature`], available);
  if (found !== undefined) return found;
  const there = [...new Set([...available.here.keys(), ...available.ever.keys()])];
  const shown = there.slice(0, 30).join(", ") + (there.length > 30 ? `, and ${there.length - 30} more` : "");
  throw new InvalidRequestError(`${where}: there is no column "${name}". There are: ${shown}.`);
}
