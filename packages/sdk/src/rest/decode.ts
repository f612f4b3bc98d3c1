import type * as z from "zod";

import { UnexpectedResponseError } from "../errors/api.js";
import type { TransportResponse } from "../transport/types.js";

/**
 * Reads a success body and holds it against the API document. What the document does not know is kept: a newer server may
 * send more. `null` for an optional member counts as absent. Anything else that differs is an error, not a surprise later.
 * @throws UnexpectedResponseError naming the first members that differ
 */
export function decode<Schema extends z.ZodType>(schema: Schema, response: TransportResponse): z.output<Schema> {
  const value = parse(response);
  let faults = faultsIn(schema, value);
  if (dropNulls(value, faults)) faults = faultsIn(schema, value);
  if (faults.length > 0) {
    const shown = faults.slice(0, 3).map(({ path, message }) => `${path.map(String).join(".") || "body"}: ${message}`);
    throw unexpected(response, `differs from the API document: ${shown.join("; ")}`);
  }
  // boundary: checked above. The parsed copy is not used, because it lacks the members that the document does not know.
  return value as z.output<Schema>;
}

function parse(response: TransportResponse): unknown {
  try {
    return JSON.parse(response.text);
  } catch {
    const what = response.text.trim() === "" ? "is empty" : "is not JSON";
    throw unexpected(response, `${what}, where the API document promises JSON. Is the base URL right?`);
  }
}

function faultsIn(schema: z.ZodType, value: unknown): z.core.$ZodIssue[] {
  const result = schema.safeParse(value);
  return result.success ? [] : result.error.issues.filter(({ code }) => code !== "unrecognized_keys");
}

/** Removes the members that are null although only absence is documented. True when there were any. */
function dropNulls(value: unknown, faults: readonly z.core.$ZodIssue[]): boolean {
  let dropped = false;
  for (const { path } of faults) {
    const owner = path.slice(0, -1).reduce<unknown>(member, value);
    const name = path.at(-1);
    if (name === undefined || typeof owner !== "object" || owner === null || member(owner, name) !== null) continue;
    dropped = Reflect.deleteProperty(owner, name) || dropped;
  }
  return dropped;
}

function member(owner: unknown, name: PropertyKey): unknown {
  return typeof owner === "object" && owner !== null ? Reflect.get(owner, name) : undefined;
}

function unexpected(response: TransportResponse, problem: string): UnexpectedResponseError {
  const { status, method, path, requestId } = response;
  return new UnexpectedResponseError({
    status,
    method,
    path,
    requestId,
    body: JSON.stringify({ detail: `The answer ${problem}` }),
  });
}
