import type { ApiKey } from "@axlab/wire/rest";
import type { ServiceKey } from "@axlab/wire/console";
import type { Caller } from "../../access/gate.js";
import type { Core } from "../../core.js";
import type { Db } from "../../store/store.js";
import type { SpaceRow } from "../../store/tables/index.js";
import { spaceRef } from "../locate.js";

type Coverage = Omit<ServiceKey, keyof ApiKey>;

/**
 * Who made service keys and what they cover, for a caller who was allowed to list these keys. Of the spaces, those are named that the
 * caller may read; the rest is counted.
 */
export async function withCoverage(core: Core, caller: Caller, keys: readonly ApiKey[]): Promise<ServiceKey[]> {
  return Promise.all(keys.map(async (key) => ({ ...key, ...(await coverageOf(core, caller, key)) })));
}

async function coverageOf(core: Core, caller: Caller, { id, created_by_user_id }: ApiKey): Promise<Coverage> {
  const { db } = core.store;
  const [bot, creator] = await Promise.all([
    db
      .selectFrom("api_keys")
      .innerJoin("users", "users.id", "api_keys.user_id")
      .select(["users.id", "users.account_role"])
      .where("api_keys.id", "=", id)
      .executeTakeFirstOrThrow(),
    db.selectFrom("users").select(["id", "name"]).where("id", "=", created_by_user_id).executeTakeFirst(),
  ]);
  const [organizations, spaces] = await Promise.all([organizationsOf(db, bot.id), spacesOf(db, bot.id)]);
  const seen = spaces.filter((space) => core.gate.may(caller, "SPACE_READ", spaceRef(space)));
  return {
    creator: creator ?? null,
    account_role: bot.account_role,
    organizations: organizations
      .map((organization) => ({
        ...organization,
        spaces: seen
          .filter((space) => space.organization_id === organization.id)
          .map((space) => ({ id: space.id, name: space.name, role: space.role ?? space.custom ?? "" })),
      }))
      .filter(({ spaces: shown }) => shown.length > 0),
    hidden_spaces: spaces.length - seen.length,
  };
}

const organizationsOf = (db: Db, botId: string) =>
  db
    .selectFrom("organization_members")
    .innerJoin("organizations", "organizations.id", "organization_members.organization_id")
    .select(["organizations.id", "organizations.name", "organization_members.role"])
    .where("organization_members.user_id", "=", botId)
    .orderBy("organizations.seq")
    .execute();

type Covered = SpaceRow & { role: string | null; custom: string | null };

/** A space's role is a managed one of the membership, or a custom one that is bound beside it. */
const spacesOf = (db: Db, botId: string): Promise<Covered[]> =>
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
    .select(["space_members.role", "roles.name as custom"])
    .where("space_members.user_id", "=", botId)
    .orderBy("spaces.seq")
    .execute();
