import type { JsonObject, JsonValue } from "@axlab/wire";
import { pageBySeq, type Page, type PageRequest } from "./paging.js";
import { parseFilter } from "./records/filter/parse.js";

export interface RowSearch extends PageRequest {
  /** as span filters are written; without it every row is found */
  filter?: string | undefined;
}

/** A row as people see it, and its place in the list. */
export interface Searched<T> {
  seq: number;
  shown: T;
}

/**
 * One page of the rows that meet a filter, in the order of `seq`. A field that a row does not have is missing from it, not wrong: examples and runs have
 * no common columns.
 * @param fetch reads at most `count` rows after `after`
 * @throws InvalidRequestError for a filter or cursor that cannot be read
 */
export function searchBySeq<T extends object>(
  search: RowSearch,
  fetch: (after: number | undefined, count: number) => Promise<Searched<T>[]>,
): Promise<Page<T>> {
  const filter = search.filter === undefined ? null : parseFilter(search.filter);
  return pageBySeq(
    search,
    fetch,
    ({ shown }) => shown,
    ({ shown }) => filter === null || filter.holds((name) => fieldOf(shown, name)),
  );
}

const ANNOTATION = /^annotation\.(.+)\.([a-z_]+)$/s;

/** `field`, `object.field`, or `annotation.<name>.label`. */
function fieldOf(row: object, name: string): unknown {
  const found = inside(row, name);
  if (found !== undefined) return found;
  const [, annotation, field] = ANNOTATION.exec(name) ?? [];
  const annotations: unknown = Reflect.get(row, "annotations");
  if (annotation === undefined || field === undefined || !Array.isArray(annotations)) return null;
  return (
    inside(
      annotations.find((each) => isObject(each) && each["name"] === annotation),
      field,
    ) ?? null
  );
}

function inside(value: unknown, path: string): JsonValue | undefined {
  if (!isObject(value)) return undefined;
  if (Object.hasOwn(value, path)) return value[path];
  for (let dot = path.indexOf("."); dot !== -1; dot = path.indexOf(".", dot + 1)) {
    const found = inside(value[path.slice(0, dot)], path.slice(dot + 1));
    if (found !== undefined) return found;
  }
  return undefined;
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);
