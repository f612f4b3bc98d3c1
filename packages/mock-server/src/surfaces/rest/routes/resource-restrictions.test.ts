import { Project, ResourceRestriction, ResourceRestrictionPage, RoleBinding, RolePage } from "@axlab/wire/rest";
import { describe, expect, it } from "vitest";
import { absentId, suite } from "../../../testing/suite.js";

const at = suite();
const project = async (name: string, space_id = at.world.spaces.main) =>
  (await at.world.as("admin").post("/v2/projects", { name, space_id })).read(Project).id;
const restrict = async (
  resource_id: string,
  who: "admin" | "spaceAdmin" | "member" | "reader" | "outsider" = "spaceAdmin",
) => at.world.as(who).post("/v2/resource-restrictions", { resource_id });
const sees = async (who: "admin" | "orgAdmin" | "spaceAdmin" | "member" | "reader" | "pipeline", id: string) =>
  (await at.world.as(who).get(`/v2/projects/${id}`)).status;
const projectRole = async (name: string) =>
  (await at.world.as("admin").get("/v2/roles?is_predefined=true&limit=100"))
    .read(RolePage)
    .roles.find((role) => role.name === name)?.id;

describe("a restricted project", () => {
  it("is seen by admins and those bound on it only; lifting it lets the roles above count again", async () => {
    const id = await project("P");
    expect(await sees("reader", id)).toBe(200);
    const made = await restrict(id);
    expect(made.status).toBe(200);
    expect(made.read(ResourceRestriction)).toMatchObject({ resource_type: "PROJECT", resource_id: id });
    expect((await restrict(id)).read(ResourceRestriction)).toEqual(made.read(ResourceRestriction));
    for (const who of ["admin", "orgAdmin", "spaceAdmin"] as const)
      expect([who, await sees(who, id)]).toEqual([who, 200]);
    for (const who of ["member", "reader", "pipeline"] as const) expect([who, await sees(who, id)]).toEqual([who, 404]);
    const binding = {
      role_id: await projectRole("Project Viewer"),
      user_id: at.world.people.reader,
      resource_type: "PROJECT",
      resource_id: id,
    };
    (await at.world.as("spaceAdmin").post("/v2/role-bindings", binding)).read(RoleBinding);
    expect(await sees("reader", id)).toBe(200);
    expect((await at.world.as("reader").patch(`/v2/projects/${id}`, { name: "Q" })).status).toBe(403);
    expect((await at.world.as("spaceAdmin").delete(`/v2/resource-restrictions/${id}`)).status).toBe(204);
    expect(await sees("member", id)).toBe(200);
    expect((await at.world.as("spaceAdmin").delete(`/v2/resource-restrictions/${id}`)).status).toBe(404);
  });

  it("needs PROJECT_RESTRICT, a project's id, and a project that is seen", async () => {
    const id = await project("P");
    for (const who of ["member", "reader"] as const) {
      const refused = await restrict(id, who);
      expect(refused.status).toBe(403);
      expect(refused.detail).toContain("PROJECT_RESTRICT");
      expect((await at.world.as(who).delete(`/v2/resource-restrictions/${id}`)).status).toBe(403);
    }
    expect((await restrict(id, "outsider")).status).toBe(404);
    expect((await restrict(absentId("Model"))).status).toBe(404);
    for (const wrong of [at.world.spaces.main, "P", ""]) expect((await restrict(wrong)).status).toBe(400);
    expect((await at.world.as("admin").delete(`/v2/resource-restrictions/${at.world.spaces.main}`)).status).toBe(400);
    expect((await at.world.as("admin").delete(`/v2/resource-restrictions/${absentId("Model")}`)).status).toBe(404);
  });

  it("is listed to those who may lift the restriction: a project admin sees theirs", async () => {
    const { world } = at;
    const [a, b] = [await project("A"), await project("B")];
    for (const id of [a, b]) await restrict(id);
    const list = async (who: "admin" | "spaceAdmin" | "member", query = "") =>
      (await world.as(who).get(`/v2/resource-restrictions${query}`))
        .read(ResourceRestrictionPage)
        .resource_restrictions.map((entry) => entry.resource_id);
    expect(await list("admin")).toEqual([a, b]);
    expect(await list("spaceAdmin", "?resource_type=PROJECT&limit=1")).toEqual([a]);
    expect(await list("member")).toEqual([]);
    await world.as("admin").post("/v2/role-bindings", {
      role_id: await projectRole("Project Admin"),
      user_id: world.people.member,
      resource_type: "PROJECT",
      resource_id: b,
    });
    expect(await list("member")).toEqual([b]);
    expect((await world.as("admin").get("/v2/resource-restrictions?resource_type=SPACE")).status).toBe(400);
  });
});
