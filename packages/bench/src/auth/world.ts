import {
  deterministicKey,
  hashKey,
  type OrganizationRole,
  type Permission,
  type Principal,
  type SpaceRef,
  type SpaceRole,
} from "@axlab/auth";

/** What a store keeps under the hash of a key. */
export interface KeyRecord {
  principal: Principal;
  revoked: boolean;
  expiresAt: number | null;
}

export interface Question {
  secret: string;
  permission: Permission;
  space: SpaceRef;
}

export interface World {
  keys: Map<string, KeyRecord>;
  spaces: SpaceRef[];
  questions: Question[];
}

const ACCOUNT = "QWNjb3VudDoxOmFCY0Q=";
const ORGANIZATIONS = 10;
const SPACES_EACH = 10;
const PEOPLE = 500;
const QUESTIONS = 4096;
const ASKED: readonly Permission[] = [
  "SPACE_READ",
  "PROJECT_READ",
  "PROJECT_SPAN_READ",
  "PROJECT_SPAN_CREATE",
  "DATASET_READ",
  "DATASET_CREATE",
  "DATASET_EXAMPLE_ANNOTATE",
  "EXPERIMENT_CREATE",
  "SERVICE_KEY_CREATE",
  "SERVICE_KEY_REVOKE",
  "SPACE_UPDATE",
  "ROLE_BINDING_CREATE",
];
const ROLES = ["ADMIN", "MEMBER", "READ_ONLY", "ANNOTATOR"] as const;

/** People with roles in organizations and spaces, half of the spaces private, and questions about all of it. The same every time. */
export function makeWorld(seed = 1): World {
  const next = random(seed);
  const pick = <T>(list: readonly T[]): T => {
    const item = list[Math.floor(next() * list.length)];
    if (item === undefined) throw new RangeError("Nothing to pick from an empty list.");
    return item;
  };
  const spaces = Array.from({ length: ORGANIZATIONS * SPACES_EACH }, (_, n): SpaceRef => ({
    type: "space",
    accountId: ACCOUNT,
    organizationId: `organization-${Math.floor(n / SPACES_EACH)}`,
    spaceId: `space-${n}`,
    isPrivate: n % 2 === 0,
  }));
  const secrets: string[] = [];
  const keys = new Map<string, KeyRecord>();
  for (let n = 0; n < PEOPLE; n++) {
    const secret = deterministicKey(`bench ${n}`);
    secrets.push(secret);
    keys.set(hashKey(secret), { principal: person(n, spaces, next, pick), revoked: false, expiresAt: null });
  }
  const questions = Array.from({ length: QUESTIONS }, () => ({
    secret: pick(secrets),
    permission: pick(ASKED),
    space: pick(spaces),
  }));
  return { keys, spaces, questions };
}

function person(
  n: number,
  spaces: readonly SpaceRef[],
  next: () => number,
  pick: <T>(list: readonly T[]) => T,
): Principal {
  const organizationRoles = new Map<string, OrganizationRole>();
  const spaceRoles = new Map<string, SpaceRole>();
  for (let at = 0; at < ORGANIZATIONS; at++)
    if (next() < 0.6) organizationRoles.set(`organization-${at}`, next() < 0.05 ? "ADMIN" : pick(ROLES.slice(1)));
  for (const { organizationId, spaceId } of spaces)
    if (organizationRoles.has(organizationId) && next() < 0.4) spaceRoles.set(spaceId, pick(ROLES));
  return {
    kind: "human",
    userId: `user-${n}`,
    accountId: ACCOUNT,
    name: `Person ${n}`,
    developerAccess: true,
    grants: { accountRole: next() < 0.02 ? "ADMIN" : "MEMBER", organizationRoles, spaceRoles, bindings: new Map() },
  };
}

/** mulberry32 */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
