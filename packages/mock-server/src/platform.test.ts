import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPlatform, type Platform } from "./index.js";
import { testDatabase } from "./testing/database.js";

let platform: Platform;
beforeAll(async () => {
  platform = await createPlatform({ db: await testDatabase() });
});
afterAll(() => platform.close());

const call = async (key: string | null, method: string, path: string, body?: unknown) => {
  const response = await platform.fetch(
    new Request(`http://axlab${path}`, {
      method,
      headers: {
        ...(key !== null && { authorization: `Bearer ${platform.seeded.keys[key]}` }),
        "content-type": "application/json",
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }),
  );
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === "" ? undefined : JSON.parse(text) };
};

describe("a seeded platform", () => {
  it("has the same ids and demo keys at every start", async () => {
    const again = await createPlatform({ db: await testDatabase() });
    expect(again.seeded).toEqual(platform.seeded);
    await again.close();
  });

  it("answers without a key with 401 and a problem document", async () => {
    const { status, headers, body } = await call(null, "GET", "/v2/spaces");
    expect(status).toBe(401);
    expect(headers.get("content-type")).toBe("application/problem+json");
    expect(headers.get("x-request-id")).toMatch(/^req_/);
    expect(body).toMatchObject({ title: "Authentication required", status: 401 });
  });

  it("shows each caller the spaces they may read", async () => {
    const names = async (key: string) =>
      (await call(key, "GET", "/v2/spaces")).body.spaces.map((space: { name: string }) => space.name);
    expect(await names("admin")).toEqual(["Playground", "Vault"]);
    expect(await names("member")).toEqual(["Playground"]);
    expect(await names("service")).toEqual(["Playground"]);
  });

  it("answers a hidden space as one that does not exist", async () => {
    const vault = (await call("admin", "GET", "/v2/spaces?name=vault")).body.spaces[0];
    const hidden = await call("member", "GET", `/v2/spaces/${vault.id}`);
    const absent = await call("member", "GET", `/v2/spaces/${btoa("Space:99:abcd")}`);
    expect(hidden.status).toBe(404);
    expect({ ...hidden.body, instance: "" }).toEqual({ ...absent.body, instance: "" });
  });

  it("keeps a dataset and its examples, and tells a reader what is missing for writing", async () => {
    const space_id = platform.seeded.space?.id;
    const refused = await call("readOnly", "POST", "/v2/datasets", {
      name: "movies",
      space_id,
      examples: [{ title: "Heat" }],
    });
    expect(refused.status).toBe(403);
    expect(refused.body.detail).toContain("DATASET_CREATE");
    const created = await call("service", "POST", "/v2/datasets", {
      name: "movies",
      space_id,
      examples: [{ title: "Heat", year: 1995 }, { title: "Ran" }],
    });
    expect(created.status).toBe(201);
    const { body } = await call("readOnly", "GET", `/v2/datasets/${created.body.id}/examples?limit=1`);
    expect(body.examples).toMatchObject([{ title: "Heat", year: 1995 }]);
    const next = await call(
      "readOnly",
      "GET",
      `/v2/datasets/${created.body.id}/examples?limit=1&cursor=${body.pagination.next_cursor}`,
    );
    expect(next.body).toMatchObject({ examples: [{ title: "Ran" }], pagination: { has_more: false } });
    expect(
      (await call("service", "POST", "/v2/datasets", { name: "movies", space_id, examples: [{ a: 1 }] })).status,
    ).toBe(409);
  });

  it("takes the latest version where a client sends an empty dataset_version_id", async () => {
    const space_id = platform.seeded.space?.id;
    const { body } = await call("member", "POST", "/v2/datasets", { name: "versions", space_id, examples: [{ a: 1 }] });
    const appended = await call("member", "POST", `/v2/datasets/${body.id}/examples?dataset_version_id=`, {
      examples: [{ a: 2 }],
    });
    expect(appended).toMatchObject({ status: 201, body: { dataset_version_id: body.versions[0].id } });
  });

  it("documents every route it serves", async () => {
    const { body } = await call(null, "GET", "/v2/openapi.json");
    expect(Object.keys(body.paths)).toContain("/v2/datasets/{dataset_id}/examples");
  });
});
