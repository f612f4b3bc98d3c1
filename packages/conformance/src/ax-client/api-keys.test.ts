import { createApiKey, getSpace, listApiKeys, refreshApiKey, revokeApiKey } from "@arizeai/ax-client";
import { afterAll, describe, expect, it } from "vitest";
import { absent, allPages, AX_CLIENT, axClientOf, axClients, expectRefusal, unique } from "../support/ax-client.js";
import type { AxClient } from "../support/ax-client.js";
import { startPlatform } from "../support/platform.js";

const platform = await startPlatform();
afterAll(platform.stop);
const clients = axClients(platform);
const space = platform.space.id;

type SpaceRole = "ADMIN" | "MEMBER" | "READ_ONLY" | "ANNOTATOR";
const serviceKey = (client: AxClient, role?: SpaceRole, spaceId = space): ReturnType<typeof createApiKey> =>
  createApiKey({
    client,
    keyType: "SERVICE",
    name: unique("pipeline"),
    organizations: [{ orgId: platform.organization.id, spaces: [{ spaceId, ...(role && { role: { name: role } }) }] }],
  });
const userKey = (client: AxClient, expiresAt?: Date): ReturnType<typeof createApiKey> =>
  createApiKey({ client, keyType: "USER", name: unique("laptop"), ...(expiresAt && { expiresAt }) });
const works = async (key: string): Promise<void> => {
  expect((await getSpace({ client: axClientOf(platform, key), space })).id).toBe(space);
};
const inDays = (days: number): Date => new Date(Date.now() + days * 86_400_000);

describe(AX_CLIENT, () => {
  describe("createApiKey", () => {
    it("createApiKey: a user key works at once and acts as its owner", async () => {
      const created = await userKey(clients.member);
      expect(created).toMatchObject({ keyType: "USER", status: "ACTIVE", createdByUserId: platform.users.member });
      expect(created.botUser).toBeUndefined();
      expect(created.redactedKey).toBe(`${created.key.slice(0, 6)}...${created.key.slice(-3)}`);
      expect(created.createdAt.getTime()).not.toBeNaN();
      await works(created.key);
    });

    it("createApiKey: a service key without roles gets the documented defaults", async () => {
      const created = await serviceKey(clients.admin);
      expect(created.keyType).toBe("SERVICE");
      expect(created.botUser).toMatchObject({
        accountRole: { name: "MEMBER" },
        organizations: [
          {
            orgId: platform.organization.id,
            role: { name: "READ_ONLY" },
            spaces: [{ spaceId: space, role: { name: "MEMBER" } }],
          },
        ],
      });
      await works(created.key);
    });

    it("createApiKey: an expiry comes back as it was sent", async () => {
      const expiresAt = inDays(3);
      expect((await userKey(clients.admin, expiresAt)).expiresAt).toEqual(expiresAt);
    });

    it("createApiKey: 401 for an unknown key", () => expectRefusal(userKey(clients.unknown), 401));
    it("createApiKey: 403 where the space may be read but SERVICE_KEY_CREATE is missing", () =>
      expectRefusal(serviceKey(clients.readOnly, "READ_ONLY"), 403, /SERVICE_KEY_CREATE/));
    it("createApiKey: 404 for a space that does not exist", () =>
      expectRefusal(serviceKey(clients.admin, "MEMBER", absent("Space")), 404));
    it("createApiKey: 422 for a role above the creator's own", () =>
      expectRefusal(serviceKey(clients.member, "ADMIN"), 422));
    it("createApiKey: 422 for an annotator", () => expectRefusal(serviceKey(clients.admin, "ANNOTATOR"), 422));
    it("createApiKey: 422 for a custom role on an organization", () =>
      expectRefusal(
        createApiKey({
          client: clients.admin,
          keyType: "SERVICE",
          name: unique("pipeline"),
          organizations: [
            { orgId: platform.organization.id, role: { id: absent("Role") }, spaces: [{ spaceId: space }] },
          ],
        }),
        422,
      ));
    it("createApiKey: 400 for a blank name", () =>
      expectRefusal(createApiKey({ client: clients.admin, keyType: "USER", name: "" }), 400));
  });

  describe("listApiKeys", () => {
    it("listApiKeys: without filters, the caller's own user keys", async () => {
      const created = await userKey(clients.member);
      const keys = await allPages((cursor) => listApiKeys({ client: clients.member, ...(cursor && { cursor }) }));
      expect(keys.map(({ id }) => id)).toContain(created.id);
      expect(keys.every((key) => key.keyType === "USER" && key.createdByUserId === platform.users.member)).toBe(true);
    });

    it("listApiKeys: by space, its service keys", async () => {
      const created = await serviceKey(clients.admin);
      const keys = await allPages((cursor) =>
        listApiKeys({ client: clients.admin, spaceId: space, ...(cursor && { cursor }) }),
      );
      expect(keys.map(({ id }) => id)).toContain(created.id);
      expect(keys.every(({ keyType }) => keyType === "SERVICE")).toBe(true);
    });

    it("listApiKeys: a secret is never listed", async () => {
      const { key, id } = await userKey(clients.admin);
      const { data } = await listApiKeys({ client: clients.admin, limit: 100 });
      expect(data.some((listed) => listed.id === id)).toBe(true);
      expect(JSON.stringify(data)).not.toContain(key);
    });

    it("listApiKeys: pages hold every key once", async () => {
      await Promise.all([userKey(clients.admin), userKey(clients.admin), userKey(clients.admin)]);
      const ids = (
        await allPages((cursor) => listApiKeys({ client: clients.admin, limit: 2, ...(cursor && { cursor }) }))
      ).map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids.length).toBeGreaterThanOrEqual(3);
    });

    it("listApiKeys: revoked keys only when asked for", async () => {
      const { id } = await userKey(clients.admin);
      await revokeApiKey({ client: clients.admin, apiKeyId: id });
      const idsOf = async (status?: "REVOKED"): Promise<string[]> =>
        (
          await allPages((cursor) =>
            listApiKeys({ client: clients.admin, ...(status && { status }), ...(cursor && { cursor }) }),
          )
        ).map((key) => key.id);
      expect(await idsOf()).not.toContain(id);
      expect(await idsOf("REVOKED")).toContain(id);
    });

    it("listApiKeys: another user's keys, for an account admin", async () => {
      const { id } = await userKey(clients.member);
      const { data } = await listApiKeys({ client: clients.admin, userId: platform.users.member, limit: 100 });
      expect(data.map((key) => key.id)).toContain(id);
    });

    it("listApiKeys: 403 for another user's keys otherwise", () =>
      expectRefusal(listApiKeys({ client: clients.member, userId: platform.users.admin }), 403));
    it("listApiKeys: 403 where SERVICE_KEY_READ is missing", () =>
      expectRefusal(listApiKeys({ client: clients.readOnly, spaceId: space }), 403));
    it("listApiKeys: 404 for a space that does not exist", () =>
      expectRefusal(listApiKeys({ client: clients.admin, spaceId: absent("Space") }), 404));
    it("listApiKeys: 400 for a limit above 100", () =>
      expectRefusal(listApiKeys({ client: clients.admin, limit: 101 }), 400));
    it("listApiKeys: 400 for a cursor of somebody's making", () =>
      expectRefusal(listApiKeys({ client: clients.admin, cursor: "bm90IGEgY3Vyc29y" }), 400));
    it("listApiKeys: 401 for an unknown key", () => expectRefusal(listApiKeys({ client: clients.unknown }), 401));
  });

  describe("refreshApiKey", () => {
    it("refreshApiKey: the new secret works and the old one does not", async () => {
      const old = await serviceKey(clients.admin);
      const fresh = await refreshApiKey({ client: clients.admin, apiKeyId: old.id });
      expect(fresh.key).not.toBe(old.key);
      expect(fresh).toMatchObject({ name: old.name, keyType: "SERVICE", status: "ACTIVE" });
      await works(fresh.key);
      await expectRefusal(getSpace({ client: axClientOf(platform, old.key), space }), 401);
    });

    it("refreshApiKey: within the grace period both work", async () => {
      const old = await userKey(clients.member);
      const fresh = await refreshApiKey({ client: clients.member, apiKeyId: old.id, gracePeriodSeconds: 600 });
      await works(old.key);
      await works(fresh.key);
    });

    it("refreshApiKey: an expiry may be brought forward", async () => {
      const old = await userKey(clients.member, inDays(10));
      const expiresAt = inDays(5);
      expect((await refreshApiKey({ client: clients.member, apiKeyId: old.id, expiresAt })).expiresAt).toEqual(
        expiresAt,
      );
    });

    it("refreshApiKey: 422 for a later expiry, and 422 for none", async () => {
      const { id } = await userKey(clients.member, inDays(10));
      await expectRefusal(refreshApiKey({ client: clients.member, apiKeyId: id, expiresAt: inDays(20) }), 422);
      await expectRefusal(refreshApiKey({ client: clients.member, apiKeyId: id }), 422);
    });

    it("refreshApiKey: 400 for a grace period above a day", async () => {
      const { id } = await userKey(clients.member);
      await expectRefusal(refreshApiKey({ client: clients.member, apiKeyId: id, gracePeriodSeconds: 86_401 }), 400);
    });

    it("refreshApiKey: 404 for somebody else's key, and for none", async () => {
      const { id } = await userKey(clients.admin);
      await expectRefusal(refreshApiKey({ client: clients.member, apiKeyId: id }), 404);
      await expectRefusal(refreshApiKey({ client: clients.admin, apiKeyId: absent("ApiKey") }), 404);
    });

    it("refreshApiKey: 401 for an unknown key", () =>
      expectRefusal(refreshApiKey({ client: clients.unknown, apiKeyId: absent("ApiKey") }), 401));
  });

  describe("revokeApiKey", () => {
    it("revokeApiKey: the next request with it is refused, and revoking again changes nothing", async () => {
      const { id, key } = await serviceKey(clients.admin);
      await works(key);
      await revokeApiKey({ client: clients.admin, apiKeyId: id });
      await expectRefusal(getSpace({ client: axClientOf(platform, key), space }), 401);
      await revokeApiKey({ client: clients.admin, apiKeyId: id });
    });

    it("revokeApiKey: 404 for another developer's key, which keeps working", async () => {
      const { id, key } = await userKey(clients.admin);
      await expectRefusal(revokeApiKey({ client: clients.member, apiKeyId: id }), 404);
      await works(key);
    });

    it("revokeApiKey: 404 for a key that does not exist", () =>
      expectRefusal(revokeApiKey({ client: clients.admin, apiKeyId: absent("ApiKey") }), 404));
    it("revokeApiKey: 401 for an unknown key", () =>
      expectRefusal(revokeApiKey({ client: clients.unknown, apiKeyId: absent("ApiKey") }), 401));
  });
});
