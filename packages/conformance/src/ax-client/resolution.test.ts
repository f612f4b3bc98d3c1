import {
  AmbiguousNameError,
  createAiIntegration,
  createCodeEvaluator,
  createDataset,
  createExperiment,
  createFreeformAnnotationConfig,
  createIntegration,
  createOrganization,
  createProject,
  createPrompt,
  createSpace,
  getAiIntegration,
  getAnnotationConfig,
  getDataset,
  getEvaluator,
  getExperiment,
  getIntegration,
  getOrganization,
  getProject,
  getPrompt,
  getSpace,
  listDatasetExamples,
  listProjects,
  ResolutionError,
} from "@arizeai/ax-client";
import { afterAll, describe, expect, it } from "vitest";
import { AX_CLIENT, axClients, unique } from "../support/ax-client.js";
import { startPlatform } from "../support/platform.js";

const platform = await startPlatform();
afterAll(platform.stop);
const { service: client, admin } = axClients(platform);
const { id: space, name: spaceName } = platform.space;
const scopings = [{ organizationId: platform.organization.id, spaceId: space }];
const version = {
  ...{ commitMessage: "c", inputVariableFormat: "F_STRING" as const, provider: "OPEN_AI" as const },
  messages: [{ role: "USER" as const, content: "{q}" }],
};
const codeConfig = {
  ...{ type: "MANAGED" as const, name: "json", managedEvaluator: "JSON_PARSEABLE" as const, variables: ["output"] },
};

interface Resource {
  make: (name: string) => Promise<{ id: string }>;
  get: (name: string, space?: string) => Promise<{ id: string }>;
}
const resources: Record<string, Resource> = {
  getProject: {
    make: (name) => createProject({ client, space, name }),
    get: (project, where) => getProject({ client, project, ...(where && { space: where }) }),
  },
  getDataset: {
    make: (name) => createDataset({ client, space, name, examples: [{ a: 1 }] }),
    get: (dataset, where) => getDataset({ client, dataset, ...(where && { space: where }) }),
  },
  getPrompt: {
    make: (name) => createPrompt({ client, space, name, version }),
    get: (prompt, where) => getPrompt({ client, prompt, ...(where && { space: where }) }),
  },
  getEvaluator: {
    make: (name) => createCodeEvaluator({ client, space, name, commitMessage: "c", codeConfig }),
    get: (evaluator, where) => getEvaluator({ client, evaluator, ...(where && { space: where }) }),
  },
  getAnnotationConfig: {
    make: (name) => createFreeformAnnotationConfig({ client: admin, space, name }),
    get: (annotationConfig, where) => getAnnotationConfig({ client, annotationConfig, ...(where && { space: where }) }),
  },
  getAiIntegration: {
    make: (name) => createAiIntegration({ client, name, provider: "OPEN_AI", scopings }),
    get: (integration, where) => getAiIntegration({ client, integration, ...(where && { space: where }) }),
  },
};

describe(AX_CLIENT, () => {
  describe("names instead of ids", () => {
    it.each(Object.entries(resources))(
      "%s: by name, with the space's id or its name, and exactly that name",
      async (_call, { make, get }) => {
        const name = unique("Named");
        await make(`${name} and more`);
        const { id } = await make(name);
        expect((await get(name, space)).id).toBe(id);
        expect((await get(name, spaceName)).id).toBe(id);
        await expect(get(name.toUpperCase(), space)).rejects.toBeInstanceOf(ResolutionError);
        await expect(get(name)).rejects.toThrow(/Provide 'space'/);
      },
    );
    it("getProject: a name that the second page of a hundred holds", async () => {
      const stem = unique("crowd");
      const made: { id: string; name: string }[] = [];
      for (let n = 0; n < 105; n += 1) made.push(await createProject({ client, space, name: `${stem} ${String(n)}` }));
      for (const { id, name } of [made[0], made[104]].filter((one) => one !== undefined))
        expect((await getProject({ client, project: name, space })).id).toBe(id);
      const { data, pagination } = await listProjects({ client, space, name: stem, limit: 100 });
      expect([data.length, pagination.hasMore]).toEqual([100, true]);
    });
    it("getExperiment: by name with its dataset, or with its space when one dataset has it", async () => {
      const experimentName = unique("experiment");
      const onNewDataset = async () => {
        const dataset = await createDataset({ client, space, name: unique("data"), examples: [{ a: 1 }] });
        const [example] = (await listDatasetExamples({ client, dataset: dataset.id })).data;
        const experimentRuns = [{ exampleId: example?.id ?? "", output: "o" }];
        return {
          dataset: dataset.name,
          experiment: await createExperiment({ client, experimentName, dataset: dataset.id, experimentRuns }),
        };
      };
      const { dataset, experiment } = await onNewDataset();
      const get = (where: object) => getExperiment({ client, experiment: experimentName, ...where });
      expect(await get({ dataset, space })).toEqual(experiment);
      expect(await get({ space: spaceName })).toEqual(experiment);
      await onNewDataset();
      expect(await get({ dataset, space })).toEqual(experiment);
      await expect(get({ space })).rejects.toBeInstanceOf(AmbiguousNameError);
      await expect(get({})).rejects.toBeInstanceOf(ResolutionError);
    });
    it("getIntegration: a name is of a type", async () => {
      const name = unique("shared");
      const llm = await createIntegration({
        ...{ client, type: "LLM", name, scopings, config: { provider: "GEMINI", apiKey: "k" } },
      });
      const agent = await createIntegration({
        ...{ client, type: "AGENT", name, scopings },
        config: { endpoint: "https://agent.example.com/run", inputSchema: { type: "object" } },
      });
      expect((await getIntegration({ client, integration: name, type: "LLM", space })).id).toBe(llm.id);
      expect((await getIntegration({ client, integration: name, type: "AGENT" })).id).toBe(agent.id);
      await expect(getIntegration({ client, integration: name, space })).rejects.toThrow(/Provide 'type'/);
    });
    it("getSpace: by name; two organizations have one of that name", async () => {
      const name = unique("space");
      const { id } = await createSpace({ client: admin, name, organizationId: platform.organization.id });
      expect((await getSpace({ client: admin, space: name })).id).toBe(id);
      const elsewhere = await createOrganization({ client: admin, name: unique("organization") });
      await createSpace({ client: admin, name, organizationId: elsewhere.id });
      await expect(getSpace({ client: admin, space: name })).rejects.toBeInstanceOf(AmbiguousNameError);
      await expect(createProject({ client: admin, space: name, name: "p" })).rejects.toBeInstanceOf(AmbiguousNameError);
    });
    it("getOrganization: by name", async () => {
      const made = await createOrganization({ client: admin, name: unique("organization") });
      expect(await getOrganization({ client: admin, organization: made.name })).toEqual(made);
      await expect(getOrganization({ client: admin, organization: unique("none") })).rejects.toBeInstanceOf(
        ResolutionError,
      );
    });
  });
});
