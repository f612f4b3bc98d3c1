import { afterEach, describe, expect, expectTypeOf, test } from "vitest";

import type { Space, SpacePage } from "@axlab/wire/rest";

import { NotFoundError, ValidationError } from "../errors/index.js";
import { idOf, page, space, startApi, type Routes } from "../testing/api.js";
import { testContext } from "../testing/context.js";
import type { TestServer } from "../testing/server.js";
import type { RestClient } from "./index.js";
import { OPERATIONS } from "./operations.js";

let server: TestServer;
afterEach(() => server.close());
async function rest(routes: Routes): Promise<RestClient> {
  server = await startApi(routes);
  return testContext(server.url).rest;
}
const ID = idOf("Space");

describe("the typed REST module", () => {
  test("types path, query, body and answer by the operation", async () => {
    const client = await rest({
      "GET /v2/spaces": page("spaces", [space(1, "a")]),
      [`GET /v2/spaces/${ID}`]: { body: space(1, "a") },
      [`DELETE /v2/spaces/${ID}`]: { status: 204 },
      "POST /v2/spaces": { status: 201, body: space(2, "b") },
    });
    const list = await client.get("/v2/spaces", { query: { name: "a" } });
    const one = await client.get("/v2/spaces/{space_id}", { path: { space_id: ID } });
    const gone = await client.delete("/v2/spaces/{space_id}", { path: { space_id: ID } });
    const made = await client.post("/v2/spaces", { body: { name: "b", organization_id: idOf("Organization") } });
    expectTypeOf(list).toEqualTypeOf<SpacePage>();
    expectTypeOf(one).toEqualTypeOf<Space>();
    expectTypeOf(gone).toEqualTypeOf<undefined>();
    expect([list.spaces.length, one.name, gone, made.name]).toEqual([1, "a", undefined, "b"]);
    // @ts-expect-error the path parameter is missing
    await expect(client.get("/v2/spaces/{space_id}")).rejects.toBeInstanceOf(ValidationError);
    // @ts-expect-error no such operation
    await expect(client.get("/v2/nothing")).rejects.toThrow(/use rest.request/);
    // @ts-expect-error organization_id is missing
    await expect(client.post("/v2/spaces", { body: { name: "b" } })).rejects.toThrow(/organization_id: is required/);
  });

  test("refuses a query outside the document before any request", async () => {
    const client = await rest({});
    await expect(client.get("/v2/spaces", { query: { limit: 101 } })).rejects.toBeInstanceOf(ValidationError);
    expect(server.seen).toHaveLength(0);
  });

  test("keeps an id with a slash or a climb in one segment", async () => {
    const client = await rest({});
    await expect(client.get("/v2/spaces/{space_id}", { path: { space_id: "a/b" } })).rejects.toBeInstanceOf(
      NotFoundError,
    );
    expect(server.seen[0]?.url).toBe("/v2/spaces/a%2Fb");
    await expect(client.get("/v2/spaces/{space_id}", { path: { space_id: ".." } })).rejects.toBeInstanceOf(
      ValidationError,
    );
    expect(server.seen).toHaveLength(1);
  });

  test("repeats a POST that only reads", async () => {
    const client = await rest({ "POST /v2/spans": { status: 502, body: "" } });
    await client.post("/v2/spans", { body: { project_id: idOf("Model") } }).catch(() => undefined);
    expect(server.seen).toHaveLength(4);
  });

  test("has an escape hatch for everything else", async () => {
    const client = await rest({ "GET /v2/prompts": { body: { prompts: [] } } });
    const response = await client.request({ method: "GET", path: "/v2/prompts", query: { limit: 1 } });
    expect(JSON.parse(response.text)).toEqual({ prompts: [] });
  });

  test("covers every operation of its tags (spec/rest.md §3.1–3.20)", () => {
    const tags: Record<string, number> = {};
    for (const name of Object.keys(OPERATIONS)) {
      expect(name).toMatch(/^(GET|POST|PUT|PATCH|DELETE) \/v2\/[a-z-]+(\/(\{[a-z_]+\}|[a-z-]+))*$/);
      const tag = name.split("/")[2] ?? "";
      tags[tag] = (tags[tag] ?? 0) + 1;
    }
    expect(tags).toEqual({
      "api-keys": 4, "audit-logs": 1, users: 7, organizations: 7, spaces: 7, roles: 5, "role-bindings": 5, "resource-restrictions": 3,
      projects: 5, datasets: 10, experiments: 7, spans: 3, traces: 1,
      prompts: 8, "prompt-versions": 3, evaluators: 7, "evaluator-versions": 1, "ai-integrations": 5, integrations: 5,
      "annotation-queues": 10, tasks: 7, "task-runs": 2, "annotation-configs": 5,
    }); // prettier-ignore
  });
});
