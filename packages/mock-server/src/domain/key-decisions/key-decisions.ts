import {
  decide,
  explainDenial,
  hashKey,
  parseKey,
  resourceId,
  type GrantSource,
  type Permission,
  type Principal,
  type ResourceRef,
} from "@axlab/auth";
import type { AskDecisionRequest, KeyDecision } from "@axlab/wire/console";
import type { Caller } from "../../access/gate.js";
import { loadStanding, refusalAt, refused, type KeyStanding } from "../../access/key-standing.js";
import type { Core } from "../../core.js";
import { NotFoundError, type KeyRefusal } from "../../errors.js";
import { findKey } from "../api-keys/rules.js";
import { accountRef, locateAny } from "../locate.js";

/** "May this key do that?", answered by the decision that a request with it would meet. Nothing is done, and no key is used by asking. */
export class KeyDecisions {
  constructor(private readonly core: Core) {}

  /**
   * About oneself; about a key that one made, or any of the account for account admins; or about a key whose secret one holds.
   * @throws NotFoundError when there is no such key, or the caller may not ask about it
   */
  async ask(caller: Caller, { key_id, key, permission, resource_id }: AskDecisionRequest): Promise<KeyDecision> {
    const { store } = this.core;
    const resource =
      resource_id === caller.principal.accountId ? accountRef(resource_id) : await locateAny(store.db, resource_id);
    if (key_id !== undefined) return this.#about(await this.#byId(caller, key_id), permission, resource);
    if (key === undefined)
      return { key: null, ...actsAs(caller.principal), ...verdict(caller.principal, permission, resource) };
    const found = await this.#bySecret(key);
    return typeof found === "string"
      ? { key: null, acts_as: null, ...notAccepted(found) }
      : this.#about(found, permission, resource);
  }

  #about(standing: KeyStanding, permission: Permission, resource: ResourceRef | null): KeyDecision {
    const about = { key: presentKey(standing), ...actsAs(standing.principal) };
    const refusal = refusalAt(standing, this.core.clock.now());
    return {
      ...about,
      ...(refusal === null ? verdict(standing.principal, permission, resource) : notAccepted(refusal)),
    };
  }

  async #byId(caller: Caller, id: string): Promise<KeyStanding> {
    const { row, own } = await findKey(this.core, caller.principal, id);
    const may = own || row.user_id === caller.principal.userId;
    if (!may && !this.core.gate.may(caller, "ACCOUNT_ADMIN", accountRef(caller.principal.accountId)))
      throw new NotFoundError();
    const standing = await loadStanding(this.core.store.db, row);
    if (standing === undefined) throw new NotFoundError();
    return standing;
  }

  /** @returns why it is no key here */
  async #bySecret(secret: string): Promise<KeyStanding | KeyRefusal> {
    const parsed = parseKey(secret);
    if (!parsed.ok) return "malformed";
    const { db } = this.core.store;
    const row = await db
      .selectFrom("api_keys")
      .selectAll()
      .where("hash", "=", hashKey(parsed.secret))
      .executeTakeFirst();
    return (row && (await loadStanding(db, row))) ?? "unknown";
  }
}

const presentKey = ({ key }: KeyStanding): NonNullable<KeyDecision["key"]> => ({
  id: key.id,
  name: key.name,
  redacted_key: key.redacted,
  key_type: key.key_type,
});

const actsAs = ({ userId, name }: Principal): Pick<KeyDecision, "acts_as"> => ({ acts_as: { id: userId, name } });

type Verdict = Pick<KeyDecision, "resource" | "status" | "via" | "missing" | "explanation">;

const notAccepted = (refusal: KeyRefusal): Verdict => ({
  resource: null,
  status: 401,
  via: null,
  missing: null,
  explanation: refused(refusal).message,
});

function verdict(principal: Principal, permission: Permission, resource: ResourceRef | null): Verdict {
  const decision = resource === null ? null : decide(principal, permission, resource);
  if (resource === null || decision === null || (!decision.allowed && decision.reason === "not_found"))
    return {
      resource: null,
      status: 404,
      via: null,
      missing: permission,
      explanation:
        "To this key there is no such resource: it does not exist, or nothing lets the key read it. The two are answered alike.",
    };
  const seen = { id: resourceId(resource), type: resource.type };
  if (!decision.allowed)
    return { resource: seen, status: 403, via: null, missing: permission, explanation: explainDenial(decision) };
  const via = presentSource(decision.via);
  const explanation = `Allowed: ${inWords(via)} holds ${permission}.`;
  return { resource: seen, status: 200, via, missing: null, explanation };
}

const presentSource = (source: GrantSource): NonNullable<KeyDecision["via"]> => ({
  from: source.from,
  role: source.from === "binding" ? source.roleName : source.role,
});

const inWords = ({ from, role }: NonNullable<KeyDecision["via"]>): string =>
  from === "binding"
    ? `the role "${role}", bound on the resource or its space,`
    : from === "fallback"
      ? `the organization role ${role}, which counts in a public space,`
      : `the ${from} role ${role}`;
