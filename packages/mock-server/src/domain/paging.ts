import { decodeCursor, encodeCursor, type JsonObject } from "@axlab/wire";
import { z } from "zod";
import { InvalidRequestError } from "../errors.js";

export interface PageRequest {
  limit: number;
  cursor?: string | undefined;
}

export interface Page<T> {
  items: T[];
  pagination: { has_more: boolean; next_cursor?: string };
}

const After = z.object({ s: z.number().int() });

/** The number after which a page begins; undefined for the first. @throws InvalidRequestError for a cursor that is not ours */
export function cursorPosition(cursor: string | undefined): number | undefined {
  return positionOf(cursor, After)?.s;
}

function positionOf<S extends z.ZodType>(cursor: string | undefined, schema: S): z.output<S> | undefined {
  if (cursor === undefined) return undefined;
  const position = decodeCursor(cursor, schema);
  if (position === null) {
    throw new InvalidRequestError(
      "query.cursor: not a cursor of this list; send the next_cursor of the page before, unchanged, or none for the first page.",
    );
  }
  return position;
}

/**
 * One page in the order of `seq`. A cursor names the last row that was given, not an offset, so rows that come and go between two pages
 * neither repeat nor hide others.
 * @param fetch reads at most `count` rows after `after` in the list's order
 * @param visible asked of every row; what may not be seen takes no place on the page
 */
export async function pageBySeq<R extends { seq: number }, T>(
  request: PageRequest,
  fetch: (after: number | undefined, count: number) => Promise<R[]>,
  present: (row: R) => T | Promise<T>,
  visible: (row: R) => boolean | Promise<boolean> = () => true,
): Promise<Page<T>> {
  return pageAfter(
    request,
    { schema: After, of: (row: R) => ({ s: row.seq }) },
    (after, count) => fetch(after?.s, count),
    present,
    visible,
  );
}

const Recency = z.object({ u: z.number().int(), s: z.number().int() });
/** Where a row stands in a list of the most recently updated first. */
export interface Recency {
  updated_at: number;
  seq: number;
}

/** One page, most recently updated first, newest first among those of the same instant. What is updated between two pages moves to the front, and is not met again. */
export async function pageByRecency<R extends Recency, T>(
  request: PageRequest,
  fetch: (after: Recency | undefined, count: number) => Promise<R[]>,
  present: (row: R) => T | Promise<T>,
  visible: (row: R) => boolean | Promise<boolean> = () => true,
): Promise<Page<T>> {
  return pageAfter(
    request,
    { schema: Recency, of: (row: R) => ({ u: row.updated_at, s: row.seq }) },
    (after, count) => fetch(after && { updated_at: after.u, seq: after.s }, count),
    present,
    visible,
  );
}

async function pageAfter<R, P extends JsonObject, T>(
  { limit, cursor }: PageRequest,
  position: { schema: z.ZodType<P>; of: (row: R) => P },
  fetch: (after: P | undefined, count: number) => Promise<R[]>,
  present: (row: R) => T | Promise<T>,
  visible: (row: R) => boolean | Promise<boolean>,
): Promise<Page<T>> {
  const chosen: R[] = [];
  let after = positionOf(cursor, position.schema);
  for (;;) {
    const wanted = limit + 1 - chosen.length;
    const rows = await fetch(after, wanted);
    for (const row of rows) if (await visible(row)) chosen.push(row);
    const last = rows.at(-1);
    if (chosen.length > limit || rows.length < wanted || last === undefined) break;
    after = position.of(last);
  }
  const shown = chosen.slice(0, limit);
  const items: T[] = [];
  for (const row of shown) items.push(await present(row));
  const end = shown.at(-1);
  if (chosen.length <= limit || end === undefined) return { items, pagination: { has_more: false } };
  return { items, pagination: { has_more: true, next_cursor: encodeCursor(position.of(end)) } };
}
