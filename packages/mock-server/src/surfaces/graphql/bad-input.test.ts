import { mintKey } from "@axlab/auth";
import { describe, expect, it } from "vitest";
import { askGraphQL } from "../../testing/graphql.js";
import { suite } from "../../testing/suite.js";

const at = suite({
  limits: { graphql: { depth: 10, cost: 2_000, aliases: 20, tokens: 500, batch: 3, bodyBytes: 20_000 } },
});
const closed = suite({ limits: { graphql: { introspection: false } } });
const ask = (query: string, variables?: Record<string, unknown>) =>
  askGraphQL(at.platform, at.world.keys.admin, query, variables);

async function send(init: RequestInit, search = ""): Promise<Response> {
  return at.platform.fetch(
    new Request(`http://axlab/graphql${search}`, {
      ...init,
      headers: { "x-api-key": at.world.keys.admin, ...Object(init.headers) },
    }),
  );
}
const json = { "content-type": "application/json" };

describe("a document that cannot be answered", () => {
  it.each([
    ["a syntax error", "{ viewer { ", {}, "GRAPHQL_PARSE_FAILED"],
    ["an empty document", "", {}, "GRAPHQL_PARSE_FAILED"],
    ["an unknown field", "{ nonsense }", {}, "GRAPHQL_VALIDATION_FAILED"],
    ["an unknown argument", "{ viewer { spaces(size: 1) { totalCount } } }", {}, "GRAPHQL_VALIDATION_FAILED"],
    ["a missing selection", "{ viewer }", {}, "GRAPHQL_VALIDATION_FAILED"],
    ["a wrong enum value", "{ account { users(userType: robot) { totalCount } } }", {}, "GRAPHQL_VALIDATION_FAILED"],
    [
      "a wrong variable",
      "query ($n: Int) { viewer { spaces(first: $n) { totalCount } } }",
      { n: "1" },
      "BAD_USER_INPUT",
    ],
    ["a missing variable", "query ($id: ID!) { node(id: $id) { id } }", {}, "BAD_USER_INPUT"],
    ["a null for a value", "query ($id: ID!) { node(id: $id) { id } }", { id: null }, "BAD_USER_INPUT"],
    ["a page of nothing", "{ viewer { spaces(first: 0) { totalCount } } }", {}, "BAD_USER_INPUT"],
    ["a negative page", "{ viewer { spaces(last: -1) { totalCount } } }", {}, "BAD_USER_INPUT"],
    ["a page too large", "{ viewer { spaces(first: 501) { totalCount } } }", {}, "BAD_USER_INPUT"],
    ["both directions", "{ viewer { spaces(first: 1, last: 1) { totalCount } } }", {}, "BAD_USER_INPUT"],
    ["a foreign cursor", '{ viewer { spaces(after: "!") { totalCount } } }', {}, "BAD_USER_INPUT"],
    ["fragments in a circle", "{ ...a } fragment a on Query { ...a }", {}, "GRAPHQL_VALIDATION_FAILED"],
  ] as const)("%s", async (_, query, variables, code) => {
    const { verdict, errors, requestId, status } = await ask(query, variables);
    expect([verdict, status < 500]).toEqual([code, true]);
    expect(errors[0]?.extensions.requestId).toBe(requestId);
    expect(errors[0]?.message).toMatch(/\S/);
    expect(JSON.stringify(errors)).not.toMatch(/node_modules|at \w+ \(/);
  });

  it("says what a bad instant would have to be", async () => {
    const { verdict, errors } = await ask(
      `mutation { createUserApiKey(input: { name: "k", expiresAt: "soon" }) { apiKey } }`,
    );
    expect([verdict, errors[0]?.message]).toEqual(["BAD_USER_INPUT", expect.stringContaining("RFC 3339")]);
  });

  it("a wrong id is an absent one, and one of another kind is told apart", async () => {
    expect((await ask(`{ node(id: "nonsense") { id } }`)).data).toEqual({ node: null });
    const deleted = (id: string) =>
      ask(`mutation ($id: ID!) { deleteSpace(input: { spaceId: $id }) { success } }`, { id });
    expect((await deleted("nonsense")).verdict).toBe("NOT_FOUND");
    expect((await deleted(at.world.organizations.acme)).verdict).toBe("BAD_USER_INPUT");
  });
});

describe("a document that asks too much", () => {
  it.each([
    [
      "QUERY_TOO_DEEP",
      `{ viewer { account { organizations { edges { node { spaces { edges { node { accountOrganization { spaces { totalCount } } } } } } } } } } }`,
    ],
    ["QUERY_TOO_EXPENSIVE", `{ viewer { spaces(first: 500) { edges { node { id name createdAt } } } } }`],
    [
      "TOO_MANY_ALIASES",
      `{ ${Array.from({ length: 21 }, (_, index) => `a${index}: viewer { user { id } }`).join(" ")} }`,
    ],
    ["GRAPHQL_PARSE_FAILED", `{ ${"viewer { user { id } } ".repeat(200)} }`],
  ])("%s", async (code, query) => {
    expect((await ask(query)).verdict).toBe(code);
  });

  it("is measured through fragments, which may double at every step", async () => {
    const doubling = Array.from(
      { length: 18 },
      (_, n) =>
        `fragment f${n} on Query { a${n}: viewer { user { id } } ...f${n + 1} b${n}: viewer { user { id } } ...f${n + 1} }`,
    );
    const query = `{ ...f0 } ${doubling.join(" ")} fragment f18 on Query { viewer { user { id } } }`;
    expect((await ask(query.slice(0, 19_000))).verdict).toMatch(/TOO_MANY_ALIASES|GRAPHQL_PARSE_FAILED/);
  });

  it("a body that is too large is 413, whatever its length says", async () => {
    const response = await send({ method: "POST", headers: json, body: JSON.stringify({ query: " ".repeat(30_000) }) });
    expect(response.status).toBe(413);
    expect((await response.json()).errors[0].extensions.code).toBe("PAYLOAD_TOO_LARGE");
  });

  it("a list of operations has a length", async () => {
    const one = { query: "{ viewer { user { name } } }" };
    const batch = async (length: number) =>
      send({ method: "POST", headers: json, body: JSON.stringify(Array.from({ length }, () => one)) });
    expect(await (await batch(2)).json()).toHaveLength(2);
    expect((await batch(4)).status).toBe(413);
  });

  it("what an operation costs is told", async () => {
    const { data } = await ask("{ rateLimit { limit cost } viewer { spaces(first: 10) { edges { node { id } } } } }");
    expect(data.rateLimit).toEqual({ limit: 2000, cost: 3 + 1 + 1 + 10 * 3 });
  });
});

describe("a request that is not one", () => {
  it("a mutation by GET is 405 and changes nothing", async () => {
    const query = `mutation { createOrganization(input: { name: "by get" }) { organization { id } } }`;
    const response = await send({ method: "GET" }, `?query=${encodeURIComponent(query)}`);
    expect(response.status).toBe(405);
    expect(
      (await ask(`{ account { organizations(search: "by get") { totalCount } } }`)).data.account.organizations,
    ).toEqual({ totalCount: 0 });
  });

  it.each([
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/graphql",
  ])("%s is 415", async (type) => {
    const response = await send({
      method: "POST",
      headers: { "content-type": type },
      body: "query=%7Bviewer%7Buser%7Bid%7D%7D%7D",
    });
    expect(response.status).toBe(415);
    expect((await response.json()).errors[0].extensions.code).toBe("UNSUPPORTED_MEDIA_TYPE");
  });

  it.each(["{", "null", "7", '"text"', "{}", '{"query":7}', '{"query":"{ viewer { user { id } } }","variables":7}'])(
    "the body %s is refused as a bad request",
    async (body) => {
      const response = await send({ method: "POST", headers: json, body });
      expect(response.status).toBe(400);
      expect((await response.json()).errors[0].extensions.code).toBe("BAD_REQUEST");
    },
  );

  it("other methods are 405", async () => {
    for (const method of ["PUT", "DELETE", "PATCH"]) expect((await send({ method, headers: json })).status).toBe(405);
  });
});

describe("who asks", () => {
  it("an expired key is 401, as a made-up one and none are", async () => {
    const made = await ask(
      `mutation { createUserApiKey(input: { name: "brief", expiresAt: "${new Date(at.platform.clock.now() + 60_000).toISOString()}" }) { apiKey keyInfo { status } } }`,
    );
    const { apiKey } = made.data.createUserApiKey;
    const whoAmI = (key: string | undefined) => askGraphQL(at.platform, key, "{ viewer { user { name } } }");
    expect((await whoAmI(apiKey)).data.viewer.user.name).toBe("The admin");
    at.platform.clock.advance("2m");
    for (const key of [apiKey, mintKey(), undefined]) {
      const { status, verdict } = await whoAmI(key);
      expect([status, verdict]).toEqual([401, "UNAUTHENTICATED"]);
    }
  });

  it("the schema is closed when configured, and everything else answers", async () => {
    const closedAsk = (query: string) => askGraphQL(closed.platform, closed.world.keys.admin, query);
    expect((await closedAsk("{ __schema { types { name } } }")).verdict).toBe("GRAPHQL_VALIDATION_FAILED");
    expect((await closedAsk("{ viewer { __typename user { name } } }")).verdict).toBe("ok");
  });
});
