import { inspect } from "node:util";

import { deterministicKey } from "@axlab/auth";
import { afterEach, describe, expect, test } from "vitest";

import { ConflictError, NotFoundError, UnexpectedResponseError, ValidationError } from "../errors/index.js";
import {
  apiKey,
  idOf,
  onePerPage,
  organization,
  page,
  space,
  startApi,
  TIME,
  user,
  type Routes,
} from "../testing/api.js";
import { testContext } from "../testing/context.js";
import type { TestServer } from "../testing/server.js";
import { ApiKeys } from "./api-keys.js";
import { AuditLogs } from "./audit-logs.js";
import { Organizations } from "./organizations.js";
import { Projects } from "./projects.js";
import { ResourceRestrictions } from "./resource-restrictions.js";
import { RoleBindings } from "./role-bindings.js";
import { Roles } from "./roles.js";
import { Spaces } from "./spaces.js";
import { Users } from "./users.js";

let server: TestServer;
afterEach(() => server.close());

async function context(routes: Routes, spaceId?: string) {
  server = await startApi(routes);
  return testContext(server.url, { spaceId });
}
const sent = () => server.seen.map(({ method, url, body }) => `${method} ${decodeURIComponent(url)} ${body}`.trim());
const SECRET = deterministicKey("resources test");
const orgs = page("organizations", [organization(1, "Acme")]);
const spaces = page("spaces", [space(1, "prod")]);

describe("api keys", () => {
  test("a new secret is shown by reveal() and by nothing else", async () => {
    const keys = new ApiKeys(await context({ "POST /v2/api-keys": { status: 201, body: apiKey(1, { key: SECRET }) } }));
    const created = await keys.create({ name: "ci", expires_at: new Date(TIME) });
    expect(created.key.reveal()).toBe(SECRET);
    const prints = [
      JSON.stringify(created),
      inspect(created, { depth: 9, showHidden: true }),
      created.key.toString(),
      `x${String(created.key)}`,
    ];
    for (const print of prints) expect(print).not.toContain(SECRET);
    expect(JSON.parse(JSON.stringify(created))).toMatchObject({ key: `${SECRET.slice(0, 6)}...${SECRET.slice(-3)}` });
    expect(sent()).toEqual([`POST /v2/api-keys {"name":"ci","expires_at":"${TIME}","key_type":"USER"}`]);
  });

  test("a service key takes names and role names, and sends ids and assignments", async () => {
    const bot_user = {
      id: idOf("User", 5), name: "bot", account_role: { type: "PREDEFINED", name: "MEMBER" },
      organizations: [{ org_id: idOf("Organization"), role: { type: "PREDEFINED", name: "READ_ONLY" }, spaces: [{ space_id: idOf("Space"), role: { type: "PREDEFINED", name: "ADMIN" } }] }],
    }; // prettier-ignore
    const keys = new ApiKeys(
      await context({
        "GET /v2/organizations": orgs,
        "GET /v2/spaces": spaces,
        "POST /v2/api-keys": { status: 201, body: apiKey(2, { key_type: "SERVICE", key: SECRET, bot_user }) },
      }),
    );
    const created = await keys.createService({
      name: "svc",
      organizations: [{ organization: "Acme", spaces: [{ space: "prod", role: "ADMIN" }] }],
    });
    expect(created.bot_user.id).toBe(idOf("User", 5));
    expect(created.key.reveal()).toBe(SECRET);
    expect(JSON.parse(server.seen.at(-1)?.body ?? "")).toEqual({
      name: "svc",
      key_type: "SERVICE",
      organizations: [
        {
          org_id: idOf("Organization"),
          spaces: [{ space_id: idOf("Space"), role: { type: "PREDEFINED", name: "ADMIN" } }],
        },
      ],
    });
  });

  test("refresh and revoke; a list filtered by space name", async () => {
    const keys = new ApiKeys(
      await context({
        [`POST /v2/api-keys/${idOf("ApiKey")}/refresh`]: { body: apiKey(1, { key: SECRET }) },
        [`PUT /v2/api-keys/${idOf("ApiKey")}/revoke`]: { status: 204 },
        "GET /v2/spaces": spaces,
        "GET /v2/api-keys": onePerPage("api_keys", [apiKey(1), apiKey(2)]),
      }),
    );
    const refreshed = await keys.refresh(idOf("ApiKey"), { grace_period_seconds: 60 });
    expect(refreshed.key.reveal()).toBe(SECRET);
    expect(await keys.revoke(idOf("ApiKey"))).toBeUndefined();
    expect((await keys.list({ space: "prod", status: "REVOKED" }).toArray()).map(({ id }) => id)).toEqual([
      idOf("ApiKey", 1),
      idOf("ApiKey", 2),
    ]);
    expect(sent()).toEqual([
      `POST /v2/api-keys/${idOf("ApiKey")}/refresh {"grace_period_seconds":60}`,
      `PUT /v2/api-keys/${idOf("ApiKey")}/revoke`,
      "GET /v2/spaces?name=prod&limit=100",
      `GET /v2/api-keys?space_id=${idOf("Space")}&status=REVOKED`,
      `GET /v2/api-keys?space_id=${idOf("Space")}&status=REVOKED&cursor=1`,
    ]);
  });

  test("an input against the API document is refused before any request, with every fault", async () => {
    const keys = new ApiKeys(await context({}));
    const bad = keys.createService({ name: " ", organizations: [{ organization: idOf("Organization"), spaces: [] }] });
    await expect(bad).rejects.toThrow(ValidationError);
    await expect(bad).rejects.toMatchObject({ issues: [{ path: "name" }, { path: "organizations[0].spaces" }] });
    expect(server.seen).toHaveLength(0);
  });
});

describe("spaces, organizations, users", () => {
  test("a space is created in an organization given by name, changed, and deleted by name", async () => {
    const spacesOf = new Spaces(
      await context({
        "GET /v2/organizations": orgs,
        "GET /v2/spaces": spaces,
        "POST /v2/spaces": { status: 201, body: space(3, "new") },
        [`PATCH /v2/spaces/${idOf("Space")}`]: { body: space(1, "renamed") },
        [`DELETE /v2/spaces/${idOf("Space")}`]: { status: 204 },
      }),
    );
    expect(await spacesOf.create({ name: "new", organization: "Acme", is_private: true })).toEqual(space(3, "new"));
    expect(server.seen.at(-1)?.body).toBe(
      `{"name":"new","is_private":true,"organization_id":"${idOf("Organization")}"}`,
    );
    expect((await spacesOf.update("prod", { description: null })).name).toBe("renamed");
    expect(server.seen.at(-1)?.body).toBe('{"description":null}');
    await spacesOf.delete("prod");
    expect(server.seen.at(-1)?.method).toBe("DELETE");
  });

  test("members are added by e-mail address and role name, and removed", async () => {
    const membership = {
      id: idOf("SpaceMember"),
      user_id: idOf("User"),
      space_id: idOf("Space"),
      role: { type: "PREDEFINED", name: "READ_ONLY" },
    };
    const orgMembership = {
      id: idOf("AccountOrganizationMember"),
      user_id: idOf("User"),
      organization_id: idOf("Organization"),
      role: { type: "PREDEFINED", name: "ADMIN" },
    };
    const role = {
      id: idOf("Role", 4),
      name: "Curator",
      permissions: ["DATASET_READ"],
      is_predefined: false,
      created_at: TIME,
      updated_at: TIME,
    };
    const ground = await context({
      "GET /v2/users": page("users", [user(1, "ann@x.com")]),
      "GET /v2/roles": page("roles", [role]),
      [`POST /v2/spaces/${idOf("Space")}/users`]: { body: membership },
      [`DELETE /v2/spaces/${idOf("Space")}/users/${idOf("User")}`]: { status: 204 },
      [`POST /v2/organizations/${idOf("Organization")}/users`]: { body: orgMembership },
      [`DELETE /v2/organizations/${idOf("Organization")}/users/${idOf("User")}`]: { status: 204 },
    });
    expect(await new Spaces(ground).addUser(idOf("Space"), { user: "ann@x.com", role: { custom: "Curator" } })).toEqual(
      membership,
    );
    expect(JSON.parse(server.seen.at(-1)?.body ?? "")).toEqual({
      user_id: idOf("User"),
      role: { type: "CUSTOM", id: idOf("Role", 4) },
    });
    await new Spaces(ground).removeUser(idOf("Space"), "ann@x.com");
    await new Organizations(ground).addUser(idOf("Organization"), { user: idOf("User"), role: "ADMIN" });
    expect(JSON.parse(server.seen.at(-1)?.body ?? "")).toEqual({
      user_id: idOf("User"),
      role: { type: "PREDEFINED", name: "ADMIN" },
    });
    await new Organizations(ground).removeUser(idOf("Organization"), idOf("User"));
    expect(server.seen.at(-1)?.method).toBe("DELETE");
  });

  test("a temporary password is a secret; an existing invitation has none", async () => {
    let status = 201;
    const users = new Users(
      await context({
        "POST /v2/users": () =>
          status === 201
            ? {
                status,
                body: {
                  ...user(1, "a@x.com"),
                  invite_mode: "TEMPORARY_PASSWORD",
                  temporary_password: "correct horse battery staple",
                },
              }
            : { status, body: user(1, "a@x.com") },
      }),
    );
    const input = { name: "A", email: "a@x.com", role: "MEMBER", invite_mode: "TEMPORARY_PASSWORD" } as const;
    const created = await users.create(input);
    expect(created.temporary_password?.reveal()).toBe("correct horse battery staple");
    expect(inspect(created) + JSON.stringify(created)).not.toMatch(/corr|ple/);
    status = 200;
    expect(await users.create(input)).not.toHaveProperty("temporary_password");
  });

  test("users are listed by repeated status", async () => {
    const users = new Users(await context({ "GET /v2/users": page("users", []) }));
    await users.list({ status: ["ACTIVE", "INVITED"], limit: 5 });
    expect(server.seen[0]?.url).toBe("/v2/users?status=ACTIVE&status=INVITED&limit=5");
  });
});

describe("roles, bindings, restrictions, audit, projects", () => {
  const binding = (number: number) => ({
    id: idOf("RoleBinding", number), role_id: idOf("Role"), user_id: idOf("User"), resource_type: "PROJECT", resource_id: idOf("Model"), created_at: TIME, updated_at: TIME,
  }); // prettier-ignore
  const project = { id: idOf("Model"), name: "bot", space_id: idOf("Space"), created_at: TIME };

  test("a binding on a project given by name in the client's space", async () => {
    const bindings = new RoleBindings(
      await context(
        {
          "GET /v2/projects": page("projects", [project]),
          "POST /v2/role-bindings": { status: 201, body: binding(1) },
        },
        idOf("Space"),
      ),
    );
    expect((await bindings.create({ role: idOf("Role"), user: idOf("User"), project: "bot" })).id).toBe(
      idOf("RoleBinding"),
    );
    expect(JSON.parse(server.seen.at(-1)?.body ?? "")).toEqual({
      role_id: idOf("Role"), user_id: idOf("User"), resource_type: "PROJECT", resource_id: idOf("Model"),
    }); // prettier-ignore
  });

  test("restrictions page past empty pages", async () => {
    const restriction = { resource_type: "PROJECT", resource_id: idOf("Model"), created_at: TIME };
    let calls = 0;
    const restrictions = new ResourceRestrictions(
      await context({
        "GET /v2/resource-restrictions": () => {
          calls += 1;
          const more = calls < 3;
          return {
            body: {
              resource_restrictions: more ? [] : [restriction],
              pagination: { has_more: more, ...(more ? { next_cursor: `c${calls}` } : {}) },
            },
          };
        },
      }),
    );
    expect(await restrictions.list().toArray()).toEqual([restriction]);
  });

  test("roles, audit logs and projects carry their filters", async () => {
    const ground = await context({
      "GET /v2/roles": page("roles", []),
      "GET /v2/audit-logs": page("logs", []),
      "GET /v2/projects": page("projects", [project]),
      [`PATCH /v2/projects/${idOf("Model")}`]: { body: { ...project, name: "new" } },
    });
    await new Roles(ground).list({ is_predefined: true });
    await new AuditLogs(ground).list({ start_time: new Date(TIME), user: idOf("User"), operation_type: "MUTATION" });
    expect(await new Projects(ground).list({ name: "b" }).toArray()).toEqual([project]);
    expect((await new Projects(ground).rename("bot", "new", { space: idOf("Space") })).name).toBe("new");
    expect(sent().slice(0, 3)).toEqual([
      "GET /v2/roles?is_predefined=true",
      `GET /v2/audit-logs?start_time=${TIME}&user_id=${idOf("User")}&operation_type=MUTATION`,
      "GET /v2/projects?name=b",
    ]);
  });
});

describe("answers", () => {
  test("keep members that the API document does not know, and take null for absent", async () => {
    const answer = { ...apiKey(1), description: null, colour: "blue" };
    const keys = new ApiKeys(await context({ "GET /v2/api-keys": page("api_keys", [answer]) }));
    const [key] = await keys.list().toArray();
    expect(key).toMatchObject({ colour: "blue" });
    expect(key?.description).toBeUndefined();
  });

  test.each([
    ["a page without its list", { pagination: { has_more: false } }],
    ["an id that is a number", { api_keys: [apiKey(1, { id: 5 })], pagination: { has_more: false } }],
    ["a text", "OK"],
    ["nothing", ""],
  ])("that are %s are named as such, with the request id", async (_, body) => {
    const keys = new ApiKeys(await context({ "GET /v2/api-keys": { headers: { "x-request-id": "r-9" }, body } }));
    const error = await keys.list().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UnexpectedResponseError);
    expect(error).toMatchObject({ status: 200, requestId: "r-9" });
  });

  test("refusals keep the caller's stack through a list and a name look-up", async () => {
    const ground = await context({
      "POST /v2/roles": { status: 409, body: { title: "Resource conflict", status: 409 } },
    });
    async function theCallersFunction() {
      await new Projects(ground).list({ space: idOf("Space") });
    }
    const error = await theCallersFunction().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(NotFoundError);
    expect(error instanceof Error ? error.stack : "").toContain("theCallersFunction");
    await expect(new Roles(ground).create({ name: "r", permissions: ["DATASET_READ"] })).rejects.toBeInstanceOf(
      ConflictError,
    );
  });
});
