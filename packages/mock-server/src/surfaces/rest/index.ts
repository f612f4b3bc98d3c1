import { accountRef } from "../../domain/locate.js";
import { readClientVersion } from "@axlab/wire";
import { Hono, type Context } from "hono";
import type { Caller } from "../../access/gate.js";
import type { Domain } from "../../domain/domain.js";
import { PlatformError } from "../../errors.js";
import type { HttpEnv } from "../http-env.js";
import { whoAsks, type Doors } from "../who-asks.js";
import { openApiDocument } from "./openapi.js";
import type { Route } from "./pipeline.js";
import { ROUTES } from "./routes/index.js";

/** REST v2: every declared route, behind `Authorization: Bearer` or a session of the console. */
export function restSurface(domain: Domain, doors: Doors): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  const document = openApiDocument(ROUTES);
  app.get("/v2/openapi.json", (context) => context.json(document));
  mount(app, ROUTES, domain, doors);
  return app;
}

/** Serves declared routes: authenticated, decided, journalled and audited alike. */
export function mount(app: Hono<HttpEnv>, routes: readonly Route[], domain: Domain, doors: Doors): void {
  for (const route of routes) {
    app.on(route.method.toUpperCase(), route.path.replaceAll(/\{(\w+)\}/g, ":$1"), (context) =>
      answer(route, context, domain, doors),
    );
  }
}

async function answer(route: Route, context: Context<HttpEnv>, domain: Domain, doors: Doors): Promise<Response> {
  const seen = context.get("seen");
  seen.operation = `${route.method.toUpperCase()} ${route.path}`;
  const caller: Caller = {
    ...(await whoAsks(context, doors, bearer(context.req.header("authorization")), "rest")),
    client: readClientVersion((name) => context.req.header(name)),
    requestId: context.get("requestId"),
    address: addressOf(context),
  };
  let outcome = "allowed";
  let targetId: string | null = Object.values(context.req.param())[0] ?? null;
  try {
    const answered = await route.answer(context, domain, caller);
    targetId = answered.targetId;
    return answered.response;
  } catch (error) {
    outcome = error instanceof PlatformError ? String(error.status) : "500";
    throw error;
  } finally {
    if (route.audited || outcome === "403") {
      const type = route.method === "get" ? "QUERY" : "MUTATION";
      await domain.audit.record(caller, {
        operation: seen.operation,
        type,
        outcome,
        resourceId: targetId,
        account: accountRef(caller.principal.accountId),
      });
    }
  }
}

/** The gateway insists on the prefix (`spec/rest.md §1.2`). */
function bearer(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  const match = /^Bearer\s+(.+)$/i.exec(header);
  return match?.[1] ?? "Bearer expected";
}

export const addressOf = (context: Context<HttpEnv>): string =>
  context.env?.incoming?.socket?.remoteAddress ?? "in-process";
