import { isJsonObject, type JsonObject } from "@axlab/wire";
import { v7 as uuidv7 } from "uuid";
import { ConfigurationError } from "../errors.js";

/** Rows of one insert: SQLite takes 32 766 values in a statement. */
export const ROWS_PER_INSERT = 1000;

/** Ids of examples and runs: in the order in which they were made, so that reading them in the order of their ids gives the order of sending. */
export const newRecordId = (): string => uuidv7();

/** What a JSON column holds; its schema says what that is. */
export const readStored = (json: string): unknown => JSON.parse(json);

export function readStoredObject(json: string): JsonObject {
  const value: unknown = JSON.parse(json);
  if (!isJsonObject(value))
    throw new ConfigurationError("A stored record is not a JSON object: the database was changed by something else.");
  return value;
}

export function* chunks<T>(items: readonly T[], size: number): Generator<T[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}

/** Names a few of many ids in an error's text. */
export const someOf = (ids: readonly string[], shown = 5): string =>
  ids
    .slice(0, shown)
    .map((id) => `"${id}"`)
    .join(", ") + (ids.length > shown ? ` and ${ids.length - shown} more` : "");
