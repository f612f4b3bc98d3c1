import { AiIntegration, AiIntegrationPage } from "@axlab/wire/rest";
import { describe, expect, it } from "vitest";
import { suite } from "../../../testing/suite.js";
import type { Person } from "../../../testing/world.js";

const test = suite();
const SECRET = "sk-provider-secret-0123456789";

const create = (who: Person, body: object) =>
  test.world.as(who).post("/v2/ai-integrations", { name: "models", provider: "OPEN_AI", ...body });
const made = async (body: object = {}, who: Person = "admin"): Promise<AiIntegration> => {
  const reply = await create(who, body);
  expect(reply.status, reply.text).toBe(201);
  return reply.read(AiIntegration);
};
const listed = async (who: Person, query = ""): Promise<string[]> =>
  (await test.world.as(who).get(`/v2/ai-integrations${query}`))
    .read(AiIntegrationPage)
    .ai_integrations.map(({ name }) => name);
const change = (id: string, body: object, who: Person = "admin") =>
  test.world.as(who).patch(`/v2/ai-integrations/${id}`, body);

describe("an AI integration", () => {
  it("has the documented defaults, and belongs to the account", async () => {
    expect(await made()).toMatchObject({
      has_api_key: false,
      base_url: null,
      model_names: [],
      headers: null,
      enable_default_models: false,
      function_calling_enabled: true,
      auth_type: "DEFAULT",
      provider_metadata: null,
      scopings: [],
      created_by_user_id: test.world.people.admin,
    });
    expect((await create("admin", {})).status).toBe(409);
  });

  it("never gives its key back: not in an answer, an error, the audit log or the database", async () => {
    const integration = await made({ api_key: SECRET });
    const texts = [
      JSON.stringify(integration),
      (await change(integration.id, { api_key: `${SECRET}2`, surprise: SECRET })).text,
      (await change(integration.id, { api_key: `${SECRET}2`, provider_metadata: { kind: "AWS", role_arn: "r" } })).text,
      (await change(integration.id, { api_key: `${SECRET}3` })).text,
      (await create("admin", { api_key: SECRET })).text,
      (await create("reader", { api_key: SECRET })).text,
      (await test.world.as("admin").get("/v2/audit-logs")).text,
      JSON.stringify(await test.platform.domain.core.store.db.selectFrom("integrations").selectAll().execute()),
    ];
    expect(integration.has_api_key).toBe(true);
    for (const text of texts) expect(text).not.toContain(SECRET);
    expect((await change(integration.id, { api_key: null })).read(AiIntegration).has_api_key).toBe(false);
  });

  it("keeps what a change does not name; null removes, lists replace", async () => {
    const { id } = await made({ api_key: "k", base_url: "https://u", headers: { a: "1" }, model_names: ["a", "b"] });
    const renamed = (await change(id, { name: "other", model_names: ["c"] })).read(AiIntegration);
    expect(renamed).toMatchObject({
      has_api_key: true,
      base_url: "https://u",
      headers: { a: "1" },
      model_names: ["c"],
    });
    const emptied = await change(id, { base_url: null, headers: null });
    expect(emptied.read(AiIntegration)).toMatchObject({ name: "other", base_url: null, headers: null });
    expect((await change(id, {})).status).toBe(400);
    expect((await change(id, { name: null })).status).toBe(400);
  });

  it("needs the metadata of its provider, and takes no other", async () => {
    const aws = { kind: "AWS", role_arn: "arn" };
    const gcp = { kind: "GCP", project_id: "p", location: "l", project_access_label: "x" };
    expect((await create("admin", { provider: "AWS_BEDROCK" })).status).toBe(422);
    expect((await create("admin", { provider: "AWS_BEDROCK", provider_metadata: gcp })).status).toBe(422);
    expect((await create("admin", { provider_metadata: aws })).status).toBe(422);
    expect((await create("admin", { provider: "VERTEX_AI", provider_metadata: { kind: "GCP" } })).status).toBe(400);
    const bedrock = await made({ provider: "AWS_BEDROCK", provider_metadata: aws });
    expect((await change(bedrock.id, { provider_metadata: null })).status).toBe(422);
    expect((await change(bedrock.id, { provider: "VERTEX_AI", provider_metadata: gcp })).status).toBe(200);
  });

  it("refuses headers of more than 8175 bytes, and what is none of its fields", async () => {
    const headers = (size: number) => ({ headers: { a: "é".repeat(Math.floor((size - 8) / 2)) } });
    expect((await create("admin", headers(8175))).status).toBe(201);
    expect((await create("admin", { name: "more", ...headers(8177) })).status).toBe(400);
    expect((await create("admin", { name: "more", has_api_key: true })).status).toBe(400);
  });
});

describe("where an AI integration is seen", () => {
  const inMain = () => ({
    scopings: [{ organization_id: test.world.organizations.acme, space_id: test.world.spaces.main }],
  });
  const inBeta = () => ({ scopings: [{ organization_id: test.world.organizations.beta, space_id: null }] });

  it("is the account, an organization, or a space, for who may read integrations there", async () => {
    await made({ name: "account" });
    await made({ name: "main", ...inMain() });
    await made({ name: "beta", ...inBeta() });
    expect(await listed("admin")).toEqual(["beta", "main", "account"]);
    expect(await listed("reader")).toEqual(["main", "account"]);
    expect(await listed("outsider")).toEqual([]);
    expect(await listed("admin", `?space_id=${test.world.spaces.betaSpace}`)).toEqual(["beta", "account"]);
    expect(await listed("admin", "?space_name=MAI&name=a")).toEqual(["main", "account"]);
    expect((await test.world.as("reader").get(`/v2/ai-integrations?space_id=${test.world.spaces.vault}`)).status).toBe(
      404,
    );
    const hidden = await made({ name: "hidden", ...inBeta() });
    expect((await test.world.as("reader").get(`/v2/ai-integrations/${hidden.id}`)).status).toBe(404);
  });

  it("decides who may make and change it: the permission is needed at every place", async () => {
    expect((await create("member", {})).status).toBe(403);
    expect((await create("member", inBeta())).status).toBe(404);
    const own = await made({ name: "own", scopings: [{ space_id: test.world.spaces.main }] }, "member");
    expect(own.scopings).toEqual(inMain().scopings);
    expect((await change(own.id, { scopings: [] }, "member")).status).toBe(403);
    expect((await change(own.id, { base_url: "u" }, "member")).status).toBe(200);
    const account = await made({ name: "account" });
    const refused = await change(account.id, { base_url: "u" }, "member");
    expect([refused.status, refused.detail]).toEqual([403, expect.stringContaining("LLM_INTEGRATION_UPDATE")]);
    expect((await test.world.as("member").delete(`/v2/ai-integrations/${account.id}`)).status).toBe(403);
  });

  it("must exist, and lie in the organization it is named with", async () => {
    const { organizations, spaces } = test.world;
    const wrong = [{ organization_id: organizations.beta, space_id: spaces.main }];
    expect((await create("admin", { scopings: wrong })).status).toBe(400);
    expect((await create("admin", { scopings: [{ space_id: organizations.beta }] })).status).toBe(400);
  });

  it("goes with a space or organization that is deleted: it is never widened by that", async () => {
    const { as, organizations, spaces } = test.world;
    const main = { organization_id: organizations.acme, space_id: spaces.main };
    const second = { organization_id: organizations.acme, space_id: spaces.second };
    await made({ name: "only", scopings: [second] });
    const both = await made({ name: "both", scopings: [main, second] });
    await made({ name: "beta", ...inBeta() });
    await as("admin").delete(`/v2/spaces/${spaces.second}`);
    await as("admin").delete(`/v2/organizations/${organizations.beta}`);
    expect(await listed("admin")).toEqual(["both"]);
    expect((await as("admin").get(`/v2/ai-integrations/${both.id}`)).read(AiIntegration).scopings).toEqual([main]);
  });

  it("goes with an organization of more spaces than SQLite takes conditions", async () => {
    const { organizations, spaces } = test.world;
    const { store } = test.platform.domain.core;
    const like = await store.db
      .selectFrom("spaces")
      .selectAll()
      .where("id", "=", spaces.betaSpace)
      .executeTakeFirstOrThrow();
    const many = (await store.newIds(store.db, "Space", 1001)).map((id) => ({ ...like, ...id, name: `s${id.seq}` }));
    await store.db.insertInto("spaces").values(many).execute();
    await made({ name: "last", scopings: [{ organization_id: organizations.beta, space_id: many.at(-1)?.id ?? "" }] });
    expect((await test.world.as("admin").delete(`/v2/organizations/${organizations.beta}`)).status).toBe(204);
    expect(await listed("admin")).toEqual([]);
  });
});
