import type { JsonObject, JsonValue } from "@axlab/wire";
import { v7 as uuidv7 } from "uuid";
import { ConfigurationError } from "../errors.js";

/** Rows of one insert: SQLite takes 32 766 values in a statement. */
export const ROWS_PER_INSERT = 1000;

/** Ids of examples and runs: in the order in which they were made, so that reading them in the order of their ids gives the order of sending. */
export const newRecordId = (): string => uuidv7();

/** Ids may be numbers where they come from; here they are text. */
export const idText = (id: JsonValue | undefined): string | null =>
  id === null || id === undefined ? null : typeof id === "string" ? id : JSON.stringify(id);

/** What a JSON column holds; its schema says what that is. */
export const readStored = (json: string): unknown => JSON.parse(json);

export function readStoredObject(json: string): JsonObject {
  const value: unknown = JSON.parse(json);
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new ConfigurationError("A stored record is not a JSON object: the database was changed by something else.");
  // boundary: it was checked whole before it was stored, and JSON.parse makes nothing but JSON.
  return value as JsonObject;
}

export function* chunks<T>(items: readonly T[], size: number): Generator<T[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}

/** Ids in one condition: SQLite takes 32 766 values in a statement, and some statements name their ids twice. */
const IDS_PER_STATEMENT = 10_000;

/** Does `work` for all ids, as many at a time as a statement takes. */
export async function inStatements(
  ids: readonly string[],
  work: (some: readonly string[]) => Promise<void>,
): Promise<void> {
  for (const some of chunks(ids, IDS_PER_STATEMENT)) await work(some);
}

export const idsOf = (rows: readonly { id: string }[]): string[] => rows.map(({ id }) => id);

const BYTES_PER_PAGE = 4 * 1024 * 1024;
const ROWS_PER_PAGE = 1000;

/**
 * All rows up to a position, a page of about 4 MiB and at most 1000 rows at a time: however many and however large they are, no more is in memory.
 * @param fetch reads at most `count` rows after `after`
 */
export async function* inPages<Row extends { position: number; data: string }>(
  fetch: (after: number | undefined, count: number) => Promise<Row[]>,
  upTo: number,
): AsyncGenerator<Row[]> {
  let after: number | undefined;
  let count = 64;
  for (;;) {
    const rows = await fetch(after, count);
    const page = rows.filter((row) => row.position <= upTo);
    if (page.length > 0) yield page;
    if (rows.length < count || page.length < rows.length) return;
    after = rows.at(-1)?.position;
    const bytes = page.reduce((sum, row) => sum + row.data.length, 0);
    count = Math.min(ROWS_PER_PAGE, Math.max(1, Math.floor((BYTES_PER_PAGE * page.length) / Math.max(bytes, 1))));
  }
}

/** Names a few of many ids in an error's text. */
export const someOf = (ids: readonly string[], shown = 5): string =>
  ids
    .slice(0, shown)
    .map((id) => `"${id}"`)
    .join(", ") + (ids.length > shown ? ` and ${ids.length - shown} more` : "");
