import { decodeCursor, encodeCursor } from "@axlab/wire";
import { z } from "zod";
import { InvalidRequestError } from "../../errors.js";

export interface ConnectionArgs {
  first?: number | null;
  after?: string | null;
  last?: number | null;
  before?: string | null;
  search?: string | null;
}

export interface Connection<T> {
  /** read when it is asked for */
  totalCount: number | (() => Promise<number>);
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
  edges: { cursor: string; node: T }[];
}

export const MAX_PAGE = 500;
const DEFAULT_PAGE = 50;

/** Where a row stands: its number and, in the answer of a search, how well its name fits. */
const Position = z.object({ s: z.number().int(), r: z.number().int().optional() });
type Position = z.infer<typeof Position>;

export interface ConnectionOptions<T> {
  /** "asc": oldest first (default), "desc": newest first */
  order?: "asc" | "desc";
  /** what `search` looks for, contained and without regard to case; names that are exactly it come first, because clients take the first hits */
  texts?: (row: T) => readonly (string | null)[];
  /** default 500 */
  maxPage?: number;
}

/**
 * A Relay connection, forward (`first`, `after`) and backward (`last`, `before`). A cursor names a row by its number, so it stays good
 * while rows come and go, and across requests.
 * @throws InvalidRequestError for a page size out of range, both directions at once, or a cursor that is not ours
 */
export function connection<T extends { seq: number }>(
  rows: readonly T[],
  args: ConnectionArgs,
  { order = "asc", texts, maxPage = MAX_PAGE }: ConnectionOptions<T> = {},
): Connection<T> {
  const { size, backward } = pageSize(args, maxPage);
  const placed = ranked(rows, args.search, texts).map((row) => ({ ...row, cursor: encodeCursor(cursorOf(row)) }));
  const sign = order === "asc" ? 1 : -1;
  const compare = (a: Position, b: Position): number => (a.r ?? 0) - (b.r ?? 0) || sign * (a.s - b.s);
  placed.sort((a, b) => compare(a.at, b.at));
  const after = position("after", args.after);
  const before = position("before", args.before);
  const within = placed.filter(
    ({ at }) => (after === undefined || compare(at, after) > 0) && (before === undefined || compare(at, before) < 0),
  );
  const shown = backward ? within.slice(-size) : within.slice(0, size);
  const [start, end] = [shown[0], shown.at(-1)];
  return {
    totalCount: placed.length,
    pageInfo: {
      hasNextPage: end !== undefined && placed.at(-1) !== end,
      hasPreviousPage: start !== undefined && placed[0] !== start,
      startCursor: start?.cursor ?? null,
      endCursor: end?.cursor ?? null,
    },
    edges: shown.map(({ cursor, node }) => ({ cursor, node })),
  };
}

export interface Window<T> {
  /** at most `count` rows strictly after and before these numbers; the last ones, in rising order, when `fromEnd` */
  read(window: { after?: number; before?: number; count: number; fromEnd: boolean }): Promise<T[]>;
  total(): Promise<number>;
}

/** As `connection`, over rows too many to read: one page and the row beyond it. */
export async function windowedConnection<T extends { seq: number }>(
  args: ConnectionArgs,
  window: Window<T>,
  maxPage = MAX_PAGE,
): Promise<Connection<T>> {
  const { size, backward } = pageSize(args, maxPage);
  const after = position("after", args.after)?.s;
  const before = position("before", args.before)?.s;
  const read = await window.read({
    ...(after !== undefined && { after }),
    ...(before !== undefined && { before }),
    count: size + 1,
    fromEnd: backward,
  });
  const more = read.length > size;
  const shown = backward ? read.slice(more ? 1 : 0) : read.slice(0, size);
  const edges = shown.map((node) => ({ cursor: encodeCursor({ s: node.seq }), node }));
  return {
    totalCount: () => window.total(),
    pageInfo: {
      hasNextPage: backward ? before !== undefined : more,
      hasPreviousPage: backward ? more : after !== undefined,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    edges,
  };
}

const cursorOf = ({ at }: { at: Position }): { s: number } | { s: number; r: number } =>
  at.r === undefined ? { s: at.s } : { s: at.s, r: at.r };

function pageSize({ first, last }: ConnectionArgs, most: number): { size: number; backward: boolean } {
  if (first != null && last != null)
    throw new InvalidRequestError("first, last: send one of them; first pages forward, last pages backward.");
  const [name, size] = last == null ? ["first", first ?? Math.min(DEFAULT_PAGE, most)] : ["last", last];
  if (size < 1 || size > most)
    throw new InvalidRequestError(`${name}: ${size} is out of range; ask for 1 to ${most} at a time.`);
  return { size, backward: last != null };
}

function position(name: "after" | "before", cursor: string | null | undefined): Position | undefined {
  if (cursor === null || cursor === undefined || cursor === "") return undefined;
  const found = decodeCursor(cursor, Position);
  if (found === null)
    throw new InvalidRequestError(
      `${name}: not a cursor of this connection; send ${name === "after" ? "endCursor" : "startCursor"} of a page of it, unchanged.`,
    );
  return found;
}

/** The rows that a search finds: rank 0 is exactly the text, 1 the text in other letters, 2 contains it. */
function ranked<T extends { seq: number }>(
  rows: readonly T[],
  search: string | null | undefined,
  texts: ConnectionOptions<T>["texts"],
): { at: Position; node: T }[] {
  if (texts === undefined || search === null || search === undefined || search === "")
    return rows.map((node) => ({ at: { s: node.seq }, node }));
  const wanted = search.toLowerCase();
  return rows.flatMap((node) => {
    const found = texts(node).flatMap((text) => (text?.toLowerCase().includes(wanted) ? [text] : []));
    if (found.length === 0) return [];
    const r = found.includes(search) ? 0 : found.some((text) => text.toLowerCase() === wanted) ? 1 : 2;
    return [{ at: { s: node.seq, r }, node }];
  });
}
