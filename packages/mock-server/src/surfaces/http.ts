import { redactSecrets } from "@axlab/auth";
import { ingestOperation } from "@axlab/wire/ingest";
import { Hono } from "hono";
import { randomUUID } from "node:crypto";
import type { Authenticator } from "../access/authenticate.js";
import type { Surface } from "../access/gate.js";
import type { Domain } from "../domain/domain.js";
import { NotFoundError, PlatformError } from "../errors.js";
import type { Journal } from "../lab/journal.js";
import type { HttpEnv } from "./http-env.js";
import { consoleSurface, type ConsoleParts } from "./console/index.js";
import { problemResponse } from "./http-problem.js";
import { graphqlSurface } from "./graphql/index.js";
import { ingestSurface } from "./ingest/index.js";
import { otlpSurface } from "./otlp/http.js";
import { restSurface } from "./rest/index.js";

export interface HttpParts {
  domain: Domain;
  authenticator: Pick<Authenticator, "authenticate">;
  journal: Journal;
  ready: () => boolean;
  console: ConsoleParts;
}

/** The one HTTP application: it answers on a port and, in-process, through msw. */
export function httpApplication({ domain, authenticator, journal, ready, console }: HttpParts): Hono<HttpEnv> {
  const { log, clock } = domain.core;
  const doors = { authenticator, sessions: console.sessions };
  const app = new Hono<HttpEnv>();
  app.use(async (context, next) => {
    const requestId = `req_${randomUUID()}`;
    context.set("requestId", requestId);
    context.set("startedAt", performance.now());
    context.set("seen", {});
    await next();
    context.res.headers.set("x-request-id", requestId);
    const seen = context.get("seen");
    const entry = {
      at: clock.now(),
      requestId,
      surface: seen.surface ?? surfaceOf(context.req.path),
      operation: seen.operation ?? redactSecrets(`${context.req.method} ${context.req.path}`),
      userId: seen.userId ?? null,
      keyId: seen.keyId ?? null,
      status: context.res.status,
      refusal: seen.refusal ?? null,
      milliseconds: performance.now() - context.get("startedAt"),
      requestBytes: seen.bytes ?? Number(context.req.header("content-length") ?? "0"),
      ...(seen.rows !== undefined && { rows: seen.rows }),
    };
    journal.record({ ...entry, ...(seen.received !== undefined && { received: seen.received }) });
    log.info(entry, "request");
  });
  app.get("/healthz", (context) =>
    ready() ? context.json({ status: "ok" }) : context.json({ status: "starting" }, 503),
  );
  app.route("/", otlpSurface(domain, authenticator));
  app.route("/", restSurface(domain, doors));
  app.route("/", graphqlSurface(domain, doors));
  app.route("/", ingestSurface(domain, authenticator));
  app.route("/", consoleSurface(domain, doors, console));
  app.notFound((context) =>
    problemResponse(
      new NotFoundError(
        `${context.req.method} ${context.req.path} is no operation of this platform; GET /v2/openapi.json lists them.`,
      ),
      context.req.path,
    ),
  );
  app.onError((error, context) => {
    const seen = context.get("seen");
    if (seen !== undefined) seen.refusal = error instanceof PlatformError ? redactSecrets(error.message) : "failure";
    if (!(error instanceof PlatformError))
      log.error({ requestId: context.get("requestId"), error: redactSecrets(error.stack ?? error.message) }, "failure");
    return problemResponse(error, context.req.path);
  });
  return app;
}

function surfaceOf(path: string): Surface {
  if (path.startsWith("/v2/")) return "rest";
  if (path.includes("/graphql")) return "graphql";
  if (path.startsWith("/v1/traces")) return "otlp";
  if (ingestOperation(path) !== null) return "ingest";
  return "console";
}
