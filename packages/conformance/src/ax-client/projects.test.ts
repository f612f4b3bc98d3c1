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
    it("listAuditLogs: 403 for a member", () => expectRefusal(listAuditLogs({ client: clients.member }), 403));
  });
});
