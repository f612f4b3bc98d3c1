import type { Principal } from "@axlab/auth";
import type { Context } from "hono";
import type { Authenticator } from "../access/authenticate.js";
import type { Surface } from "../access/gate.js";
import type { Sessions } from "../domain/sessions/sessions.js";
import { UnauthenticatedError } from "../errors.js";
import { CONSOLE_HEADER } from "@axlab/wire/console";
import { sessionToken } from "./console/session.js";
import type { HttpEnv } from "./http-env.js";

/** How somebody may come in over HTTP. */
export interface Doors {
  authenticator: Pick<Authenticator, "authenticate">;
  sessions: Sessions;
}

/**
 * Who makes a request of REST or GraphQL: the holder of the key it came with, or, when it has none and one of the console's own pages made
 * it, whoever is signed in there. Either way the same decisions follow.
 * @throws UnauthenticatedError, RateLimitedError; ForbiddenError when another site's page made it
 */
export async function whoAsks(
  context: Context<HttpEnv>,
  { authenticator, sessions }: Doors,
  secret: string | undefined,
  surface: Surface,
): Promise<{ principal: Principal; surface: Surface }> {
  const seen = context.get("seen");
  const fromConsole = secret === undefined && context.req.header(CONSOLE_HEADER) !== undefined;
  const principal = fromConsole
    ? await signedIn(sessionToken(context), sessions)
    : await authenticator.authenticate(secret);
  seen.userId = principal.userId;
  if (principal.key) seen.keyId = principal.key.id;
  if (fromConsole) seen.surface = "console";
  return { principal, surface: fromConsole ? "console" : surface };
}

async function signedIn(token: string | undefined, sessions: Sessions): Promise<Principal> {
  const session = token === undefined ? null : await sessions.find(token);
  if (session === null)
    throw new UnauthenticatedError("Nobody is signed in, or the session has ended. Sign in again.", "session");
  return session.principal;
}
