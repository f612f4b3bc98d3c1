import { createMongoAbility, subject, type MongoAbility, type RawRuleOf } from "@casl/ability";
import { decide, effectiveRole, hashKey, parseKey, permissionsOf, type Principal, type SpaceRole } from "@axlab/auth";
import { newEnforcer, newModelFromString, StringAdapter } from "casbin";
import type { Question, World } from "./world.js";

/** One library's answer to a question about a principal it has seen before. */
export interface Contender {
  name: string;
  may(principal: Principal, question: Question): boolean;
}

/** Key → principal as on every request, warm: parse, checksum, hash, look up, revoked?, expired? The same for every contender. */
export function authenticate(world: World, secret: string, now: number): Principal | null {
  const parsed = parseKey(secret);
  if (!parsed.ok) return null;
  const record = world.keys.get(hashKey(parsed.secret));
  if (record === undefined || record.revoked || (record.expiresAt !== null && now >= record.expiresAt)) return null;
  return record.principal;
}

export const ours: Contender = {
  name: "@axlab/auth",
  may: (principal, { permission, space }) => decide(principal, permission, space).allowed,
};

const SPACE_ROLES = ["ADMIN", "MEMBER", "READ_ONLY", "ANNOTATOR"] as const;

/** Peers know no inheritance and no fallback, so they are given the outcome of both: each person's effective role in each space. */
function* effectiveRoles({
  keys,
  spaces,
}: World): Generator<{ principal: Principal; spaceId: string; role: SpaceRole }> {
  for (const { principal } of keys.values())
    for (const space of spaces) {
      const role = effectiveRole(principal, "space", space);
      if (role !== null) yield { principal, spaceId: space.spaceId, role };
    }
}

/** One ability a person, made beforehand: a rule for each role, with the ids of the spaces it holds in. */
export function casl(world: World): Contender {
  const held = new Map<string, Map<SpaceRole, string[]>>();
  for (const { principal, spaceId, role } of effectiveRoles(world)) {
    const roles = held.get(principal.userId) ?? new Map<SpaceRole, string[]>();
    held.set(principal.userId, roles.set(role, [...(roles.get(role) ?? []), spaceId]));
  }
  const abilities = new Map<string, MongoAbility>();
  for (const { principal } of world.keys.values()) {
    const rules = [...(held.get(principal.userId) ?? [])].map(([role, spaceIds]): RawRuleOf<MongoAbility> => ({
      action: [...permissionsOf("space", role)],
      subject: "Space",
      conditions: { spaceId: { $in: spaceIds } },
    }));
    abilities.set(principal.userId, createMongoAbility(rules));
  }
  const subjects = new Map(world.spaces.map(({ spaceId }) => [spaceId, subject("Space", { spaceId })]));
  return {
    name: "@casl/ability",
    may: ({ userId }, { permission, space }) =>
      abilities.get(userId)?.can(permission, subjects.get(space.spaceId) ?? "Space") ?? false,
  };
}

const RBAC_WITH_DOMAINS = `
[request_definition]
r = sub, dom, act
[policy_definition]
p = sub, act
[role_definition]
g = _, _, _
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
m = r.act == p.act && g(r.sub, p.sub, r.dom)
`;

/** One enforcer with the documented model of roles in domains: a policy for each role's permission, a grouping for each person's role. */
export async function casbin(world: World): Promise<Contender> {
  const policies = SPACE_ROLES.flatMap((role) =>
    [...permissionsOf("space", role)].map((held) => `p, ${role}, ${held}`),
  );
  const groupings = [...effectiveRoles(world)].map(
    ({ principal, spaceId, role }) => `g, ${principal.userId}, ${role}, ${spaceId}`,
  );
  const lines = [...policies, ...groupings].join("\n");
  const enforcer = await newEnforcer(newModelFromString(RBAC_WITH_DOMAINS), new StringAdapter(lines));
  return {
    name: "casbin",
    may: ({ userId }, { permission, space }) => enforcer.enforceSync(userId, space.spaceId, permission),
  };
}
