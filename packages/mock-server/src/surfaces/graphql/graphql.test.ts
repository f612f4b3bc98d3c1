import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPlatform, type Platform } from "../../index.js";
import { testDatabase } from "../../testing/database.js";

let platform: Platform;
beforeAll(async () => {
  platform = await createPlatform({ db: await testDatabase() });
});
afterAll(() => platform.close());

async function ask(handle: string | null, query: string, variables: Record<string, unknown> = {}, path = "/graphql") {
  const response = await platform.fetch(
    new Request(`http://axlab${path}`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        ...(handle !== null && { "x-api-key": platform.seeded.keys[handle] ?? handle }),
      },
      body: JSON.stringify({ query, variables }),
    }),
  );
  return { status: response.status, body: await response.json(), requestId: response.headers.get("x-request-id") };
}

const SPACES = `query ($endCursor: String) { viewer { user { name userType } apiKey { keyType status redactedKey } spaces(first: 1, after: $endCursor) {
  totalCount pageInfo { hasNextPage endCursor } edges { cursor node { id name private } } } } }`;

describe("GraphQL", () => {
  it("pages through the spaces that the key may see", async () => {
    const first = await ask("admin", SPACES, { endCursor: null, undeclared: 1 });
    expect(first.body.data.viewer.spaces).toMatchObject({
      totalCount: 2,
      edges: [{ node: { name: "Playground" } }],
      pageInfo: { hasNextPage: true },
    });
    const second = await ask("admin", SPACES, { endCursor: first.body.data.viewer.spaces.pageInfo.endCursor });
    expect(second.body.data.viewer.spaces).toMatchObject({
      edges: [{ node: { name: "Vault", private: true } }],
      pageInfo: { hasNextPage: false },
    });
    expect((await ask("service", SPACES, {}, "//graphql")).body.data.viewer).toMatchObject({
      user: { userType: "bot" },
      apiKey: { keyType: "service", status: "active" },
      spaces: { totalCount: 1 },
    });
  });

  it("tells what the key acts with", async () => {
    const { account, organization, space } = platform.seeded;
    const { body } = await ask("service", "{ viewer { roles { level resourceId role } } }");
    expect(body.data.viewer.roles).toEqual([
      { level: "account", resourceId: account.id, role: "MEMBER" },
      { level: "organization", resourceId: organization?.id, role: "READ_ONLY" },
      { level: "space", resourceId: space?.id, role: "MEMBER" },
    ]);
  });

  it("answers a hidden node and an absent one alike, with null", async () => {
    const vault = (
      await ask(
        "admin",
        `{ account { organizations { edges { node { spaces(search: "vault") { edges { node { id } } } } } } } }`,
      )
    ).body;
    const id = vault.data.account.organizations.edges[0].node.spaces.edges[0].node.id;
    const NODE = `query ($id: ID!) { node(id: $id) { ... on Space { name } } }`;
    expect((await ask("admin", NODE, { id })).body).toEqual({ data: { node: { name: "Vault" } } });
    expect((await ask("member", NODE, { id })).body).toEqual({ data: { node: null } });
    expect((await ask("member", NODE, { id: btoa("Space:99:abcd") })).body).toEqual({ data: { node: null } });
  });

  it("refuses a request without a usable key with 401 and a code", async () => {
    const { status, body, requestId } = await ask(null, SPACES);
    expect(status).toBe(401);
    expect(body.errors[0].extensions).toEqual({ code: "UNAUTHENTICATED", requestId });
    expect((await ask("ak-nonsense", SPACES)).status).toBe(401);
  });

  it("explains what is wrong with a request without showing its insides", async () => {
    expect((await ask("admin", "{ nonsense }")).body.errors[0].message).toContain('Cannot query field "nonsense"');
    expect((await ask("admin", "{ viewer { spaces(first: 0) { totalCount } } }")).body.errors[0]).toMatchObject({
      message: expect.stringContaining("first: 0"),
      extensions: { code: "BAD_USER_INPUT" },
    });
  });
});
