import { Project, Role, RoleBinding, RoleBindingPage, RolePage } from "@axlab/wire/rest";
import { describe, expect, it } from "vitest";
import { absentId, suite } from "../../../testing/suite.js";
import { createWorld } from "../../../testing/world.js";

const at = suite();
const role = async (...permissions: string[]) =>
  (await at.world.as("admin").post("/v2/roles", { name: permissions.join(), permissions })).read(Role).id;
const managed = async (name: string) =>
  (await at.world.as("admin").get("/v2/roles?is_predefined=true&limit=100"))
    .read(RolePage)
    .roles.find((entry) => entry.name === name)?.id;
const project = async () =>
  (await at.world.as("admin").post("/v2/projects", { name: "P", space_id: at.world.spaces.main })).read(Project).id;
const bind = async (
  body: object,
  who: "admin" | "spaceAdmin" | "member" | "reader" | "outsider" | "pipeline" = "admin",
) =>
  at.world.as(who).post("/v2/role-bindings", {
    user_id: at.world.people.reader,
    resource_type: "SPACE",
    resource_id: at.world.spaces.main,
    ...body,
  });

describe("a role binding", () => {
  it("gives its role from the next request on, another after a change, and nothing once deleted", async () => {
    const { world } = at;
    const create = async (name: string) =>
      (await world.as("reader").post("/v2/projects", { name, space_id: world.spaces.main })).status;
    expect(await create("a")).toBe(403);
    const made = await bind({ role_id: await role("PROJECT_CREATE") });
    expect(made.status).toBe(201);
    const { id } = made.read(RoleBinding);
    expect(await create("a")).toBe(201);
    const changed = await world
      .as("spaceAdmin")
      .patch(`/v2/role-bindings/${id}`, { role_id: await role("DATASET_READ") });
    expect(changed.status).toBe(200);
    expect(changed.read(RoleBinding)).toMatchObject({ id, user_id: world.people.reader, resource_type: "SPACE" });
    expect(await create("b")).toBe(403);
    await world
      .as("admin")
      .patch(`/v2/role-bindings/${id}`, { role_id: await role("PROJECT_CREATE", "PROJECT_DELETE") });
    expect(await create("b")).toBe(201);
    expect((await world.as("spaceAdmin").delete(`/v2/role-bindings/${id}`)).status).toBe(204);
    expect(await create("c")).toBe(403);
    expect((await world.as("admin").delete(`/v2/role-bindings/${id}`)).status).toBe(404);
  });

  it("stays when its role is deleted, and grants nothing any more", async () => {
    const { world } = at;
    const role_id = await role("PROJECT_CREATE");
    const { id } = (await bind({ role_id })).read(RoleBinding);
    await world.as("admin").delete(`/v2/roles/${role_id}`);
    expect((await world.as("member").get(`/v2/role-bindings/${id}`)).read(RoleBinding).role_id).toBe(role_id);
    expect((await world.as("reader").post("/v2/projects", { name: "a", space_id: world.spaces.main })).status).toBe(
      403,
    );
    expect((await bind({ role_id, user_id: world.people.member })).status).toBe(404);
  });

  it("on a project takes custom and project roles; on a space, custom ones; there is one a user and resource", async () => {
    const resource_id = await project();
    const onProject = { resource_type: "PROJECT", resource_id };
    expect((await bind({ ...onProject, role_id: await managed("Project Editor") })).status).toBe(201);
    const second = await bind({ ...onProject, role_id: await role("PROJECT_READ") });
    expect(second.status).toBe(409);
    expect(second.detail).toContain("PATCH");
    expect(
      (await bind({ ...onProject, user_id: at.world.people.member, role_id: await role("PROJECT_UPDATE") })).status,
    ).toBe(201);
    for (const name of ["Project Editor", "Space Admin", "Organization Member", "Account Admin"]) {
      const refused = await bind({ role_id: await managed(name) });
      expect([name, refused.status]).toEqual([name, 422]);
      expect(refused.detail).toContain(name);
    }
    expect((await bind({ ...onProject, role_id: await managed("Space Member") })).status).toBe(422);
    const { id } = (await bind({ role_id: await role("DATASET_READ") })).read(RoleBinding);
    expect(
      (await at.world.as("admin").patch(`/v2/role-bindings/${id}`, { role_id: await managed("Space Member") })).status,
    ).toBe(422);
  });

  it("needs ids of the right kinds, of things that are there and can be seen", async () => {
    const role_id = await role("DATASET_READ");
    const resource_id = await project();
    for (const body of [
      { role_id, resource_id },
      { role_id, resource_type: "PROJECT" },
      { role_id, resource_type: "DATASET" },
      { role_id: at.world.spaces.main },
      { role_id, user_id: at.world.spaces.main },
      { role_id, user_id: undefined },
      { role_id, id: "x" },
    ]) {
      expect([body, (await bind(body)).status]).toEqual([body, 400]);
    }
    const other = await createWorld(at.platform);
    for (const body of [
      { role_id: absentId("Role") },
      { role_id, user_id: absentId("User") },
      { role_id, user_id: other.people.reader },
      { role_id, resource_id: absentId("Space") },
      { role_id, resource_id: other.spaces.main },
      { role_id, resource_type: "PROJECT", resource_id: absentId("Model") },
    ]) {
      expect([body, (await bind(body)).status]).toEqual([body, 404]);
    }
  });

  it("is given by those with ROLE_BINDING_CREATE on the resource; others hear what is missing, or nothing", async () => {
    const role_id = await role("DATASET_READ");
    for (const who of ["member", "reader", "pipeline"] as const) {
      const refused = await bind({ role_id }, who);
      expect([who, refused.status]).toEqual([who, 403]);
      expect(refused.detail).toContain("ROLE_BINDING_CREATE");
    }
    expect((await bind({ role_id }, "outsider")).status).toBe(404);
    expect((await bind({ role_id, resource_id: at.world.spaces.vault }, "spaceAdmin")).status).toBe(404);
    expect((await bind({ role_id }, "spaceAdmin")).status).toBe(201);
  });

  it("is listed to every member by kind of resource and person, and hidden from annotators and other accounts", async () => {
    const { world } = at;
    const onSpace = (await bind({ role_id: await role("DATASET_READ") })).read(RoleBinding);
    const onProject = (
      await bind({ role_id: await role("PROJECT_READ"), resource_type: "PROJECT", resource_id: await project() })
    ).read(RoleBinding);
    const list = async (query: string) =>
      (await world.as("outsider").get(`/v2/role-bindings?${query}`)).read(RoleBindingPage).role_bindings;
    expect(await list("resource_type=SPACE")).toEqual([onSpace]);
    expect(await list("resource_type=PROJECT")).toEqual([onProject]);
    expect(await list(`resource_type=SPACE&user_id=${world.people.reader}`)).toEqual([onSpace]);
    expect(await list(`resource_type=SPACE&user_id=${world.people.member}`)).toEqual([]);
    expect((await world.as("admin").get("/v2/role-bindings")).status).toBe(400);
    expect(
      (await world.as("admin").get(`/v2/role-bindings?resource_type=SPACE&user_id=${absentId("User")}`)).status,
    ).toBe(404);
    expect((await world.as("annotator").get("/v2/role-bindings?resource_type=SPACE")).status).toBe(404);
    const other = await createWorld(at.platform);
    const nobody = await world.as("admin").get(`/v2/role-bindings/${absentId("RoleBinding")}`);
    const hidden = [
      await other.as("admin").get(`/v2/role-bindings/${onSpace.id}`),
      await world.as("annotator").get(`/v2/role-bindings/${onSpace.id}`),
    ];
    for (const reply of [nobody, ...hidden]) expect([reply.status, reply.problem]).toEqual([404, nobody.problem]);
  });

  it("cannot be changed or deleted by those who may only read it: the API documents 404 there", async () => {
    const { id } = (await bind({ role_id: await role("DATASET_READ") })).read(RoleBinding);
    const nobody = await at.world.as("member").delete(`/v2/role-bindings/${absentId("RoleBinding")}`);
    const replies = [
      await at.world.as("member").delete(`/v2/role-bindings/${id}`),
      await at.world.as("member").patch(`/v2/role-bindings/${id}`, { role_id: await role("DATASET_UPDATE") }),
    ];
    for (const reply of replies) expect([reply.status, reply.problem]).toEqual([404, nobody.problem]);
    for (const body of [{}, { user_id: "x" }])
      expect((await at.world.as("admin").patch(`/v2/role-bindings/${id}`, body)).status).toBe(400);
    expect((await at.world.as("admin").patch(`/v2/role-bindings/${id}`, { role_id: absentId("Role") })).status).toBe(
      404,
    );
  });
});
