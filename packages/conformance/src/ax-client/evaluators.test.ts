import {
  createAiIntegration,
  createCodeEvaluator,
  createCodeEvaluatorVersion,
  createTemplateEvaluator,
  createTemplateEvaluatorVersion,
  deleteAiIntegration,
  deleteEvaluator,
  getAiIntegration,
  getEvaluator,
  getEvaluatorVersion,
  listAiIntegrations,
  listEvaluators,
  listEvaluatorVersions,
  updateAiIntegration,
  updateEvaluator,
} from "@arizeai/ax-client";
import { afterAll, describe, expect, it } from "vitest";
import { allPages, AX_CLIENT, axClients, expectRefusal, unique } from "../support/ax-client.js";
import { startPlatform } from "../support/platform.js";

const platform = await startPlatform();
afterAll(platform.stop);
const { service: client, readOnly } = axClients(platform);
const space = platform.space.id;
const scopings = [{ organizationId: platform.organization.id, spaceId: space }];
const SECRET = "sk-provider-secret-0123456789";

const integration = (as = client, more: object = {}): ReturnType<typeof createAiIntegration> =>
  createAiIntegration({ client: as, name: unique("models"), provider: "OPEN_AI", apiKey: SECRET, scopings, ...more });
const codeConfig = {
  ...{ type: "MANAGED" as const, name: "json", managedEvaluator: "JSON_PARSEABLE" as const, variables: ["output"] },
};
const code = (name = unique("code"), as = client): ReturnType<typeof createCodeEvaluator> =>
  createCodeEvaluator({ client: as, name, space, commitMessage: "first", codeConfig });

describe(AX_CLIENT, () => {
  describe("AI integrations", () => {
    it("createAiIntegration: does not give the key back; getAiIntegration finds it by id and by name", async () => {
      const made = await integration();
      expect(made).toMatchObject({ hasApiKey: true, scopings });
      expect(JSON.stringify(made)).not.toContain(SECRET);
      expect(await getAiIntegration({ client: readOnly, integration: made.id })).toEqual(made);
      expect(await getAiIntegration({ client, integration: made.name, space })).toEqual(made);
    });
    it("createAiIntegration: 403 for a reader, and for the whole account", async () => {
      await expectRefusal(integration(readOnly), 403, /LLM_INTEGRATION_CREATE/);
      await expectRefusal(integration(client, { scopings: [] }), 403, /LLM_INTEGRATION_CREATE/);
    });
    it("updateAiIntegration: removes the key; listAiIntegrations has it; deleteAiIntegration takes it away", async () => {
      const { id } = await integration();
      expect(await updateAiIntegration({ client, integration: id, apiKey: null })).toMatchObject({
        id,
        hasApiKey: false,
      });
      await expectRefusal(
        updateAiIntegration({ client: readOnly, integration: id, name: "x" }),
        403,
        /LLM_INTEGRATION_UPDATE/,
      );
      const ids = (
        await allPages((cursor) => listAiIntegrations({ client: readOnly, space, limit: 2, ...(cursor && { cursor }) }))
      ).map((one) => one.id);
      expect(ids).toContain(id);
      await expectRefusal(deleteAiIntegration({ client: readOnly, integration: id }), 403, /LLM_INTEGRATION_DELETE/);
      await deleteAiIntegration({ client, integration: id });
      await expectRefusal(getAiIntegration({ client, integration: id }), 404);
    });
  });

  describe("evaluators", () => {
    it("createCodeEvaluator: answers what it made; getEvaluator finds it by id and by name", async () => {
      const made = await code();
      expect(made).toMatchObject({ type: "CODE", version: { type: "CODE", codeConfig } });
      expect(await getEvaluator({ client: readOnly, evaluator: made.id })).toEqual(made);
      expect(await getEvaluator({ client, evaluator: made.name, space })).toEqual(made);
      await expectRefusal(code(made.name), 409);
      await expectRefusal(code(unique("x"), readOnly), 403, /EVALUATOR_CREATE/);
    });
    it("createTemplateEvaluator, createTemplateEvaluatorVersion: through an integration", async () => {
      const { id: aiIntegrationId } = await integration();
      const templateConfig = {
        ...{ name: "relevance", template: "{input}", includeExplanations: true, useFunctionCallingIfAvailable: true },
        classificationChoices: { yes: 1, no: 0 },
        llmConfig: {
          aiIntegrationId,
          modelName: "gpt-4o",
          invocationParameters: { temperature: 0 },
          providerParameters: {},
        },
      };
      const made = await createTemplateEvaluator({
        client,
        name: unique("judge"),
        space,
        commitMessage: "c",
        templateConfig,
      });
      expect(made.version).toMatchObject({ type: "TEMPLATE", templateConfig });
      const second = await createTemplateEvaluatorVersion({
        client,
        evaluator: made.id,
        commitMessage: "d",
        templateConfig,
      });
      const { data } = await listEvaluatorVersions({ client: readOnly, evaluator: made.id });
      expect(data.map(({ id }) => id)).toEqual([second.id, made.version.id]);
    });
    it("createCodeEvaluatorVersion: is the latest; getEvaluatorVersion finds it", async () => {
      const made = await code();
      const second = await createCodeEvaluatorVersion({
        client,
        evaluator: made.id,
        commitMessage: "second",
        codeConfig,
      });
      expect(await getEvaluatorVersion({ client: readOnly, versionId: second.id })).toEqual(second);
      expect((await getEvaluator({ client, evaluator: made.id })).version.id).toBe(second.id);
      expect((await getEvaluator({ client, evaluator: made.id, versionId: made.version.id })).version).toEqual(
        made.version,
      );
    });
    it("updateEvaluator renames, listEvaluators has it once, deleteEvaluator takes it away", async () => {
      const { id } = await code();
      const name = unique("renamed");
      expect(await updateEvaluator({ client, evaluator: id, name })).toMatchObject({ id, name });
      const ids = (
        await allPages((cursor) => listEvaluators({ client: readOnly, space, limit: 2, ...(cursor && { cursor }) }))
      ).map((one) => one.id);
      expect(ids.filter((one) => one === id)).toHaveLength(1);
      await expectRefusal(deleteEvaluator({ client: readOnly, evaluator: id }), 403, /EVALUATOR_DELETE/);
      await deleteEvaluator({ client, evaluator: id });
      await expectRefusal(getEvaluator({ client, evaluator: id }), 404);
    });
  });
});
