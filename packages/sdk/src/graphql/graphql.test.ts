import { buildSchema, introspectionFromSchema, parse, printSchema } from "graphql";
import { afterEach, describe, expect, expectTypeOf, test } from "vitest";

import {
  ArizeError,
  AuthenticationError,
  GraphQLRequestError,
  GraphQLSchemaError,
  UnexpectedResponseError,
} from "../errors/index.js";
import { TEST_KEY, testContext } from "../testing/context.js";
import { startServer, type Answer, type Seen, type TestServer } from "../testing/server.js";
import { createGraphQL, type Connection, type TypedDocument } from "./index.js";

let server: TestServer;
afterEach(() => server.close());
async function graphql(answer: Answer | ((variables: Record<string, unknown>) => Answer)) {
  server = await startServer(({ body }) =>
    typeof answer === "function"
      ? answer((JSON.parse(body) as { variables: Record<string, unknown> }).variables)
      : answer,
  );
  return createGraphQL(testContext(server.url));
}
const body = (seen: Seen | undefined): unknown => JSON.parse(seen?.body ?? "null");

describe("a document", () => {
  test("is posted with the key in x-api-key only, and answers its data", async () => {
    const run = await graphql({ body: { data: { account: { id: "a" } } } });
    expect(await run("query Q($a: Int) { account { id } }", { a: 1 })).toEqual({ account: { id: "a" } });
    expect(server.seen[0]).toMatchObject({ method: "POST", url: "/graphql" });
    expect(server.seen[0]?.headers).toMatchObject({ "x-api-key": TEST_KEY, "sdk-language": "typescript" });
    expect(server.seen[0]?.headers["authorization"]).toBeUndefined();
    expect(body(server.seen[0])).toEqual({ query: "query Q($a: Int) { account { id } }", variables: { a: 1 } });
  });

  test("may be parsed and typed, or the string object of a generator", async () => {
    const run = await graphql({ body: { data: { account: { id: "a" } } } });
    const typed: TypedDocument<{ account: { id: string } }, { a: number }> = parse(
      "query Q($a: Int) { account { id } }",
    );
    const data = await run(typed, { a: 1 });
    expectTypeOf(data).toEqualTypeOf<{ account: { id: string } }>();
    class GeneratedString extends String {}
    await run(new GeneratedString("{ account { id } }"));
    expect(body(server.seen[0])).toMatchObject({
      query: expect.stringMatching(/^query Q\(\$a: Int\) \{\n {2}account/),
    });
    expect(body(server.seen[1])).toEqual({ query: "{ account { id } }", variables: {} });
  });

  test("that only reads is repeated after a 502, a mutation is not", async () => {
    const run = await graphql({ status: 502, body: "" });
    await run("{ account { id } }").catch(() => undefined);
    expect(server.seen).toHaveLength(4);
    await run("mutation M { x }").catch(() => undefined);
    expect(server.seen).toHaveLength(5);
  });
});

describe("a full bucket, which AX answers with 200,", () => {
  const full = { data: null, errors: [{ message: "slow down", extensions: { code: "TOO_MANY_REQUESTS" } }] };

  test("is waited out by a document that only reads", async () => {
    let calls = 0;
    const run = await graphql(() => ({ body: (calls += 1) < 3 ? full : { data: { a: 1 } } }));
    expect(await run("{ a }")).toEqual({ a: 1 });
    expect(calls).toBe(3);
  });

  test("is reported after the retries, and at once for a mutation", async () => {
    const run = await graphql({ body: full });
    await expect(run("{ a }")).rejects.toMatchObject({ codes: ["TOO_MANY_REQUESTS"] });
    expect(server.seen).toHaveLength(4);
    await expect(run("mutation M { a }")).rejects.toBeInstanceOf(GraphQLRequestError);
    expect(server.seen).toHaveLength(5);
  });

  test("is not what partial data means", async () => {
    const run = await graphql({ body: { ...full, data: { a: 1, b: null } } });
    await expect(run("{ a b }")).rejects.toBeInstanceOf(GraphQLRequestError);
    expect(server.seen).toHaveLength(1);
  });
});

describe("the schema", () => {
  test("is what the server shows by introspection", async () => {
    const { schema } = await graphql({
      body: { data: introspectionFromSchema(buildSchema("type Query { answer: Int! }")) },
    });
    expect(printSchema(await schema())).toBe("type Query {\n  answer: Int!\n}");
    expect(body(server.seen[0])).toMatchObject({ query: expect.stringContaining("__schema") });
  });

  test.each([
    [{ errors: [{ message: "introspection is off" }] }, /introspection is off.*@axlab\/sdk\/schema\.graphql/],
    [{ data: { __schema: null } }, /no introspection result/],
  ])("that is not shown is an error that says where to find another: %j", async (answer, message) => {
    const { schema } = await graphql({ body: answer });
    const error = await schema().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(GraphQLSchemaError);
    expect(error).toMatchObject({ message: expect.stringMatching(message) });
  });
});

describe("errors", () => {
  const partial = {
    headers: { "x-request-id": "r-1" },
    body: {
      data: { a: 1, b: null },
      errors: [{ message: "no", path: ["b", 0], extensions: { code: "FORBIDDEN" } }, { message: "also no" }],
    },
  };

  test("come with the data that did succeed, codes, and the request id", async () => {
    const error = await (await graphql(partial))("{ a b }").catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(GraphQLRequestError);
    expect(error).toMatchObject({
      data: { a: 1, b: null },
      codes: ["FORBIDDEN"],
      requestId: "r-1",
      message: "no [b.0 FORBIDDEN]; also no (request r-1)",
    });
  });

  test("are handed over beside the data by execute", async () => {
    const result = await (await graphql(partial)).execute("{ a b }");
    expect(result.data).toEqual({ a: 1, b: null });
    expect(result.errors).toHaveLength(2);
  });

  test("by HTTP status are API errors with the first message", async () => {
    const run = await graphql({ status: 401, body: { errors: [{ message: "who are you?" }] } });
    await expect(run("{ a }")).rejects.toThrow(AuthenticationError);
    await expect(run("{ a }")).rejects.toThrow(/^who are you\? \(401, POST \/graphql/);
  });

  test.each(["<html>sign in</html>", "{}", "[]", '{"errors":[]}'])(
    "a 200 with %j is not taken for an answer",
    async (text) => {
      await expect((await graphql({ body: text }))("{ a }")).rejects.toBeInstanceOf(UnexpectedResponseError);
    },
  );
});

describe("a connection", () => {
  interface Data {
    readonly account: { readonly spaces: Connection<{ id: number }> } | null;
  }
  const spaces = (nodes: number[], hasNextPage: boolean, endCursor: string | null): Answer => ({
    body: {
      data: {
        account: { spaces: { edges: nodes.map((id) => ({ node: { id } })), pageInfo: { hasNextPage, endCursor } } },
      },
    },
  });
  const at = ({ account }: Data) => account?.spaces;
  const SPACES = "query S($endCursor: String) { … }";

  test("is followed to its end, with a null cursor for the first page", async () => {
    const { connection } = await graphql(({ endCursor }) =>
      endCursor === "c1" ? spaces([3], false, "c2") : spaces([1, 2], true, "c1"),
    );
    const nodes = await connection<Data, { id: number }>(SPACES, { first: 2 }, { at }).toArray();
    expect(nodes).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }]);
    expect(server.seen.map((seen) => body(seen))).toMatchObject([
      { variables: { first: 2, endCursor: null } },
      { variables: { first: 2, endCursor: "c1" } },
    ]);
  });

  test.each([null, "same"])("that never moves on ends with an error instead of a loop (%j)", async (endCursor) => {
    const { connection } = await graphql(spaces([1], true, endCursor));
    await expect(connection<Data, { id: number }>(SPACES, {}, { at }).toArray()).rejects.toThrow(/no new cursor/);
  });

  test("whose owner is null is an error, not an empty list", async () => {
    const { connection } = await graphql({ body: { data: { account: null } } });
    await expect(connection<Data, { id: number }>(SPACES, {}, { at }).toArray()).rejects.toThrow(ArizeError);
  });
});
