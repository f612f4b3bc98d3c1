import { MANAGED_ROLES } from "@axlab/auth";
import { Role, RolePage } from "@axlab/wire/rest";
import { describe, expect, it } from "vitest";
import { createPlatform } from "../../../index.js";
import { absentId, suite } from "../../../testing/suite.js";
import { createWorld } from "../../../testing/world.js";

const at = suite();
const make = async (name: string, permissions = ["DATASET_READ"]) =>
  at.world.as("admin").post("/v2/roles", { name, permissions });
const list = async (query = "") => (await at.world.as("member").get(`/v2/roles${query}`)).read(RolePage);

describe("roles", () => {
  it("are listed: the managed ones as data, then the account's own, in pages", async () => {
    await make("Curator", ["DATASET_UPDATE", "DATASET_READ"]);
    const all = (await list("?limit=100")).roles;
    expect(all.slice(0, MANAGED_ROLES.length)).toMatchObject(
      MANAGED_ROLES.map(({ name, permissions }) => ({ name, permissions, is_predefined: true })),
    );
    expect(all.at(-1)).toMatchObject({
      name: "Curator",
      permissions: ["DATASET_READ", "DATASET_UPDATE"],
      is_predefined: false,
    });
    expect((await list("?is_predefined=true&limit=100")).roles).toHaveLength(MANAGED_ROLES.length);
    expect((await list("?is_predefined=false")).roles.map(({ name }) => name)).toEqual(["Curator"]);
    const first = await list(`?limit=${MANAGED_ROLES.length}`);
    expect((await list(`?cursor=${first.pagination.next_cursor}`)).roles.map(({ name }) => name)).toEqual(["Curator"]);
    expect((await at.world.as("admin").get("/v2/roles?is_predefined=maybe")).status).toBe(400);
    expect((await at.world.as("annotator").get("/v2/roles")).status).toBe(403);
  });

  it("have the same ids on every new platform", async () => {
    const [one, two] = await Promise.all([createPlatform(), createPlatform()]);
    const ids = await Promise.all(
      [one, two].map(async (platform) =>
        (await platform.domain.core.store.db.selectFrom("roles").select("id").orderBy("seq").execute()).map(
          ({ id }) => id,
        ),
      ),
    );
    expect(ids[0]).toEqual(ids[1]);
    expect(ids[0]).toHaveLength(MANAGED_ROLES.length);
    await Promise.all([one.close(), two.close()]);
  });

  it("are made by account admins, with names of their own", async () => {
    const made = await at.world
      .as("admin")
      .post("/v2/roles", { name: " Curator ", description: "Curates", permissions: ["DATASET_READ", "DATASET_READ"] });
    expect(made.status).toBe(201);
    expect(made.read(Role)).toMatchObject({ name: "Curator", description: "Curates", permissions: ["DATASET_READ"] });
    expect((await make("Plain")).read(Role)).not.toHaveProperty("description");
    expect((await make("Curator")).status).toBe(409);
    expect((await make("Space Member")).status).toBe(409);
    const other = await createWorld(at.platform);
    expect((await other.as("admin").post("/v2/roles", { name: "Curator", permissions: ["DATASET_READ"] })).status).toBe(
      201,
    );
    for (const who of ["orgAdmin", "member", "annotator", "pipeline"] as const)
      expect((await at.world.as(who).post("/v2/roles", { name: "X", permissions: ["DATASET_READ"] })).status).toBe(403);
    for (const body of [
      { name: "X" },
      { name: "X", permissions: [] },
      { name: "X", permissions: ["FLY"] },
      { name: "", permissions: ["DATASET_READ"] },
      { name: "X", permissions: ["DATASET_READ"], is_predefined: true },
    ]) {
      expect((await at.world.as("admin").post("/v2/roles", body)).status).toBe(400);
    }
  });

  it("are read by members; hidden from annotators and other accounts", async () => {
    const role = (await make("Curator")).read(Role);
    expect((await at.world.as("member").get(`/v2/roles/${role.id}`)).read(Role)).toEqual(role);
    const nobody = await at.world.as("member").get(`/v2/roles/${absentId("Role")}`);
    const other = await createWorld(at.platform);
    for (const reply of [
      nobody,
      await at.world.as("annotator").get(`/v2/roles/${role.id}`),
      await other.as("admin").get(`/v2/roles/${role.id}`),
    ]) {
      expect([reply.status, reply.problem]).toEqual([404, nobody.problem]);
    }
    expect((await at.world.as("member").get(`/v2/roles/${at.world.spaces.main}`)).status).toBe(400);
  });

  it("are changed as a whole or in part", async () => {
    const role = (
      await at.world
        .as("admin")
        .post("/v2/roles", { name: "Curator", description: "Curates", permissions: ["DATASET_READ"] })
    ).read(Role);
    await make("Taken");
    const path = `/v2/roles/${role.id}`;
    const patch = async (body: object) => at.world.as("admin").patch(path, body);
    expect((await patch({ permissions: ["DATASET_DELETE"] })).read(Role)).toMatchObject({
      name: "Curator",
      description: "Curates",
      permissions: ["DATASET_DELETE"],
    });
    expect((await patch({ name: "Curator", description: null })).read(Role)).not.toHaveProperty("description");
    expect((await patch({ name: "Taken" })).status).toBe(409);
    for (const body of [{}, { permissions: [] }, { id: "x" }]) expect((await patch(body)).status).toBe(400);
    expect((await at.world.as("member").patch(path, { name: "Y" })).status).toBe(403);
    expect((await at.world.as("admin").patch(`/v2/roles/${absentId("Role")}`, { name: "Y" })).status).toBe(404);
  });

  it("are deleted for good, their names being free again; predefined ones cannot be touched", async () => {
    const role = (await make("Curator")).read(Role);
    expect((await at.world.as("member").delete(`/v2/roles/${role.id}`)).status).toBe(403);
    expect((await at.world.as("admin").delete(`/v2/roles/${role.id}`)).status).toBe(204);
    expect((await at.world.as("admin").delete(`/v2/roles/${role.id}`)).status).toBe(404);
    expect((await at.world.as("admin").get(`/v2/roles/${role.id}`)).status).toBe(404);
    expect((await list("?is_predefined=false")).roles).toEqual([]);
    expect((await make("Curator")).status).toBe(201);
    const [managed] = (await list("?is_predefined=true")).roles;
    for (const reply of [
      await at.world.as("admin").delete(`/v2/roles/${managed?.id}`),
      await at.world.as("admin").patch(`/v2/roles/${managed?.id}`, { name: "Mine" }),
    ]) {
      expect(reply.status).toBe(403);
      expect(reply.detail).toContain("predefined");
    }
  });
});
