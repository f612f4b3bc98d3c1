import { utf8Length } from "@axlab/wire";

import { PartialWriteError } from "../errors/client.js";

/** Bytes of a value written as JSON. */
export function jsonBytes(value: unknown): number {
  return utf8Length(JSON.stringify(value));
}

/** Bytes of rows written as JSON, counted no further than `limit`. Integers that JSON has no number for count as texts. */
export function measuredBytes(rows: readonly unknown[], limit: number): number {
  let bytes = 0;
  for (const row of rows) {
    if (bytes >= limit) break;
    bytes += utf8Length(JSON.stringify(row, bigintAsText)) + 1;
  }
  return bytes;
}

const bigintAsText = (_name: string, value: unknown): unknown => (typeof value === "bigint" ? String(value) : value);

export interface ChunkLimits {
  readonly maxRows: number;
  /** A row larger than this still goes, alone: the server has the last word. */
  readonly maxBytes: number;
}

/**
 * Cuts rows into requests, in order. No rows are one empty request, which its own check then refuses.
 * @param bytesOf what a row takes; default: written as JSON
 */
export function chunksOf<Row>(
  rows: readonly Row[],
  { maxRows, maxBytes }: ChunkLimits,
  bytesOf?: (row: Row) => number,
): Row[][] {
  if (bytesOf === undefined && rows.length <= maxRows && surelyWithin(rows, maxBytes)) return [[...rows]];
  const chunks: Row[][] = [];
  let chunk: Row[] = [];
  let bytes = 0;
  for (const row of rows) {
    const size = (bytesOf ?? jsonBytes)(row) + 1;
    if (chunk.length > 0 && (chunk.length >= maxRows || bytes + size > maxBytes)) {
      chunks.push(chunk);
      chunk = [];
      bytes = 0;
    }
    chunk.push(row);
    bytes += size;
  }
  chunks.push(chunk);
  return chunks;
}

/** Six bytes a character is the most that JSON makes of a text (`\\u0000`): mostly that tells without writing the rows. */
function surelyWithin(rows: readonly unknown[], maxBytes: number): boolean {
  let bytes = 0;
  for (const row of rows) {
    if (typeof row !== "object" || row === null || "toJSON" in row) return false;
    for (const [name, value] of Object.entries(row)) {
      bytes += 6 * name.length + 4;
      if (typeof value === "string") bytes += 6 * value.length + 2;
      else if (typeof value === "number" || typeof value === "boolean" || value == null) bytes += 25;
      else return false;
    }
    bytes += 3;
    if (bytes > maxBytes) return false;
  }
  return true;
}

/** What the rows of a write go into. */
export interface Target {
  readonly resource: "dataset" | "experiment" | "project";
  /** Known before the first request, or from its answer. */
  id(): string | undefined;
  /** Rows stored before the first of these chunks. */
  readonly landed?: number;
}

/**
 * Sends chunks one after another. A failure of the first is thrown as it is (nothing was stored).
 * @throws PartialWriteError from the second on
 */
export async function sendChunks<Row>(
  chunks: readonly Row[][],
  target: Target,
  send: (chunk: Row[]) => Promise<void>,
): Promise<void> {
  const before = target.landed ?? 0;
  const total = before + chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  let landed = before;
  for (const chunk of chunks) {
    try {
      await send(chunk);
    } catch (cause) {
      const resourceId = target.id();
      if (landed === 0 || resourceId === undefined) throw cause;
      throw new PartialWriteError({ resource: target.resource, resourceId, landed, total }, cause);
    }
    landed += chunk.length;
  }
}
