import { isJsonObject, parseJson, type JsonObject, type JsonValue } from "@axlab/wire";
import { charactersOf } from "@axlab/wire/ingest";

const MAX_CHARACTERS = 1_000_000;
const MAX_LEVELS = 10;

/** A patch of a span's metadata, or why it is none (`spec/ingest.md §8.6`). */
export type ParsedPatch = { patch: JsonObject } | { problem: string };

export function parsePatch(text: unknown): ParsedPatch {
  if (typeof text !== "string") return { problem: "the patch is missing; send a JSON object as text" };
  if (text.length > MAX_CHARACTERS && charactersOf(text) > MAX_CHARACTERS)
    return { problem: `the patch has ${charactersOf(text)} characters; at most ${MAX_CHARACTERS} are taken` };
  const patch = parsed(text);
  if (patch === null) return { problem: "the patch is not a JSON object" };
  return levels(patch) > MAX_LEVELS ? { problem: `the patch is nested deeper than ${MAX_LEVELS} levels` } : { patch };
}

/** Lays a patch over metadata: objects are merged, anything else replaces, null included. */
export function patched(metadata: unknown, patch: JsonObject): string {
  const before = typeof metadata === "string" ? parsed(metadata) : null;
  return JSON.stringify(merged(before ?? {}, patch));
}

function merged(before: JsonObject, patch: JsonObject): JsonObject {
  const result: JsonObject = { ...before };
  for (const [name, value] of Object.entries(patch)) {
    const old = inner(before[name]);
    result[name] = isJsonObject(value) && old !== null ? merged(old, value) : value;
  }
  return result;
}

/** Clients encode an object inside metadata once more, as text (`spec/ingest.md §6`). */
const inner = (value: JsonValue | undefined): JsonObject | null =>
  isJsonObject(value) ? value : typeof value === "string" ? parsed(value) : null;

function parsed(text: string): JsonObject | null {
  try {
    const value = parseJson(text);
    return isJsonObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** As the official clients count: `{"a": 1}` has two levels. */
function levels(value: JsonValue): number {
  if (typeof value !== "object" || value === null) return 1;
  return 1 + Math.max(0, ...Object.values(value).map(levels));
}
