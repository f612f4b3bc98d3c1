import {
  addSpaceUser,
  createSpace,
  deleteSpace,
  getSpace,
  listSpaces,
  removeSpaceUser,
  updateSpace,
} from "@arizeai/ax-client";
import { afterAll, describe, expect, it } from "vitest";
import { absent, allPages, AX_CLIENT, axClients, expectRefusal, unique } from "../support/ax-client.js";
import { startPlatform } from "../support/platform.js";

const platform = await startPlatform();
afterAll(platform.stop);
const clients = axClients(platform);
const organizationId = platform.organization.id;
const create = (isPrivate = false, name = unique("space")): ReturnType<typeof createSpace> =>
  createSpace({ client: clients.admin, name, organizationId, isPrivate });

describe(AX_CLIENT, () => {
  describe("createSpace", () => {
    it("createSpace: answers the space it made", async () => {
      const name = unique("space");
      const space = await createSpace({ client: clients.admin, name, organizationId, description: "for tests" });
      expect(space).toMatchObject({ name, description: "for tests", isPrivate: false });
      expect(atob(space.id)).toMatch(/^Space:\d+:.+/);
      expect(Date.now() - space.createdAt.getTime()).toBeLessThan(60_000);
    });
    it("createSpace: 409 for a name the organization has", async () => {
      const { name } = await create();
      await expectRefusal(create(false, name), 409);
    });
    it("createSpace: 403 for a reader of the organization", () =>
      expectRefusal(
        createSpace({ client: clients.readOnly, name: unique("space"), organizationId }),
        403,
        /SPACE_CREATE/,
      ));
    it("createSpace: 404 for an organization that does not exist", () =>
      expectRefusal(
        createSpace({ client: clients.admin, name: unique("space"), organizationId: absent("Organization") }),
        404,
      ));
    it("createSpace: 400 for an empty name", () => expectRefusal(create(false, ""), 400));
    it("createSpace: 401 for an unknown key", () =>
      expectRefusal(createSpace({ client: clients.unknown, name: unique("space"), organizationId }), 401));
  });

  describe("getSpace", () => {
    it("getSpace: by id and by name", async () => {
      const space = await create();
      expect(await getSpace({ client: clients.admin, space: space.id })).toEqual(space);
      expect(await getSpace({ client: clients.admin, space: space.name })).toEqual(space);
    });
    it("getSpace: a service key reads the space it covers", async () => {
      expect(await getSpace({ client: clients.service, space: platform.space.id })).toMatchObject({
        name: platform.space.name,
      });
    });
    it("getSpace: 404, the same, for an absent and for a private space", async () => {
      const hidden = await create(true);
      const messageFor = async (space: string): Promise<string> =>
        getSpace({ client: clients.member, space }).then(
          () => "was answered",
          (error: unknown) => String(error).replaceAll(space, "ID"),
        );
      expect(await messageFor(hidden.id)).toBe(await messageFor(absent("Space")));
      await expectRefusal(getSpace({ client: clients.member, space: hidden.id }), 404);
    });
    it("getSpace: 401 for an unknown key", () =>
      expectRefusal(getSpace({ client: clients.unknown, space: platform.space.id }), 401));
  });

  describe("listSpaces", () => {
    it("listSpaces: pages hold every space of the organization once", async () => {
      const made = await Promise.all([create(), create(), create()]);
      const ids = (
        await allPages((cursor) =>
          listSpaces({ client: clients.admin, organizationId, limit: 2, ...(cursor && { cursor }) }),
        )
      ).map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids).toEqual(expect.arrayContaining(made.map(({ id }) => id)));
    });
    it("listSpaces: the name filter is a substring in any case", async () => {
      const { id, name } = await create();
      const { data } = await listSpaces({ client: clients.admin, name: name.slice(2).toUpperCase() });
      expect(data.map((space) => space.id)).toEqual([id]);
    });
    it("listSpaces: a private space only for its members and admins", async () => {
      const { id } = await create(true);
      const idsFor = async (client: typeof clients.admin): Promise<string[]> =>
        (await allPages((cursor) => listSpaces({ client, limit: 100, ...(cursor && { cursor }) }))).map(
          (space) => space.id,
        );
      expect(await idsFor(clients.admin)).toContain(id);
      expect(await idsFor(clients.member)).not.toContain(id);
    });
    it("listSpaces: 400 for a limit of 0", () => expectRefusal(listSpaces({ client: clients.admin, limit: 0 }), 400));
    it("listSpaces: 401 for an unknown key", () => expectRefusal(listSpaces({ client: clients.unknown }), 401));
  });

  describe("updateSpace", () => {
    it("updateSpace: changes what is given and keeps the rest", async () => {
      const space = await create();
      const updated = await updateSpace({ client: clients.admin, space: space.id, description: "new" });
      expect(updated).toEqual({ ...space, description: "new" });
      expect(await getSpace({ client: clients.admin, space: space.id })).toEqual(updated);
    });
    it("updateSpace: 409 for a name the organization has", async () => {
      const [one, two] = await Promise.all([create(), create()]);
      await expectRefusal(updateSpace({ client: clients.admin, space: two.id, name: one.name }), 409);
    });
    it("updateSpace: 403 for a member", () =>
      expectRefusal(
        updateSpace({ client: clients.member, space: platform.space.id, description: "mine" }),
        403,
        /SPACE_UPDATE/,
      ));
    it("updateSpace: 400 for a change of nothing", () =>
      expectRefusal(updateSpace({ client: clients.admin, space: platform.space.id }), 400));
    it("updateSpace: 404 for a space that does not exist", () =>
      expectRefusal(updateSpace({ client: clients.admin, space: absent("Space"), name: "x" }), 404));
  });

  describe("deleteSpace", () => {
    it("deleteSpace: it is gone, and gone the second time", async () => {
      const { id } = await create();
      await deleteSpace({ client: clients.admin, space: id });
      await expectRefusal(getSpace({ client: clients.admin, space: id }), 404);
      await expectRefusal(deleteSpace({ client: clients.admin, space: id }), 404);
    });
    it("deleteSpace: 403 for a member", () =>
      expectRefusal(deleteSpace({ client: clients.member, space: platform.space.id }), 403, /SPACE_DELETE/));
  });

  describe("members", () => {
    const role = { type: "PREDEFINED", name: "MEMBER" } as const;
    it("addSpaceUser: a private space opens to its new member, and the role can be raised", async () => {
      const { id: spaceId } = await create(true);
      const membership = await addSpaceUser({ client: clients.admin, spaceId, userId: platform.users.member, role });
      expect(membership).toMatchObject({ userId: platform.users.member, spaceId, role });
      expect(await getSpace({ client: clients.member, space: spaceId })).toMatchObject({ id: spaceId });
      const raised = await addSpaceUser({
        client: clients.admin,
        spaceId,
        userId: platform.users.member,
        role: { ...role, name: "ADMIN" },
      });
      expect(raised).toMatchObject({ id: membership.id, role: { name: "ADMIN" } });
    });
    it("addSpaceUser: 403 for a member", () =>
      expectRefusal(
        addSpaceUser({ client: clients.member, spaceId: platform.space.id, userId: platform.users.readOnly, role }),
        403,
      ));
    it("addSpaceUser: 404 for a space that does not exist", () =>
      expectRefusal(
        addSpaceUser({ client: clients.admin, spaceId: absent("Space"), userId: platform.users.member, role }),
        404,
      ));
    it("removeSpaceUser: the private space closes again", async () => {
      const { id: spaceId } = await create(true);
      await addSpaceUser({ client: clients.admin, spaceId, userId: platform.users.member, role });
      await removeSpaceUser({ client: clients.admin, spaceId, userId: platform.users.member });
      await expectRefusal(getSpace({ client: clients.member, space: spaceId }), 404);
      await expectRefusal(removeSpaceUser({ client: clients.admin, spaceId, userId: platform.users.member }), 404);
    });
  });
});
