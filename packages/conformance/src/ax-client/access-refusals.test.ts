import {
  addOrganizationUser,
  addSpaceUser,
  createOrganization,
  createSpace,
  createUser,
  deleteOrganization,
  deleteUser,
  getUser,
  listOrganizations,
  listRoleBindings,
  listRoles,
  listSpaces,
  listUsers,
  removeOrganizationUser,
  removeSpaceUser,
  resendInvitation,
  resetPassword,
  updateOrganization,
  updateSpace,
} from "@arizeai/ax-client";
import { afterAll, describe, expect, it } from "vitest";
import { absent, allPages, AX_CLIENT, axClients, expectRefusal, unique } from "../support/ax-client.js";
import { startPlatform } from "../support/platform.js";

const platform = await startPlatform();
afterAll(platform.stop);
const { admin: client, member, readOnly } = axClients(platform);
const { id: spaceId } = platform.space;
const { id: organizationId } = platform.organization;
const role = { type: "PREDEFINED", name: "MEMBER" } as const;
const user = (inviteMode: "NONE" | "EMAIL_LINK" = "NONE"): ReturnType<typeof createUser> =>
  createUser({ client, name: "Ada", email: `${unique("u").replaceAll(" ", "-")}@example.com`, role, inviteMode });

describe(AX_CLIENT, () => {
  describe("who may not, and what is not there", () => {
    it("updateOrganization: 404 for none; by its name; an empty text clears the description", async () => {
      const made = await createOrganization({ client, name: unique("organization"), description: "d" });
      const cleared = await updateOrganization({ client, organization: made.name, description: "" });
      expect(cleared).toMatchObject({ id: made.id, description: "" });
      await expectRefusal(updateOrganization({ client, organization: absent("Organization"), name: "x" }), 404);
    });
    it("deleteOrganization: 404 for none, and the second time", async () => {
      const { id } = await createOrganization({ client, name: unique("organization") });
      await deleteOrganization({ client, organization: id });
      await expectRefusal(deleteOrganization({ client, organization: id }), 404);
    });
    it("listOrganizations: by a part of the name; 400 for a limit of 101", async () => {
      const { id, name } = await createOrganization({ client, name: unique("Particular") });
      expect((await listOrganizations({ client, name: name.toUpperCase() })).data.map((one) => one.id)).toEqual([id]);
      await expectRefusal(listOrganizations({ client, limit: 101 }), 400, /limit/);
    });
    it("addOrganizationUser: again with another role changes the role; 404 for nobody and for no organization", async () => {
      const { id: userId } = await user();
      const add = (more: object = {}): ReturnType<typeof addOrganizationUser> =>
        addOrganizationUser({ client, organizationId, userId, role, ...more });
      const first = await add();
      expect(first).toMatchObject({ userId, organizationId, role });
      const admin = { type: "PREDEFINED", name: "ADMIN" } as const;
      expect(await add({ role: admin })).toMatchObject({ id: first.id, role: admin });
      await expectRefusal(add({ userId: absent("User") }), 404);
      await expectRefusal(add({ organizationId: absent("Organization") }), 404);
    });
    it("removeOrganizationUser: takes the spaces along; 403 for a member, 404 the second time", async () => {
      const { id: userId } = await user();
      await addOrganizationUser({ client, organizationId, userId, role });
      await addSpaceUser({ client, spaceId, userId, role });
      await expectRefusal(removeOrganizationUser({ client: member, organizationId, userId }), 403);
      await removeOrganizationUser({ client, organizationId, userId });
      await expectRefusal(removeSpaceUser({ client, spaceId, userId }), 404);
      await expectRefusal(removeOrganizationUser({ client, organizationId, userId }), 404);
    });
    it("addSpaceUser: 400 for somebody who is not in the organization, 404 for nobody", async () => {
      const { id: userId } = await user();
      await expectRefusal(addSpaceUser({ client, spaceId, userId, role }), 400, /organization/);
      await expectRefusal(addSpaceUser({ client, spaceId, userId: absent("User"), role }), 404);
    });
    it("removeSpaceUser: 403 for a member, 404 for somebody who is not in it and for no space", async () => {
      const { id: userId } = await user();
      await expectRefusal(removeSpaceUser({ client: member, spaceId, userId: platform.users.readOnly }), 403);
      await expectRefusal(removeSpaceUser({ client, spaceId, userId }), 404);
      await expectRefusal(removeSpaceUser({ client, spaceId: absent("Space"), userId }), 404);
    });
    it("updateSpace: an empty text clears the description, and a space may become private", async () => {
      const made = await createSpace({ client, name: unique("space"), organizationId, description: "d" });
      expect(await updateSpace({ client, space: made.id, description: "" })).toMatchObject({ description: "" });
      expect(await updateSpace({ client, space: made.id, isPrivate: true })).toMatchObject({ isPrivate: true });
    });
    it("listSpaces: 400 for a limit of 101 and a cursor that cannot be read", async () => {
      await expectRefusal(listSpaces({ client, limit: 101 }), 400, /limit/);
      await expectRefusal(listSpaces({ client, cursor: "none" }), 400, /cursor/);
    });

    it("resendInvitation: 403 for a member, 404 for nobody", async () => {
      const { id: userId } = await user("EMAIL_LINK");
      await expectRefusal(resendInvitation({ client: member, userId }), 403);
      await expectRefusal(resendInvitation({ client, userId: absent("User") }), 404);
    });
    it("resetPassword: 400 for somebody who has not joined, 403 for a member", async () => {
      const { id: userId } = await user("EMAIL_LINK");
      await expectRefusal(resetPassword({ client, userId }), 400);
      await expectRefusal(resetPassword({ client: member, userId }), 403);
    });
    it("deleteUser: again is no error; oneself is refused", async () => {
      const { id: userId } = await user();
      await deleteUser({ client, userId });
      await expectRefusal(getUser({ client, userId }), 404);
      await deleteUser({ client, userId });
      await expect(deleteUser({ client, userId: platform.users.admin })).rejects.toThrow();
      expect((await getUser({ client, userId: platform.users.admin })).status).toBe("ACTIVE");
    });
    it("createUser: 409 for ever for the address of somebody who was removed", async () => {
      const { id: userId, email } = await user();
      await deleteUser({ client, userId });
      await expectRefusal(createUser({ client, name: "Ada", email, role, inviteMode: "EMAIL_LINK" }), 409);
    });
    it("createUser: 400 for no name and a role nobody knows", async () => {
      const make = (more: object): Promise<unknown> =>
        createUser({ client, name: "Ada", email: "ada@example.com", role, inviteMode: "NONE", ...more });
      await expectRefusal(make({ name: "" }), 400, /name/);
      await expectRefusal(make({ role: { type: "PREDEFINED", name: "KING" } }), 400, /role/);
    });
    it("listUsers: a page at a time; 400 for a limit of 101", async () => {
      const ids = (
        await allPages((cursor) => listUsers({ client: readOnly, limit: 2, ...(cursor && { cursor }) }))
      ).map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      await expectRefusal(listUsers({ client, limit: 101 }), 400, /limit/);
    });
    it("listRoles, listRoleBindings: 400 for a limit of 101", async () => {
      await expectRefusal(listRoles({ client, limit: 101 }), 400, /limit/);
      await expectRefusal(listRoleBindings({ client, resourceType: "SPACE", limit: 101 }), 400, /limit/);
    });
  });
});
