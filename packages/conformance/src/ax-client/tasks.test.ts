import {
  createAiIntegration,
  createCodeEvaluator,
  createCodeEvaluatorVersion,
  createDataset,
  createEvaluationTask,
  createExperiment,
  createIntegration,
  createProject,
  createRunExperimentTask,
  createTask,
  createTemplateEvaluator,
  deleteTask,
  getTask,
  listDatasetExamples,
  listTasks,
  ResolutionError,
  updateTask,
} from "@arizeai/ax-client";
import { afterAll, describe, expect, it } from "vitest";
import {
  absent,
  allPages,
  AX_CLIENT,
  axClients,
  expectPlainRefusal,
  expectRefusal,
  unique,
} from "../support/ax-client.js";
import { startPlatform } from "../support/platform.js";

const platform = await startPlatform();
afterAll(platform.stop);
const clients = axClients(platform);
const { service: client, readOnly, admin } = clients;
const space = platform.space.id;
const scopings = [{ organizationId: platform.organization.id, spaceId: space }];

const project = await createProject({ client, space, name: unique("chat") });
const dataset = await createDataset({ client, space, name: unique("questions"), examples: [{ q: "a" }, { q: "b" }] });
const examples = (await listDatasetExamples({ client, dataset: dataset.id })).data;
const experiment = await createExperiment({
  ...{ client, experimentName: unique("experiment"), dataset: dataset.id },
  experimentRuns: examples.map(({ id }) => ({ exampleId: id, output: "{}" })),
});
const codeConfig = {
  ...{ type: "MANAGED" as const, name: "json", managedEvaluator: "JSON_PARSEABLE" as const, variables: ["output"] },
};
const code = (name = unique("code")) => createCodeEvaluator({ client, name, space, commitMessage: "c", codeConfig });
const evaluator = await code();
const models = await createAiIntegration({ client, name: unique("models"), provider: "OPEN_AI", scopings });
const judge = await createTemplateEvaluator({
  ...{ client, name: unique("judge"), space, commitMessage: "c" },
  templateConfig: {
    ...{ name: "judge", template: "{output}", includeExplanations: false, useFunctionCallingIfAvailable: false },
    classificationChoices: { yes: 1, no: 0 },
    llmConfig: { aiIntegrationId: models.id, modelName: "m", invocationParameters: {}, providerParameters: {} },
  },
});

type Evaluation = Parameters<typeof createEvaluationTask>[0];
const onProject = (more: Partial<Evaluation> = {}): ReturnType<typeof createEvaluationTask> =>
  createEvaluationTask({
    ...{ client, name: unique("task"), type: "CODE_EVALUATION", project: project.id },
    evaluators: [{ evaluatorId: evaluator.id }],
    ...more,
  });
const onDataset = (more: Partial<Evaluation> = {}): ReturnType<typeof createEvaluationTask> =>
  createEvaluationTask({
    ...{ client, name: unique("task"), type: "CODE_EVALUATION", dataset: dataset.id },
    ...{ experimentIds: [experiment.id], evaluators: [{ evaluatorId: evaluator.id }], ...more },
  });
const generation = {
  experiment_type: "LLM_GENERATION" as const,
  ai_integration_id: models.id,
  model_name: "gpt-4o",
  messages: [{ role: "USER" as const, content: "{{q}}" }],
  input_variable_format: "MUSTACHE" as const,
};
const generate = (more: object = {}): ReturnType<typeof createRunExperimentTask> =>
  createRunExperimentTask({
    ...{ client, name: unique("generate"), dataset: dataset.id, space, runConfiguration: generation, ...more },
  });

describe(AX_CLIENT, () => {
  describe("createTask and its two forms", () => {
    it("createEvaluationTask: on a project, with everything it may have", async () => {
      const task = await onProject({
        ...{ samplingRate: 0.5, isContinuous: true, queryFilter: "span_kind = 'LLM'" },
        evaluators: [
          {
            evaluatorId: evaluator.id,
            queryFilter: "name = 'x'",
            columnMappings: { output: "attributes.output.value" },
          },
        ],
      });
      expect(atob(task.id)).toMatch(/^OnlineTask:\d+:/);
      expect(task).toMatchObject({ type: "CODE_EVALUATION", projectId: project.id, datasetId: null, lastRunAt: null });
      expect(task).toMatchObject({ samplingRate: 0.5, isContinuous: true, queryFilter: "span_kind = 'LLM'" });
      expect(task).toMatchObject({ experimentIds: [], runConfiguration: null });
      expect(task.evaluators).toEqual([
        {
          ...{ evaluatorId: evaluator.id, evaluatorName: evaluator.name, evaluatorVersionId: null },
          ...{ queryFilter: "name = 'x'", columnMappings: { output: "attributes.output.value" } },
        },
      ]);
    });
    it("createEvaluationTask: on a dataset and its experiments, by the dataset's name, with the defaults", async () => {
      const task = await onDataset({ dataset: dataset.name, space });
      expect(task).toMatchObject({ projectId: null, datasetId: dataset.id, experimentIds: [experiment.id] });
      expect(task).toMatchObject({ isContinuous: false, queryFilter: null });
      expect(task.evaluators[0]).toMatchObject({ queryFilter: null, columnMappings: null, evaluatorVersionId: null });
    });
    it("createTask: by the project's name; TEMPLATE_EVALUATION takes a template evaluator", async () => {
      const task = await createTask({
        ...{ client, type: "TEMPLATE_EVALUATION", name: unique("task"), project: project.name, space },
        evaluators: [{ evaluatorId: judge.id }],
      });
      expect(task).toMatchObject({ type: "TEMPLATE_EVALUATION", projectId: project.id });
    });
    it("createTask: two of the same name may be", async () => {
      const { name } = await onProject();
      expect(await onProject({ name })).toMatchObject({ name });
    });
    it("createTask: an evaluator is pinned to a version; 422 for a version of another evaluator", async () => {
      const pinned = await onProject({
        evaluators: [{ evaluatorId: evaluator.id, evaluatorVersionId: evaluator.version.id }],
      });
      expect(pinned.evaluators[0]?.evaluatorVersionId).toBe(evaluator.version.id);
      const { version } = await code();
      const foreign = onProject({ evaluators: [{ evaluatorId: evaluator.id, evaluatorVersionId: version.id }] });
      await expectPlainRefusal(foreign, 422, /version/);
    });
    it("createTask: 422 for an evaluator of another type, and for evaluators that look at different things", async () => {
      await expectPlainRefusal(onProject({ evaluators: [{ evaluatorId: judge.id }] }), 422, /TEMPLATE/);
      const whole = await code();
      await createCodeEvaluatorVersion({
        ...{ client, evaluator: whole.id, commitMessage: "t", codeConfig: { ...codeConfig, dataGranularity: "TRACE" } },
      });
      const evaluators = [{ evaluatorId: evaluator.id }, { evaluatorId: whole.id }];
      await expectPlainRefusal(onProject({ evaluators }), 422);
    });
    it("createTask: 403 for a reader, 401 for an unknown key", async () => {
      await expectPlainRefusal(onProject({ client: readOnly }), 403, /PROJECT_EVAL_TASK_CREATE/);
      await expectPlainRefusal(onDataset({ client: readOnly }), 403, /EXPERIMENT_EVAL_TASK_CREATE/);
      await expectPlainRefusal(onProject({ client: clients.unknown }), 401);
    });
    it("createTask: 404 for a project, a dataset or an evaluator that does not exist", async () => {
      await expectPlainRefusal(onProject({ project: absent("Model") }), 404);
      await expectPlainRefusal(onDataset({ dataset: absent("Dataset") }), 404);
      await expectPlainRefusal(onProject({ evaluators: [{ evaluatorId: absent("Evaluator") }] }), 404);
    });
    it("createTask: 400 for no evaluators, one of them twice, no source, both sources, no experiments, or a rate above 1", async () => {
      const twice = { evaluatorId: evaluator.id };
      await expectPlainRefusal(onProject({ evaluators: [] }), 400, /evaluators/);
      await expectPlainRefusal(onProject({ evaluators: [twice, twice] }), 400, /evaluators/);
      await expectPlainRefusal(onProject({ project: "" }), 400, /project_id/);
      await expectPlainRefusal(onProject({ dataset: dataset.id, experimentIds: [experiment.id] }), 400, /dataset_id/);
      await expectPlainRefusal(onDataset({ experimentIds: [] }), 400, /experiment_ids/);
      await expectPlainRefusal(onDataset({ samplingRate: 0.5 }), 400, /sampling_rate/);
      await expectPlainRefusal(onProject({ samplingRate: 1.5 }), 400, /sampling_rate/);
      await expectPlainRefusal(onProject({ name: "" }), 400, /name/);
    });
    it("createEvaluationTask: refuses the other kind before it asks", () =>
      expect(onProject({ type: "RUN_EXPERIMENT" as "CODE_EVALUATION" })).rejects.toThrow(/createRunExperimentTask/));

    it("createRunExperimentTask: keeps its configuration; the integration by its name", async () => {
      const { ai_integration_id: _id, ...rest } = generation;
      const task = await generate({ runConfiguration: { ...rest, aiIntegration: models.name } });
      expect(task).toMatchObject({ type: "RUN_EXPERIMENT", datasetId: dataset.id, projectId: null, evaluators: [] });
      expect(task.runConfiguration).toEqual(generation);
    });
    it("createRunExperimentTask: TEMPLATE_EVALUATION, and AGENT_CALL through an agent's name", async () => {
      const template = {
        ...{ experiment_type: "TEMPLATE_EVALUATION" as const, ai_integration_id: models.id, template: "{output}" },
        ...{ provide_explanation: true, classification_choices: { yes: 1 }, column_mapping: { output: "q" } },
      };
      expect((await generate({ runConfiguration: template })).runConfiguration).toEqual(template);
      const agent = await createIntegration({
        ...{ client, type: "AGENT", name: unique("agent"), scopings },
        config: { endpoint: "https://agent.example.com/run", inputSchema: { type: "object" } },
      });
      const runConfiguration = {
        experiment_type: "AGENT_CALL",
        integration: agent.name,
        input_template: { ask: "{{q}}" },
      };
      expect((await generate({ runConfiguration })).runConfiguration).toEqual({
        ...{ experiment_type: "AGENT_CALL", integration_id: agent.id, input_template: { ask: "{{q}}" } },
      });
    });
    it("createRunExperimentTask: 404 for an integration that does not exist, 403 for a reader, 400 for no messages", async () => {
      const with_ = (change: object): object => ({ runConfiguration: { ...generation, ...change } });
      await expectPlainRefusal(generate(with_({ ai_integration_id: absent("LlmIntegration") })), 404);
      await expectPlainRefusal(generate({ client: readOnly }), 403, /EXPERIMENT_EVAL_TASK_CREATE/);
      await expectPlainRefusal(generate(with_({ messages: [] })), 400, /messages/);
      await expectPlainRefusal(generate(with_({ experiment_type: "OTHER" })), 400, /experiment_type/);
    });
  });

  describe("tasks", () => {
    it("getTask: by id and by name; 404 for none; a name nobody has is not resolved", async () => {
      const task = await onProject();
      expect(await getTask({ client: readOnly, task: task.id })).toEqual(task);
      expect(await getTask({ client, task: task.name, space })).toEqual(task);
      expect(await getTask({ client, task: task.name, space: platform.space.name })).toEqual(task);
      await expectPlainRefusal(getTask({ client, task: absent("OnlineTask") }), 404);
      await expect(getTask({ client, task: unique("none"), space })).rejects.toBeInstanceOf(ResolutionError);
    });

    it("listTasks: every one once", async () => {
      const made = [await onProject(), await onDataset(), await generate()].map(({ id }) => id);
      const ids = (
        await allPages((cursor) => listTasks({ client: readOnly, space, limit: 2, ...(cursor && { cursor }) }))
      ).map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids).toEqual(expect.arrayContaining(made));
    });
    it("listTasks: of a project, of a dataset, of a type, by a part of the name", async () => {
      const stem = unique("Search");
      const [spans, runs, made] = [
        await onProject({ name: `${stem} p` }),
        await onDataset({ name: `${stem} d` }),
        await generate({ name: `${stem} g` }),
      ];
      const found = async (filter: object): Promise<string[]> =>
        (await listTasks({ client, name: stem.toUpperCase(), space, ...filter })).data.map(({ id }) => id).sort();
      expect(await found({})).toEqual([spans.id, runs.id, made.id].sort());
      expect(await found({ project: project.name })).toEqual([spans.id]);
      expect(await found({ dataset: dataset.id })).toEqual([runs.id, made.id].sort());
      expect(await found({ type: "RUN_EXPERIMENT" })).toEqual([made.id]);
      expect(await found({ space: platform.space.name })).toHaveLength(3);
    });
    it("listTasks: 404 for a space, a project or a dataset that does not exist, 400 for a limit or a type that may not be", async () => {
      await expectRefusal(listTasks({ client, space: absent("Space") }), 404);
      await expectRefusal(listTasks({ client, project: absent("Model") }), 404);
      await expectRefusal(listTasks({ client, dataset: absent("Dataset") }), 404);
      await expectRefusal(listTasks({ client, limit: 101 }), 400, /limit/);
      await expectRefusal(listTasks({ client, type: "OTHER" as "RUN_EXPERIMENT" }), 400, /type/);
    });

    it("updateTask: what it names, and nothing else; null clears the filter", async () => {
      const { id: task, name: was } = await onProject({ queryFilter: "name = 'x'" });
      const name = unique("renamed");
      const second = await code();
      const changed = await updateTask({
        ...{ client, task: was, space, name, samplingRate: 0.25, isContinuous: true },
        evaluators: [{ evaluatorId: second.id, evaluatorVersionId: second.version.id }],
      });
      expect(changed).toMatchObject({
        id: task,
        name,
        samplingRate: 0.25,
        isContinuous: true,
        queryFilter: "name = 'x'",
      });
      expect(changed.evaluators).toMatchObject([{ evaluatorId: second.id, evaluatorVersionId: second.version.id }]);
      expect((await updateTask({ client, task, queryFilter: null })).queryFilter).toBeNull();
      expect(await getTask({ client, task })).toMatchObject({ name, queryFilter: null });
    });
    it("updateTask: 400 for a field of another kind of task and for no evaluators, 403 for a reader, 404 for none, 422 for an evaluator that does not fit", async () => {
      const [{ id: task }, { id: runs }, { id: made }] = [await onProject(), await onDataset(), await generate()];
      await expectPlainRefusal(updateTask({ client, task: runs, samplingRate: 0.5 }), 400, /sampling_rate/);
      await expectPlainRefusal(updateTask({ client, task: made, queryFilter: "name = 'x'" }), 400, /query_filter/);
      await expectPlainRefusal(updateTask({ client, task, evaluators: [] }), 400, /evaluators/);
      await expectPlainRefusal(updateTask({ client: readOnly, task, name: "x" }), 403, /PROJECT_EVAL_TASK_UPDATE/);
      await expectPlainRefusal(updateTask({ client, task: absent("OnlineTask"), name: "x" }), 404);
      await expectPlainRefusal(updateTask({ client, task, evaluators: [{ evaluatorId: judge.id }] }), 422);
      await expect(updateTask({ client, task })).rejects.toThrow(/At least one/);
    });

    it("deleteTask: it is gone; by name too; 403 for a reader, 404 the second time", async () => {
      const { id: task, name } = await onProject();
      await expectPlainRefusal(deleteTask({ client: readOnly, task }), 403, /PROJECT_EVAL_TASK_DELETE/);
      await deleteTask({ client, task: name, space });
      await expectPlainRefusal(getTask({ client, task }), 404);
      await expectPlainRefusal(deleteTask({ client: admin, task }), 404);
    });
  });
});
