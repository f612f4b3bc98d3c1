import * as z from "zod";

import type { ClientContext } from "../context.js";
import { UnexpectedResponseError, type GraphQLErrorEntry } from "../errors/index.js";
import { shorten } from "../errors/problem.js";
import type { CallOptions, TransportResponse } from "../transport/types.js";
import { onlyReads } from "./document.js";

/** What the server answered: data, errors, or both. */
export interface RawResult {
  readonly data: unknown;
  /** Absent when there are none. */
  readonly errors?: readonly GraphQLErrorEntry[];
  readonly requestId: string;
}

const Entry = z.looseObject({
  message: z.string(),
  path: z.array(z.union([z.string(), z.number()])).nullish().transform((path) => path ?? undefined),
  extensions: z.looseObject({ code: z.string().optional() }).nullish().transform((extensions) => extensions ?? undefined),
}); // prettier-ignore
const Reply = z.looseObject({ data: z.unknown().optional(), errors: z.array(Entry).min(1).optional() });

/** One POST to the GraphQL endpoint (`spec/graphql.md` §1): `x-api-key`, and a retry like that of any read unless the document writes. */
export async function executeText(
  context: ClientContext,
  query: string,
  variables: object,
  options: CallOptions,
): Promise<RawResult> {
  const response = await context.transport.request({
    method: "POST",
    path: context.config.graphqlUrl,
    body: { query, variables },
    auth: "x-api-key",
    idempotent: onlyReads(query),
    ...options,
  });
  const reply = Reply.safeParse(parse(response));
  if (!reply.success) throw notGraphQL(response);
  const { data, errors } = reply.data;
  if (data === undefined && errors === undefined) throw notGraphQL(response);
  return { data, requestId: response.requestId, ...(errors === undefined ? {} : { errors }) };
}

function parse(response: TransportResponse): unknown {
  try {
    return JSON.parse(response.text);
  } catch {
    throw notGraphQL(response);
  }
}

function notGraphQL({ status, method, path, requestId, text }: TransportResponse): UnexpectedResponseError {
  const detail = `The answer has neither GraphQL data nor errors. Is the app URL right? It begins: ${shorten(text)}`;
  return new UnexpectedResponseError({ status, method, path, requestId, body: JSON.stringify({ detail }) });
}
