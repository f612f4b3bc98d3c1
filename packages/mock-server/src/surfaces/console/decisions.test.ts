import { KeyDecision, type AskDecisionRequest } from "@axlab/wire/console";
import { ApiKeyPage, CreatedApiKey } from "@axlab/wire/rest";
import { describe, expect, it } from "vitest";
import { predefined, suite } from "../../testing/suite.js";
import type { Person } from "../../testing/world.js";

const at = suite();

type Question = Omit<AskDecisionRequest, "permission"> & { permission?: AskDecisionRequest["permission"] };
const asked = (who: Person | "pipeline", question: Question) =>
  at.world.as(who).post("/console/decisions", { permission: "DATASET_CREATE", ...question });
const ask = async (who: Person | "pipeline", question: Question): Promise<KeyDecision> =>
  (await asked(who, question)).read(KeyDecision);
const keyOf = async (who: Person): Promise<string> =>
  (await at.world.as(who).get("/v2/api-keys?key_type=USER")).read(ApiKeyPage).api_keys[0]?.id ?? "";

describe("a decision asked for", () => {
  it("names the role that allows it", async () => {
    expect(await ask("member", { resource_id: at.world.spaces.main })).toMatchObject({
      key: null,
      acts_as: { name: "The member" },
      resource: { type: "space", id: at.world.spaces.main },
      status: 200,
      via: { from: "space", role: "MEMBER" },
      missing: null,
      explanation: "Allowed: the space role MEMBER holds DATASET_CREATE.",
    });
    expect(await ask("admin", { resource_id: at.world.accountId, permission: "USER_UPDATE" })).toMatchObject({
      status: 200,
      via: { from: "account", role: "ADMIN" },
    });
  });

  it("names the permission that is missing, and who would have it", async () => {
    expect(await ask("reader", { resource_id: at.world.spaces.main })).toMatchObject({
      status: 403,
      via: null,
      missing: "DATASET_CREATE",
      explanation: expect.stringContaining("Space Member holds it"),
    });
  });

  it("tells a hidden resource, an absent one, and a text that is no id alike", async () => {
    const hidden = await ask("member", { resource_id: at.world.spaces.vault });
    expect(hidden).toMatchObject({ status: 404, resource: null });
    expect(await ask("member", { resource_id: btoa("Space:999999:abcd") })).toEqual(hidden);
    expect(await ask("member", { resource_id: "nonsense" })).toEqual(hidden);
  });

  it("is what a request with the key is answered", async () => {
    for (const who of ["member", "reader", "annotator", "outsider"] as const) {
      for (const space of ["main", "vault"] as const) {
        const { status } = await ask("admin", { key: at.world.keys[who], resource_id: at.world.spaces[space] });
        const body = { name: `${who} ${space}`, space_id: at.world.spaces[space], examples: [{ a: 1 }] };
        const answered = await at.world.as(who).post("/v2/datasets", body);
        expect([who, space, status]).toEqual([who, space, answered.status === 201 ? 200 : answered.status]);
      }
    }
  });
});

describe("a key", () => {
  it("may be asked about by who made it and by account admins, and by nobody else", async () => {
    const key_id = await keyOf("member");
    const question = { key_id, resource_id: at.world.spaces.main };
    expect(await ask("member", question)).toMatchObject({ status: 200, key: { id: key_id, key_type: "USER" } });
    expect(await ask("admin", question)).toMatchObject({ status: 200, acts_as: { name: "The member" } });
    for (const who of ["spaceAdmin", "reader"] as const) expect((await asked(who, question)).status).toBe(404);
  });

  it("that is not accepted says why: revoked, expired, unknown, mistyped", async () => {
    const made = (
      await at.world.as("member").post("/v2/api-keys", {
        key_type: "USER",
        name: "short",
        expires_at: new Date(at.platform.clock.now() + 60_000).toISOString(),
      })
    ).read(CreatedApiKey);
    const question = { key: made.key, resource_id: at.world.spaces.main };
    expect(await ask("admin", question)).toMatchObject({ status: 200, key: { id: made.id } });
    at.platform.clock.advance("2m");
    expect(await ask("admin", question)).toMatchObject({
      status: 401,
      explanation: expect.stringContaining("expired"),
    });
    await at.world.as("member").put(`/v2/api-keys/${made.id}/revoke`);
    expect(await ask("admin", question)).toMatchObject({
      status: 401,
      explanation: expect.stringContaining("revoked"),
    });
    const mistyped = await ask("admin", { ...question, key: `${made.key.slice(0, -1)}#` });
    expect(mistyped).toMatchObject({ status: 401, key: null, acts_as: null });
  });

  it("of a service is judged by its own roles", async () => {
    const made = (
      await at.world.as("admin").post("/v2/api-keys", {
        key_type: "SERVICE",
        name: "narrow",
        organizations: [
          {
            org_id: at.world.organizations.acme,
            spaces: [{ space_id: at.world.spaces.main, role: predefined("READ_ONLY") }],
          },
        ],
      })
    ).read(CreatedApiKey);
    expect(await ask("admin", { key_id: made.id, resource_id: at.world.spaces.main })).toMatchObject({
      status: 403,
      key: { key_type: "SERVICE" },
    });
  });

  it("that was pasted is kept nowhere", async () => {
    const { keys, spaces } = at.world;
    await ask("admin", { key: keys.member, resource_id: spaces.main });
    const journal = JSON.stringify(at.platform.journal.entries());
    const audit = (await at.world.as("admin").get("/v2/audit-logs?limit=100")).text;
    expect(journal.includes(keys.member) || audit.includes(keys.member)).toBe(false);
    expect(audit).not.toContain("/console/decisions");
  });
});

it("asks for one key at most, and for a permission that exists", async () => {
  const resource_id = at.world.spaces.main;
  expect((await asked("admin", { key: "a", key_id: "b", resource_id })).status).toBe(400);
  const wrong = await at.world.as("admin").post("/console/decisions", { permission: "FLY", resource_id });
  expect(wrong.status).toBe(400);
});
