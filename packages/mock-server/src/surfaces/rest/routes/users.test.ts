import { globalId } from "@axlab/wire";
import { ApiKeyPage, CreatedApiKey, CreateUserResponse, RoleBindingPage, User, UserPage } from "@axlab/wire/rest";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { isPassword } from "../../../domain/users/passwords.js";
import { createPlatform, type Platform } from "../../../index.js";
import { testDatabase } from "../../../testing/database.js";
import { callerWith } from "../../../testing/suite.js";
import { createWorld, type World } from "../../../testing/world.js";

let platform: Platform;
let world: World;
beforeAll(async () => {
  platform = await createPlatform({ seed: "empty", db: await testDatabase() });
});
beforeEach(async () => {
  platform.clock.resume();
  world = await createWorld(platform);
});
afterAll(() => platform.close());

const grace = {
  name: "Grace",
  email: "grace@world.test",
  role: { type: "PREDEFINED", name: "MEMBER" },
  invite_mode: "NONE",
};
const create = async (change: object = {}) => world.as("admin").post("/v2/users", { ...grace, ...change });
const names = async (query: string) =>
  (await world.as("admin").get(`/v2/users${query}`)).read(UserPage).users.map((user) => user.name);
const absent = globalId("User", 999_999, "aBcD");

describe("listing people", () => {
  it("gives everybody of the account, oldest first, in pages, and no bot", async () => {
    const first = (await world.as("member").get("/v2/users?limit=4")).read(UserPage);
    expect(first.users.map(({ name }) => name)).toEqual([
      "The admin",
      "The orgAdmin",
      "The orgMember",
      "The spaceAdmin",
    ]);
    const second = (await world.as("member").get(`/v2/users?limit=100&cursor=${first.pagination.next_cursor}`)).read(
      UserPage,
    );
    expect(second.users).toHaveLength(5);
    expect(second.pagination).toEqual({ has_more: false });
  });

  it("keeps its place when people come and go between two pages", async () => {
    const first = (await world.as("admin").get("/v2/users?limit=2")).read(UserPage);
    await world.as("admin").delete(`/v2/users/${world.people.orgAdmin}`);
    await create();
    const second = (await world.as("admin").get(`/v2/users?limit=100&cursor=${first.pagination.next_cursor}`)).read(
      UserPage,
    );
    expect(second.users.map(({ name }) => name)).toEqual([
      "The orgMember",
      "The spaceAdmin",
      "The member",
      "The reader",
      "The annotator",
      "The uiOnly",
      "The outsider",
      "Grace",
    ]);
  });

  it("filters by part of the address, whatever its case, and by status", async () => {
    await create({ invite_mode: "EMAIL_LINK" });
    expect(await names("?email=GRACE")).toEqual(["Grace"]);
    expect(await names("?email=%25")).toEqual([]);
    expect(await names("?status=INVITED")).toEqual(["Grace"]);
    expect(await names("?status=EXPIRED&status=INVITED&email=admin@")).toEqual([]);
    expect((await names("?status=ACTIVE")).length).toBe(9);
  });

  it("is for members: an annotator is refused, a bad limit, status and cursor are named", async () => {
    expect((await world.as("annotator").get("/v2/users")).status).toBe(403);
    expect((await world.as("pipeline").get("/v2/users")).status).toBe(200);
    for (const query of ["limit=0", "limit=101", "limit=x", "status=INACTIVE", "cursor=x"]) {
      const reply = await world.as("admin").get(`/v2/users?${query}`);
      expect([query, reply.status]).toEqual([query, 400]);
      expect(reply.detail).toContain(query.split("=")[0]);
    }
  });
});

describe("creating people", () => {
  it("makes them active at once without an invitation, with developer access unless they annotate", async () => {
    const made = await create();
    expect(made.status).toBe(201);
    expect(made.read(CreateUserResponse)).toMatchObject({
      name: "Grace",
      status: "ACTIVE",
      is_developer: true,
      invite_mode: "NONE",
    });
    const annotator = await create({ email: "a@world.test", role: { type: "PREDEFINED", name: "ANNOTATOR" } });
    expect(annotator.read(CreateUserResponse)).toMatchObject({
      is_developer: false,
      role: { type: "PREDEFINED", name: "ANNOTATOR" },
    });
    const developer = await create({
      email: "b@world.test",
      role: { type: "PREDEFINED", name: "ANNOTATOR" },
      is_developer: true,
    });
    expect(developer.read(CreateUserResponse).is_developer).toBe(true);
  });

  it("answers an open invitation with 200 and sends nothing again; an expired one is made anew", async () => {
    platform.clock.set("2030-01-01T00:00:00Z");
    const { outbox } = platform.domain.invitations;
    const before = outbox.to(grace.email).length;
    const invited = (await create({ invite_mode: "EMAIL_LINK" })).read(CreateUserResponse);
    expect(invited.status).toBe("INVITED");
    const again = await create({ invite_mode: "EMAIL_LINK", email: "GRACE@world.test" });
    expect(again.status).toBe(200);
    expect(again.read(User).id).toBe(invited.id);
    expect(outbox.to(grace.email).length - before).toBe(1);
    expect((await create({ invite_mode: "NONE" })).status).toBe(409);
    platform.clock.advance("7d");
    expect((await world.as("admin").get(`/v2/users/${invited.id}`)).read(User).status).toBe("EXPIRED");
    const renewed = await create({ invite_mode: "EMAIL_LINK", name: "Grace H." });
    expect(renewed.status).toBe(201);
    expect(renewed.read(CreateUserResponse)).toMatchObject({ id: invited.id, status: "INVITED", name: "Grace H." });
    expect(outbox.to(grace.email).length - before).toBe(2);
  });

  it("shows a temporary password once, and keeps only its slow hash", async () => {
    const made = (await create({ invite_mode: "TEMPORARY_PASSWORD" })).read(CreateUserResponse);
    const row = await platform.domain.core.store.db
      .selectFrom("users")
      .selectAll()
      .where("id", "=", made.id)
      .executeTakeFirstOrThrow();
    expect(await isPassword(made.temporary_password ?? "", row.password_hash ?? "")).toBe(true);
    expect(await isPassword("another", row.password_hash ?? "")).toBe(false);
    expect(JSON.stringify(row)).not.toContain(made.temporary_password);
    const again = await create({ invite_mode: "TEMPORARY_PASSWORD" });
    expect(again.status).toBe(200);
    expect(again.text).not.toContain("temporary_password");
  });

  it("refuses an address that is taken, and for ever that of somebody removed", async () => {
    const made = (await create()).read(CreateUserResponse);
    expect((await create()).status).toBe(409);
    expect((await create({ invite_mode: "EMAIL_LINK" })).status).toBe(409);
    await world.as("admin").delete(`/v2/users/${made.id}`);
    const gone = await create();
    expect(gone.status).toBe(409);
    expect(gone.detail).toContain("removed");
  });

  it("refuses custom roles with 422, bad bodies with 400, and everybody who may not with 403", async () => {
    expect((await create({ role: { type: "CUSTOM", id: globalId("Role", 1, "aBcD") } })).status).toBe(422);
    for (const change of [
      { email: "nobody" },
      { name: " " },
      { name: "x".repeat(256) },
      { role: undefined },
      { invite_mode: "PIGEON" },
      { id: "x" },
    ]) {
      const reply = await create(change);
      expect([change, reply.status]).toEqual([change, 400]);
      expect(reply.detail).toContain(Object.keys(change)[0]);
    }
    for (const who of ["orgAdmin", "spaceAdmin", "member", "annotator", "pipeline"] as const) {
      const reply = await world.as(who).post("/v2/users", grace);
      expect([who, reply.status]).toEqual([who, 403]);
      expect(reply.detail).toContain("USER_CREATE");
    }
  });
});

describe("the domain, asked without a route before it", () => {
  it("lets nobody but admins set the developer flag against the role, or give a role above their own", async () => {
    const { invitations, users } = platform.domain;
    const member = await callerWith(platform, world.keys.member);
    const request = {
      name: "G",
      email: "g@world.test",
      invite_mode: "NONE" as const,
      role: { type: "PREDEFINED" as const, name: "MEMBER" as const },
    };
    await expect(invitations.create(member, { ...request, is_developer: false })).rejects.toThrow("account admin");
    await expect(
      invitations.create(member, { ...request, role: { type: "PREDEFINED", name: "ADMIN" } }),
    ).rejects.toThrow("above your own");
    const reader = await platform.domain.core.store.db
      .selectFrom("users")
      .selectAll()
      .where("id", "=", world.people.reader)
      .executeTakeFirstOrThrow();
    await expect(users.update(member, reader, { is_developer: false })).rejects.toThrow("account admin");
  });
});

describe("one person", () => {
  it("is shown to members and hidden from annotators, from other accounts, and once removed", async () => {
    expect((await world.as("member").get(`/v2/users/${world.people.admin}`)).read(User).name).toBe("The admin");
    const nobody = await world.as("member").get(`/v2/users/${absent}`);
    expect(nobody.status).toBe(404);
    const other = await createWorld(platform);
    const hidden = [
      await world.as("annotator").get(`/v2/users/${world.people.admin}`),
      await world.as("admin").get(`/v2/users/${other.people.admin}`),
    ];
    await world.as("admin").delete(`/v2/users/${world.people.outsider}`);
    hidden.push(await world.as("admin").get(`/v2/users/${world.people.outsider}`));
    for (const reply of hidden) expect([reply.status, reply.problem]).toEqual([404, nobody.problem]);
    expect((await world.as("member").get(`/v2/users/${world.spaces.main}`)).status).toBe(400);
  });

  it("is renamed, and given or taken developer access by account admins only", async () => {
    const path = `/v2/users/${world.people.uiOnly}`;
    expect((await world.as("uiOnly").get("/v2/spaces")).status).toBe(401);
    expect((await world.as("admin").patch(path, { name: " Ursula ", is_developer: true })).read(User)).toMatchObject({
      name: "Ursula",
      is_developer: true,
    });
    expect((await world.as("uiOnly").get("/v2/spaces")).status).toBe(200);
    await world.as("admin").patch(path, { is_developer: false });
    const refused = await world.as("uiOnly").get("/v2/spaces");
    expect(refused.status).toBe(401);
    expect(refused.detail).toContain("developer access");
    expect((await world.as("orgAdmin").patch(path, { is_developer: true })).status).toBe(403);
    expect((await world.as("member").patch(path, { name: "x" })).status).toBe(403);
    for (const body of [{}, { name: "  " }, { email: "x@y.z" }, { role: "ADMIN" }])
      expect((await world.as("admin").patch(path, body)).status).toBe(400);
    expect((await world.as("admin").patch(`/v2/users/${absent}`, { name: "x" })).status).toBe(404);
  });
});

describe("removing a person", () => {
  it("takes memberships, bindings and user keys along, and leaves the service keys they made", async () => {
    const { admin, orgAdmin } = { admin: world.as("admin"), orgAdmin: world.as("orgAdmin") };
    const service = (
      await orgAdmin.post("/v2/api-keys", {
        key_type: "SERVICE",
        name: "ci",
        organizations: [{ org_id: world.organizations.acme, spaces: [{ space_id: world.spaces.main }] }],
      })
    ).read(CreatedApiKey);
    const role = JSON.parse((await admin.post("/v2/roles", { name: "R", permissions: ["DATASET_READ"] })).text) as {
      id: string;
    };
    await admin.post("/v2/role-bindings", {
      role_id: role.id,
      user_id: world.people.orgAdmin,
      resource_type: "SPACE",
      resource_id: world.spaces.main,
    });
    expect((await orgAdmin.get("/v2/spaces")).status).toBe(200);

    expect((await admin.delete(`/v2/users/${world.people.orgAdmin}`)).status).toBe(204);

    expect((await orgAdmin.get("/v2/spaces")).status).toBe(401);
    expect((await world.with(service.key).get(`/v2/spaces/${world.spaces.main}`)).status).toBe(200);
    expect((await admin.get("/v2/role-bindings?resource_type=SPACE")).read(RoleBindingPage).role_bindings).toEqual([]);
    expect((await admin.get(`/v2/api-keys?user_id=${world.people.orgAdmin}`)).read(ApiKeyPage).api_keys).toEqual([]);
    expect(
      (await admin.get(`/v2/api-keys?user_id=${world.people.orgAdmin}&status=REVOKED`)).read(ApiKeyPage).api_keys,
    ).toHaveLength(1);
    const db = platform.domain.core.store.db;
    for (const table of ["organization_members", "space_members"] as const) {
      expect(await db.selectFrom(table).selectAll().where("user_id", "=", world.people.orgAdmin).execute()).toEqual([]);
    }
    expect((await admin.delete(`/v2/users/${world.people.orgAdmin}`)).status).toBe(204);
  });

  it("is refused on oneself and for the last admin, with 403 to members and 404 for what is not there", async () => {
    expect((await world.as("admin").delete(`/v2/users/${world.people.admin}`)).status).toBe(400);
    const bot = (
      await world.as("admin").post("/v2/api-keys", {
        key_type: "SERVICE",
        name: "root",
        account_role: { type: "PREDEFINED", name: "ADMIN" },
        organizations: [{ org_id: world.organizations.acme, spaces: [{ space_id: world.spaces.main }] }],
      })
    ).read(CreatedApiKey);
    const last = await world.with(bot.key).delete(`/v2/users/${world.people.admin}`);
    expect(last.status).toBe(400);
    expect(last.detail).toContain("last admin");
    expect((await world.as("member").delete(`/v2/users/${world.people.reader}`)).status).toBe(403);
    expect((await world.as("annotator").delete(`/v2/users/${world.people.reader}`)).status).toBe(404);
    expect((await world.as("admin").delete(`/v2/users/${absent}`)).status).toBe(404);
    expect(bot.key_type === "SERVICE" && (await world.as("admin").delete(`/v2/users/${bot.bot_user.id}`)).status).toBe(
      404,
    );
  });
});

describe("invitations and passwords", () => {
  it("an invitation is sent again with a new link, the old one being void, until it is taken up", async () => {
    platform.clock.set("2031-01-01T00:00:00Z");
    const { invitations } = platform.domain;
    const made = (await create({ invite_mode: "EMAIL_LINK", email: "link@world.test" })).read(CreateUserResponse);
    const path = `/v2/users/${made.id}`;
    expect((await world.as("admin").post(`${path}/reset-password`)).status).toBe(400);
    expect((await world.as("admin").post(`${path}/resend-invitation`)).status).toBe(204);
    const [first, second] = invitations.outbox.to("link@world.test").slice(-2);
    await expect(invitations.redeem(first?.token ?? "", "a password")).rejects.toThrow("too old");
    platform.clock.advance("7d");
    await expect(invitations.redeem(second?.token ?? "", "a password")).rejects.toThrow("too old");
    expect((await world.as("admin").post(`${path}/resend-invitation`)).status).toBe(204);
    await invitations.redeem(invitations.outbox.to("link@world.test").at(-1)?.token ?? "", "a password");
    expect((await world.as("admin").get(path)).read(User).status).toBe("ACTIVE");
    expect((await world.as("admin").post(`${path}/resend-invitation`)).status).toBe(400);
  });

  it("a link for a new password is good for 30 minutes, once", async () => {
    platform.clock.set("2031-01-01T00:00:00Z");
    const { invitations } = platform.domain;
    const path = `/v2/users/${world.people.reader}/reset-password`;
    expect((await world.as("admin").post(path)).status).toBe(204);
    const token = invitations.outbox.to("reader@world.test").at(-1)?.token ?? "";
    platform.clock.advance(30 * 60_000 - 1);
    await invitations.redeem(token, "a password");
    await expect(invitations.redeem(token, "another")).rejects.toThrow("used");
    await world.as("admin").post(path);
    platform.clock.advance("30m");
    await expect(
      invitations.redeem(invitations.outbox.to("reader@world.test").at(-1)?.token ?? "", "x"),
    ).rejects.toThrow("too old");
    expect((await world.as("member").post(path)).status).toBe(403);
    expect((await world.as("annotator").post(path)).status).toBe(404);
    expect((await world.as("admin").post(`/v2/users/${absent}/reset-password`)).status).toBe(404);
    expect((await world.as("admin").post(`/v2/users/${absent}/resend-invitation`)).status).toBe(404);
  });
});
