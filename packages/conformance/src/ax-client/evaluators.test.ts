import {
  createAiIntegration,
  createCodeEvaluator,
  createCodeEvaluatorVersion,
  createTemplateEvaluator,
  createTemplateEvaluatorVersion,
  deleteEvaluator,
  getEvaluator,
  getEvaluatorVersion,
  listEvaluators,
  listEvaluatorVersions,
  ResolutionError,
  updateEvaluator,
} from "@arizeai/ax-client";
import { afterAll, describe, expect, it } from "vitest";
import { absent, allPages, AX_CLIENT, axClients, expectRefusal, unique } from "../support/ax-client.js";
import { startPlatform } from "../support/platform.js";

const platform = await startPlatform();
afterAll(platform.stop);
const clients = axClients(platform);
const { service: client, readOnly } = clients;
const space = platform.space.id;
const scopings = [{ organizationId: platform.organization.id, spaceId: space }];
const { id: aiIntegrationId } = await createAiIntegration({
  ...{ client, name: unique("models"), provider: "OPEN_AI", scopings },
});

const codeConfig = {
  ...{ type: "MANAGED" as const, name: "json", managedEvaluator: "JSON_PARSEABLE" as const, variables: ["output"] },
};
const templateConfig = {
  ...{ name: "relevance", template: "{input}", includeExplanations: true, useFunctionCallingIfAvailable: true },
  classificationChoices: { yes: 1, no: 0 },
  llmConfig: { aiIntegrationId, modelName: "gpt-4o", invocationParameters: { temperature: 0 }, providerParameters: {} },
};
type Code = Parameters<typeof createCodeEvaluator>[0];
type Template = Parameters<typeof createTemplateEvaluator>[0];
const code = (more: Partial<Code> = {}): ReturnType<typeof createCodeEvaluator> =>
  createCodeEvaluator({ client, name: unique("code"), space, commitMessage: "first", codeConfig, ...more });
const judge = (more: Partial<Template> = {}): ReturnType<typeof createTemplateEvaluator> =>
  createTemplateEvaluator({ client, name: unique("judge"), space, commitMessage: "first", templateConfig, ...more });

describe(AX_CLIENT, () => {
  describe("evaluators", () => {
    it("createCodeEvaluator: a managed one", async () => {
      const made = await code({ description: "d", space: platform.space.name });
      expect(atob(made.id)).toMatch(/^Evaluator:\d+:/);
      expect(made).toMatchObject({ type: "CODE", spaceId: space, description: "d" });
      expect(made.version).toMatchObject({ type: "CODE", commitMessage: "first", evaluatorId: made.id, codeConfig });
      expect(made.version.commitHash).toMatch(/\S/);
    });
    it("createCodeEvaluator: with parameters of each type", async () => {
      const config = (managedEvaluator: "CONTAINS_ANY_KEYWORD" | "MATCHES_REGEX", staticParams: object[]) =>
        ({ ...codeConfig, managedEvaluator, staticParams }) as Code["codeConfig"];
      for (const given of [
        config("CONTAINS_ANY_KEYWORD", [{ name: "keywords", type: "STRING_ARRAY", defaultValue: ["a", "b"] }]),
        config("MATCHES_REGEX", [{ name: "pattern", type: "REGEX", defaultValue: "^a" }]),
      ])
        expect((await code({ codeConfig: given })).version).toMatchObject({ codeConfig: given });
    });
    it("createCodeEvaluator: one's own code", async () => {
      const own = {
        type: "CUSTOM" as const,
        name: "own",
        code: "class E: ...",
        imports: "import json",
        variables: ["x"],
      };
      const config = { ...own, dataGranularity: "SPAN" as const, queryFilter: "name = 'x'" };
      expect((await code({ codeConfig: config })).version).toMatchObject({ codeConfig: config });
    });
    it("createCodeEvaluator: 409 for a name the space has, 403 for a reader, 401 for an unknown key, 404 for no space", async () => {
      const { name } = await code();
      await expectRefusal(code({ name }), 409);
      await expectRefusal(code({ client: readOnly }), 403, /EVALUATOR_CREATE/);
      await expectRefusal(code({ client: clients.unknown }), 401);
      await expectRefusal(code({ space: absent("Space") }), 404);
    });
    it("createCodeEvaluator: 400 for no name, and an evaluator nobody knows", async () => {
      await expectRefusal(code({ name: "" }), 400, /name/);
      await expectRefusal(code({ codeConfig: { ...codeConfig, managedEvaluator: "OTHER" as "JSON_PARSEABLE" } }), 400);
      await expectRefusal(code({ codeConfig: { ...codeConfig, type: "OTHER" as "MANAGED" } }), 400);
    });

    it("createTemplateEvaluator: through an integration, with its defaults", async () => {
      const { version, type } = await judge();
      expect([type, version.type]).toEqual(["TEMPLATE", "TEMPLATE"]);
      expect(version).toMatchObject({ templateConfig: { ...templateConfig, direction: "MAXIMIZE" } });
      expect(version).toMatchObject({ templateConfig: { dataGranularity: "SPAN" } });
    });
    it("createTemplateEvaluator: a direction and a granularity of one's own", async () => {
      const config = { ...templateConfig, direction: "MINIMIZE" as const, dataGranularity: "TRACE" as const };
      expect((await judge({ templateConfig: config })).version).toMatchObject({ templateConfig: config });
    });
    it("createTemplateEvaluator: 400 for a column name with other signs; refused for an integration that does not exist", async () => {
      await expectRefusal(judge({ templateConfig: { ...templateConfig, name: "a/b" } }), 400, /name/);
      const llmConfig = { ...templateConfig.llmConfig, aiIntegrationId: absent("LlmIntegration") };
      await expectRefusal(judge({ templateConfig: { ...templateConfig, llmConfig } }), 404);
      await expectRefusal(judge({ client: readOnly }), 403, /EVALUATOR_CREATE/);
      await expect(judge({ templateConfig: { ...templateConfig, classificationChoices: {} } })).rejects.toThrow(
        /classificationChoices/,
      );
    });

    it("getEvaluator: by id, by name, at its latest or at a version", async () => {
      const made = await code();
      expect(await getEvaluator({ client: readOnly, evaluator: made.id })).toEqual(made);
      expect(await getEvaluator({ client, evaluator: made.name, space })).toEqual(made);
      const second = await createCodeEvaluatorVersion({ client, evaluator: made.id, commitMessage: "2", codeConfig });
      expect((await getEvaluator({ client, evaluator: made.id })).version).toEqual(second);
      expect((await getEvaluator({ client, evaluator: made.id, versionId: made.version.id })).version).toEqual(
        made.version,
      );
    });
    it("getEvaluator: 404 for none, and for a version of another; a name nobody has is not resolved", async () => {
      const [one, other] = [await code(), await code()];
      await expectRefusal(getEvaluator({ client, evaluator: absent("Evaluator") }), 404);
      await expectRefusal(getEvaluator({ client, evaluator: one.id, versionId: other.version.id }), 404);
      const none = getEvaluator({ client, evaluator: unique("none"), space });
      await expect(none).rejects.toBeInstanceOf(ResolutionError);
    });

    it("listEvaluators: every one once, most recently updated first", async () => {
      const made = [await code(), await judge(), await code()].map(({ id }) => id);
      await updateEvaluator({ client, evaluator: made[0] ?? "", description: "touched" });
      const ids = (
        await allPages((cursor) => listEvaluators({ client: readOnly, space, limit: 2, ...(cursor && { cursor }) }))
      ).map((one) => one.id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids[0]).toBe(made[0]);
      expect(ids).toEqual(expect.arrayContaining(made));
    });
    it("listEvaluators: by a part of the name and the space's name; 404 for no space, 400 for a limit of 101", async () => {
      const { id, name } = await code({ name: unique("Particular") });
      const { data } = await listEvaluators({ client, space: platform.space.name, name: name.toUpperCase() });
      expect(data.map((one) => one.id)).toEqual([id]);
      await expectRefusal(listEvaluators({ client, space: absent("Space") }), 404);
      await expectRefusal(listEvaluators({ client, limit: 101 }), 400, /limit/);
    });

    it("updateEvaluator: renames it, by its name; null clears the description", async () => {
      const made = await code({ description: "d" });
      const name = unique("renamed");
      const changed = await updateEvaluator({ client, evaluator: made.name, space, name });
      expect(changed).toMatchObject({ id: made.id, name, description: "d" });
      const cleared = await updateEvaluator({ client, evaluator: made.id, description: null });
      expect(cleared.description ?? null).toBeNull();
    });
    it("updateEvaluator: 403 for a reader, 404 for none, 409 for a name in use, 400 for no change", async () => {
      const [{ id: evaluator }, { name }] = [await code(), await code()];
      const update = (more: object): Promise<unknown> => updateEvaluator({ client, evaluator, ...more } as never);
      await expectRefusal(update({ client: readOnly, name: "x" }), 403, /EVALUATOR_UPDATE/);
      await expectRefusal(update({ evaluator: absent("Evaluator"), name: "x" }), 404);
      await expectRefusal(update({ name }), 409);
      await expectRefusal(update({}), 400);
    });
    it("deleteEvaluator: it is gone with its versions; 403 for a reader, 404 the second time", async () => {
      const { id: evaluator, version, name } = await code();
      await expectRefusal(deleteEvaluator({ client: readOnly, evaluator }), 403, /EVALUATOR_DELETE/);
      await deleteEvaluator({ client, evaluator: name, space });
      await expectRefusal(getEvaluator({ client, evaluator }), 404);
      await expectRefusal(getEvaluatorVersion({ client, versionId: version.id }), 404);
      await expectRefusal(deleteEvaluator({ client, evaluator }), 404);
    });
  });

  describe("versions of evaluators", () => {
    it("createCodeEvaluatorVersion, createTemplateEvaluatorVersion: become the latest, by id and by name", async () => {
      const [one, other] = [await code(), await judge()];
      const second = await createCodeEvaluatorVersion({
        ...{
          client,
          evaluator: one.name,
          space,
          commitMessage: "2",
          codeConfig: { ...codeConfig, variables: ["input"] },
        },
      });
      expect(second).toMatchObject({ evaluatorId: one.id, commitMessage: "2", codeConfig: { variables: ["input"] } });
      const later = await createTemplateEvaluatorVersion({
        ...{ client, evaluator: other.id, commitMessage: "2", templateConfig: { ...templateConfig, template: "{x}" } },
      });
      expect(later).toMatchObject({ type: "TEMPLATE", templateConfig: { template: "{x}" } });
      expect((await getEvaluator({ client, evaluator: other.id })).version).toEqual(later);
    });
    it("createCodeEvaluatorVersion: refused for a template evaluator, 403 for a reader, 404 for none", async () => {
      const [{ id: evaluator }, { id: template }] = [await code(), await judge()];
      const add = (more: object): Promise<unknown> =>
        createCodeEvaluatorVersion({ client, evaluator, commitMessage: "2", codeConfig, ...more });
      await expect(add({ evaluator: template })).rejects.toMatchObject({
        statusCode: expect.toSatisfy((n) => n === 400 || n === 422),
      });
      await expectRefusal(add({ client: readOnly }), 403, /EVALUATOR_UPDATE/);
      await expectRefusal(add({ evaluator: absent("Evaluator") }), 404);
    });
    it("listEvaluatorVersions: every one once, newest first; 404 for no evaluator, 400 for a limit of 101", async () => {
      const made = await code();
      const ids = [made.version.id];
      for (let n = 2; n < 5; n += 1)
        ids.unshift(
          (await createCodeEvaluatorVersion({ client, evaluator: made.id, commitMessage: `${String(n)}`, codeConfig }))
            .id,
        );
      const versions = await allPages((cursor) =>
        listEvaluatorVersions({ client: readOnly, evaluator: made.name, space, limit: 2, ...(cursor && { cursor }) }),
      );
      expect(versions.map(({ id }) => id)).toEqual(ids);
      await expectRefusal(listEvaluatorVersions({ client, evaluator: absent("Evaluator") }), 404);
      await expectRefusal(listEvaluatorVersions({ client, evaluator: made.id, limit: 101 }), 400, /limit/);
    });
    it("getEvaluatorVersion: what was made; 404 for none", async () => {
      const { version } = await judge();
      expect(await getEvaluatorVersion({ client: readOnly, versionId: version.id })).toEqual(version);
      await expectRefusal(getEvaluatorVersion({ client, versionId: absent("EvaluatorVersion") }), 404);
    });
  });
});
