import { ConfigurationError } from "@axlab/sdk";
import { inspect } from "node:util";
import { afterAll, describe, expect, it } from "vitest";
import { absent, unique } from "../support/ax-client.js";
import { startPlatform } from "../support/platform.js";
import { AXLAB_SDK, expectApiError, sdkClients, sdkOf } from "../support/sdk.js";

const platform = await startPlatform();
afterAll(platform.stop);
const { admin, member, readOnly, service } = sdkClients(platform);
const organization = platform.organization.id;
const space = platform.space.id;
const grant = { organizations: [{ organization, spaces: [{ space }] }] };

describe(AXLAB_SDK, () => {
  it("whoami: a person with a user key", async () => {
    const me = await member.whoami();
    expect(me.principal).toMatchObject({ id: platform.users.member, kind: "human" });
    expect(me.key).toMatchObject({ type: "USER", status: "ACTIVE" });
    expect(me.account?.id).toBe(platform.account.id);
  });
  it("whoami: a bot with a service key", async () => {
    expect((await service.whoami()).principal.kind).toBe("bot");
  });
  it("ArizeClient: a key with a typo is refused before any request", () => {
    const { admin: key } = platform.keys;
    const typo = `${key.slice(0, -1)}${key.endsWith("a") ? "b" : "a"}`;
    expect(() => sdkOf(platform, typo)).toThrow(ConfigurationError);
  });

  it("apiKeys.createService: the secret shows itself only when asked", async () => {
    const created = await admin.apiKeys.createService({ name: unique("pipeline"), ...grant });
    const secret = created.key.reveal();
    expect((await sdkOf(platform, secret).spaces.get(space)).id).toBe(space);
    expect(`${inspect(created, { depth: 9 })} ${JSON.stringify(created)} ${String(created.key)}`).not.toContain(secret);
    expect(JSON.stringify(await admin.apiKeys.list({ space }).toArray())).not.toContain(secret);
  });
  it("apiKeys.createService: 403 where SERVICE_KEY_CREATE is missing, 422 above the creator's own role", async () => {
    await expectApiError(readOnly.apiKeys.createService({ name: unique("pipeline"), ...grant }), 403, platform);
    const above = { organizations: [{ organization, spaces: [{ space, role: "ADMIN" as const }] }] };
    await expectApiError(member.apiKeys.createService({ name: unique("pipeline"), ...above }), 422, platform);
  });
  it("apiKeys.refresh: the old secret ends at once without a grace period", async () => {
    const old = await admin.apiKeys.createService({ name: unique("pipeline"), ...grant });
    const fresh = await admin.apiKeys.refresh(old.id);
    expect((await sdkOf(platform, fresh.key.reveal()).spaces.get(space)).id).toBe(space);
    await expectApiError(sdkOf(platform, old.key.reveal()).spaces.get(space), 401, platform);
  });
  it("apiKeys.revoke: the next request is refused", async () => {
    const { id, key } = await member.apiKeys.create({ name: unique("laptop") });
    await member.apiKeys.revoke(id);
    await expectApiError(sdkOf(platform, key.reveal()).spaces.get(space), 401, platform);
  });

  it("spaces: create, get by name, update, list and delete", async () => {
    const made = await admin.spaces.create({ organization: platform.organization.name, name: unique("space") });
    expect(await admin.spaces.get(made.name)).toEqual(made);
    expect(await admin.spaces.update(made.id, { description: "new" })).toEqual({ ...made, description: "new" });
    expect((await admin.spaces.list({ limit: 1 }).toArray()).map(({ id }) => id)).toContain(made.id);
    await admin.spaces.delete(made.id);
    await expectApiError(admin.spaces.get(made.id), 404, platform);
  });
  it("spaces.get: 404 for one that does not exist", () =>
    expectApiError(admin.spaces.get(absent("Space")), 404, platform));
  it("spaces.update: 403 for a member", () =>
    expectApiError(member.spaces.update(space, { description: "mine" }), 403, platform));

  it("organizations and users: create, add, remove", async () => {
    const made = await admin.organizations.create({ name: unique("organization") });
    const email = `${unique("u").replaceAll(" ", "-")}@example.com`;
    const user = await admin.users.create({ name: "Ada", email, role: "MEMBER", invite_mode: "NONE" });
    await admin.organizations.addUser(made.id, { user: email, role: "MEMBER" });
    await admin.organizations.removeUser(made.id, email);
    await admin.users.delete(user.id);
    await admin.organizations.delete(made.id);
    await expectApiError(admin.organizations.get(made.id), 404, platform);
  });
  it("roles and roleBindings: a binding gives on the next request and takes on the next", async () => {
    const role = await admin.roles.create({ name: unique("role"), permissions: ["PROJECT_CREATE"] });
    const make = (): Promise<unknown> => readOnly.projects.create({ name: unique("project"), space });
    await expectApiError(make(), 403, platform);
    const binding = await admin.roleBindings.create({ user: platform.users.readOnly, role: role.name, space });
    await make();
    await admin.roleBindings.delete(binding.id);
    await expectApiError(make(), 403, platform);
  });
  it("auditLogs: for admins, without a secret", async () => {
    const entries = await admin.auditLogs.list().toArray();
    expect(entries.length).toBeGreaterThan(0);
    for (const key of Object.values(platform.keys)) expect(JSON.stringify(entries)).not.toContain(key);
    await expectApiError(member.auditLogs.list().toArray(), 403, platform);
  });
});
