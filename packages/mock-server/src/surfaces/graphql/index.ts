import { readClientVersion } from "@axlab/wire";
import { Hono, type Context } from "hono";
import type { Caller } from "../../access/gate.js";
import type { Domain } from "../../domain/domain.js";
import {
  InvalidRequestError,
  PayloadTooLargeError,
  PlatformError,
  RateLimitedError,
  UnauthenticatedError,
  UnsupportedMediaTypeError,
} from "../../errors.js";
import type { HttpEnv } from "../http-env.js";
import { addressOf } from "../rest/index.js";
import { whoAsks, type Doors } from "../who-asks.js";
import { codeOf } from "./errors.js";
import { graphiql, opensPage } from "./graphiql.js";
import { DEFAULT_GRAPHQL_LIMITS } from "../../graphql-limits.js";
import { createGraphQLServer } from "./yoga.js";

/** `/graphql` with `x-api-key` (`spec/graphql.md §1`), over the same domain and the same decisions as REST. */
export function graphqlSurface(domain: Domain, doors: Doors): Hono<HttpEnv> {
  const limits = { ...DEFAULT_GRAPHQL_LIMITS, ...domain.core.limits.graphql };
  const server = createGraphQLServer(domain, limits);
  const app = new Hono<HttpEnv>();
  const answer = async (context: Context<HttpEnv>): Promise<Response> => {
    const seen = context.get("seen");
    seen.operation = "graphql";
    try {
      if (opensPage(context)) return await graphiql(context, doors);
      const caller = await callerOf(context, doors);
      const response = await server.fetch(await bounded(context.req.raw, limits.bodyBytes), { caller });
      return new Response(response.body, response);
    } catch (error) {
      if (!(error instanceof PlatformError)) throw error;
      seen.refusal = error.message;
      return refused(error, context.get("requestId"));
    }
  };
  app.all("/graphql", answer);
  // A base URL that ends in a slash (`spec/graphql.md §1.1`).
  app.all("//graphql", answer);
  return app;
}

async function callerOf(context: Context<HttpEnv>, doors: Doors): Promise<Caller> {
  return {
    ...(await whoAsks(context, doors, context.req.header("x-api-key"), "graphql")),
    client: readClientVersion((name) => context.req.header(name)),
    requestId: context.get("requestId"),
    address: addressOf(context),
  };
}

/**
 * The request with a body of which we know that it is JSON by its name and not too large.
 * @throws UnsupportedMediaTypeError; PayloadTooLargeError when the body is larger than `most`, whatever its headers say
 */
async function bounded(request: Request, most: number): Promise<Request> {
  if (request.method !== "POST") return request;
  const type = request.headers.get("content-type") ?? "none";
  // Other types reach a server from a web page without its asking, so that they could act with a session.
  if (!/^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(type))
    throw new UnsupportedMediaTypeError(`The content type is ${type}; send the operation as application/json.`);
  const declared = Number(request.headers.get("content-length") ?? "0");
  const body = declared > most ? undefined : await request.arrayBuffer();
  if (body === undefined || body.byteLength > most)
    throw new PayloadTooLargeError(
      `The body is larger than the ${most} bytes that one GraphQL request may have; send several requests.`,
    );
  // PostgreSQL keeps no text with NUL in it.
  if (new TextDecoder().decode(body).includes(String.raw`\u0000`))
    throw new InvalidRequestError("The body has a text with the character NUL (\\u0000) in it; leave it out.");
  return new Request(request.url, { method: request.method, headers: request.headers, body });
}

/** A person without developer access is told so with 403, every other unusable key is 401 (`spec/graphql.md §1`). */
function refused(error: PlatformError, requestId: string): Response {
  const developer =
    error instanceof UnauthenticatedError &&
    (error.refusal === "developer_access" || error.refusal === "developer_lock");
  const limited = error instanceof RateLimitedError;
  // Clients look for these very words (`spec/graphql.md §2`).
  const message = limited ? `429 Too many requests (TOO_MANY_REQUESTS): ${error.message}` : error.message;
  const extensions = { code: developer ? "FORBIDDEN" : codeOf(error), requestId };
  return Response.json(
    { errors: [{ message, extensions }] },
    {
      status: developer ? 403 : error.status,
      headers: limited ? { "retry-after": String(error.retryAfterSeconds) } : {},
    },
  );
}
