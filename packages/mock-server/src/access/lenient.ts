import type { Principal } from "@axlab/auth";
import type { Logger } from "pino";
import { ConfigurationError, UnauthenticatedError } from "../errors.js";
import type { Store } from "../store/store.js";
import type { Authenticator } from "./authenticate.js";
import type { AccessEpoch } from "./epoch.js";
import type { AuthMode } from "./gate.js";
import { loadPrincipal } from "./principals.js";

/** With `soft` and `off`, a request without a usable key acts as the first admin of the seeded account. */
export function lenient(
  mode: AuthMode,
  authenticator: Authenticator,
  store: Store,
  epoch: AccessEpoch,
  accountId: string,
  log: Logger,
): Pick<Authenticator, "authenticate"> {
  if (mode === "enforced") return authenticator;
  let known: { epoch: number; admin: Principal } | undefined;
  const admin = async (): Promise<Principal> => {
    const now = await epoch.current();
    if (known?.epoch !== now) known = { epoch: now, admin: await firstAdmin(store, accountId) };
    return known.admin;
  };
  return {
    async authenticate(secret) {
      if (mode === "off" && secret === undefined) return admin();
      try {
        return await authenticator.authenticate(secret);
      } catch (error) {
        if (!(error instanceof UnauthenticatedError)) throw error;
        if (mode === "soft") log.warn({ refusal: error.refusal }, "would be refused");
        return admin();
      }
    },
  };
}

async function firstAdmin({ db }: Store, accountId: string): Promise<Principal> {
  const user = await db
    .selectFrom("users")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("account_role", "=", "ADMIN")
    .where("kind", "=", "human")
    .where("status", "=", "ACTIVE")
    .orderBy("seq")
    .executeTakeFirst();
  if (user === undefined)
    throw new ConfigurationError("--auth soft and off need an active account admin to act as; the account has none.");
  return loadPrincipal(db, user);
}
