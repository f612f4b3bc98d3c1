import { explainZodError } from "@axlab/wire";
import { SignInRequest, type ConsoleSession } from "@axlab/wire/console";
import { Hono, type Context } from "hono";
import type { Domain } from "../../domain/domain.js";
import type { Session, Sessions } from "../../domain/sessions/sessions.js";
import type { SignIn } from "../../domain/sessions/sign-in.js";
import { InvalidRequestError } from "../../errors.js";
import type { HttpEnv } from "../http-env.js";
import { addressOf, mount } from "../rest/index.js";
import type { Doors } from "../who-asks.js";
import type { ConsoleFiles } from "./files.js";
import { presentSession } from "./present.js";
import { CONSOLE_ROUTES } from "./routes.js";
import { giveCookie, requireSameOrigin, sessionToken, takeCookie } from "./session.js";

export interface ConsoleParts {
  sessions: Sessions;
  signIn: SignIn;
  /** null: this platform serves no pages */
  files: ConsoleFiles | null;
}

/** The web console: its pages, and who is signed in. What the pages show they ask of REST and GraphQL, as anybody does. */
export function consoleSurface(domain: Domain, doors: Doors, { sessions, signIn, files }: ConsoleParts): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  mount(app, CONSOLE_ROUTES, domain, doors);
  const answer = async (context: Context<HttpEnv>, session: Session | null): Promise<Response> => {
    if (session !== null) context.get("seen").userId = session.user.id;
    const body: ConsoleSession = {
      signed_in: session && presentSession(session),
      people: await sessions.people(),
    };
    return context.json(body, 200, { "cache-control": "no-store" });
  };

  app.get("/console/session", async (context) => {
    context.get("seen").operation = "GET /console/session";
    const token = sessionToken(context);
    return answer(context, token === undefined ? null : await sessions.find(token));
  });

  app.post("/console/session", async (context) => {
    context.get("seen").operation = "POST /console/session";
    requireSameOrigin(context);
    const before = sessionToken(context);
    const opened = await signIn.signIn(await readSignIn(context), originOf(context));
    if (before !== undefined) await signIn.signOut(before, originOf(context));
    giveCookie(context, opened);
    return answer(context, opened);
  });

  app.delete("/console/session", async (context) => {
    context.get("seen").operation = "DELETE /console/session";
    requireSameOrigin(context);
    const token = sessionToken(context);
    if (token !== undefined) await signIn.signOut(token, originOf(context));
    takeCookie(context);
    return context.body(null, 204);
  });

  if (files !== null) {
    app.get("*", async (context, next) => {
      const path = context.req.path;
      const file = await files.file(path, context.req.header("accept-encoding") ?? "");
      if (file !== null) return file;
      // A page of the console has an address of its own; anything that does not want a page is no operation of this platform.
      if (isApi(path) || !/\btext\/html\b/.test(context.req.header("accept") ?? "")) return next();
      context.get("seen").operation = "GET console page";
      return files.page();
    });
  }
  return app;
}

const isApi = (path: string): boolean => /^\/+(v1|v2|console|graphql|healthz)(\/|$)/.test(path);

const originOf = (context: Context<HttpEnv>) => ({
  requestId: context.get("requestId"),
  address: addressOf(context),
});

const MAX_BYTES = 10_000;

async function readSignIn(context: Context<HttpEnv>) {
  const text = await context.req.text();
  let body: unknown;
  try {
    body = text.length > MAX_BYTES ? null : JSON.parse(text);
  } catch {
    throw new InvalidRequestError("body: not JSON.");
  }
  const parsed = SignInRequest.safeParse(body);
  if (parsed.success) return parsed.data;
  // What was sent may hold a password: only the shape that is asked for is told.
  throw new InvalidRequestError(
    `body: send {"user_id"}, {"email","password"} or {"key"} (${explainZodError(parsed.error, "body").slice(0, 200)}).`,
  );
}
