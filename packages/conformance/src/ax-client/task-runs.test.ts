import {
  cancelTaskRun,
  createCodeEvaluator,
  createDataset,
  createEvaluationTask,
  createExperiment,
  createRunExperimentTask,
  createAiIntegration,
  getProject,
  getTask,
  getTaskRun,
  listDatasetExamples,
  listExperimentRuns,
  listSpans,
  listTaskRuns,
  triggerTaskRun,
  waitForTaskRun,
} from "@arizeai/ax-client";
import { afterAll, describe, expect, it } from "vitest";
import { absent, allPages, AX_CLIENT, axClients, expectPlainRefusal, unique } from "../support/ax-client.js";
import { startPlatform } from "../support/platform.js";
import { sdkClients } from "../support/sdk.js";
import { llmSpans } from "../support/spans.js";

const platform = await startPlatform();
afterAll(platform.stop);
const { service: client, readOnly } = axClients(platform);
const space = platform.space.id;
const HOUR = 3_600_000;

const { service: logger } = sdkClients(platform);
afterAll(() => logger.close());
/** A new project with one span for each output. @returns the project's id */
const projectWith = async (outputs: string[]): Promise<string> => {
  const name = unique("chat");
  await logger.logger.logSpans(llmSpans("attributes.output.value", outputs), { project: name });
  return (await getProject({ client, project: name, space })).id;
};
const project = await projectWith(["{}", "no JSON", "[1]"]);
const dataset = (await createDataset({ client, space, name: unique("data"), examples: [{ q: "a" }, { q: "b" }] })).id;
const exampleIds = (await listDatasetExamples({ client, dataset })).data.map(({ id }) => id);
const output = (values: string[]) =>
  createExperiment({
    ...{ client, experimentName: unique("experiment"), dataset },
    experimentRuns: values.map((value, n) => ({ exampleId: exampleIds[n % 2] ?? "", output: value })),
  });
const codeConfig = {
  ...{ type: "MANAGED" as const, name: "json", managedEvaluator: "JSON_PARSEABLE" as const, variables: ["output"] },
};
const evaluator = await createCodeEvaluator({ client, name: unique("json"), space, commitMessage: "c", codeConfig });
const evaluators = [{ evaluatorId: evaluator.id }];
const window = { dataStartTime: new Date(Date.now() - 24 * HOUR), dataEndTime: new Date(Date.now() + 60_000) };
const onProject = () =>
  createEvaluationTask({
    ...{ client, name: unique("task"), type: "CODE_EVALUATION", project },
    evaluators: [{ evaluatorId: evaluator.id, columnMappings: { output: "attributes.output.value" } }],
  });
const onExperiment = async (experimentIds?: string[]) =>
  createEvaluationTask({
    ...{ client, name: unique("task"), type: "CODE_EVALUATION", dataset, evaluators },
    experimentIds: experimentIds ?? [(await output(["{}", "x"])).id],
  });
const ended = async (run: { id: string }) =>
  waitForTaskRun({ client, runId: run.id, pollInterval: 50, timeout: 20_000 });

describe(AX_CLIENT, () => {
  describe("task runs", () => {
    it("triggerTaskRun, waitForTaskRun: over the spans of a window; listSpans shows what was found", async () => {
      const { id: task } = await onProject();
      const run = await triggerTaskRun({ client, task, ...window });
      expect(atob(run.id)).toMatch(/^TaskRun:\d+:/);
      expect(run).toMatchObject({ taskId: task, experimentId: null, ...window });
      const done = await ended(run);
      expect(done).toMatchObject({ id: run.id, status: "COMPLETED", numSuccesses: 3, numErrors: 0, numSkipped: 0 });
      expect(done.runStartedAt).toBeInstanceOf(Date);
      expect(done.runFinishedAt?.getTime()).toBeGreaterThanOrEqual(done.runStartedAt?.getTime() ?? Infinity);
      const { data } = await listSpans({ client: readOnly, project });
      expect(Object.fromEntries(data.map((span) => [span.name, span.evaluations?.[0]?.score]))).toEqual({
        ...{ "step 0": 1, "step 1": 0, "step 2": 1 },
      });
      expect((await getTask({ client, task })).lastRunAt).toBeInstanceOf(Date);
    });
    it("triggerTaskRun: what is evaluated is skipped unless told to override; maxSpans bounds it", async () => {
      const { id: task } = await onProject();
      const run = async (more: object) => ended(await triggerTaskRun({ client, task, ...window, ...more }));
      await run({ overrideEvaluations: true });
      expect(await run({})).toMatchObject({ status: "CANCELLED", numSuccesses: 0, numSkipped: 3 });
      expect(await run({ overrideEvaluations: true, maxSpans: 1 })).toMatchObject({ numSuccesses: 1 });
    });
    it("triggerTaskRun: over the runs of the task's experiments, by the task's name", async () => {
      const experiment = (await output(["{}", "x"])).id;
      const task = await onExperiment([experiment]);
      const done = await ended(await triggerTaskRun({ client, task: task.name, space }));
      expect(done).toMatchObject({ status: "COMPLETED", numSuccesses: 2, dataStartTime: null, dataEndTime: null });
      const { data } = await listExperimentRuns({ client, experiment });
      expect(data.map((run) => ("eval.json.score" in run ? run["eval.json.score"] : undefined)).sort()).toEqual([0, 1]);
    });
    it("triggerTaskRun: over experiments of the request instead", async () => {
      const [task, other] = [await onExperiment(), await output(["{}"])];
      const done = await ended(await triggerTaskRun({ client, task: task.id, experimentIds: [other.id] }));
      expect(done).toMatchObject({ status: "COMPLETED", numSuccesses: 1 });
    });
    it("triggerTaskRun: 400 without a window for the first time, and one from the last run after that", async () => {
      const { id: task } = await onProject();
      await expectPlainRefusal(triggerTaskRun({ client, task }), 400, /data_start_time/);
      await ended(await triggerTaskRun({ client, task, ...window }));
      const { lastRunAt } = await getTask({ client, task });
      await new Promise((resolve) => setTimeout(resolve, 5));
      expect(await triggerTaskRun({ client, task })).toMatchObject({ dataStartTime: lastRunAt });
    });
    it("triggerTaskRun: 400 for a window of more than 30 days or turned round, no spans at most, and fields of another kind", async () => {
      const [{ id: task }, { id: ofDataset }] = [await onProject(), await onExperiment()];
      const trigger = (more: object): Promise<unknown> => triggerTaskRun({ client, task, ...window, ...more });
      await expectPlainRefusal(trigger({ dataStartTime: new Date(Date.now() - 31 * 24 * HOUR) }), 400, /30 days/);
      const turned = { dataStartTime: window.dataEndTime, dataEndTime: window.dataStartTime };
      await expectPlainRefusal(trigger(turned), 400, /data_start_time/);
      await expectPlainRefusal(trigger({ maxSpans: 0 }), 400, /max_spans/);
      await expectPlainRefusal(trigger({ experimentIds: [absent("Experiment")] }), 400, /experiment_ids/);
      await expectPlainRefusal(trigger({ task: ofDataset }), 400, /data_start_time/);
    });
    it("triggerTaskRun: a RUN_EXPERIMENT task needs experiment_name, which this client cannot send: 400", async () => {
      const models = await createAiIntegration({
        ...{
          client,
          name: unique("m"),
          provider: "OPEN_AI",
          scopings: [{ organizationId: platform.organization.id, spaceId: space }],
        },
      });
      const { id: task } = await createRunExperimentTask({
        ...{ client, name: unique("generate"), dataset },
        runConfiguration: {
          ...{ experiment_type: "LLM_GENERATION", ai_integration_id: models.id, input_variable_format: "MUSTACHE" },
          messages: [{ role: "USER", content: "{{q}}" }],
        },
      });
      await expectPlainRefusal(triggerTaskRun({ client, task }), 400, /experiment_name/);
    });
    it("triggerTaskRun: 403 for a reader, 404 for a task that does not exist", async () => {
      const { id: task } = await onProject();
      await expectPlainRefusal(triggerTaskRun({ client: readOnly, task, ...window }), 403, /PROJECT_EVAL_TASK_UPDATE/);
      await expectPlainRefusal(triggerTaskRun({ client, task: absent("OnlineTask") }), 404);
    });

    it("getTaskRun: what waitForTaskRun answered; 404 for none", async () => {
      const task = await onExperiment();
      const done = await ended(await triggerTaskRun({ client, task: task.id }));
      expect(await getTaskRun({ client: readOnly, runId: done.id })).toEqual(done);
      await expectPlainRefusal(getTaskRun({ client, runId: absent("TaskRun") }), 404);
    });
    it("waitForTaskRun: answers at once for a run that has ended; throws for one that does not exist", async () => {
      const task = await onExperiment();
      const done = await ended(await triggerTaskRun({ client, task: task.id }));
      expect(await waitForTaskRun({ client, runId: done.id })).toEqual(done);
      await expectPlainRefusal(waitForTaskRun({ client, runId: absent("TaskRun") }), 404);
    });
    it("listTaskRuns: every one once, newest first, and only those of a status", async () => {
      const { id: task, name } = await onExperiment();
      const made: string[] = [];
      for (let n = 0; n < 3; n += 1) made.unshift((await ended(await triggerTaskRun({ client, task }))).id);
      const ids = (
        await allPages((cursor) => listTaskRuns({ client: readOnly, task, limit: 2, ...(cursor && { cursor }) }))
      ).map(({ id }) => id);
      expect(ids).toEqual(made);
      const of = async (status: "COMPLETED" | "CANCELLED" | "RUNNING"): Promise<string[]> =>
        (await listTaskRuns({ client, task: name, space, status })).data.map(({ id }) => id);
      expect(await of("COMPLETED")).toEqual(made.slice(-1));
      expect(await of("CANCELLED")).toEqual(made.slice(0, 2));
      expect(await of("RUNNING")).toEqual([]);
    });
    it("listTaskRuns: 404 for a task that does not exist, 400 for a limit or a status that may not be", async () => {
      const { id: task } = await onExperiment();
      await expectPlainRefusal(listTaskRuns({ client, task: absent("OnlineTask") }), 404);
      await expectPlainRefusal(listTaskRuns({ client, task, limit: 101 }), 400, /limit/);
      await expectPlainRefusal(listTaskRuns({ client, task, status: "LOST" as "FAILED" }), 400, /status/);
    });

    it("cancelTaskRun: one that goes on; meanwhile a second is refused with 409", async () => {
      const many = await projectWith(Array.from({ length: 4000 }, () => "{}"));
      const several = await Promise.all(
        Array.from({ length: 8 }, (_, n) =>
          createCodeEvaluator({
            ...{ client, name: unique("busy"), space, commitMessage: "c" },
            codeConfig: { ...codeConfig, name: `json ${String(n)}` },
          }),
        ),
      );
      const { id: task } = await createEvaluationTask({
        ...{ client, name: unique("task"), type: "CODE_EVALUATION", project: many },
        evaluators: several.map(({ id }) => ({
          evaluatorId: id,
          columnMappings: { output: "attributes.output.value" },
        })),
      });
      const run = await triggerTaskRun({ client, task, ...window });
      await expectPlainRefusal(triggerTaskRun({ client, task, ...window }), 409, new RegExp(run.id));
      await expectPlainRefusal(cancelTaskRun({ client: readOnly, runId: run.id }), 403, /PROJECT_EVAL_TASK_UPDATE/);
      expect(await cancelTaskRun({ client, runId: run.id })).toMatchObject({ id: run.id, status: "CANCELLED" });
      expect(await ended(run)).toMatchObject({ status: "CANCELLED" });
    });
    it("cancelTaskRun: 400 once it has ended, 404 for none", async () => {
      const task = await onExperiment();
      const { id: runId } = await ended(await triggerTaskRun({ client, task: task.id }));
      await expectPlainRefusal(cancelTaskRun({ client, runId }), 400, /ended/);
      await expectPlainRefusal(cancelTaskRun({ client, runId: absent("TaskRun") }), 404);
    });
  });
});
