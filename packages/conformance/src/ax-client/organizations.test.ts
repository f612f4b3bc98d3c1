import {
  addOrganizationUser,
  createOrganization,
  createSpace,
  createUser,
  deleteOrganization,
  getOrganization,
  getSpace,
  listOrganizations,
  removeOrganizationUser,
  updateOrganization,
} from "@arizeai/ax-client";
import { afterAll, describe, expect, it } from "vitest";
import { absent, allPages, AX_CLIENT, axClients, expectRefusal, unique } from "../support/ax-client.js";
import { startPlatform } from "../support/platform.js";

const platform = await startPlatform();
afterAll(platform.stop);
const clients = axClients(platform);
const client = clients.admin;
const create = (name = unique("organization")): ReturnType<typeof createOrganization> =>
  createOrganization({ client, name });
const member = { type: "PREDEFINED", name: "MEMBER" } as const;

describe(AX_CLIENT, () => {
  describe("createOrganization", () => {
    it("createOrganization: answers what it made", async () => {
      const organization = await createOrganization({ client, name: unique("organization"), description: "for tests" });
      expect(organization.description).toBe("for tests");
      expect(atob(organization.id)).toMatch(/^Organization:\d+:/);
      expect(await getOrganization({ client, organization: organization.name })).toEqual(organization);
    });
    it("createOrganization: 409 for a name the account has", async () => {
      const { name } = await create();
      await expectRefusal(create(name), 409);
    });
    it("createOrganization: 403 for a member", () =>
      expectRefusal(createOrganization({ client: clients.member, name: unique("organization") }), 403));
    it("createOrganization: 400 for an empty name", () => expectRefusal(create(""), 400));
    it("createOrganization: 401 for an unknown key", () =>
      expectRefusal(createOrganization({ client: clients.unknown, name: "x" }), 401));
  });

  describe("getOrganization and listOrganizations", () => {
    it("getOrganization: 404, the same, for an absent one and one the caller is not in", async () => {
      const { id } = await create();
      await expectRefusal(getOrganization({ client: clients.member, organization: id }), 404);
      await expectRefusal(getOrganization({ client: clients.member, organization: absent("Organization") }), 404);
    });
    it("listOrganizations: every one once; for others only their own", async () => {
      const made = [await create(), await create(), await create()].map(({ id }) => id);
      const ids = (await allPages((cursor) => listOrganizations({ client, limit: 2, ...(cursor && { cursor }) }))).map(
        ({ id }) => id,
      );
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids).toEqual(expect.arrayContaining([platform.organization.id, ...made]));
      const { data } = await listOrganizations({ client: clients.member });
      expect(data.map(({ id }) => id)).toEqual([platform.organization.id]);
    });
  });

  describe("updateOrganization", () => {
    it("updateOrganization: changes what is given", async () => {
      const organization = await create();
      expect(await updateOrganization({ client, organization: organization.id, description: "new" })).toEqual({
        ...organization,
        description: "new",
      });
    });
    it("updateOrganization: 403 for a member of it", () =>
      expectRefusal(
        updateOrganization({ client: clients.member, organization: platform.organization.id, description: "mine" }),
        403,
      ));
    it("updateOrganization: 409 for a name the account has", async () => {
      const [one, two] = [await create(), await create()];
      await expectRefusal(updateOrganization({ client, organization: two.id, name: one.name }), 409);
    });
    it("updateOrganization: 400 for a change of nothing", async () => {
      const { id } = await create();
      await expectRefusal(updateOrganization({ client, organization: id }), 400);
    });
  });

  describe("members", () => {
    it("addOrganizationUser: opens the organization and its public spaces", async () => {
      const { id: organizationId } = await create();
      const space = await createSpace({ client, organizationId, name: unique("space") });
      await expectRefusal(getSpace({ client: clients.member, space: space.id }), 404);
      const membership = await addOrganizationUser({
        client,
        organizationId,
        userId: platform.users.member,
        role: member,
      });
      expect(membership).toMatchObject({ organizationId, userId: platform.users.member, role: member });
      expect(await getSpace({ client: clients.member, space: space.id })).toMatchObject({ id: space.id });
      await removeOrganizationUser({ client, organizationId, userId: platform.users.member });
      await expectRefusal(getSpace({ client: clients.member, space: space.id }), 404);
    });
    it("addOrganizationUser: 400 for an annotator who is none in the account", async () => {
      const { id: organizationId } = await create();
      const role = { type: "PREDEFINED", name: "ANNOTATOR" } as const;
      await expectRefusal(addOrganizationUser({ client, organizationId, userId: platform.users.member, role }), 400);
    });
    it("addOrganizationUser: 403 for a member", async () => {
      const user = await createUser({
        client,
        name: "Ada",
        email: `${unique("u").replaceAll(" ", "-")}@example.com`,
        role: member,
        inviteMode: "NONE",
      });
      await expectRefusal(
        addOrganizationUser({
          client: clients.member,
          organizationId: platform.organization.id,
          userId: user.id,
          role: member,
        }),
        403,
      );
    });
    it("removeOrganizationUser: 404 for somebody who is not in it", async () => {
      const { id: organizationId } = await create();
      await expectRefusal(removeOrganizationUser({ client, organizationId, userId: platform.users.readOnly }), 404);
    });
  });

  describe("deleteOrganization", () => {
    it("deleteOrganization: takes its spaces along", async () => {
      const { id } = await create();
      const space = await createSpace({ client, organizationId: id, name: unique("space") });
      await deleteOrganization({ client, organization: id });
      await expectRefusal(getOrganization({ client, organization: id }), 404);
      await expectRefusal(getSpace({ client, space: space.id }), 404);
    });
    it("deleteOrganization: 403 for a member of it", () =>
      expectRefusal(deleteOrganization({ client: clients.member, organization: platform.organization.id }), 403));
  });
});
