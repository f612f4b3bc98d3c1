import { serverAudits } from "graphql-http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPlatform, type Platform } from "../../index.js";
import { testDatabase } from "../../testing/database.js";

let platform: Platform;
let url: string;
beforeAll(async () => {
  platform = await createPlatform({ db: await testDatabase() });
  url = `${(await platform.listen({ port: 0 })).url}/graphql`;
});
afterAll(() => platform.close());

/** The audit knows nothing of keys, so each of its requests is given one. */
const withKey = (input: string, init: RequestInit = {}): Promise<Response> => {
  const headers = new Headers(init.headers);
  headers.set("x-api-key", platform.seeded.keys["admin"] ?? "");
  return fetch(input, { ...init, headers });
};

/** What the specification recommends and `spec/graphql.md §5` knows differently: HTTP 200 for a request that GraphQL refuses. */
const audits = serverAudits({ url: () => url, fetchFn: withKey });

describe("GraphQL over HTTP, by the audit of graphql-http", () => {
  it("has checks of every degree", () => {
    expect(audits.filter(({ name }) => name.startsWith("MUST")).length).toBeGreaterThan(10);
  });

  it.each(audits.map((audit) => [audit.name, audit] as const))("%s", async (_, audit) => {
    const result = await audit.fn();
    expect(result.status, "reason" in result ? result.reason : "").toBe("ok");
  });
});
