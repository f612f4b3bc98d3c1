import * as z from "zod";
import type { JsonValue } from "./json.js";
import { base64ToText, textToBase64 } from "./base64.js";

/** `next_cursor` is there only while `has_more` is true: two official clients look at nothing else to stop (spec/rest.md §1.4). */
export const PaginationSchema = z
  .strictObject({ has_more: z.boolean(), next_cursor: z.string().optional() })
  .meta({ id: "Pagination", description: "Whether more items follow, and where they begin" });
export type Pagination = z.infer<typeof PaginationSchema>;

/** Writes a position as opaque text that needs no escaping in a query string (base64url of JSON, unpadded). */
export function encodeCursor(value: JsonValue): string {
  return textToBase64(JSON.stringify(value)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** Reads a cursor back; null when it was altered, cut, or written for another list (that is, does not fit `schema`). */
export function decodeCursor<S extends z.ZodType>(text: string, schema: S): z.output<S> | null {
  if (!/^[A-Za-z0-9_-]+$/.test(text)) return null;
  const padded = text
    .replaceAll("-", "+")
    .replaceAll("_", "/")
    .padEnd(Math.ceil(text.length / 4) * 4, "=");
  const json = base64ToText(padded);
  if (json === null) return null;
  try {
    const parsed = schema.safeParse(JSON.parse(json));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** The query of a list: `limit` (whole number from 1 to `maxLimit`, `defaultLimit` when absent) and `cursor` (spec/rest.md §1.7). */
export function pageQuery(defaultLimit: number, maxLimit: number) {
  return z.object({
    limit: z
      .preprocess(wholeNumber, z.int().min(1).max(maxLimit))
      .default(defaultLimit)
      .meta({ description: "Items in a page" }),
    cursor: z
      .string()
      .min(1)
      .optional()
      .meta({ description: "next_cursor of the page before; valid only with the same other parameters" }),
  });
}

/** A page of `items` under `key`, e.g. `{ spaces: Space[], pagination }`. */
export function pageOf<Key extends string, Item extends z.ZodType>(key: Key, item: Item) {
  // boundary: a computed key widens to `string`, but the name is exactly `Key`.
  const items = { [key]: z.array(item) } as Record<Key, z.ZodArray<Item>>;
  return z.strictObject({ ...items, pagination: PaginationSchema });
}

function wholeNumber(value: number | string): unknown {
  return typeof value === "string" && /^-?\d{1,15}$/.test(value) ? Number(value) : value;
}
