import {
  createDataset,
  createProject,
  createRole,
  createRoleBinding,
  deleteRole,
  deleteRoleBinding,
  getProject,
  getRole,
  getRoleBinding,
  listResourceRestrictions,
  listRoleBindings,
  listRoles,
  restrictResource,
  unrestrictResource,
  updateRole,
  updateRoleBinding,
} from "@arizeai/ax-client";
import { afterAll, describe, expect, it } from "vitest";
import { absent, allPages, AX_CLIENT, axClients, expectRefusal, unique } from "../support/ax-client.js";
import { startPlatform } from "../support/platform.js";

const platform = await startPlatform();
afterAll(platform.stop);
const clients = axClients(platform);
const client = clients.admin;
const space = platform.space.id;
const create = (name = unique("role")): ReturnType<typeof createRole> =>
  createRole({ client, name, description: "for tests", permissions: ["DATASET_CREATE", "DATASET_READ"] });
const project = async (): Promise<string> => (await createProject({ client, name: unique("project"), space })).id;
const bind = async (
  resourceId: string,
  resourceType: "SPACE" | "PROJECT",
  roleId?: string,
): ReturnType<typeof createRoleBinding> =>
  createRoleBinding({
    client,
    userId: platform.users.readOnly,
    roleId: roleId ?? (await create()).id,
    resourceType,
    resourceId,
  });

describe(AX_CLIENT, () => {
  describe("roles", () => {
    it("createRole: a named set of permissions", async () => {
      const role = await create();
      expect(role).toMatchObject({ isPredefined: false, description: "for tests" });
      expect([...role.permissions].sort()).toEqual(["DATASET_CREATE", "DATASET_READ"]);
      expect(await getRole({ client, roleId: role.id })).toEqual(role);
    });
    it("createRole: 409 for a name the account has", async () => {
      const { name } = await create();
      await expectRefusal(create(name), 409);
    });
    it("createRole: 403 for a member", () =>
      expectRefusal(createRole({ client: clients.member, name: unique("role"), permissions: ["DATASET_READ"] }), 403));
    it("createRole: 400 without permissions", () =>
      expectRefusal(createRole({ client, name: unique("role"), permissions: [] }), 400));
    it("listRoles: the predefined ones, and the custom ones", async () => {
      const { id } = await create();
      const roles = await allPages((cursor) => listRoles({ client, limit: 5, ...(cursor && { cursor }) }));
      expect(roles.map((role) => role.id)).toContain(id);
      const predefined = await allPages((cursor) =>
        listRoles({ client, isPredefined: true, ...(cursor && { cursor }) }),
      );
      expect(predefined.length).toBeGreaterThan(5);
      expect(predefined.every((role) => role.isPredefined)).toBe(true);
    });
    it("updateRole: replaces the permissions", async () => {
      const { id } = await create();
      expect((await updateRole({ client, roleId: id, permissions: ["PROMPT_READ"] })).permissions).toEqual([
        "PROMPT_READ",
      ]);
    });
    it("updateRole: refused for a predefined one", async () => {
      const [predefined] = (await listRoles({ client, isPredefined: true })).data;
      await expect(updateRole({ client, roleId: predefined?.id ?? "", name: "mine" })).rejects.toThrow();
    });
    it("getRole: 404 for one that does not exist", () =>
      expectRefusal(getRole({ client, roleId: absent("Role") }), 404));
    it("updateRole: 403 for a member, 404 for none, 409 for a name in use; no permissions are refused before it asks", async () => {
      const [{ id: roleId }, { name }] = [await create(), await create()];
      const update = (more: object): Promise<unknown> => updateRole({ client, roleId, ...more });
      await expectRefusal(update({ client: clients.member, name: "x" }), 403);
      await expectRefusal(update({ roleId: absent("Role"), name: "x" }), 404);
      await expectRefusal(update({ name }), 409);
      await expect(update({ permissions: [] })).rejects.toThrow(/permissions/);
    });
    it("deleteRole: 403 for a member, 404 for none; a predefined one stays", async () => {
      const { id: roleId } = await create();
      await expectRefusal(deleteRole({ client: clients.member, roleId }), 403);
      await expectRefusal(deleteRole({ client, roleId: absent("Role") }), 404);
      const [predefined] = (await listRoles({ client, isPredefined: true })).data;
      await expect(deleteRole({ client, roleId: predefined?.id ?? "" })).rejects.toThrow();
      expect(await getRole({ client, roleId: predefined?.id ?? "" })).toEqual(predefined);
    });
    it("deleteRole: it is gone", async () => {
      const { id } = await create();
      await deleteRole({ client, roleId: id });
      await expectRefusal(getRole({ client, roleId: id }), 404);
    });
  });

  describe("role bindings", () => {
    it("getRoleBinding: what was made; 404 for none", async () => {
      const made = await bind(await project(), "PROJECT");
      expect(atob(made.id)).toMatch(/^RoleBinding:\d+:/);
      expect(await getRoleBinding({ client, bindingId: made.id })).toEqual(made);
      await expectRefusal(getRoleBinding({ client, bindingId: absent("RoleBinding") }), 404);
    });
    it("deleteRoleBinding: 404 for one that does not exist, and for one that is deleted", async () => {
      await expectRefusal(deleteRoleBinding({ client, bindingId: absent("RoleBinding") }), 404);
      const { id: bindingId } = await bind(await project(), "PROJECT");
      await deleteRoleBinding({ client, bindingId });
      await expectRefusal(deleteRoleBinding({ client, bindingId }), 404);
    });
    it("updateRoleBinding: 404 for a binding and for a role that does not exist", async () => {
      const { id: bindingId, roleId } = await bind(await project(), "PROJECT");
      await expectRefusal(updateRoleBinding({ client, bindingId: absent("RoleBinding"), roleId }), 404);
      await expectRefusal(updateRoleBinding({ client, bindingId, roleId: absent("Role") }), 404);
    });
    it("createRoleBinding: gives on the next request what the role holds, and deleteRoleBinding takes it", async () => {
      const write = (): Promise<unknown> =>
        createDataset({ client: clients.readOnly, space, name: unique("dataset"), examples: [{ a: 1 }] });
      await expectRefusal(write(), 403);
      const binding = await bind(space, "SPACE");
      await write();
      await deleteRoleBinding({ client, bindingId: binding.id });
      await expectRefusal(write(), 403);
      await expectRefusal(getRoleBinding({ client, bindingId: binding.id }), 404);
    });
    it("createRoleBinding: 409 for a second one on the same resource", async () => {
      const resource = await project();
      await bind(resource, "PROJECT");
      await expectRefusal(bind(resource, "PROJECT"), 409);
    });
    it("createRoleBinding: 400 where the id is of another kind", () => expectRefusal(bind(space, "PROJECT"), 400));
    it("createRoleBinding: 404 for a role that does not exist", async () =>
      expectRefusal(bind(await project(), "PROJECT", absent("Role")), 404));
    it("createRoleBinding: 403 for a member", async () => {
      const { id: roleId } = await create();
      const resourceId = await project();
      await expectRefusal(
        createRoleBinding({
          client: clients.member,
          userId: platform.users.readOnly,
          roleId,
          resourceType: "PROJECT",
          resourceId,
        }),
        403,
      );
    });
    it("updateRoleBinding: to another role", async () => {
      const binding = await bind(await project(), "PROJECT");
      const { id: roleId } = await create();
      expect(await updateRoleBinding({ client, bindingId: binding.id, roleId })).toMatchObject({
        id: binding.id,
        roleId,
      });
    });
    it("listRoleBindings: of a user, by kind of resource", async () => {
      const { id } = await bind(await project(), "PROJECT");
      const all = await allPages((cursor) =>
        listRoleBindings({
          client,
          resourceType: "PROJECT",
          userId: platform.users.readOnly,
          limit: 1,
          ...(cursor && { cursor }),
        }),
      );
      expect(all.map((binding) => binding.id)).toContain(id);
      expect(all.every((binding) => binding.resourceType === "PROJECT")).toBe(true);
    });
  });

  describe("resource restrictions", () => {
    it("restrictResource: closes a project to all but admins and those bound to it; unrestrictResource opens it", async () => {
      const id = await project();
      const read = (): Promise<unknown> => getProject({ client: clients.readOnly, project: id });
      await read();
      expect(await restrictResource({ client, resourceId: id })).toMatchObject({
        resourceId: id,
        resourceType: "PROJECT",
      });
      await expectRefusal(read(), 404);
      const [viewer] = (await listRoles({ client, isPredefined: true, limit: 100 })).data.filter(({ name }) =>
        /project viewer/i.test(name),
      );
      if (viewer === undefined) expect.fail("no predefined role Project Viewer");
      await bind(id, "PROJECT", viewer.id);
      await read();
      await unrestrictResource({ client, resourceId: id });
      await expectRefusal(unrestrictResource({ client, resourceId: id }), 404);
    });
    it("unrestrictResource: 403 for a member, who sees the project; 404 for one that is not restricted", async () => {
      const resourceId = await project();
      await expectRefusal(unrestrictResource({ client, resourceId }), 404);
      await restrictResource({ client, resourceId });
      await expect(unrestrictResource({ client: clients.member, resourceId })).rejects.toThrow();
      await expectRefusal(restrictResource({ client, resourceId: absent("Model") }), 404);
    });
    it("restrictResource: twice is once", async () => {
      const resourceId = await project();
      expect(await restrictResource({ client, resourceId })).toEqual(await restrictResource({ client, resourceId }));
    });
    it("restrictResource: 400 for something that is no project", () =>
      expectRefusal(restrictResource({ client, resourceId: space }), 400));
    it("restrictResource: 403 for a member", async () => {
      const resourceId = await project();
      await expectRefusal(restrictResource({ client: clients.member, resourceId }), 403);
    });
    it("listResourceRestrictions: what the caller may manage", async () => {
      const resourceId = await project();
      await restrictResource({ client, resourceId });
      const of = async (as: typeof client): Promise<string[]> =>
        (await allPages((cursor) => listResourceRestrictions({ client: as, ...(cursor && { cursor }) }))).map(
          (one) => one.resourceId,
        );
      expect(await of(client)).toContain(resourceId);
      expect(await of(clients.readOnly)).toEqual([]);
    });
  });
});
