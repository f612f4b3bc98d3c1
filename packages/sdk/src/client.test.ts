import { readFileSync } from "node:fs";
import { inspect } from "node:util";

import { deterministicKey, redactKey } from "@axlab/auth";
import { afterEach, describe, expect, test } from "vitest";

import { apiKey, idOf, page, startApi, TIME, type Routes } from "./testing/api.js";
import type { TestServer } from "./testing/server.js";
import { ArizeClient, AuthenticationError, ConfigurationError, SDK_VERSION } from "./index.js";

const KEY = deterministicKey("client test");
let server: TestServer;
afterEach(() => server.close());
async function client(routes: Routes): Promise<ArizeClient> {
  server = await startApi(routes);
  return new ArizeClient({ apiKey: KEY, baseUrl: server.url, maxRetries: 0 });
}

describe("the client", () => {
  test("never shows its key", async () => {
    const arize = await client({});
    const prints = [
      inspect(arize, { depth: 9, showHidden: true }),
      JSON.stringify({ arize }),
      inspect(arize.datasets, { depth: 9, showHidden: true }),
      inspect(arize.rest, { depth: 9 }),
    ];
    for (const print of prints) expect(print).not.toContain(KEY);
    expect(inspect(arize)).toContain(redactKey(KEY));
  });

  test("refuses a mistyped key before any request", () => {
    expect(() => new ArizeClient({ apiKey: `${KEY.slice(0, -1)}${KEY.endsWith("0") ? "1" : "0"}` })).toThrow(
      ConfigurationError,
    );
  });

  test("makes each module once", async () => {
    const arize = await client({});
    for (const name of ["aiIntegrations", "annotationQueues", "evaluators", "integrations", "prompts", "tasks", "apiKeys", "auditLogs", "datasets", "experiments", "exports", "graphql", "logger", "organizations", "projects",
      "resourceRestrictions", "rest", "roleBindings", "roles", "spaces", "users"] as const) {
      expect(arize[name]).toBe(arize[name]);
      expect(arize[name]).toBeDefined();
    } // prettier-ignore
    await arize.close();
  });

  test("says its version as package.json does", () => {
    const manifest: unknown = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
    expect(manifest).toMatchObject({ version: SDK_VERSION });
  });
});

describe("whoami", () => {
  const viewer = {
    user: { id: idOf("User"), name: "Ann", email: "ann@x.com", accountRole: "admin", userType: "human" },
  };
  const account = { id: idOf("Account"), name: "Acme" };

  test("tells principal, type, role and expiry of the key", async () => {
    const key = {
      id: idOf("ApiKey"),
      name: "ci",
      keyType: "service",
      expiresAt: TIME,
      status: "active",
      redactedKey: redactKey(KEY),
    };
    const roles = [{ level: "space", resourceId: idOf("Space"), role: "MEMBER" }];
    const arize = await client({
      "POST /graphql": { body: { data: { viewer: { ...viewer, apiKey: key, roles }, account } } },
    });
    expect(await arize.whoami()).toEqual({
      account,
      principal: { id: idOf("User"), kind: "human", name: "Ann", email: "ann@x.com", accountRole: "admin" },
      roles,
      key: {
        id: idOf("ApiKey"),
        name: "ci",
        type: "SERVICE",
        status: "ACTIVE",
        expiresAt: TIME,
        redactedKey: redactKey(KEY),
      },
    });
    expect(server.seen).toHaveLength(1);
  });

  test("asks GET /v2/api-keys where viewer.apiKey is unknown, and claims only a key it can tell", async () => {
    const unknownField = { body: { errors: [{ message: 'Cannot query field "apiKey" on type "Viewer".' }] } };
    let listed = [apiKey(1), apiKey(2, { redacted_key: redactKey(KEY) })];
    const arize = await client({
      "POST /graphql": ({ body }) => (body.includes("apiKey") ? unknownField : { body: { data: { viewer, account } } }),
      "GET /v2/api-keys": () => page("api_keys", listed),
    });
    expect((await arize.whoami()).key).toMatchObject({
      id: idOf("ApiKey", 2),
      type: "USER",
      status: "ACTIVE",
      expiresAt: null,
    });
    expect((await arize.whoami()).roles).toBeNull();
    listed = [...listed, apiKey(3, { redacted_key: redactKey(KEY) })];
    expect((await arize.whoami()).key).toBeNull();
  });

  test("fails like any other call for a key that is not known", async () => {
    const arize = await client({
      "POST /graphql": { status: 401, body: { title: "Authentication required", status: 401 } },
    });
    await expect(arize.whoami()).rejects.toBeInstanceOf(AuthenticationError);
  });
});
