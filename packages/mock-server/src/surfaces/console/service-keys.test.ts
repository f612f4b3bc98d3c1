import { ServiceKeyPage, type ServiceKey } from "@axlab/wire/console";
import { CreatedApiKey, Role } from "@axlab/wire/rest";
import { describe, expect, it } from "vitest";
import { custom, predefined, suite } from "../../testing/suite.js";

const at = suite();

const list = async (who: Parameters<typeof at.world.as>[0], query = ""): Promise<ServiceKey[]> =>
  (await at.world.as(who).get(`/console/service-keys${query}`)).read(ServiceKeyPage).service_keys;

/** A key over main and the private vault. */
async function wideKey(): Promise<string> {
  const { organizations, spaces } = at.world;
  const made = await at.world.as("admin").post("/v2/api-keys", {
    key_type: "SERVICE",
    name: "wide",
    organizations: [
      {
        org_id: organizations.acme,
        spaces: [
          { space_id: spaces.main, role: predefined("READ_ONLY") },
          { space_id: spaces.vault, role: predefined("ADMIN") },
        ],
      },
    ],
  });
  return made.read(CreatedApiKey).id;
}

describe("GET /console/service-keys", () => {
  it("tells who made a key and what it covers", async () => {
    const id = await wideKey();
    const key = (await list("admin")).find((one) => one.id === id);
    expect(key?.creator).toEqual({ id: at.world.people.admin, name: "The admin" });
    expect(key?.account_role).toBe("MEMBER");
    expect(key?.organizations).toEqual([
      {
        id: at.world.organizations.acme,
        name: "acme",
        role: "READ_ONLY",
        spaces: [
          { id: at.world.spaces.main, name: "main", role: "READ_ONLY" },
          { id: at.world.spaces.vault, name: "vault", role: "ADMIN" },
        ],
      },
    ]);
    expect(key?.hidden_spaces).toBe(0);
  });

  it("names no space that the reader may not see, and counts it", async () => {
    const id = await wideKey();
    const key = (await list("spaceAdmin")).find((one) => one.id === id);
    expect(key?.organizations[0]?.spaces.map(({ name }) => name)).toEqual(["main"]);
    expect(key?.hidden_spaces).toBe(1);
    expect(JSON.stringify(key)).not.toMatch(new RegExp(`vault|${at.world.spaces.vault}`));
  });

  it("names a custom role as its maker called it", async () => {
    const { organizations, spaces } = at.world;
    const role = await at.world
      .as("admin")
      .post("/v2/roles", { name: "Only reads datasets", permissions: ["DATASET_READ", "SPACE_READ"] });
    const made = await at.world.as("admin").post("/v2/api-keys", {
      key_type: "SERVICE",
      name: "narrow",
      organizations: [
        { org_id: organizations.acme, spaces: [{ space_id: spaces.main, role: custom(role.read(Role).id) }] },
      ],
    });
    const { id } = made.read(CreatedApiKey);
    const key = (await list("admin")).find((one) => one.id === id);
    expect(key?.organizations[0]?.spaces[0]?.role).toBe("Only reads datasets");
  });

  it("is empty for those who may read service keys nowhere, as GET /v2/api-keys is", async () => {
    expect((await list("member")).map(({ name }) => name)).toEqual(["pipeline"]);
    expect(await list("reader")).toEqual([]);
    expect(await list("outsider")).toEqual([]);
  });

  it("hides a space like one that does not exist, and asks for a key or a session", async () => {
    const hidden = await at.world
      .as("member")
      .get(`/console/service-keys?space_id=${encodeURIComponent(at.world.spaces.vault)}`);
    expect(hidden.status).toBe(404);
    expect((await at.world.with(undefined).get("/console/service-keys")).status).toBe(401);
  });

  it("keeps the maker's name after they were removed", async () => {
    const { organizations, spaces } = at.world;
    await at.world.as("member").post("/v2/api-keys", {
      key_type: "SERVICE",
      name: "outlives",
      organizations: [{ org_id: organizations.acme, spaces: [{ space_id: spaces.main }] }],
    });
    await at.world.as("admin").delete(`/v2/users/${encodeURIComponent(at.world.people.member)}`);
    expect((await list("admin")).find(({ name }) => name === "outlives")?.creator?.name).toBe("The member");
  });
});
