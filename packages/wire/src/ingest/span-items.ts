import { isJsonObject, parseJson, type JsonObject } from "../json.js";
import { charactersOf } from "../text.js";

/** Says what is wrong with an item; null: nothing. */
type ItemCheck = (item: JsonObject) => string | null;

const MEGA = 4_000_000;
const MOST_DIMENSIONS = 20_000;

const ITEM_CHECKS: ReadonlyMap<string, ItemCheck> = new Map([
  ["events", (event) => tooLong(event, "name", 100) ?? notAnObject(event, "attributes")],
  ["attributes.llm.input_messages", messageProblem],
  ["attributes.llm.output_messages", messageProblem],
  ["attributes.retrieval.documents", documentProblem],
  ["attributes.reranker.input_documents", documentProblem],
  ["attributes.reranker.output_documents", documentProblem],
  ["attributes.embedding.embeddings", (item) => tooLong(item, "embedding.text", MEGA) ?? vectorProblem(item)],
]);

/** Columns of a span table whose items have rules of their own: lists of JSON objects as texts (spec/ingest.md §8.6). */
export const SPAN_ITEM_COLUMNS: readonly string[] = [...ITEM_CHECKS.keys()];

/** What is wrong with one text in such a column, an object or a list of them, to be read after "the row"; null: nothing. */
export function spanItemProblem(column: string, text: string): string | null {
  if (text === "") return null;
  const given = parsed(text);
  for (const item of Array.isArray(given) ? given : [given]) {
    const problem = isJsonObject(item) ? ITEM_CHECKS.get(column)?.(item) : "has an item that is not a JSON object";
    if (typeof problem === "string") return problem;
  }
  return null;
}

function messageProblem(message: JsonObject): string | null {
  const calls = inner(message["message.tool_calls"]);
  const called = (Array.isArray(calls) ? calls : []).map((call) => inner(call)).filter(isJsonObject);
  return (
    tooLong(message, "message.role", 100) ??
    tooLong(message, "message.content", MEGA) ??
    called.map(callProblem).find((problem) => problem !== null) ??
    null
  );
}

function callProblem(call: JsonObject): string | null {
  const given = call["tool_call.function.arguments"];
  if (typeof given === "string" && given !== "" && parsed(given) === undefined)
    return "has a tool call whose arguments are not JSON";
  return tooLong(call, "tool_call.function.name", 500) ?? tooLong(call, "tool_call.function.arguments", MEGA);
}

function documentProblem(document: JsonObject): string | null {
  return (
    tooLong(document, "document.id", 100) ??
    tooLong(document, "document.content", MEGA) ??
    notAnObject(document, "document.metadata") ??
    nested(inner(document["document.metadata"]))
  );
}

/** Metadata of a document holds scalars and lists of scalars. */
function nested(metadata: unknown): string | null {
  const isScalar = (value: unknown): boolean => typeof value !== "object" || value === null;
  const isFlat = (value: unknown): boolean => isScalar(value) || (Array.isArray(value) && value.every(isScalar));
  const odd = Object.entries(isJsonObject(metadata) ? metadata : {}).find(([, value]) => !isFlat(value));
  return odd === undefined ? null : `has a document.metadata whose ${JSON.stringify(odd[0])} is nested`;
}

function vectorProblem(item: JsonObject): string | null {
  const vector = inner(item["embedding.vector"]);
  const fits = !Array.isArray(vector) || (vector.length !== 1 && vector.length <= MOST_DIMENSIONS);
  return fits ? null : `has a vector of ${vector.length} numbers, not of 2 to ${MOST_DIMENSIONS}`;
}

function tooLong(item: JsonObject, field: string, most: number): string | null {
  const value = item[field];
  if (typeof value !== "string" || value.length <= most) return null;
  const characters = charactersOf(value);
  return characters > most ? `has a ${field} of ${characters} characters, more than ${most}` : null;
}

function notAnObject(item: JsonObject, field: string): string | null {
  const value = item[field];
  if (value === undefined || value === null || value === "" || isJsonObject(inner(value))) return null;
  return `has a ${field} that is not an object`;
}

/** A value that a client encoded once more (spec/ingest.md §6). */
const inner = (value: unknown): unknown => (typeof value === "string" ? (parsed(value) ?? value) : value);

/** Undefined where the text is no JSON. */
function parsed(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
