import { GRAPHQL_SDL_PARTS } from "@axlab/wire/graphql";
import type { ExecutionResult } from "graphql";
import { createSchema, createYoga, type Plugin } from "graphql-yoga";
import type { Caller } from "../../access/gate.js";
import type { Domain } from "../../domain/domain.js";
import type { GraphQLContext } from "./context.js";
import { answeredError, maskError } from "./errors.js";
import { enforceLimits } from "./limits/enforce.js";
import type { GraphQLLimits } from "../../graphql-limits.js";
import { createLoaders } from "./loaders.js";
import { resolvers } from "./resolvers/index.js";
import { tolerances } from "./tolerances.js";

/** The schema with what stands behind it. */
export const executableSchema = () =>
  createSchema<GraphQLContext>({
    typeDefs: [...GRAPHQL_SDL_PARTS],
    resolvers,
    resolverValidationOptions: { requireResolversToMatchSchema: "error" },
  });

/** Parses, checks, limits, executes. It knows GraphQL over HTTP and nothing of keys. */
export function createGraphQLServer(domain: Domain, limits: GraphQLLimits) {
  return createYoga<{ caller: Caller }, GraphQLContext>({
    schema: executableSchema(),
    context: ({ caller }) => ({
      caller,
      domain,
      load: createLoaders(domain.core, caller),
      complexity: { limit: limits.cost, cost: 1 },
    }),
    graphqlEndpoint: "*",
    batching: { limit: limits.batch },
    graphiql: false,
    landingPage: false,
    logging: false,
    multipart: false,
    maskedErrors: { maskError: (error) => maskError(error, domain.core.log) },
    plugins: [tolerances, enforceLimits(limits), explainErrors],
  });
}

const explainErrors: Plugin<object, { caller?: Caller }> = {
  onResultProcess: (payload) => {
    const { result } = payload;
    const requestId = payload.serverContext.caller?.requestId ?? "";
    const explained = <R extends ExecutionResult>(one: R): R =>
      one.errors === undefined ? one : { ...one, errors: one.errors.map((error) => answeredError(error, requestId)) };
    if (Array.isArray(result)) payload.setResult(result.map((one) => explained(one)));
    else if ("data" in result || "errors" in result) payload.setResult(explained(result));
  },
};
