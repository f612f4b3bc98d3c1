import { AmbiguousNameError, ResolutionError } from "@axlab/sdk";
import { afterAll, describe, expect, it } from "vitest";
import { absent, unique } from "../support/ax-client.js";
import { startPlatform } from "../support/platform.js";
import { AXLAB_SDK, expectApiError, sdkClients } from "../support/sdk.js";

const platform = await startPlatform();
afterAll(platform.stop);
const { readOnly, service } = sdkClients(platform);
const space = platform.space.id;
const scopings = [{ organization_id: platform.organization.id, space_id: space }];
const SECRET = "sk-provider-secret-0123456789";

type CreateAi = Parameters<typeof service.aiIntegrations.create>[0];
const models = (more: Partial<CreateAi> = {}, as = service): ReturnType<typeof service.aiIntegrations.create> =>
  as.aiIntegrations.create({ name: unique("models"), provider: "OPEN_AI", api_key: SECRET, scopings, ...more });
const llm = (name = unique("llm"), as = service): ReturnType<typeof service.integrations.create> =>
  as.integrations.create({ type: "LLM", name, scopings, config: { provider: "GEMINI", api_key: SECRET } });
const agent = (name = unique("agent"), as = service): ReturnType<typeof service.integrations.create> =>
  as.integrations.create({
    ...{ type: "AGENT", name, scopings, description: "d" },
    config: {
      ...{ endpoint: "https://agent.example.com/run", headers: { auth: SECRET }, input_schema: { type: "object" } },
      request_presets: [{ name: "one", config: { a: 1 } }],
    },
  });

describe(AXLAB_SDK, () => {
  it("aiIntegrations.create: does not give the key back; 409 for a name in use, 403 for a reader", async () => {
    const made = await models();
    expect(made).toMatchObject({ has_api_key: true, scopings, auth_type: "DEFAULT", function_calling_enabled: true });
    expect(JSON.stringify(made)).not.toContain(SECRET);
    await expectApiError(models({ name: made.name }), 409, platform);
    await expectApiError(models({}, readOnly), 403, platform);
  });
  it("aiIntegrations.get: by id and by name; 404 for none", async () => {
    const made = await models();
    expect(await readOnly.aiIntegrations.get(made.id)).toEqual(made);
    expect(await readOnly.aiIntegrations.get(made.name)).toEqual(made);
    await expectApiError(readOnly.aiIntegrations.get(absent("LlmIntegration")), 404, platform);
    await expect(readOnly.aiIntegrations.get(unique("none"))).rejects.toBeInstanceOf(ResolutionError);
  });
  it("aiIntegrations.list: every one once", async () => {
    const made = [await models(), await models(), await models()].map(({ id }) => id);
    const ids = (await readOnly.aiIntegrations.list({ space, limit: 2 }).toArray()).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining(made));
    await expectApiError(readOnly.aiIntegrations.list({ space: absent("Space") }).toArray(), 404, platform);
  });
  it("aiIntegrations.update: what it names; null removes; 403 for a reader, 404 for none, 409 for a name in use", async () => {
    const [made, other] = [await models({ model_names: ["a"] }), await models()];
    const changed = await service.aiIntegrations.update(made.name, {
      api_key: null,
      base_url: "https://x.example.com",
    });
    expect(changed).toMatchObject({ id: made.id, has_api_key: false, model_names: ["a"] });
    await expectApiError(readOnly.aiIntegrations.update(made.id, { name: "x" }), 403, platform);
    await expectApiError(service.aiIntegrations.update(absent("LlmIntegration"), { name: "x" }), 404, platform);
    await expectApiError(service.aiIntegrations.update(made.id, { name: other.name }), 409, platform);
  });
  it("aiIntegrations.delete: it is gone; 403 for a reader", async () => {
    const { id, name } = await models();
    await expectApiError(readOnly.aiIntegrations.delete(id), 403, platform);
    await service.aiIntegrations.delete(name);
    await expectApiError(service.aiIntegrations.get(id), 404, platform);
  });

  it("integrations.create: of both types, no secret in any answer; 409 for a name of the type, 403 for a reader", async () => {
    const [one, other] = [await llm(), await agent()];
    expect(one).toMatchObject({ type: "LLM", config: { provider: "GEMINI", has_api_key: true } });
    expect(other).toMatchObject({ type: "AGENT", description: "d", config: { has_headers: true } });
    expect(JSON.stringify([one, other])).not.toContain(SECRET);
    await expectApiError(llm(one.name), 409, platform);
    await expectApiError(llm(undefined, readOnly), 403, platform);
    await expectApiError(agent(undefined, readOnly), 403, platform);
  });
  it("integrations.get: by id, and by a name that both types have", async () => {
    const name = unique("shared");
    const [one, other] = [await llm(name), await agent(name)];
    expect(await readOnly.integrations.get(one.id)).toEqual(one);
    expect(await readOnly.integrations.get(name, { type: "LLM" })).toEqual(one);
    expect(await readOnly.integrations.get(name, { type: "AGENT" })).toEqual(other);
    await expect(readOnly.integrations.get(name)).rejects.toBeInstanceOf(AmbiguousNameError);
    await expectApiError(readOnly.integrations.get(absent("RemoteEndpointIntegration")), 404, platform);
  });
  it("integrations.list: newest first, of both types or of one", async () => {
    const made = [await llm(), await agent(), await llm()].map(({ id }) => id);
    const ids = async (type?: "LLM" | "AGENT"): Promise<string[]> =>
      (await readOnly.integrations.list({ space, limit: 2, type }).toArray()).map(({ id }) => id);
    expect((await ids()).slice(0, 3)).toEqual([...made].reverse());
    expect((await ids("AGENT"))[0]).toBe(made[1]);
  });
  it("integrations.update: scalars merge; 403 for a reader, 404 for none, 409 for a name in use, 422 for another type", async () => {
    const [made, other, models] = [await agent(), await agent(), await llm()];
    const changed = await service.integrations.update(made.name, { type: "AGENT", description: null });
    expect(changed).toMatchObject({ id: made.id, name: made.name, config: made.config });
    const rename = (id: string, name: string, as = service): Promise<unknown> =>
      as.integrations.update(id, { type: "AGENT", name });
    await expectApiError(rename(made.id, "x", readOnly), 403, platform);
    await expectApiError(rename(absent("RemoteEndpointIntegration"), "x"), 404, platform);
    await expectApiError(rename(made.id, other.name), 409, platform);
    await expectApiError(rename(models.id, "x"), 422, platform);
  });
  it("integrations.delete: it is gone; 403 for a reader", async () => {
    const { id, name } = await agent();
    await expectApiError(readOnly.integrations.delete(id), 403, platform);
    await service.integrations.delete(name, { type: "AGENT" });
    await expectApiError(service.integrations.get(id), 404, platform);
  });
});
