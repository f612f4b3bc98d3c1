import { CONSOLE_HEADER } from "@axlab/wire/console";
import type { Context } from "hono";
import { visitorToken } from "../console/session.js";
import type { HttpEnv } from "../http-env.js";
import type { Doors } from "../who-asks.js";

/** Nine megabytes, so it is read when somebody first opens it. */
let page: Promise<string> | undefined;

async function render(): Promise<string> {
  const { renderGraphiQL } = await import("@graphql-yoga/render-graphiql");
  return renderGraphiQL({
    title: "GraphiQL",
    endpoint: "/graphql",
    credentials: "same-origin",
    headers: JSON.stringify({ [CONSOLE_HEADER]: "graphiql" }),
  });
}

/** Whether a browser is opening a page, rather than a program sending a query by GET. */
export const opensPage = (context: Context<HttpEnv>): boolean =>
  context.req.method === "GET" &&
  context.req.query("query") === undefined &&
  (context.req.header("accept") ?? "").includes("text/html");

/**
 * GraphiQL, whole in one page that loads nothing from elsewhere, for whoever is signed in to the console or sends a key; everybody else is
 * shown where to sign in. What it asks is asked as that person.
 */
export async function graphiql(context: Context<HttpEnv>, { authenticator, sessions }: Doors): Promise<Response> {
  const key = context.req.header("x-api-key");
  const token = visitorToken(context);
  if (key !== undefined) await authenticator.authenticate(key);
  else if (token === undefined || (await sessions.find(token)) === null) return context.redirect("/");
  page ??= render();
  return context.html(await page);
}
