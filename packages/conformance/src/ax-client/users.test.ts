import {
  bulkDeleteUsers,
  createApiKey,
  createUser,
  deleteUser,
  getSpace,
  getUser,
  listUsers,
  resendInvitation,
  resetPassword,
  updateUser,
} from "@arizeai/ax-client";
import { afterAll, describe, expect, it } from "vitest";
import { absent, allPages, AX_CLIENT, axClientOf, axClients, expectRefusal, unique } from "../support/ax-client.js";
import { startPlatform } from "../support/platform.js";

const platform = await startPlatform();
afterAll(platform.stop);
const clients = axClients(platform);

const email = (): string => `${unique("u").replaceAll(" ", "-")}@example.com`;
const member = { type: "PREDEFINED", name: "MEMBER" } as const;
const create = (
  inviteMode: "NONE" | "EMAIL_LINK" = "NONE",
  address = email(),
  client = clients.admin,
): ReturnType<typeof createUser> => createUser({ client, name: "Ada", email: address, role: member, inviteMode });

describe(AX_CLIENT, () => {
  describe("createUser", () => {
    it("createUser: without an invitation, active at once", async () => {
      expect(await create()).toMatchObject({ status: "ACTIVE", name: "Ada", role: member, isDeveloper: true });
    });
    it("createUser: an invitation is answered again, not repeated", async () => {
      const address = email();
      const first = await create("EMAIL_LINK", address);
      expect(first.status).toBe("INVITED");
      expect((await create("EMAIL_LINK", address)).id).toBe(first.id);
    });
    it("createUser: a temporary password is shown once", async () => {
      const created = await createUser({
        client: clients.admin,
        name: "Ada",
        email: email(),
        role: member,
        inviteMode: "TEMPORARY_PASSWORD",
      });
      expect(created).toMatchObject({
        inviteMode: "TEMPORARY_PASSWORD",
        temporaryPassword: expect.stringMatching(/.{8,}/),
      });
      expect(await getUser({ client: clients.admin, userId: created.id })).not.toHaveProperty("temporaryPassword");
    });
    it("createUser: 409 for an address in use", async () => {
      const address = email();
      await create("NONE", address);
      await expectRefusal(create("NONE", address), 409);
    });
    it("createUser: 403 for a member", () => expectRefusal(create("NONE", email(), clients.member), 403));
    it("createUser: 400 for something that is no address", () => expectRefusal(create("NONE", "nobody"), 400));
    it("createUser: 401 for an unknown key", () => expectRefusal(create("NONE", email(), clients.unknown), 401));
  });

  describe("getUser and listUsers", () => {
    it("getUser: by id", async () => {
      expect(await getUser({ client: clients.admin, userId: platform.users.member })).toMatchObject({
        id: platform.users.member,
        status: "ACTIVE",
      });
    });
    it("getUser: 404 for one that does not exist", () =>
      expectRefusal(getUser({ client: clients.admin, userId: absent("User") }), 404));
    it("listUsers: oldest first, every one once", async () => {
      const made = [await create(), await create(), await create()].map(({ id }) => id);
      const ids = (
        await allPages((cursor) => listUsers({ client: clients.admin, limit: 2, ...(cursor && { cursor }) }))
      ).map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids.filter((id) => made.includes(id))).toEqual(made);
    });
    it("listUsers: by part of the address in any case, and by status", async () => {
      const address = email();
      const { id } = await create("EMAIL_LINK", address);
      const idsOf = async (status: "INVITED" | "ACTIVE"): Promise<string[]> =>
        (
          await listUsers({ client: clients.admin, email: address.slice(1, -4).toUpperCase(), status: [status] })
        ).data.map((user) => user.id);
      expect(await idsOf("INVITED")).toEqual([id]);
      expect(await idsOf("ACTIVE")).toEqual([]);
    });
    it("listUsers: 401 for an unknown key", () => expectRefusal(listUsers({ client: clients.unknown }), 401));
  });

  describe("updateUser", () => {
    it("updateUser: renames, and an admin may take developer access away", async () => {
      const { id } = await create();
      expect(await updateUser({ client: clients.admin, userId: id, name: "Grace", isDeveloper: false })).toMatchObject({
        name: "Grace",
        isDeveloper: false,
      });
    });
    it("updateUser: 400 for a blank name", async () => {
      const { id } = await create();
      await expectRefusal(updateUser({ client: clients.admin, userId: id, name: "  " }), 400);
    });
    it("updateUser: 403 for a member", async () => {
      const { id } = await create();
      await expectRefusal(updateUser({ client: clients.member, userId: id, isDeveloper: false }), 403);
    });
    it("updateUser: 404 for one that does not exist", () =>
      expectRefusal(updateUser({ client: clients.admin, userId: absent("User"), name: "x" }), 404));
  });

  describe("invitations and passwords", () => {
    it("resendInvitation: to somebody who is invited", async () => {
      const { id } = await create("EMAIL_LINK");
      await resendInvitation({ client: clients.admin, userId: id });
    });
    it("resendInvitation: 400 for somebody who is active", async () => {
      const { id } = await create();
      await expectRefusal(resendInvitation({ client: clients.admin, userId: id }), 400);
    });
    it("resetPassword: of an active user", async () => {
      const { id } = await create();
      await resetPassword({ client: clients.admin, userId: id });
    });
    it("resetPassword: 404 for one that does not exist", () =>
      expectRefusal(resetPassword({ client: clients.admin, userId: absent("User") }), 404));
  });

  describe("deleteUser", () => {
    it("deleteUser: 403 for a member", async () => {
      const { id } = await create();
      await expectRefusal(deleteUser({ client: clients.member, userId: id }), 403);
    });
    it("deleteUser: 404 for one that does not exist", () =>
      expectRefusal(deleteUser({ client: clients.admin, userId: absent("User") }), 404));
    it("bulkDeleteUsers: says for each what became of it", async () => {
      const [one, two] = [await create(), await create()];
      const results = await bulkDeleteUsers({
        client: clients.admin,
        userIds: [one.id],
        emails: [two.email, "nobody@example.com"],
      });
      expect(results.map(({ status }) => status).sort()).toEqual(["deleted", "deleted", "not_found"]);
    });
    // Last: it takes the seeded member away.
    it("deleteUser: user keys of the removed person end, the service key that person made works on", async () => {
      const space = platform.space.id;
      const { key } = await createApiKey({
        client: clients.member,
        keyType: "SERVICE",
        name: unique("pipeline"),
        organizations: [{ orgId: platform.organization.id, spaces: [{ spaceId: space }] }],
      });
      await getSpace({ client: clients.member, space });
      await deleteUser({ client: clients.admin, userId: platform.users.member });
      await expectRefusal(getSpace({ client: clients.member, space }), 401);
      expect(await getSpace({ client: axClientOf(platform, key), space })).toMatchObject({ id: space });
      await deleteUser({ client: clients.admin, userId: platform.users.member });
    });
  });
});
