import { ResolutionError } from "@axlab/sdk";
import { afterAll, describe, expect, it } from "vitest";
import { absent, unique } from "../support/ax-client.js";
import { startPlatform } from "../support/platform.js";
import { AXLAB_SDK, expectApiError, sdkClients } from "../support/sdk.js";

const platform = await startPlatform();
afterAll(platform.stop);
const { readOnly, service } = sdkClients(platform);
const scopings = [{ organization_id: platform.organization.id, space_id: platform.space.id }];
const models = await service.aiIntegrations.create({ name: unique("models"), provider: "OPEN_AI", scopings });

const code_config = {
  ...{ type: "MANAGED" as const, name: "json", managed_evaluator: "JSON_PARSEABLE" as const, variables: ["output"] },
};
const template_config = {
  ...{ name: "relevance", template: "{input}", include_explanations: true, use_function_calling_if_available: true },
  classification_choices: { yes: 1, no: 0 },
  llm_config: { ai_integration_id: models.id, model_name: "m", invocation_parameters: {}, provider_parameters: {} },
};
type Create = Parameters<typeof service.evaluators.create>[0];
const code = (more: Partial<Create> = {}, as = service): ReturnType<typeof service.evaluators.create> =>
  as.evaluators.create({
    ...{ name: unique("code"), type: "CODE", version: { commit_message: "first", code_config }, ...more },
  });

describe(AXLAB_SDK, () => {
  it("evaluators.create: of code, and of a template with its defaults", async () => {
    expect((await code()).version).toMatchObject({ type: "CODE", code_config });
    const judge = await code({ type: "TEMPLATE", version: { commit_message: "first", template_config } });
    expect(judge.version).toMatchObject({
      ...{ type: "TEMPLATE", template_config: { ...template_config, direction: "MAXIMIZE", data_granularity: "SPAN" } },
    });
  });
  it("evaluators.create: 409 for a name the space has, 403 for a reader, 404 for no integration, refused for the other type's configuration", async () => {
    const { name } = await code();
    await expectApiError(code({ name }), 409, platform);
    await expectApiError(code({}, readOnly), 403, platform);
    const llm_config = { ...template_config.llm_config, ai_integration_id: absent("LlmIntegration") };
    const version = { commit_message: "c", template_config: { ...template_config, llm_config } };
    await expectApiError(code({ type: "TEMPLATE", version }), 404, platform);
    await expect(code({ type: "TEMPLATE" })).rejects.toThrow(/template_config/);
  });
  it("evaluators.get: by id and by name, at its latest or at a version", async () => {
    const made = await code();
    const second = await service.evaluators.createVersion(made.name, { commit_message: "second", code_config });
    expect((await readOnly.evaluators.get(made.name)).version).toEqual(second);
    expect((await readOnly.evaluators.get(made.id, { version_id: made.version.id })).version).toEqual(made.version);
    await expectApiError(readOnly.evaluators.get(absent("Evaluator")), 404, platform);
    await expect(readOnly.evaluators.get(unique("none"))).rejects.toBeInstanceOf(ResolutionError);
  });
  it("evaluators.list: every one once, most recently updated first", async () => {
    const made = [await code(), await code(), await code()].map(({ id }) => id);
    await service.evaluators.update(made[0] ?? "", { description: "touched" });
    const ids = (await readOnly.evaluators.list({ limit: 2 }).toArray()).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids[0]).toBe(made[0]);
    expect(ids).toEqual(expect.arrayContaining(made));
  });
  it("evaluators.update: renames; 403 for a reader, 404 for none, 409 for a name in use", async () => {
    const [made, other] = [await code({ description: "d" }), await code()];
    const name = unique("renamed");
    expect(await service.evaluators.update(made.name, { name })).toMatchObject({ id: made.id, name, description: "d" });
    expect((await service.evaluators.update(made.id, { description: null })).description ?? null).toBeNull();
    await expectApiError(readOnly.evaluators.update(made.id, { name: "x" }), 403, platform);
    await expectApiError(service.evaluators.update(absent("Evaluator"), { name: "x" }), 404, platform);
    await expectApiError(service.evaluators.update(made.id, { name: other.name }), 409, platform);
  });
  it("evaluators.createVersion, evaluators.versions, evaluators.getVersion: newest first; 403 for a reader", async () => {
    const made = await code();
    const ids = [made.version.id];
    for (let n = 2; n < 5; n += 1) {
      const version = { commit_message: `number ${String(n)}`, code_config };
      ids.unshift((await service.evaluators.createVersion(made.id, version)).id);
    }
    const versions = await readOnly.evaluators.versions(made.name, { limit: 2 }).toArray();
    expect(versions.map(({ id }) => id)).toEqual(ids);
    expect(await readOnly.evaluators.getVersion(ids[0] ?? "")).toEqual(versions[0]);
    await expectApiError(
      readOnly.evaluators.createVersion(made.id, { commit_message: "c", code_config }),
      403,
      platform,
    );
    await expectApiError(readOnly.evaluators.getVersion(absent("EvaluatorVersion")), 404, platform);
  });
  it("evaluators.delete: it is gone with its versions; 403 for a reader, 404 the second time", async () => {
    const { id, name, version } = await code();
    await expectApiError(readOnly.evaluators.delete(id), 403, platform);
    await service.evaluators.delete(name);
    await expectApiError(service.evaluators.getVersion(version.id), 404, platform);
    await expectApiError(service.evaluators.delete(id), 404, platform);
  });
});
