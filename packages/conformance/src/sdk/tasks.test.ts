import { ResolutionError } from "@axlab/sdk";
import { afterAll, describe, expect, it, vi } from "vitest";
import { absent, unique } from "../support/ax-client.js";
import { startPlatform } from "../support/platform.js";
import { AXLAB_SDK, expectApiError, sdkClients } from "../support/sdk.js";
import { llmSpans } from "../support/spans.js";

const platform = await startPlatform();
afterAll(platform.stop);
const { readOnly, service } = sdkClients(platform);
afterAll(() => service.close());
const HOUR = 3_600_000;
const scopings = [{ organization_id: platform.organization.id, space_id: platform.space.id }];

const projectName = unique("chat");
await service.logger.logSpans(llmSpans("attributes.output.value", ["{}", "no JSON"]), { project: projectName });
const project_id = (await service.projects.get(projectName)).id;
const dataset = await service.datasets.create({ name: unique("data"), examples: [{ q: "a" }] });
const evaluator = await service.evaluators.create({
  ...{ name: unique("json"), type: "CODE" },
  version: {
    commit_message: "c",
    code_config: { type: "MANAGED", name: "json", managed_evaluator: "JSON_PARSEABLE", variables: ["output"] },
  },
});
const evaluators = [{ evaluator_id: evaluator.id, column_mappings: { output: "attributes.output.value" } }];
const window = {
  data_start_time: new Date(Date.now() - 24 * HOUR).toISOString(),
  data_end_time: new Date(Date.now() + 60_000).toISOString(),
};
const create = (more: object = {}, as = service): ReturnType<typeof service.tasks.create> =>
  as.tasks.create({ name: unique("task"), type: "CODE_EVALUATION", project_id, evaluators, ...more });
const models = await service.aiIntegrations.create({ name: unique("models"), provider: "OPEN_AI", scopings });
const generation = {
  ...{ experiment_type: "LLM_GENERATION" as const, ai_integration_id: models.id },
  ...{ messages: [{ role: "USER" as const, content: "{{q}}" }], input_variable_format: "MUSTACHE" as const },
};
const generate = (): ReturnType<typeof service.tasks.create> =>
  service.tasks.create({
    ...{ name: unique("generate"), type: "RUN_EXPERIMENT", dataset_id: dataset.id, run_configuration: generation },
  });
const ended = (id: string) =>
  vi.waitFor(
    async () => {
      const run = await service.tasks.getRun(id);
      expect(run.status).not.toMatch(/PENDING|RUNNING/);
      return run;
    },
    { timeout: 20_000 },
  );

describe(AXLAB_SDK, () => {
  it("tasks.create: an evaluation of a project, and an experiment of a dataset", async () => {
    const task = await create({ sampling_rate: 0.5, query_filter: "span_kind = 'LLM'" });
    expect(task).toMatchObject({
      project_id,
      sampling_rate: 0.5,
      query_filter: "span_kind = 'LLM'",
      last_run_at: null,
    });
    expect(task.evaluators).toMatchObject([
      { ...evaluators[0], evaluator_name: evaluator.name, evaluator_version_id: null },
    ]);
    expect(await generate()).toMatchObject({ type: "RUN_EXPERIMENT", run_configuration: generation, evaluators: [] });
  });
  it("tasks.create: 403 for a reader, 404 for no evaluator, 422 for one of another type", async () => {
    await expectApiError(create({}, readOnly), 403, platform);
    await expectApiError(create({ evaluators: [{ evaluator_id: absent("Evaluator") }] }), 404, platform);
    await expectApiError(create({ type: "TEMPLATE_EVALUATION" }), 422, platform);
    await expect(create({ evaluators: [] })).rejects.toThrow(/evaluators/);
  });
  it("tasks.get: by id and by name; 404 for none", async () => {
    const task = await create();
    expect(await readOnly.tasks.get(task.id)).toEqual(task);
    expect(await readOnly.tasks.get(task.name, { space: platform.space.name })).toEqual(task);
    await expectApiError(readOnly.tasks.get(absent("OnlineTask")), 404, platform);
    await expect(readOnly.tasks.get(unique("none"))).rejects.toBeInstanceOf(ResolutionError);
  });
  it("tasks.list: every one once; of a project, of a dataset, of a type", async () => {
    const [one, other] = [await create(), await generate()];
    const ids = async (filter: object): Promise<string[]> =>
      (await readOnly.tasks.list({ limit: 1, ...filter }).toArray()).map(({ id }) => id);
    const all = await ids({});
    expect(new Set(all).size).toBe(all.length);
    expect(all).toEqual(expect.arrayContaining([one.id, other.id]));
    expect(await ids({ project: projectName })).not.toContain(other.id);
    expect(await ids({ dataset: dataset.id })).not.toContain(one.id);
    expect(await ids({ type: "RUN_EXPERIMENT", name: other.name })).toEqual([other.id]);
  });
  it("tasks.update: what it names; null clears; 403 for a reader, 404 for none, 400 for a field of another kind", async () => {
    const task = await create({ query_filter: "name = 'x'" });
    const name = unique("renamed");
    expect(await service.tasks.update(task.name, { name, query_filter: null })).toMatchObject({
      ...{ id: task.id, name, query_filter: null },
    });
    await expectApiError(readOnly.tasks.update(task.id, { name: "x" }), 403, platform);
    await expectApiError(service.tasks.update(absent("OnlineTask"), { name: "x" }), 404, platform);
    await expectApiError(service.tasks.update(task.id, { run_configuration: generation }), 400, platform);
  });
  it("tasks.trigger, tasks.getRun: evaluates the spans of the window; exports show what was found", async () => {
    const task = await create();
    const run = await service.tasks.trigger(task.name, window);
    expect(run).toMatchObject({ task_id: task.id, experiment_id: null });
    expect(await ended(run.id)).toMatchObject({ status: "COMPLETED", num_successes: 2, failure_reason: null });
    const rows = await service.exports.toRows({
      ...{ model: projectName, environment: "TRACING" },
      ...{ startTime: new Date(window.data_start_time), endTime: new Date(window.data_end_time) },
    });
    expect(Object.fromEntries(rows.map((row) => [row["name"], row["eval.json.score"]]))).toEqual({
      ...{ "step 0": 1, "step 1": 0 },
    });
  });
  it("tasks.trigger: an experiment without a model fails and says so", async () => {
    const run = await service.tasks.trigger((await generate()).id, { experiment_name: unique("x") });
    const { status, failure_reason } = await ended(run.id);
    expect([status, failure_reason]).toEqual(["FAILED", expect.stringContaining("no model")]);
  });
  it("tasks.trigger: 403 for a reader, 404 for none, 400 without a window for the first time", async () => {
    const { id } = await create();
    await expectApiError(readOnly.tasks.trigger(id, window), 403, platform);
    await expectApiError(service.tasks.trigger(absent("OnlineTask"), window), 404, platform);
    await expectApiError(service.tasks.trigger(id), 400, platform);
  });
  it("tasks.runs: newest first, and those of a status", async () => {
    const { id, name } = await create();
    const made: string[] = [];
    for (let n = 0; n < 3; n += 1) {
      const run = await service.tasks.trigger(id, { ...window, override_evaluations: true });
      made.unshift((await ended(run.id)).id);
    }
    expect((await readOnly.tasks.runs(name, { limit: 2 }).toArray()).map((run) => run.id)).toEqual(made);
    expect(await readOnly.tasks.runs(id, { status: "FAILED" }).toArray()).toEqual([]);
    await expectApiError(readOnly.tasks.runs(absent("OnlineTask")).toArray(), 404, platform);
  });
  it("tasks.cancelRun: 400 once it has ended, 403 for a reader, 404 for none", async () => {
    const run = await service.tasks.trigger((await create()).id, window);
    await ended(run.id);
    await expectApiError(service.tasks.cancelRun(run.id), 400, platform);
    await expectApiError(readOnly.tasks.cancelRun(run.id), 403, platform);
    await expectApiError(service.tasks.cancelRun(absent("TaskRun")), 404, platform);
    await expectApiError(service.tasks.getRun(absent("TaskRun")), 404, platform);
  });
  it("tasks.delete: it is gone with its runs; 403 for a reader, 404 the second time", async () => {
    const { id, name } = await create();
    const run = await service.tasks.trigger(id, window);
    await ended(run.id);
    await expectApiError(readOnly.tasks.delete(id), 403, platform);
    await service.tasks.delete(name);
    await expectApiError(service.tasks.get(id), 404, platform);
    await expectApiError(service.tasks.getRun(run.id), 404, platform);
    await expectApiError(service.tasks.delete(id), 404, platform);
  });
});
