import type { Platform } from "../platform.js";

/** What GraphQL answered, read without any client. */
export interface GraphQLReply {
  status: number;
  requestId: string | null;
  // boundary: tests read members that they then assert on
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  data: any;
  errors: { message: string; path?: (string | number)[]; extensions: { code: string; requestId: string } }[];
  /** the first error's code, or "ok" */
  verdict: string;
}

/** Asks GraphQL in-process with one key. */
export async function askGraphQL(
  platform: Pick<Platform, "fetch">,
  key: string | undefined,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<GraphQLReply> {
  const response = await platform.fetch(
    new Request("http://axlab/graphql", {
      method: "POST",
      headers: { "content-type": "application/json", ...(key !== undefined && { "x-api-key": key }) },
      body: JSON.stringify({ query, variables }),
    }),
  );
  const body = await response.json();
  return {
    status: response.status,
    requestId: response.headers.get("x-request-id"),
    data: body.data,
    errors: body.errors ?? [],
    verdict: body.errors?.[0].extensions.code ?? "ok",
  };
}
