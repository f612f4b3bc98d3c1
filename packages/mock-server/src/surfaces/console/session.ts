import { CONSOLE_HEADER } from "@axlab/wire/console";
import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { Opened } from "../../domain/sessions/sessions.js";
import { ForbiddenError } from "../../errors.js";
import type { HttpEnv } from "../http-env.js";

/** Cookies know no ports, so two platforms on one machine would sign each other's people out without the port in the name. */
const cookieName = (context: Context<HttpEnv>): string => `axlab_session_${new URL(context.req.url).port || "default"}`;

/** The token of a request that one of the console's own pages made; undefined when it is no such request or has no cookie. */
export function sessionToken(context: Context<HttpEnv>): string | undefined {
  if (context.req.header(CONSOLE_HEADER) === undefined) return undefined;
  requireSameOrigin(context);
  return getCookie(context, cookieName(context));
}

/** The token of a page that a browser opens, which brings the cookie and no header: enough to show a page that holds nothing by itself. */
export const visitorToken = (context: Context<HttpEnv>): string | undefined => getCookie(context, cookieName(context));

/**
 * A cookie goes along with requests that other pages start. They cannot add the console's header without a preflight, which is never
 * answered; browsers besides say where a request comes from, and that has to be here.
 * @throws ForbiddenError
 */
export function requireSameOrigin(context: Context<HttpEnv>): void {
  const { host } = new URL(context.req.url);
  const origin = context.req.header("origin");
  const site = context.req.header("sec-fetch-site");
  const elsewhere = (origin !== undefined && hostOf(origin) !== host) || (site !== undefined && site !== "same-origin");
  if (elsewhere || context.req.header(CONSOLE_HEADER) === undefined)
    throw new ForbiddenError(
      `The console's session is for its own pages only: a request needs the header ${CONSOLE_HEADER} and must come from this origin.`,
    );
}

export function giveCookie(context: Context<HttpEnv>, { token, expiresAt }: Opened): void {
  setCookie(context, cookieName(context), token, {
    httpOnly: true,
    sameSite: "Lax",
    path: "/",
    secure: context.req.header("origin")?.startsWith("https://") ?? false,
    expires: new Date(expiresAt),
  });
}

export const takeCookie = (context: Context<HttpEnv>): void => {
  deleteCookie(context, cookieName(context), { path: "/" });
};

const hostOf = (origin: string): string | null => (URL.canParse(origin) ? new URL(origin).host : null);
