import type { Permission, Requirement } from "@axlab/auth";
import type { Caller } from "../../access/gate.js";
import type { Domain } from "../../domain/domain.js";
import { accountRef, locate, type Kind, type Located } from "../../domain/locate.js";
import { NotFoundError, PlatformError } from "../../errors.js";
import type { GraphQLContext } from "./context.js";
import { canonicalId } from "./ids.js";

/** Decided on one resource: the same vocabulary as a REST route's `access`. */
export interface MutationOn<K extends Kind, I> {
  on: K;
  requirement: Requirement;
  read?: Permission;
  id: (input: I) => string;
}

/** Decided on the caller's account; or the rule is not one permission on one resource, and `run` or the domain asks the gate itself. */
export type MutationRule = { on: "account"; requirement: Requirement } | { on: "domain"; why: string };

export interface Mutating<I> {
  input: I;
  caller: Caller;
  domain: Domain;
  context: GraphQLContext;
}

/** What a mutation answers, without `clientMutationId`, which is given back by itself. */
type Payload = Record<string, unknown>;

type Resolver<I> = (
  parent: unknown,
  args: { input: I & { clientMutationId?: string | null } },
  context: GraphQLContext,
) => Promise<Payload>;

/**
 * One mutation on one resource: the decision, the audit entry and the payload's frame follow from its declaration, as they do for a
 * REST route. GraphQL has checked the input's shape against the schema before this runs.
 */
export function mutationOn<K extends Kind, I extends object>(
  name: string,
  { on, requirement, read, id }: MutationOn<K, I>,
  run: (mutating: Mutating<I> & { target: Located<K>["entity"] }) => Promise<Payload>,
): Resolver<I> {
  return async (_, { input }, context) =>
    audited(name, context, id(input), input.clientMutationId, async () => {
      const { caller, domain } = context;
      const { gate, store } = domain.core;
      const found = await locate(store.db, on, canonicalId(store, id(input)));
      gate.require(caller, requirement, found?.ref ?? null, read);
      if (found === null) throw new NotFoundError();
      return run({ input, caller, domain, context, target: found.entity });
    });
}

/** As `mutationOn`, where there is no one resource to decide on. */
export function mutation<I extends object>(
  name: string,
  rule: MutationRule,
  run: (mutating: Mutating<I>) => Promise<Payload>,
): Resolver<I> {
  return async (_, { input }, context) =>
    audited(name, context, null, input.clientMutationId, async () => {
      const { caller, domain } = context;
      if (rule.on === "account")
        domain.core.gate.require(caller, rule.requirement, accountRef(caller.principal.accountId));
      return run({ input, caller, domain, context });
    });
}

async function audited(
  name: string,
  { caller, domain }: GraphQLContext,
  namedId: string | null,
  clientMutationId: string | null | undefined,
  work: () => Promise<Payload>,
): Promise<Payload> {
  let outcome = "allowed";
  let resourceId = namedId;
  try {
    const payload = await work();
    resourceId = idIn(payload) ?? namedId;
    return { ...payload, clientMutationId: clientMutationId ?? null };
  } catch (error) {
    outcome = error instanceof PlatformError ? String(error.status) : "500";
    throw error;
  } finally {
    await domain.audit.record(caller, {
      operation: `mutation ${name}`,
      outcome,
      resourceId,
      account: accountRef(caller.principal.accountId),
    });
  }
}

/** The id of what was made or changed. */
function idIn(payload: Payload): string | null {
  for (const value of Object.values(payload)) {
    if (typeof value === "object" && value !== null && "id" in value && typeof value.id === "string") return value.id;
  }
  return null;
}
