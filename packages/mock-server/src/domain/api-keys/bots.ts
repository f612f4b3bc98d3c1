import type { Core } from "../../core.js";
import type { Db } from "../../store/store.js";
import type { UserRow } from "../../store/tables/index.js";
import { insertBinding } from "../role-bindings/put.js";
import { inStatements } from "../rows.js";
import type { ServiceKeyPlan } from "./service-keys.js";

/** Makes the user that a service key acts as, with the key's memberships. A bot never signs in. */
export async function insertBot(
  core: Core,
  tx: Db,
  accountId: string,
  name: string,
  plan: ServiceKeyPlan,
): Promise<UserRow> {
  const { store, clock } = core;
  const now = clock.now();
  const bot: UserRow = {
    ...(await store.newId(tx, "User")),
    account_id: accountId,
    kind: "bot",
    name,
    email: null,
    status: "ACTIVE",
    account_role: plan.accountRole,
    is_developer: 1,
    invite_mode: "NONE",
    invite_token_hash: null,
    invite_expires_at: null,
    password_hash: null,
    created_at: now,
    updated_at: now,
  };
  await tx.insertInto("users").values(bot).execute();
  for (const organization of plan.organizations) {
    const membership = await store.newId(tx, "AccountOrganizationMember");
    await tx
      .insertInto("organization_members")
      .values({
        ...membership,
        organization_id: organization.id,
        user_id: bot.id,
        role: organization.role,
        created_at: now,
      })
      .execute();
    for (const space of organization.spaces) {
      const role = typeof space.role === "string" ? space.role : null;
      const id = await store.newId(tx, "SpaceMember");
      await tx
        .insertInto("space_members")
        .values({ ...id, space_id: space.id, user_id: bot.id, role, created_at: now })
        .execute();
      if (typeof space.role !== "string") {
        await insertBinding(core, tx, {
          account_id: accountId,
          role_id: space.role.id,
          user_id: bot.id,
          resource_type: "SPACE",
          resource_id: space.id,
        });
      }
    }
  }
  return bot;
}

/** A bot ends when the last key that acts as it has: revoked, and past any grace period (`spec/access.md §2`). */
export async function retireBot(tx: Db, botId: string, now: number): Promise<void> {
  const alive = await tx
    .selectFrom("api_keys")
    .select("id")
    .where("user_id", "=", botId)
    .where((where) => where.or([where("status", "=", "ACTIVE"), where("grace_until", ">", now)]))
    .executeTakeFirst();
  if (alive === undefined)
    await tx
      .updateTable("users")
      .set({ status: "INACTIVE" })
      .where("id", "=", botId)
      .where("kind", "=", "bot")
      .execute();
}

/** The bots that work in these spaces; asked before the spaces are deleted. */
export async function botsIn(tx: Db, spaceIds: readonly string[]): Promise<string[]> {
  const rows = await tx
    .selectFrom("space_members")
    .innerJoin("users", "users.id", "space_members.user_id")
    .select("users.id")
    .distinct()
    .where("users.kind", "=", "bot")
    .where("space_members.space_id", "in", spaceIds)
    .execute();
  return rows.map(({ id }) => id);
}

/** A service key covers at least one space: when the last one is deleted, the key goes with it. */
export const revokeStranded = (tx: Db, all: readonly string[]): Promise<void> =>
  inStatements(all, (botIds) => revokeSome(tx, botIds));

async function revokeSome(tx: Db, botIds: readonly string[]): Promise<void> {
  const settled = tx.selectFrom("space_members").select("user_id").where("user_id", "in", botIds);
  await tx
    .updateTable("api_keys")
    .set({ status: "REVOKED", grace_until: null })
    .where("user_id", "in", botIds)
    .where("user_id", "not in", settled)
    .execute();
  await tx
    .updateTable("users")
    .set({ status: "INACTIVE" })
    .where("id", "in", botIds)
    .where("id", "not in", settled)
    .execute();
}
