import { redactSecrets } from "@axlab/auth";
import type { GraphQLError } from "graphql";
import { createGraphQLError } from "graphql-yoga";
import type { Logger } from "pino";
import { z } from "zod";
import { PlatformError } from "../../errors.js";

const CODES: Record<number, string> = {
  400: "BAD_USER_INPUT",
  401: "UNAUTHENTICATED",
  403: "FORBIDDEN",
  404: "NOT_FOUND",
  409: "CONFLICT",
  413: "PAYLOAD_TOO_LARGE",
  415: "UNSUPPORTED_MEDIA_TYPE",
  422: "UNPROCESSABLE",
  429: "TOO_MANY_REQUESTS",
};

export const codeOf = (error: PlatformError): string => CODES[error.status] ?? "INTERNAL_SERVER_ERROR";

/** By shape, not by class: a bundle may hold graphql twice. */
const isGraphQLError = (error: unknown): error is GraphQLError =>
  error instanceof Error && error.name === "GraphQLError";

/** Refusals are explained with a code; a failure of ours shows none of its insides. */
export function maskError(error: unknown, log: Logger): Error {
  // Without a path it was refused before anything was resolved: graphql's own text is about what the client sent.
  if (isGraphQLError(error) && error.path === undefined) return error;
  const original = isGraphQLError(error) ? error.originalError : error;
  const where = isGraphQLError(error) ? { nodes: error.nodes ?? null, path: error.path ?? null } : {};
  if (original instanceof PlatformError)
    return createGraphQLError(redactSecrets(original.message), { ...where, extensions: { code: codeOf(original) } });
  const failure = original ?? error;
  log.error(
    { error: redactSecrets(failure instanceof Error ? (failure.stack ?? failure.message) : String(failure)) },
    "failure",
  );
  return createGraphQLError("The platform failed on this request; its log has the request id.", {
    ...where,
    extensions: { code: "INTERNAL_SERVER_ERROR" },
  });
}

/**
 * An error as it is answered: with a code and the request's id, never with a secret, and with nothing that yoga keeps for itself.
 * What graphql refused without a code is a variable that does not fit.
 */
export function answeredError(error: GraphQLError, requestId: string): GraphQLError {
  const { code } = error.extensions;
  return createGraphQLError(redactSecrets(error.message), {
    nodes: error.nodes ?? null,
    ...(error.source && { source: error.source }),
    ...(error.positions && { positions: error.positions }),
    ...(error.path && { path: error.path }),
    extensions: {
      code: typeof code === "string" ? code : "BAD_USER_INPUT",
      requestId,
      ...httpOf(error),
    },
  });
}

const Http = z.object({
  status: z.number().optional(),
  headers: z.record(z.string(), z.string()).optional(),
  spec: z.boolean().optional(),
});

/** A request that holds no operation is no GraphQL request at all: its status stands, whatever answer the client accepts. */
function httpOf({ extensions }: GraphQLError): { http?: z.infer<typeof Http> } {
  const http = Http.safeParse(extensions["http"]);
  if (!http.success) return {};
  return { http: extensions.code === "BAD_REQUEST" ? { ...http.data, spec: false } : http.data };
}
