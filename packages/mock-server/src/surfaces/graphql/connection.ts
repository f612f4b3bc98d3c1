import { decodeCursor, encodeCursor } from "@axlab/wire";
import { z } from "zod";
import { InvalidRequestError } from "../../errors.js";

export interface ConnectionArgs {
  first?: number | null;
  after?: string | null;
  search?: string | null;
}

export interface Connection<T> {
  totalCount: number;
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
  edges: { cursor: string; node: T }[];
}

const MAX_PAGE = 500;
const DEFAULT_PAGE = 50;
const Position = z.object({ s: z.number().int() });

/**
 * A Relay connection over rows in a fixed order. A cursor names a row by its number, so it stays good while rows come and go, and across requests.
 * @param order "asc": oldest first, "desc": newest first; the order in which `rows` come
 */
export function connection<T extends { seq: number }>(
  rows: readonly T[],
  args: ConnectionArgs,
  order: "asc" | "desc" = "asc",
): Connection<T> {
  const first = args.first ?? DEFAULT_PAGE;
  if (first < 1 || first > MAX_PAGE)
    throw new InvalidRequestError(`first: ${first} is out of range; ask for 1 to ${MAX_PAGE} at a time.`);
  const after = position(args.after ?? undefined);
  const rest = after === undefined ? rows : rows.filter((row) => (order === "asc" ? row.seq > after : row.seq < after));
  const edges = rest.slice(0, first).map((node) => ({ cursor: encodeCursor({ s: node.seq }), node }));
  return {
    totalCount: rows.length,
    pageInfo: {
      hasNextPage: rest.length > edges.length,
      hasPreviousPage: rest.length < rows.length,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    edges,
  };
}

function position(after: string | undefined): number | undefined {
  if (after === undefined || after === "") return undefined;
  const found = decodeCursor(after, Position);
  if (found === null)
    throw new InvalidRequestError(
      "after: not a cursor of this connection; send endCursor of the page before, unchanged.",
    );
  return found.s;
}

/** Contains-match without regard to case; exact names come first, because clients take the first hits. */
export function searched<T>(rows: readonly T[], search: string | null | undefined, name: (row: T) => string): T[] {
  if (search === null || search === undefined || search === "") return [...rows];
  const wanted = search.toLowerCase();
  return rows.filter((row) => name(row).toLowerCase().includes(wanted));
}
