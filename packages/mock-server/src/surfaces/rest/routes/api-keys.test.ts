import { parseKey } from "@axlab/auth";
import { ApiKey, ApiKeyPage, CreatedApiKey, Role, type BotUser } from "@axlab/wire/rest";
import { describe, expect, it } from "vitest";
import { absentId, callerWith, custom, predefined, suite } from "../../../testing/suite.js";
import { createWorld, type Person } from "../../../testing/world.js";

const at = suite();
type Who = Person | "pipeline";
const user = async (who: Who, body: object = {}) =>
  at.world.as(who).post("/v2/api-keys", { key_type: "USER", name: "laptop", ...body });
const onMain = (role?: object) => [
  { org_id: at.world.organizations.acme, spaces: [{ space_id: at.world.spaces.main, ...(role && { role }) }] },
];
const service = async (who: Who, body: object = {}) =>
  at.world.as(who).post("/v2/api-keys", { key_type: "SERVICE", name: "ci", organizations: onMain(), ...body });
const list = async (who: Who, query = "") =>
  (await at.world.as(who).get(`/v2/api-keys${query}`)).read(ApiKeyPage).api_keys;
const works = async (key: string) => (await at.world.with(key).get("/v2/organizations")).status === 200;
const botOf = (created: CreatedApiKey): BotUser => {
  if (created.key_type !== "SERVICE") throw new TypeError("A service key was expected.");
  return created.bot_user;
};

describe("a user key", () => {
  it("is made for oneself, shown once, and acts as its maker", async () => {
    const reply = await user("member", {
      name: " laptop ",
      description: "at home",
      expires_at: "2099-01-01T00:00:00Z",
    });
    expect(reply.status).toBe(201);
    const made = reply.read(CreatedApiKey);
    expect(made).toMatchObject({
      name: "laptop",
      description: "at home",
      key_type: "USER",
      status: "ACTIVE",
      created_by_user_id: at.world.people.member,
      expires_at: "2099-01-01T00:00:00.000Z",
    });
    expect(made).not.toHaveProperty("bot_user");
    expect(parseKey(made.key).ok).toBe(true);
    expect(made.redacted_key).toBe(`${made.key.slice(0, 6)}...${made.key.slice(-3)}`);
    const { key, ...shown } = made;
    expect(await works(key)).toBe(true);
    const [, listed] = await list("member");
    expect({ ...listed, last_used_at: undefined }).toEqual({ ...shown, last_used_at: undefined });
    const kept = await at.platform.domain.core.store.db
      .selectFrom("api_keys")
      .selectAll()
      .where("id", "=", made.id)
      .executeTakeFirstOrThrow();
    expect(JSON.stringify(kept)).not.toContain(key);
  });

  it("follows its person: a role lowered or taken counts from the next request", async () => {
    const { key } = (await user("member")).read(CreatedApiKey);
    const create = async (name: string) =>
      (await at.world.with(key).post("/v2/projects", { name, space_id: at.world.spaces.main })).status;
    expect(await create("a")).toBe(201);
    await at.world.as("spaceAdmin").post(`/v2/spaces/${at.world.spaces.main}/users`, {
      user_id: at.world.people.member,
      role: predefined("READ_ONLY"),
    });
    expect(await create("b")).toBe(403);
    await at.world
      .as("orgAdmin")
      .delete(`/v2/organizations/${at.world.organizations.acme}/users/${at.world.people.member}`);
    expect(await create("c")).toBe(404);
  });

  it("is refused to bots, to bad requests (400) and with an expiry that is over (422)", async () => {
    const bot = await user("pipeline");
    expect(bot.status).toBe(403);
    expect(bot.detail).toContain("service key");
    for (const body of [
      { name: "" },
      { name: "x".repeat(257) },
      { description: "x".repeat(1001) },
      { expires_at: "tomorrow" },
      { key_type: "ROBOT" },
      { organizations: [] },
      { account_role: predefined("ADMIN") },
    ]) {
      expect([body, (await user("member", body)).status]).toEqual([body, 400]);
    }
    at.platform.clock.set("2030-01-01T00:00:00.000Z");
    expect((await user("member", { expires_at: "2030-01-01T00:00:00.000Z" })).status).toBe(422);
    expect((await user("member", { expires_at: "2030-01-01T00:00:00.001Z" })).status).toBe(201);
  });
});

describe("developer access", () => {
  it("is needed to create and refresh: a session without it is told so", async () => {
    const { apiKeys } = at.platform.domain;
    const { principal, ...rest } = await callerWith(at.platform, at.world.keys.member);
    const caller = { principal: { ...principal, developerAccess: false }, ...rest };
    await expect(apiKeys.create(caller, { key_type: "USER", name: "k" })).rejects.toThrow("developer access");
    await expect(apiKeys.refresh(caller, principal.key?.id ?? "", { grace_period_seconds: 0 })).rejects.toThrow(
      "developer access",
    );
  });

  it("locked for the account stops user keys, and all creating and refreshing; service keys go on", async () => {
    const { world, platform } = at;
    const root = (await service("admin", { account_role: predefined("ADMIN") })).read(CreatedApiKey);
    await platform.setDeveloperLock(world.accountId, true);
    const refused = await world.as("admin").get("/v2/organizations");
    expect(refused.status).toBe(401);
    expect(refused.detail).toContain("lock");
    expect(await works(root.key)).toBe(true);
    for (const reply of [
      await world.with(root.key).post("/v2/api-keys", { key_type: "SERVICE", name: "x", organizations: onMain() }),
      await world.with(root.key).post(`/v2/api-keys/${root.id}/refresh`, {}),
    ]) {
      expect(reply.status).toBe(403);
      expect(reply.detail).toContain("lock");
    }
    const other = await createWorld(platform);
    expect((await other.as("admin").get("/v2/organizations")).status).toBe(200);
    await platform.setDeveloperLock(world.accountId, false);
    expect((await world.as("admin").get("/v2/organizations")).status).toBe(200);
    await expect(platform.setDeveloperLock("nobody", true)).rejects.toThrow("no account");
  });
});

describe("a service key", () => {
  it("acts as a bot user with the roles asked for, defaults filled in", async () => {
    const { world } = at;
    const plain = (await service("spaceAdmin")).read(CreatedApiKey);
    expect(botOf(plain)).toEqual({
      id: botOf(plain).id,
      name: "ci",
      account_role: predefined("MEMBER"),
      organizations: [
        {
          org_id: world.organizations.acme,
          role: predefined("READ_ONLY"),
          spaces: [{ space_id: world.spaces.main, role: predefined("MEMBER") }],
        },
      ],
    });
    const bot = world.with(plain.key);
    expect((await bot.post("/v2/projects", { name: "p", space_id: world.spaces.main })).status).toBe(201);
    expect((await bot.get(`/v2/spaces/${world.spaces.second}`)).status).toBe(404);
    expect((await bot.patch(`/v2/spaces/${world.spaces.main}`, { name: "x" })).status).toBe(403);
  });

  it("covers several organizations and spaces, each with its role", async () => {
    const { world } = at;
    const organizations = [
      {
        org_id: world.organizations.acme,
        role: predefined("MEMBER"),
        spaces: [
          { space_id: world.spaces.main, role: predefined("READ_ONLY") },
          { space_id: world.spaces.vault, role: predefined("ADMIN") },
        ],
      },
      { org_id: world.organizations.beta, spaces: [{ space_id: world.spaces.betaSpace }] },
    ];
    const { key } = (await service("admin", { organizations })).read(CreatedApiKey);
    const create = async (space_id: string) =>
      (await world.with(key).post("/v2/projects", { name: "p", space_id })).status;
    expect([
      await create(world.spaces.main),
      await create(world.spaces.vault),
      await create(world.spaces.betaSpace),
      await create(world.spaces.second),
    ]).toEqual([403, 201, 201, 404]);
  });

  it("keeps working, with its roles, when its maker is lowered or removed", async () => {
    const { world } = at;
    const { key } = (await service("spaceAdmin")).read(CreatedApiKey);
    await world.as("orgAdmin").post(`/v2/spaces/${world.spaces.main}/users`, {
      user_id: world.people.spaceAdmin,
      role: predefined("READ_ONLY"),
    });
    await world.as("admin").delete(`/v2/users/${world.people.spaceAdmin}`);
    expect((await world.as("spaceAdmin").get("/v2/spaces")).status).toBe(401);
    expect((await world.with(key).post("/v2/projects", { name: "p", space_id: world.spaces.main })).status).toBe(201);
    expect(
      (await list("admin", `?space_id=${world.spaces.main}&user_id=${world.people.spaceAdmin}`)).map(
        ({ name }) => name,
      ),
    ).toEqual(["ci"]);
  });

  it("can hold a custom role in a space, none of whose permissions its maker lacks", async () => {
    const { world } = at;
    const role = async (...permissions: string[]) =>
      (await world.as("admin").post("/v2/roles", { name: permissions.join(), permissions })).read(Role);
    const reads = await role("SPACE_READ", "DATASET_READ");
    const made = (await service("member", { organizations: onMain(custom(reads.id)) })).read(CreatedApiKey);
    expect(botOf(made).organizations[0]?.spaces[0]?.role).toEqual({ type: "CUSTOM", id: reads.id, name: reads.name });
    expect((await world.with(made.key).get(`/v2/spaces/${world.spaces.main}`)).status).toBe(200);
    expect((await world.with(made.key).post("/v2/projects", { name: "p", space_id: world.spaces.main })).status).toBe(
      403,
    );
    const above = await service("member", { organizations: onMain(custom((await role("SPACE_DELETE")).id)) });
    expect(above.status).toBe(422);
    expect(above.detail).toContain("SPACE_DELETE");
    expect((await service("member", { organizations: onMain(custom(absentId("Role"))) })).status).toBe(404);
  });

  it.each([
    ["account_role", "orgAdmin", () => ({ account_role: predefined("ADMIN") })],
    ["account_role", "admin", () => ({ account_role: predefined("ANNOTATOR") })],
    ["account_role", "admin", () => ({ account_role: custom(absentId("Role")) })],
    ["organizations[0].role", "spaceAdmin", () => ({ organizations: [{ ...onMain()[0], role: predefined("ADMIN") }] })],
    ["organizations[0].role", "admin", () => ({ organizations: [{ ...onMain()[0], role: predefined("ANNOTATOR") }] })],
    ["organizations[0].role", "admin", () => ({ organizations: [{ ...onMain()[0], role: custom(absentId("Role")) }] })],
    ["organizations[0].spaces[0].role", "member", () => ({ organizations: onMain(predefined("ADMIN")) })],
    ["organizations[0].spaces[0].role", "admin", () => ({ organizations: onMain(predefined("ANNOTATOR")) })],
    [
      "organizations[0].spaces[0].space_id",
      "admin",
      () => ({
        organizations: [{ org_id: at.world.organizations.acme, spaces: [{ space_id: at.world.spaces.betaSpace }] }],
      }),
    ],
    ["expires_at", "admin", () => ({ expires_at: "2001-01-01T00:00:00Z" })],
  ] as const)("is refused with 422 that names %s when %s asks for what nobody may give", async (field, who, body) => {
    const before = await at.platform.domain.core.store.db.selectFrom("users").select("id").execute();
    const reply = await service(who, body());
    expect(reply.status).toBe(422);
    expect(reply.detail).toContain(field);
    expect(await at.platform.domain.core.store.db.selectFrom("users").select("id").execute()).toEqual(before);
  });

  it("needs SERVICE_KEY_CREATE in every space: seen without it is 403, not seen is 404 as if absent", async () => {
    const { world } = at;
    const reader = await service("reader");
    expect(reader.status).toBe(403);
    expect(reader.detail).toContain("SERVICE_KEY_CREATE");
    const asking = async (org_id: string, ...spaces: string[]) =>
      service("member", { organizations: [{ org_id, spaces: spaces.map((space_id) => ({ space_id })) }] });
    const absent = await asking(world.organizations.acme, world.spaces.main, absentId("Space"));
    const other = await createWorld(at.platform);
    const hidden = [
      await asking(world.organizations.acme, world.spaces.main, world.spaces.vault),
      await asking(world.organizations.beta, world.spaces.betaSpace),
      await asking(absentId("Organization"), world.spaces.main),
      await asking(other.organizations.acme, other.spaces.main),
      await service("outsider"),
    ];
    for (const reply of [absent, ...hidden]) expect([reply.status, reply.problem]).toEqual([404, absent.problem]);
  });

  it("names at least one organization and space, each once, by ids of the right kind", async () => {
    const { acme } = at.world.organizations;
    const { main } = at.world.spaces;
    for (const organizations of [
      undefined,
      [],
      [{ org_id: acme, spaces: [] }],
      [{ org_id: acme }],
      [...onMain(), ...onMain()],
      [{ org_id: acme, spaces: [{ space_id: main }, { space_id: main }] }],
      [{ org_id: main, spaces: [{ space_id: main }] }],
    ]) {
      expect([organizations, (await service("admin", { organizations })).status]).toEqual([organizations, 400]);
    }
  });

  it("may make service keys itself, never above itself", async () => {
    const { world } = at;
    const made = await service("pipeline");
    expect(made.status).toBe(201);
    expect((await service("pipeline", { organizations: onMain(predefined("ADMIN")) })).status).toBe(422);
    expect(
      (
        await service("pipeline", {
          organizations: [{ org_id: world.organizations.acme, spaces: [{ space_id: world.spaces.second }] }],
        })
      ).status,
    ).toBe(404);
  });
});

describe("listing keys", () => {
  it("gives one's own user keys; another's to account admins", async () => {
    const { world } = at;
    await user("member");
    expect((await list("member")).map(({ name }) => name)).toEqual(["member's key", "laptop"]);
    expect(await list("member", `?user_id=${world.people.member}&key_type=USER`)).toHaveLength(2);
    expect(await list("admin", `?user_id=${world.people.member}`)).toHaveLength(2);
    expect(await list("pipeline")).toEqual([]);
    for (const id of [world.people.reader, absentId("User")])
      expect((await world.as("member").get(`/v2/api-keys?user_id=${id}`)).status).toBe(403);
    expect((await world.as("admin").get(`/v2/api-keys?user_id=${absentId("User")}`)).status).toBe(404);
    const other = await createWorld(at.platform);
    expect((await world.as("admin").get(`/v2/api-keys?user_id=${other.people.member}`)).status).toBe(404);
  });

  it("gives a space's service keys, by maker if asked, to whoever holds SERVICE_KEY_READ there", async () => {
    const { world } = at;
    await service("member");
    const main = `?space_id=${world.spaces.main}`;
    for (const who of ["admin", "orgAdmin", "spaceAdmin", "member", "pipeline"] as const)
      expect((await list(who, main)).map(({ name }) => name)).toEqual(["pipeline", "ci"]);
    expect(
      (await list("spaceAdmin", `${main}&user_id=${world.people.member}&key_type=SERVICE`)).map(({ name }) => name),
    ).toEqual(["ci"]);
    // Without a space: those of all spaces in which the caller may read them.
    expect((await list("spaceAdmin", "?key_type=SERVICE")).map(({ name }) => name)).toEqual(
      (await list("spaceAdmin", main)).map(({ name }) => name),
    );
    expect(await list("reader", "?key_type=SERVICE")).toEqual([]);
    expect(await list("spaceAdmin", `?space_id=${world.spaces.second}`)).toEqual([]);
    for (const query of [main, `${main}&user_id=${world.people.member}`]) {
      const refused = await world.as("reader").get(`/v2/api-keys${query}`);
      expect(refused.status).toBe(403);
      expect(refused.detail).toContain("SERVICE_KEY_READ");
    }
    const absent = await world.as("member").get(`/v2/api-keys?space_id=${absentId("Space")}`);
    const hidden = await world.as("member").get(`/v2/api-keys?space_id=${world.spaces.vault}`);
    for (const reply of [absent, hidden]) expect([reply.status, reply.problem]).toEqual([404, absent.problem]);
  });

  it("gives ACTIVE keys unless asked, and refuses filters that do not fit together", async () => {
    const { world } = at;
    const { id } = (await user("member")).read(CreatedApiKey);
    await world.as("member").put(`/v2/api-keys/${id}/revoke`);
    expect(await list("member")).toHaveLength(1);
    expect((await list("member", "?status=REVOKED")).map((key) => key.id)).toEqual([id]);
    for (const query of [
      `key_type=USER&space_id=${world.spaces.main}`,
      "status=EXPIRED",
      "key_type=X",
      `space_id=${world.people.member}`,
      "limit=101",
      "cursor=%21",
    ]) {
      expect([query, (await world.as("member").get(`/v2/api-keys?${query}`)).status]).toEqual([query, 400]);
    }
  });

  it("keeps its place when a key is revoked between two pages", async () => {
    const { world } = at;
    const ids: string[] = [];
    for (const name of ["a", "b", "c", "d"]) ids.push((await user("member", { name })).read(CreatedApiKey).id);
    const first = (await world.as("member").get("/v2/api-keys?limit=3")).read(ApiKeyPage);
    expect(first.api_keys.map(({ name }) => name)).toEqual(["member's key", "a", "b"]);
    for (const id of ids.slice(1, 3)) await world.as("member").put(`/v2/api-keys/${id}/revoke`);
    const second = (await world.as("member").get(`/v2/api-keys?limit=3&cursor=${first.pagination.next_cursor}`)).read(
      ApiKeyPage,
    );
    expect(second).toMatchObject({ api_keys: [{ name: "d" }], pagination: { has_more: false } });
  });
});

describe("revoking", () => {
  const revoke = async (who: Who, id: string) => at.world.as(who).put(`/v2/api-keys/${id}/revoke`);

  it("ends a user key at once and for good; twice is once", async () => {
    const { id, key } = (await user("member")).read(CreatedApiKey);
    expect(await works(key)).toBe(true);
    for (let times = 0; times < 2; times++) {
      const reply = await revoke("member", id);
      expect([reply.status, reply.text]).toEqual([204, ""]);
    }
    const refused = await at.world.with(key).get("/v2/spaces");
    expect(refused.status).toBe(401);
    expect(refused.detail).toContain("revoked");
    expect(refused.text).not.toContain(key);
    const byAdmin = (await user("member")).read(CreatedApiKey);
    expect((await revoke("admin", byAdmin.id)).status).toBe(204);
  });

  it("of a user key is for its maker and account admins; to others it does not exist", async () => {
    const { id } = (await user("member")).read(CreatedApiKey);
    const absent = await revoke("spaceAdmin", absentId("ApiKey"));
    const other = await createWorld(at.platform);
    const replies = [
      await revoke("orgAdmin", id),
      await revoke("spaceAdmin", id),
      await revoke("reader", id),
      await revoke("pipeline", id),
      await other.as("admin").put(`/v2/api-keys/${id}/revoke`),
    ];
    for (const reply of [absent, ...replies]) expect([reply.status, reply.problem]).toEqual([404, absent.problem]);
    expect((await revoke("member", at.world.spaces.main)).status).toBe(400);
  });

  it("of a service key is for its maker, and for admins of all its spaces", async () => {
    const { world } = at;
    const both = {
      organizations: [
        {
          org_id: world.organizations.acme,
          spaces: [{ space_id: world.spaces.main }, { space_id: world.spaces.second }],
        },
      ],
    };
    const make = async () => (await service("orgMember", both)).read(CreatedApiKey);
    const key = await make();
    const partly = await revoke("spaceAdmin", key.id);
    expect(partly.status).toBe(403);
    expect(partly.detail).toContain("every one");
    for (const who of ["member", "reader", "outsider", "pipeline"] as const)
      expect([who, (await revoke(who, key.id)).status]).toEqual([who, 404]);
    for (const who of ["orgMember", "orgAdmin", "admin"] as const)
      expect([who, (await revoke(who, (await make()).id)).status]).toEqual([who, 204]);
    const onlyMain = (await service("member")).read(CreatedApiKey);
    expect((await revoke("spaceAdmin", onlyMain.id)).status).toBe(204);
    expect(await works(onlyMain.key)).toBe(false);
    expect((await list("member", `?space_id=${world.spaces.main}&status=REVOKED`)).map(({ id }) => id)).toContain(
      onlyMain.id,
    );
  });

  it("retires the bot user with its last key", async () => {
    const made = (await service("member")).read(CreatedApiKey);
    const status = async () =>
      (
        await at.platform.domain.core.store.db
          .selectFrom("users")
          .select("status")
          .where("id", "=", botOf(made).id)
          .executeTakeFirstOrThrow()
      ).status;
    const next = (
      await at.world.as("member").post(`/v2/api-keys/${made.id}/refresh`, { grace_period_seconds: 60 })
    ).read(ApiKey.loose());
    await revoke("member", next.id);
    expect(await status()).toBe("ACTIVE");
    await revoke("member", made.id);
    expect(await status()).toBe("INACTIVE");
  });
});
