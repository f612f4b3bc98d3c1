import { ProblemSchema } from "@axlab/wire";
import { z } from "zod";
import { ConfigurationError } from "../../errors.js";
import { OpenAPIHono, type RouteConfig } from "@hono/zod-openapi";
import type { Route } from "./pipeline.js";

const DESCRIPTIONS: Record<number, string> = {
  200: "OK",
  201: "Created",
  202: "Accepted",
  204: "Done",
  400: "Invalid request parameters",
  401: "Authentication required",
  403: "Access forbidden",
  404: "Resource not found",
  409: "Resource conflict",
  422: "Unprocessable Entity",
  429: "Rate limit exceeded",
  503: "Service Unavailable",
};

/** The OpenAPI document, from the same declarations that are served. */
export function openApiDocument(routes: readonly Route[]): object {
  const app = new OpenAPIHono();
  for (const route of routes) app.openAPIRegistry.registerPath(pathOf(route));
  app.openAPIRegistry.registerComponent("securitySchemes", "ApiKey", { type: "http", scheme: "bearer" });
  return app.getOpenAPI31Document({
    openapi: "3.1.0",
    info: { title: "Arize AX REST API, as served by axlab", version: "2.0.0" },
    security: [{ ApiKey: [] }],
  });
}

function pathOf(route: Route): RouteConfig {
  const { schemas, success, alsoSuccess } = route;
  const errors = [400, 401, ...route.errors, 429];
  const content = (schema: Route["success"]["body"]) => (schema ? { content: { "application/json": { schema } } } : {});
  return {
    method: route.method,
    path: route.path,
    tags: [route.tag],
    summary: route.summary,
    description: `Needs ${route.access.requirement} on the ${route.access.on === "each" ? "item" : route.access.on}.`,
    request: {
      ...(schemas.params && { params: asObject(schemas.params) }),
      ...(schemas.query && { query: asObject(schemas.query) }),
      ...(schemas.body && {
        body: { required: !schemas.bodyOptional, content: { "application/json": { schema: schemas.body } } },
      }),
    },
    responses: {
      [success.status]: { description: DESCRIPTIONS[success.status] ?? "OK", ...content(success.body) },
      ...(alsoSuccess && {
        [alsoSuccess.status]: { description: DESCRIPTIONS[alsoSuccess.status] ?? "OK", ...content(alsoSuccess.body) },
      }),
      ...Object.fromEntries(
        errors.map((status) => [
          status,
          {
            description: DESCRIPTIONS[status] ?? "",
            content: { "application/problem+json": { schema: ProblemSchema } },
          },
        ]),
      ),
    },
  };
}

/** Path and query parameters are declared as objects, each field a parameter. */
function asObject(schema: z.ZodType): z.ZodObject {
  if (schema instanceof z.ZodObject) return schema;
  throw new ConfigurationError("A route's path and query parameters must be declared as a zod object.");
}
