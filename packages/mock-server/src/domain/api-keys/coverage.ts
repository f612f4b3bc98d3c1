import type { ApiKey } from "@axlab/wire/rest";
import type { ServiceKey } from "@axlab/wire/console";
import type { Caller } from "../../access/gate.js";
import type { Core } from "../../core.js";
import type { Db } from "../../store/store.js";
import { spaceRef } from "../locate.js";

type Coverage = Omit<ServiceKey, keyof ApiKey>;

/**
 * Who made service keys and what they cover, for a caller who was allowed to list these keys. Of the spaces, those are named that the
 * caller may read; the rest is counted. A page costs four reads, however many keys are on it.
 */
export async function withCoverage(core: Core, caller: Caller, keys: readonly ApiKey[]): Promise<ServiceKey[]> {
  if (keys.length === 0) return [];
  const { db } = core.store;
  const [bots, creators] = await Promise.all([
    botsOf(
      db,
      keys.map(({ id }) => id),
    ),
    namesOf(db, [...new Set(keys.map(({ created_by_user_id }) => created_by_user_id))]),
  ]);
  const botIds = [...new Set([...bots.values()].map(({ id }) => id))];
  const [organizations, spaces] = await Promise.all([organizationsOf(db, botIds), spacesOf(db, botIds)]);
  return keys.flatMap((key) => {
    const bot = bots.get(key.id);
    if (bot === undefined) return [];
    const covered = spaces.filter(({ bot: owner }) => owner === bot.id);
    const seen = covered.filter((space) => core.gate.may(caller, "SPACE_READ", spaceRef(space)));
    const coverage: Coverage = {
      creator: creators.get(key.created_by_user_id) ?? null,
      account_role: bot.account_role,
      organizations: organizations
        .filter(({ bot: owner }) => owner === bot.id)
        .map(({ id, name, role }) => ({
          id,
          name,
          role,
          spaces: seen
            .filter((space) => space.organization_id === id)
            .map((space) => ({ id: space.id, name: space.name, role: space.role ?? space.custom ?? "" })),
        }))
        .filter(({ spaces: shown }) => shown.length > 0),
      hidden_spaces: covered.length - seen.length,
    };
    return [{ ...key, ...coverage }];
  });
}

/** By key: the user that it acts as. */
async function botsOf(db: Db, keyIds: readonly string[]) {
  const rows = await db
    .selectFrom("api_keys")
    .innerJoin("users", "users.id", "api_keys.user_id")
    .select(["api_keys.id as key", "users.id", "users.account_role"])
    .where("api_keys.id", "in", keyIds)
    .execute();
  return new Map(rows.map(({ key, ...bot }) => [key, bot]));
}

async function namesOf(db: Db, userIds: readonly string[]) {
  const rows = await db.selectFrom("users").select(["id", "name"]).where("id", "in", userIds).execute();
  return new Map(rows.map((row) => [row.id, row]));
}

const organizationsOf = (db: Db, botIds: readonly string[]) =>
  db
    .selectFrom("organization_members")
    .innerJoin("organizations", "organizations.id", "organization_members.organization_id")
    .select([
      "organization_members.user_id as bot",
      "organizations.id",
      "organizations.name",
      "organization_members.role",
    ])
    .where("organization_members.user_id", "in", botIds)
    .orderBy("organizations.seq")
    .execute();

/** A space's role is a managed one of the membership, or a custom one that is bound beside it. */
const spacesOf = (db: Db, botIds: readonly string[]) =>
  db
    .selectFrom("space_members")
    .innerJoin("spaces", "spaces.id", "space_members.space_id")
    .leftJoin("role_bindings", (join) =>
      join
        .onRef("role_bindings.resource_id", "=", "space_members.space_id")
        .onRef("role_bindings.user_id", "=", "space_members.user_id"),
    )
    .leftJoin("roles", "roles.id", "role_bindings.role_id")
    .selectAll("spaces")
    .select(["space_members.user_id as bot", "space_members.role", "roles.name as custom"])
    .where("space_members.user_id", "in", botIds)
    .orderBy("spaces.seq")
    .execute();
