import {
  createProject,
  deleteProject,
  getProject,
  listAuditLogs,
  listProjects,
  updateProject,
} from "@arizeai/ax-client";
import { afterAll, describe, expect, it } from "vitest";
import { absent, allPages, AX_CLIENT, axClients, expectRefusal, unique } from "../support/ax-client.js";
import { startPlatform } from "../support/platform.js";

const platform = await startPlatform();
afterAll(platform.stop);
const clients = axClients(platform);
const client = clients.service;
const space = platform.space.id;
const create = (name = unique("project")): ReturnType<typeof createProject> => createProject({ client, name, space });

describe(AX_CLIENT, () => {
  describe("projects", () => {
    it("createProject: answers what it made; getProject finds it by id and by name", async () => {
      const project = await create();
      expect(project.spaceId).toBe(space);
      expect(atob(project.id)).toMatch(/^Model:\d+:/);
      expect(await getProject({ client, project: project.id })).toEqual(project);
      expect(await getProject({ client: clients.readOnly, project: project.name, space })).toEqual(project);
    });
    it("createProject: 409 for a name the space has", async () => {
      const { name } = await create();
      await expectRefusal(create(name), 409);
    });
    it("createProject: 403 for a reader", () =>
      expectRefusal(
        createProject({ client: clients.readOnly, name: unique("project"), space }),
        403,
        /PROJECT_CREATE/,
      ));
    it("createProject: 401 for an unknown key", () =>
      expectRefusal(createProject({ client: clients.unknown, name: unique("project"), space }), 401));
    it("getProject: 404 for one that does not exist", () =>
      expectRefusal(getProject({ client, project: absent("Model") }), 404));
    it("createProject: 404 for a space that does not exist, 400 for no name", async () => {
      await expectRefusal(createProject({ client: clients.admin, name: unique("p"), space: absent("Space") }), 404);
      await expectRefusal(create(""), 400, /name/);
    });
    it("updateProject: 404 for none, 400 for no name; deleteProject: 404 for none", async () => {
      const { id } = await create();
      await expectRefusal(updateProject({ client, project: absent("Model"), name: "x" }), 404);
      await expectRefusal(updateProject({ client, project: id, name: "" }), 400, /name/);
      await expectRefusal(deleteProject({ client, project: absent("Model") }), 404);
    });
    it("listProjects: by a part of the name and the space's name; 404 for no space, 400 for a limit of 101", async () => {
      const { id, name } = await create(unique("Particular"));
      const { data } = await listProjects({ client, space: platform.space.name, name: name.toUpperCase() });
      expect(data.map((one) => one.id)).toEqual([id]);
      await expectRefusal(listProjects({ client, space: absent("Space") }), 404);
      await expectRefusal(listProjects({ client, limit: 101 }), 400, /limit/);
    });
    it("listProjects: every one once", async () => {
      const made = [await create(), await create(), await create()].map(({ id }) => id);
      const ids = (
        await allPages((cursor) => listProjects({ client, space, limit: 2, ...(cursor && { cursor }) }))
      ).map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids).toEqual(expect.arrayContaining(made));
    });
    it("updateProject: renames it", async () => {
      const { id } = await create();
      const name = unique("renamed");
      expect(await updateProject({ client, project: id, name })).toMatchObject({ id, name });
    });
    it("updateProject: 403 for a reader", async () => {
      const { id } = await create();
      await expectRefusal(updateProject({ client: clients.readOnly, project: id, name: "x" }), 403, /PROJECT_UPDATE/);
    });
    it("deleteProject: it is gone", async () => {
      const { id } = await create();
      await deleteProject({ client, project: id });
      await expectRefusal(getProject({ client, project: id }), 404);
    });
    it("deleteProject: 403 for a reader", async () => {
      const { id } = await create();
      await expectRefusal(deleteProject({ client: clients.readOnly, project: id }), 403, /PROJECT_DELETE/);
    });
  });

  describe("audit logs", () => {
    it("listAuditLogs: newest first, for an account admin, without a secret", async () => {
      await create();
      const { data } = await listAuditLogs({ client: clients.admin });
      expect(data.length).toBeGreaterThan(0);
      const times = data.map(({ createdAt }) => createdAt.getTime());
      expect(times).toEqual([...times].sort((a, b) => b - a));
      for (const key of Object.values(platform.keys)) expect(JSON.stringify(data)).not.toContain(key);
    });
    it("listAuditLogs: every one once, two at a time", async () => {
      for (let n = 0; n < 3; n += 1) await create();
      const until = new Date();
      const logs = await allPages((cursor) =>
        listAuditLogs({ client: clients.admin, endTime: until, limit: 2, ...(cursor && { cursor }) }),
      );
      expect(logs.length).toBeGreaterThan(3);
      expect(new Set(logs.map(({ id }) => id)).size).toBe(logs.length);
      expect(atob(logs[0]?.id ?? "")).toMatch(/^AuditLog:/);
    });
    it("listAuditLogs: of somebody, of a kind, of a time", async () => {
      await createProject({ client: clients.member, space, name: unique("project") });
      const list = async (filter: object) => (await listAuditLogs({ client: clients.admin, ...filter })).data;
      const of = await list({ userId: platform.users.member, operationType: "MUTATION" });
      expect(of.length).toBeGreaterThan(0);
      expect(new Set(of.map(({ userId }) => userId))).toEqual(new Set([platform.users.member]));
      expect(new Set(of.map(({ operationType }) => operationType))).toEqual(new Set(["MUTATION"]));
      expect(await list({ operationType: "SUBSCRIPTION" })).toEqual([]);
      expect(await list({ endTime: new Date(Date.now() - 3_600_000) })).toEqual([]);
      expect(await list({ startTime: of[0]?.createdAt, endTime: of[0]?.createdAt })).toEqual(
        expect.arrayContaining([of[0]]),
      );
    });
    it("listAuditLogs: 400 for a limit, a cursor, a kind or a time that may not be", async () => {
      const list = (filter: object): Promise<unknown> => listAuditLogs({ client: clients.admin, ...filter });
      await expectRefusal(list({ limit: 101 }), 400, /limit/);
      await expectRefusal(list({ cursor: "none" }), 400, /cursor/);
      await expectRefusal(list({ operationType: "OTHER" }), 400, /operation_type/);
      await expectRefusal(list({ startTime: "yesterday" }), 400, /start_time/);
    });
    it("listAuditLogs: 403 for a member", () => expectRefusal(listAuditLogs({ client: clients.member }), 403));
  });
});
