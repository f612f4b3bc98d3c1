import { ProblemSchema, type Problem } from "@axlab/wire";
import { CONSOLE_HEADER } from "@axlab/wire/console";
import type { z } from "zod";

/** The platform refused a request; `message` is its own explanation, written for people. */
export class RefusedError extends Error {
  override readonly name = "RefusedError";

  constructor(
    readonly status: number,
    readonly problem: Problem | null,
    readonly requestId: string | null,
  ) {
    super(problem?.detail ?? problem?.title ?? `The platform answered ${status}.`);
  }
}

/** No answer came: the platform is not running, or the network is gone. */
export class UnreachableError extends Error {
  override readonly name = "UnreachableError";
}

export type Query = Record<string, string | number | boolean | readonly string[] | undefined>;

interface Call {
  method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  query?: Query;
  body?: unknown;
  signal?: AbortSignal;
}

/**
 * Asks the platform as whoever is signed in, and parses what it answers with the schema that it answers by.
 * @throws RefusedError, UnreachableError
 */
export async function ask<S extends z.ZodType>(path: string, schema: S, call: Call = {}): Promise<z.output<S>> {
  const response = await send(path, call);
  return schema.parse(await response.json());
}

/** For what is answered without a body. @throws RefusedError, UnreachableError */
export async function tell(path: string, call: Call): Promise<void> {
  await send(path, call);
}

/** The answer itself, for downloads. @throws RefusedError, UnreachableError */
export async function send(path: string, { method = "GET", query = {}, body, signal }: Call): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(`${path}${queryString(query)}`, {
      method,
      credentials: "same-origin",
      cache: "no-store",
      headers: { [CONSOLE_HEADER]: "1", ...(body !== undefined && { "content-type": "application/json" }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new UnreachableError("The platform does not answer. Is it still running?", { cause: error });
  }
  if (response.ok) return response;
  throw new RefusedError(response.status, await problemOf(response), response.headers.get("x-request-id"));
}

async function problemOf(response: Response): Promise<Problem | null> {
  try {
    return ProblemSchema.parse(await response.json());
  } catch {
    return null;
  }
}

function queryString(query: Query): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    for (const one of Array.isArray(value) ? value : [value]) parameters.append(name, String(one));
  }
  const text = parameters.toString();
  return text === "" ? "" : `?${text}`;
}
