import { ApiKeyPage, CreatedApiKey, RefreshedApiKey } from "@axlab/wire/rest";
import { describe, expect, it } from "vitest";
import { absentId, predefined, suite } from "../../../testing/suite.js";
import { createWorld, type Person } from "../../../testing/world.js";

const at = suite();
type Who = Person | "pipeline";
const NOON = Date.parse("2030-06-01T12:00:00.000Z");
const iso = (ms: number) => new Date(ms).toISOString();
const user = async (who: Who, body: object = {}) =>
  (await at.world.as(who).post("/v2/api-keys", { key_type: "USER", name: "laptop", ...body })).read(CreatedApiKey);
const service = async (who: Who, body: object = {}) =>
  (
    await at.world.as(who).post("/v2/api-keys", {
      key_type: "SERVICE",
      name: "ci",
      organizations: [{ org_id: at.world.organizations.acme, spaces: [{ space_id: at.world.spaces.main }] }],
      ...body,
    })
  ).read(CreatedApiKey);
const refresh = async (who: Who, id: string, body?: object) =>
  at.world.as(who).post(`/v2/api-keys/${id}/refresh`, body);
const ask = async (key: string) => at.world.with(key).get("/v2/organizations");
const works = async (key: string) => (await ask(key)).status === 200;

describe("expiry", () => {
  it("is exact to the millisecond, and follows the platform's clock", async () => {
    at.platform.clock.set(NOON);
    const { key } = await user("member", { expires_at: iso(NOON + 3_600_000) });
    at.platform.clock.set(NOON + 3_600_000 - 1);
    expect(await works(key)).toBe(true);
    at.platform.clock.advance(1);
    const refused = await ask(key);
    expect(refused.status).toBe(401);
    expect(refused.detail).toContain("expired");
    expect(
      (await at.world.as("member").get("/v2/api-keys"))
        .read(ApiKeyPage)
        .api_keys.map(({ status, name }) => [name, status]),
    ).toContainEqual(["laptop", "ACTIVE"]);
    at.platform.clock.set(NOON);
    expect(await works(key)).toBe(true);
  });
});

describe("refreshing", () => {
  it("gives a new id and secret for the same key, and ends the old one at once", async () => {
    const old = await user("member", { description: "d" });
    const reply = await refresh("member", old.id);
    expect(reply.status).toBe(200);
    const fresh = reply.read(RefreshedApiKey);
    expect(fresh).toMatchObject({
      name: "laptop",
      description: "d",
      key_type: "USER",
      status: "ACTIVE",
      created_by_user_id: at.world.people.member,
    });
    expect(fresh.id).not.toBe(old.id);
    expect(fresh.key).not.toBe(old.key);
    expect([await works(old.key), await works(fresh.key)]).toEqual([false, true]);
    expect(
      (await at.world.as("member").get("/v2/api-keys?status=REVOKED")).read(ApiKeyPage).api_keys.map(({ id }) => id),
    ).toEqual([old.id]);
  });

  it("keeps a service key's bot and roles, and answers without bot_user", async () => {
    const old = await service("member");
    const reply = await refresh("member", old.id, {});
    expect(reply.text).not.toContain("bot_user");
    const fresh = reply.read(RefreshedApiKey);
    expect(
      (await at.world.with(fresh.key).post("/v2/projects", { name: "p", space_id: at.world.spaces.main })).status,
    ).toBe(201);
  });

  it("leaves the old key the grace period, to the millisecond", async () => {
    at.platform.clock.set(NOON);
    const old = await user("member");
    const fresh = (await refresh("member", old.id, { grace_period_seconds: 60 })).read(RefreshedApiKey);
    at.platform.clock.set(NOON + 60_000 - 1);
    expect([await works(old.key), await works(fresh.key)]).toEqual([true, true]);
    at.platform.clock.advance(1);
    expect([await works(old.key), await works(fresh.key)]).toEqual([false, true]);
  });

  it("never lets grace outlive the old key's own expiry", async () => {
    at.platform.clock.set(NOON);
    const old = await user("member", { expires_at: iso(NOON + 10_000) });
    await refresh("member", old.id, { grace_period_seconds: 3600, expires_at: iso(NOON + 10_000) });
    const { grace_until } = await at.platform.domain.core.store.db
      .selectFrom("api_keys")
      .select("grace_until")
      .where("id", "=", old.id)
      .executeTakeFirstOrThrow();
    expect(grace_until).toBe(NOON + 10_000);
    at.platform.clock.set(NOON + 9_999);
    expect(await works(old.key)).toBe(true);
    at.platform.clock.advance(1);
    expect(await works(old.key)).toBe(false);
  });

  it("is not undone, and a revoked key in its grace ends at once", async () => {
    const old = await user("member");
    await refresh("member", old.id, { grace_period_seconds: 3600 });
    expect(await works(old.key)).toBe(true);
    expect((await at.world.as("member").put(`/v2/api-keys/${old.id}/revoke`)).status).toBe(204);
    expect(await works(old.key)).toBe(false);
  });

  it("needs an expiry for a key that has one, no later; may give one to a key that has none", async () => {
    at.platform.clock.set(NOON);
    const day = 86_400_000;
    const bounded = await user("member", { expires_at: iso(NOON + day) });
    for (const body of [undefined, {}, { expires_at: iso(NOON + day + 1) }, { expires_at: iso(NOON) }]) {
      const reply = await refresh("member", bounded.id, body);
      expect([body, reply.status]).toEqual([body, 422]);
      expect(reply.detail).toContain("expires_at");
    }
    expect(await works(bounded.key)).toBe(true);
    expect(
      (await refresh("member", bounded.id, { expires_at: iso(NOON + day) })).read(RefreshedApiKey).expires_at,
    ).toBe(iso(NOON + day));
    const unbounded = await user("member");
    expect(
      (await refresh("member", unbounded.id, { expires_at: iso(NOON + 1) })).read(RefreshedApiKey).expires_at,
    ).toBe(iso(NOON + 1));
    const expired = await user("member", { expires_at: iso(NOON + 1) });
    at.platform.clock.advance(1);
    const over = await refresh("member", expired.id, { expires_at: iso(NOON + 2) });
    expect(over.status).toBe(422);
    expect(over.detail).toContain("expired");
  });

  it.each([
    { grace_period_seconds: -1 },
    { grace_period_seconds: 86_401 },
    { grace_period_seconds: 1.5 },
    { grace_period_seconds: "60" },
    { expires_at: 5 },
    { name: "x" },
  ])("refuses the body %o with 400", async (body) => {
    const { id } = await user("member");
    expect((await refresh("member", id, body)).status).toBe(400);
  });

  it("of one key twice is 409, at once or one after the other: exactly one successor lives", async () => {
    const old = await service("member");
    const replies = await Promise.all(
      Array.from({ length: 5 }, () => refresh("member", old.id, { grace_period_seconds: 10 })),
    );
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409]);
    const main = (await at.world.as("member").get(`/v2/api-keys?space_id=${at.world.spaces.main}`)).read(
      ApiKeyPage,
    ).api_keys;
    expect(main.filter(({ name }) => name === "ci")).toHaveLength(1);
    expect((await refresh("member", old.id)).status).toBe(409);
    const revoked = await user("member");
    await at.world.as("member").put(`/v2/api-keys/${revoked.id}/revoke`);
    expect((await refresh("member", revoked.id)).status).toBe(409);
  });

  it("of a user key is for its maker and account admins, and the key still acts as its maker", async () => {
    const old = await user("member");
    const absent = await refresh("spaceAdmin", absentId("ApiKey"));
    const other = await createWorld(at.platform);
    const replies = [
      await refresh("orgAdmin", old.id),
      await refresh("spaceAdmin", old.id),
      await refresh("pipeline", old.id),
      await other.as("admin").post(`/v2/api-keys/${old.id}/refresh`),
    ];
    for (const reply of [absent, ...replies]) expect([reply.status, reply.problem]).toEqual([404, absent.problem]);
    const fresh = (await refresh("admin", old.id)).read(RefreshedApiKey);
    expect(fresh.created_by_user_id).toBe(at.world.people.member);
    expect((await at.world.with(fresh.key).delete(`/v2/users/${at.world.people.reader}`)).status).toBe(403);
    expect((await refresh("member", at.world.spaces.main)).status).toBe(400);
  });

  it("of a service key is for admins of its spaces, or its maker while they hold SERVICE_KEY_CREATE", async () => {
    const { world } = at;
    for (const who of ["spaceAdmin", "orgAdmin", "admin", "member"] as const)
      expect([who, (await refresh(who, (await service("member")).id)).status]).toEqual([who, 200]);
    const key = await service("member");
    for (const who of ["reader", "orgMember", "outsider", "pipeline"] as const)
      expect([who, (await refresh(who, key.id)).status]).toEqual([who, 404]);
    await world
      .as("spaceAdmin")
      .post(`/v2/spaces/${world.spaces.main}/users`, { user_id: world.people.member, role: predefined("READ_ONLY") });
    const lowered = await refresh("member", key.id);
    expect(lowered.status).toBe(403);
    expect(lowered.detail).toContain("SERVICE_KEY_CREATE");
  });

  it("gives nobody a secret above their own roles: a space admin cannot refresh an account admin's key into their hands", async () => {
    const root = await service("admin", { account_role: predefined("ADMIN") });
    const reply = await refresh("spaceAdmin", root.id);
    expect(reply.status).toBe(422);
    expect(reply.detail).toContain("account");
    expect(await works(root.key)).toBe(true);
  });
});
