import { decodeCursor, encodeCursor } from "@axlab/wire";
import { z } from "zod";
import { InvalidRequestError } from "../../../errors.js";
import type { Page } from "../../paging.js";
import type { RecordPage } from "./newest-first.js";
import type { Position } from "./batch-orders.js";

const Cursor = z.object({ t: z.number(), r: z.number().int() });

/** Where a page of the newest first begins; null for the first. @throws InvalidRequestError for a cursor that is not ours */
export function positionOf(cursor: string | undefined): Position | null {
  if (cursor === undefined) return null;
  const position = decodeCursor(cursor, Cursor);
  if (position === null)
    throw new InvalidRequestError(
      "query.cursor: not a cursor of this list; send the next_cursor of the page before, unchanged, or none for the first page.",
    );
  return { ms: position.t, row: position.r };
}

export function paginationOf({ found, more }: RecordPage): Page<never>["pagination"] {
  const last = found.at(-1);
  return more && last !== undefined
    ? { has_more: true, next_cursor: encodeCursor({ t: last.position.ms, r: last.position.row }) }
    : { has_more: false };
}
