import { redactSecrets } from "@axlab/auth";
import { readClientVersion } from "@axlab/wire";
import type { GraphQLError } from "graphql";
import { createGraphQLError, createSchema, createYoga } from "graphql-yoga";
import { Hono, type Context } from "hono";
import type { Authenticator } from "../../access/authenticate.js";
import type { Domain } from "../../domain/domain.js";
import { PlatformError, UnauthenticatedError } from "../../errors.js";
import type { HttpEnv } from "../http-env.js";
import { addressOf } from "../rest/index.js";
import type { GraphQLContext } from "./context.js";
import { resolvers } from "./resolvers/index.js";
import { typeDefs } from "./schema.js";

const CODES: Record<number, string> = {
  400: "BAD_USER_INPUT",
  401: "UNAUTHENTICATED",
  403: "FORBIDDEN",
  404: "NOT_FOUND",
  409: "CONFLICT",
  413: "PAYLOAD_TOO_LARGE",
  422: "UNPROCESSABLE",
  429: "TOO_MANY_REQUESTS",
};

/** `POST /graphql` with `x-api-key` (`spec/graphql.md §1`), over the same domain and the same decisions as REST. */
export function graphqlSurface(domain: Domain, authenticator: Pick<Authenticator, "authenticate">): Hono<HttpEnv> {
  const yoga = createYoga<GraphQLContext>({
    schema: createSchema<GraphQLContext>({ typeDefs, resolvers }),
    graphqlEndpoint: "*",
    graphiql: false,
    landingPage: false,
    logging: false,
    maskedErrors: { maskError: (error) => maskError(error, domain) },
  });
  const app = new Hono<HttpEnv>();
  const answer = async (context: Context<HttpEnv>): Promise<Response> => {
    const seen = context.get("seen");
    seen.operation = "graphql";
    try {
      const principal = await authenticator.authenticate(context.req.header("x-api-key"));
      seen.userId = principal.userId;
      if (principal.key) seen.keyId = principal.key.id;
      const caller = {
        principal,
        surface: "graphql" as const,
        client: readClientVersion((name) => context.req.header(name)),
        requestId: context.get("requestId"),
        address: addressOf(context),
      };
      const response = await yoga.fetch(context.req.raw, { caller, domain });
      return new Response(response.body, response);
    } catch (error) {
      if (!(error instanceof UnauthenticatedError)) throw error;
      seen.refusal = error.message;
      return refusedKey(error, context.get("requestId"));
    }
  };
  app.all("/graphql", answer);
  app.all("//graphql", answer);
  return app;
}

/** A person without developer access is told so with 403, every other unusable key is 401 (`spec/graphql.md §1`). */
function refusedKey(error: UnauthenticatedError, requestId: string): Response {
  const developer = error.refusal === "developer_access" || error.refusal === "developer_lock";
  const body = {
    errors: [{ message: error.message, extensions: { code: developer ? "FORBIDDEN" : "UNAUTHENTICATED", requestId } }],
  };
  return Response.json(body, { status: developer ? 403 : 401 });
}

/** By shape, not by class: a bundle may hold graphql twice. */
const isGraphQLError = (error: unknown): error is GraphQLError =>
  error instanceof Error && error.name === "GraphQLError";

/** Refusals are explained with a code; a failure of ours shows none of its insides. */
function maskError(error: unknown, domain: Domain): Error {
  const original = isGraphQLError(error) ? error.originalError : error;
  if (isGraphQLError(error) && original === undefined) return error;
  const where = isGraphQLError(error) ? { nodes: error.nodes ?? null, path: error.path ?? null } : {};
  if (original instanceof PlatformError) {
    return createGraphQLError(redactSecrets(original.message), {
      ...where,
      extensions: { code: CODES[original.status] ?? "INTERNAL_SERVER_ERROR" },
    });
  }
  domain.core.log.error(
    { error: redactSecrets(original instanceof Error ? (original.stack ?? original.message) : String(original)) },
    "failure",
  );
  return createGraphQLError("The platform failed on this request; its log has the request id.", {
    ...where,
    extensions: { code: "INTERNAL_SERVER_ERROR" },
  });
}
