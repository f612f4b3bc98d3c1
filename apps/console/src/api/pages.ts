import type { Pagination } from "@axlab/wire";
import type { z } from "zod";
import { ask, type Query } from "./http.js";

const AT_ONCE = 100;
/** A list longer than this is not read to its end by a page; it says so instead. */
const MOST_PAGES = 50;

/** Every item of a list of REST v2, page after page. */
export async function everything<K extends string, Item>(
  path: string,
  name: K,
  schema: z.ZodType<Record<K, Item[]> & { pagination: Pagination }>,
  query: Query = {},
): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer = await ask(path, schema, { query: { ...query, limit: AT_ONCE, cursor } });
    items.push(...answer[name]);
    cursor = answer.pagination.has_more ? answer.pagination.next_cursor : undefined;
    if (cursor === undefined) return items;
  }
  return items;
}
