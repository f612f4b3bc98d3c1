import { mintKey } from "@axlab/auth";
import { SeedDocument } from "../lab/seeds/document.js";
import { plantSeed } from "../lab/seeds/plant.js";
import type { Platform } from "../platform.js";
import { Client } from "./client.js";

const PEOPLE = [
  "admin",
  "orgAdmin",
  "orgMember",
  "spaceAdmin",
  "member",
  "reader",
  "annotator",
  "uiOnly",
  "outsider",
] as const;
export type Person = (typeof PEOPLE)[number];
const PLACES = ["acme", "beta"] as const;
const SPACES = ["main", "second", "vault", "betaSpace"] as const;

/**
 * An account of its own for one test: the organizations acme (spaces main, second, and the private vault) and beta (betaSpace); in acme and
 * main one person a role, in acme alone `orgMember`, in no organization `outsider`; a service key `pipeline` that is Member of main.
 */
export interface World {
  accountId: string;
  people: Record<Person, string>;
  organizations: Record<(typeof PLACES)[number], string>;
  spaces: Record<(typeof SPACES)[number], string>;
  /** secrets */
  keys: Record<Person | "pipeline", string>;
  /** calls REST with somebody's key */
  as(who: Person | "pipeline"): Client;
  /** calls REST with any key, or with none */
  with(key: string | undefined): Client;
}

const document = (): SeedDocument =>
  SeedDocument.parse({
    account: { name: "world" },
    users: PEOPLE.map((handle) => ({
      handle,
      name: `The ${handle}`,
      email: `${handle}@world.test`,
      ...ACCOUNT[handle],
    })),
    organizations: [
      {
        name: "acme",
        members: [
          { user: "orgAdmin", role: "ADMIN" },
          { user: "orgMember", role: "MEMBER" },
          { user: "spaceAdmin", role: "MEMBER" },
          { user: "member", role: "MEMBER" },
          { user: "reader", role: "READ_ONLY" },
          { user: "annotator", role: "ANNOTATOR" },
          { user: "uiOnly", role: "MEMBER" },
        ],
        spaces: [
          {
            name: "main",
            members: [
              { user: "spaceAdmin", role: "ADMIN" },
              { user: "member", role: "MEMBER" },
              { user: "reader", role: "READ_ONLY" },
              { user: "annotator", role: "ANNOTATOR" },
              { user: "uiOnly", role: "MEMBER" },
            ],
          },
          { name: "second" },
          { name: "vault", is_private: true },
        ],
      },
      { name: "beta", spaces: [{ name: "betaSpace" }] },
    ],
    keys: [
      ...PEOPLE.map((handle) => ({ handle, type: "USER", name: `${handle}'s key`, user: handle })),
      {
        handle: "pipeline",
        type: "SERVICE",
        name: "pipeline",
        created_by: "admin",
        organizations: [{ name: "acme", spaces: [{ name: "main" }] }],
      },
    ],
  });

const ACCOUNT: Partial<Record<Person, object>> = {
  admin: { account_role: "ADMIN" },
  annotator: { account_role: "ANNOTATOR", is_developer: true },
  uiOnly: { account_role: "MEMBER_UI_ONLY" },
};

export async function createWorld(platform: Platform): Promise<World> {
  const { core } = platform.domain;
  const tenant = await plantSeed(core, document(), () => mintKey());
  const organizations = await core.store.db
    .selectFrom("organizations")
    .select(["id", "name"])
    .where("account_id", "=", tenant.account.id)
    .execute();
  const spaces = await core.store.db
    .selectFrom("spaces")
    .select(["id", "name"])
    .where("account_id", "=", tenant.account.id)
    .execute();
  const keys = pick([...PEOPLE, "pipeline"], (handle) => tenant.keys[handle]);
  return {
    accountId: tenant.account.id,
    people: pick(PEOPLE, (handle) => tenant.users[handle]),
    organizations: pick(PLACES, (name) => organizations.find((row) => row.name === name)?.id),
    spaces: pick(SPACES, (name) => spaces.find((row) => row.name === name)?.id),
    keys,
    as: (who) => new Client(platform, keys[who]),
    with: (key) => new Client(platform, key),
  };
}

function pick<K extends string>(names: readonly K[], find: (name: K) => string | undefined): Record<K, string> {
  const found: Partial<Record<K, string>> = {};
  for (const name of names) {
    const value = find(name);
    if (value === undefined) throw new TypeError(`The world has no ${name}.`);
    found[name] = value;
  }
  // boundary: every name was just given a value
  return found as Record<K, string>;
}
