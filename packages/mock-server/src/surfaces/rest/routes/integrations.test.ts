import { AiIntegration, Integration, IntegrationPage } from "@axlab/wire/rest";
import { describe, expect, it } from "vitest";
import { suite } from "../../../testing/suite.js";

const test = suite();
const SECRET = "sk-provider-secret-0123456789";

const create = (body: object) => test.world.as("admin").post("/v2/integrations", { name: "i", ...body });
const llm = (config: object, name = "i") => create({ type: "LLM", name, config });
const agent = (config: object = {}, name = "i") =>
  create({
    type: "AGENT",
    name,
    config: { endpoint: "https://agent.example.com/run", input_schema: { type: "object" }, ...config },
  });
const change = (id: string, body: object) => test.world.as("admin").patch(`/v2/integrations/${id}`, body);
const made = async (reply: ReturnType<typeof create>): Promise<Integration> => {
  const answered = await reply;
  expect(answered.status, answered.text).toBe(201);
  return answered.read(Integration);
};
const configOf = async (reply: ReturnType<typeof create>) => (await reply).read(Integration).config;

describe("an LLM integration", () => {
  const models = { is_default_models_enabled: false, model_names: ["m"] };
  const keyed = { is_function_calling_enabled: true, has_api_key: true };
  it.each([
    [
      { provider: "OPEN_AI", api_key: SECRET },
      { provider: "OPEN_AI", ...keyed },
    ],
    [
      { provider: "ANTHROPIC", api_key: SECRET },
      { provider: "ANTHROPIC", ...keyed },
    ],
    [
      { provider: "GEMINI", api_key: SECRET, is_function_calling_enabled: false },
      { provider: "GEMINI", has_api_key: true, is_function_calling_enabled: false },
    ],
    [
      { provider: "CUSTOM", base_url: "u", model_names: ["m"], headers: { auth: SECRET } },
      { provider: "CUSTOM", ...keyed, ...models, has_api_key: false, base_url: "u", header_names: ["auth"] },
    ],
    [
      { provider: "NVIDIA_NIM", is_default_models_enabled: true },
      {
        ...{ provider: "NVIDIA_NIM", ...keyed, has_api_key: false, base_url: null, header_names: [] },
        ...{ is_default_models_enabled: true, model_names: [] },
      },
    ],
    [
      { provider: "VERTEX_AI", project_id: "p", location: "l", project_access_label: "a" },
      { provider: "VERTEX_AI", project_id: "p", location: "l", project_access_label: "a" },
    ],
    [
      { provider: "AWS_BEDROCK", model_names: ["m"], auth: { auth_type: "DEFAULT", role_arn: "r" } },
      {
        ...{ provider: "AWS_BEDROCK", ...models },
        auth: { auth_type: "DEFAULT", role_arn: "r", external_id: null, base_url: null },
      },
    ],
    [
      { provider: "AWS_BEDROCK", model_names: ["m"], auth: { auth_type: "BEARER_TOKEN", api_key: SECRET } },
      { provider: "AWS_BEDROCK", ...models, auth: { auth_type: "BEARER_TOKEN", has_api_key: true, base_url: null } },
    ],
    [
      {
        ...{ provider: "AWS_BEDROCK", model_names: ["m"] },
        auth: { auth_type: "PROXY_WITH_HEADERS", base_url: "u", headers: { auth: SECRET } },
      },
      {
        ...{ provider: "AWS_BEDROCK", ...models },
        auth: { auth_type: "PROXY_WITH_HEADERS", base_url: "u", header_names: ["auth"] },
      },
    ],
  ])("is read without what is secret: %j", async (config, read) => {
    const integration = await made(llm(config));
    expect(integration.config).toEqual(read);
    const { as } = test.world;
    const stored = await test.platform.domain.core.store.db.selectFrom("integrations").selectAll().execute();
    const texts = [
      (await as("admin").get(`/v2/integrations/${integration.id}`)).text,
      (await as("admin").get(`/v2/ai-integrations/${integration.id}`)).text,
      JSON.stringify(stored),
    ];
    for (const text of texts) expect(text).not.toContain(SECRET);
  });

  it.each([
    [{ provider: "OPEN_AI" }, 400, "api_key"],
    [{ provider: "AZURE_OPEN_AI", api_key: "k" }, 400, "provider"],
    [{ provider: "OPEN_AI", api_key: "k", base_url: "u" }, 400, "base_url"],
    [{ provider: "CUSTOM", base_url: "u" }, 422, "model"],
    [{ provider: "VERTEX_AI", project_id: "p", location: "l" }, 400, "project_access_label"],
  ])("is refused as %j", async (config, status, text) => {
    const refused = await llm(config);
    expect([refused.status, refused.detail]).toEqual([status, expect.stringContaining(text)]);
  });

  it("merges scalars, replaces lists and auth, and refuses what its provider has not", async () => {
    const { id } = await made(llm({ provider: "CUSTOM", base_url: "u", api_key: "k", model_names: ["a", "b"] }));
    const config = (fields: object) => change(id, { type: "LLM", config: fields });
    expect(await configOf(config({ model_names: ["c"], headers: { h: "v" } }))).toMatchObject({
      ...{ base_url: "u", has_api_key: true, model_names: ["c"], header_names: ["h"] },
    });
    expect(await configOf(config({ api_key: null, headers: null }))).toMatchObject({
      has_api_key: false,
      header_names: [],
    });
    for (const fields of [
      { auth: { auth_type: "BEARER_TOKEN", api_key: "k" } },
      { location: "l" },
      { base_url: null },
      { model_names: [] },
      { provider: "GEMINI" },
    ])
      expect((await config(fields)).status, JSON.stringify(fields)).toBe(422);
    expect((await change(id, { type: "AGENT", name: "x" })).status).toBe(422);
    expect((await change(id, { type: "LLM" })).status).toBe(400);
  });

  it("leaves nothing of an earlier way to authenticate", async () => {
    const auth = { auth_type: "PROXY_WITH_HEADERS", base_url: "u", headers: { h: "v" } };
    const { id } = await made(llm({ provider: "AWS_BEDROCK", is_default_models_enabled: true, auth }));
    await change(id, { type: "LLM", config: { auth: { auth_type: "BEARER_TOKEN", api_key: "k" } } });
    const read = (await test.world.as("admin").get(`/v2/ai-integrations/${id}`)).read(AiIntegration);
    expect(read).toMatchObject({ auth_type: "BEARER_TOKEN", has_api_key: true, headers: null, base_url: null });
  });

  it("is the AI integration of the same id; one of Azure has no form here", async () => {
    const post = (body: object) => test.world.as("admin").post("/v2/ai-integrations", body);
    const openAi = (await post({ name: "o", provider: "OPEN_AI", api_key: "k" })).read(AiIntegration);
    const azure = (await post({ name: "a", provider: "AZURE_OPEN_AI" })).read(AiIntegration);
    const list = (await test.world.as("admin").get("/v2/integrations")).read(IntegrationPage).integrations;
    expect(list.map(({ id }) => id)).toEqual([openAi.id]);
    expect((await test.world.as("admin").get(`/v2/integrations/${azure.id}`)).status).toBe(404);
    expect((await llm({ provider: "GEMINI", api_key: "k" }, "o")).status).toBe(409);
  });
});

describe("an agent integration", () => {
  const presets = [{ name: "one", config: { city: "Rome" } }];
  const input_schema = { type: "object", required: ["city", "day"], properties: { city: { type: "string" } } };

  it("is read without its headers' values, with presets that have ids", async () => {
    const integration = await made(agent({ headers: { auth: SECRET }, input_schema, request_presets: presets }));
    expect(JSON.stringify(integration)).not.toContain(SECRET);
    expect(integration).toMatchObject({
      type: "AGENT",
      description: null,
      config: { has_headers: true, input_schema, request_presets: [{ ...presets[0], description: null }] },
    });
    expect(integration.id).toMatch(/^UmVtb3Rl/);
  });

  it("has a name of its own among agents", async () => {
    await made(agent());
    expect((await agent()).status).toBe(409);
    await made(llm({ provider: "OPEN_AI", api_key: "k" }));
  });

  it("keeps a preset's id under its name; a list replaces", async () => {
    const before = await made(agent({ request_presets: [...presets, { name: "two", config: {} }] }));
    const renewed = await configOf(
      change(before.id, {
        type: "AGENT",
        config: {
          request_presets: [
            { name: "three", config: {} },
            { name: "one", config: { a: 1 } },
          ],
        },
      }),
    );
    if (!("request_presets" in renewed && "request_presets" in before.config)) throw new TypeError("no agent");
    expect(renewed.request_presets.map(({ name }) => name)).toEqual(["three", "one"]);
    expect(renewed.request_presets[1]).toMatchObject({ id: before.config.request_presets[0]?.id, config: { a: 1 } });
    expect(await configOf(change(before.id, { type: "AGENT", config: { headers: null } }))).toEqual({
      ...renewed,
      has_headers: false,
    });
  });

  it.each([
    ["http://agent.example.com", "https"],
    ["https://localhost/x", "public"],
    ["https://10.1.2.3/", "public"],
    ["https://[::1]/", "public"],
    ["not a url", "https"],
  ])("is refused at %s", async (endpoint, text) => {
    const refused = await agent({ endpoint });
    expect([refused.status, refused.detail]).toEqual([400, expect.stringContaining(text)]);
  });

  it("is refused with a schema that is none, or a preset that does not fit it", async () => {
    for (const config of [
      { input_schema: { type: "nonsense" } },
      { input_schema, request_presets: [{ name: "one", config: { city: 1 } }] },
      { request_presets: [...presets, ...presets] },
    ])
      expect((await agent(config)).status, JSON.stringify(config)).toBe(400);
    const { id } = await made(agent({ request_presets: presets }));
    const narrower = { type: "AGENT", config: { input_schema: { properties: { city: { type: "number" } } } } };
    expect((await change(id, narrower)).status).toBe(400);
  });
});

describe("the list of integrations", () => {
  it("has both types newest first, or one, and only what the caller may read", async () => {
    await made(agent({}, "a"));
    await made(llm({ provider: "OPEN_AI", api_key: "k" }, "b"));
    await made(agent({}, "c"));
    const names = async (query: string) =>
      (await test.world.as("reader").get(`/v2/integrations${query}`))
        .read(IntegrationPage)
        .integrations.map(({ name }) => name);
    expect(await names("")).toEqual(["c", "b", "a"]);
    expect(await names("?type=AGENT")).toEqual(["c", "a"]);
    expect(await names("?type=LLM")).toEqual(["b"]);
    expect(await names(`?space_id=${test.world.spaces.main}&name=B`)).toEqual(["b"]);
    expect((await test.world.as("reader").get("/v2/integrations?type=MAIL")).status).toBe(400);
    expect((await test.world.as("outsider").get(`/v2/integrations?space_id=${test.world.spaces.main}`)).status).toBe(
      404,
    );
  });
});
