import type { Pagination } from "@axlab/wire";
import type { z } from "zod";
import { ask, type Query } from "./http.js";

const AT_ONCE = 100;

/** Every item of a list of REST v2, page after page to its very end. @throws RefusedError, UnreachableError */
export async function everything<K extends string, Item>(
  path: string,
  name: K,
  schema: z.ZodType<Record<K, Item[]> & { pagination: Pagination }>,
  query: Query = {},
): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | undefined;
  do {
    const answer = await ask(path, schema, { query: { ...query, limit: AT_ONCE, cursor } });
    items.push(...answer[name]);
    cursor = answer.pagination.has_more ? answer.pagination.next_cursor : undefined;
  } while (cursor !== undefined);
  return items;
}
