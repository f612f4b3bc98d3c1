import {
  AiIntegration,
  Dataset,
  DatasetExamplePage,
  EvaluatorWithVersion,
  Experiment,
  ExperimentRunPage,
  ProjectPage,
  SpanPage,
  Task,
  TaskPage,
  TaskRun,
  TaskRunPage,
} from "@axlab/wire/rest";
import { encodeDoGetRequest } from "@axlab/wire/flight";
import { describe, expect, it, vi } from "vitest";
import { Client } from "../../../testing/client.js";
import { FlightClient } from "../../../testing/flight-client.js";
import { traced } from "../../../testing/otlp.js";
import { absentId, suite } from "../../../testing/suite.js";
import type { Person } from "../../../testing/world.js";

const test = suite();
const AT = Date.parse("2026-11-20T12:00:00Z");
const WINDOW = { data_start_time: "2026-11-20T00:00:00Z", data_end_time: "2026-11-21T00:00:00Z" };
const as = (who: Person) => test.world.as(who);

async function evaluator(name = `e${Math.random()}`, config: object = {}): Promise<EvaluatorWithVersion> {
  const code_config = {
    ...{ type: "MANAGED", name: "polite", managed_evaluator: "CONTAINS_ANY_KEYWORD", variables: ["text"] },
    static_params: [{ name: "keywords", type: "STRING_ARRAY", default_value: ["please"] }],
    ...config,
  };
  const version = { commit_message: "", code_config };
  const body = { name, space_id: test.world.spaces.main, type: "CODE", version };
  return (await as("member").post("/v2/evaluators", body)).read(EvaluatorWithVersion);
}
async function project(): Promise<string> {
  await traced(as("admin"), test.world.spaces.main, "traced", [
    { spanId: "00f067aa0ba902b7", at: AT, attributes: { "input.value": "please" } },
    { spanId: "00f067aa0ba902b8", at: AT, attributes: { "input.value": "now" } },
    { spanId: "00f067aa0ba902b9", at: AT },
  ]);
  return (await as("admin").get("/v2/projects?name=traced")).read(ProjectPage).projects[0]?.id ?? "";
}
const input = { text: "attributes.input.value" };
const create = (body: object, who: Person = "member") =>
  as(who).post("/v2/tasks", { type: "CODE_EVALUATION", name: "t", ...body });
async function made(body: object): Promise<Task> {
  const reply = await create(body);
  expect(reply.status, reply.text).toBe(201);
  return reply.read(Task);
}
const trigger = (task: { id: string }, body?: object, who: Person = "member") =>
  as(who).post(`/v2/tasks/${task.id}/trigger`, body);
async function ended(task: { id: string }, body?: object): Promise<TaskRun> {
  const reply = await trigger(task, body);
  expect(reply.status, reply.text).toBe(201);
  const run = reply.read(TaskRun);
  expect(run).toMatchObject({ status: "PENDING", task_id: task.id, num_successes: 0 });
  await test.platform.domain.taskRuns.settle();
  return (await as("reader").get(`/v2/task-runs/${run.id}`)).read(TaskRun);
}
async function experiment(): Promise<{ dataset_id: string; id: string }> {
  const space_id = test.world.spaces.main;
  const examples = [{ ask: "please" }, { ask: "now" }];
  const dataset = (await as("member").post("/v2/datasets", { name: `d${Math.random()}`, space_id, examples })).read(
    Dataset,
  );
  const page = (await as("member").get(`/v2/datasets/${dataset.id}/examples`)).read(DatasetExamplePage);
  const experiment_runs = page.examples.map(({ id }) => ({ example_id: id, output: "ok, please" }));
  const body = { name: "x", dataset_id: dataset.id, experiment_runs };
  return { dataset_id: dataset.id, id: (await as("member").post("/v2/experiments", body)).read(Experiment).id };
}

describe("a task", () => {
  it("on a project is answered whole, found and listed by its filters", async () => {
    const [project_id, { id: evaluator_id, name }] = [await project(), await evaluator()];
    const task = await made({
      ...{ project_id, sampling_rate: 0.5, is_continuous: true, query_filter: "status_code = 'OK'" },
      evaluators: [{ evaluator_id, column_mappings: input }],
    });
    expect(task).toMatchObject({
      ...{
        project_id,
        dataset_id: null,
        sampling_rate: 0.5,
        is_continuous: true,
        experiment_ids: [],
        last_run_at: null,
      },
      evaluators: [
        { evaluator_id, evaluator_name: name, evaluator_version_id: null, query_filter: null, column_mappings: input },
      ],
    });
    expect((await as("reader").get(`/v2/tasks/${task.id}`)).read(Task)).toEqual(task);
    const found = async (query: string) => (await as("reader").get(`/v2/tasks?${query}`)).read(TaskPage).tasks.length;
    expect(await found(`project_id=${project_id}&type=CODE_EVALUATION&name=T`)).toBe(1);
    expect(await found("type=RUN_EXPERIMENT")).toBe(0);
    expect(await found("space_name=nowhere")).toBe(0);
    expect((await as("outsider").get("/v2/tasks")).read(TaskPage).tasks).toEqual([]);
  });

  it("hides evaluator_version_id from Python up to 8.42, which raises on it", async () => {
    const task = await made({ project_id: await project(), evaluators: [{ evaluator_id: (await evaluator()).id }] });
    const response = await test.platform.fetch(
      new Request(`http://axlab/v2/tasks/${task.id}`, {
        headers: {
          authorization: `Bearer ${test.world.keys.reader}`,
          "sdk-language": "python",
          "sdk-version": "8.42.0",
        },
      }),
    );
    expect(await response.text()).not.toContain("evaluator_version_id");
    expect(new Client(test.platform, undefined)).toBeDefined();
  });

  it("takes one source, and what belongs to it", async () => {
    const [project_id, { id: evaluator_id }, { dataset_id, id }] = [
      await project(),
      await evaluator(),
      await experiment(),
    ];
    const evaluators = [{ evaluator_id }];
    for (const body of [
      { evaluators },
      { evaluators, project_id, dataset_id },
      { evaluators, dataset_id },
      { evaluators, dataset_id, experiment_ids: [id], sampling_rate: 1 },
      { evaluators, project_id, experiment_ids: [id] },
      { evaluators: [], project_id },
      { evaluators: [...evaluators, ...evaluators], project_id },
      { evaluators, project_id, sampling_rate: 1.1 },
    ])
      expect((await create(body)).status, JSON.stringify(body)).toBe(400);
    expect((await create({ evaluators, dataset_id, experiment_ids: [absentId("Experiment")] })).status).toBe(422);
  });

  it("takes evaluators of its type and space, at one of their versions, that look at the same", async () => {
    const [project_id, one, spans] = [
      await project(),
      await evaluator(),
      await evaluator("traces", { data_granularity: "TRACE" }),
    ];
    const refused = async (...evaluators: object[]) => (await create({ project_id, evaluators })).status;
    expect(await refused({ evaluator_id: absentId("Evaluator") })).toBe(404);
    expect(await refused({ evaluator_id: one.id, evaluator_version_id: spans.version.id })).toBe(422);
    expect(await refused({ evaluator_id: one.id }, { evaluator_id: spans.id })).toBe(422);
    expect(
      (await create({ project_id, type: "TEMPLATE_EVALUATION", evaluators: [{ evaluator_id: one.id }] })).status,
    ).toBe(422);
    const pinned = await made({
      project_id,
      evaluators: [{ evaluator_id: one.id, evaluator_version_id: one.version.id }],
    });
    expect(pinned.evaluators[0]?.evaluator_version_id).toBe(one.version.id);
  });

  it("changes what its kind has, and nothing else", async () => {
    const task = await made({ project_id: await project(), evaluators: [{ evaluator_id: (await evaluator()).id }] });
    const change = (body: object) => as("member").patch(`/v2/tasks/${task.id}`, body);
    expect((await change({ name: "u", query_filter: "name = 'x'", is_continuous: true })).read(Task)).toMatchObject({
      ...{ name: "u", query_filter: "name = 'x'", is_continuous: true },
    });
    expect((await change({ query_filter: null })).read(Task).query_filter).toBeNull();
    expect((await change({})).status).toBe(400);
    const run_configuration = { experiment_type: "AGENT_CALL", integration_id: "i", input_template: {} };
    expect((await change({ run_configuration })).status).toBe(400);
  });

  it("goes with its project or dataset", async () => {
    const [project_id, { id: evaluator_id }, { dataset_id, id }] = [
      await project(),
      await evaluator(),
      await experiment(),
    ];
    await made({ project_id, evaluators: [{ evaluator_id }] });
    await made({ dataset_id, experiment_ids: [id], evaluators: [{ evaluator_id }] });
    await as("admin").delete(`/v2/projects/${project_id}`);
    await as("admin").delete(`/v2/datasets/${dataset_id}`);
    expect(
      await test.platform.domain.core.store.db
        .selectFrom("tasks")
        .select("id")
        .where("account_id", "=", test.world.accountId)
        .execute(),
    ).toEqual([]);
  });

  it("on a restricted project is seen by those who may see it there", async () => {
    const project_id = await project();
    const task = await made({ project_id, evaluators: [{ evaluator_id: (await evaluator()).id }] });
    await as("admin").post("/v2/resource-restrictions", { resource_id: project_id });
    expect((await as("member").get(`/v2/tasks/${task.id}`)).status).toBe(404);
    expect((await as("admin").get(`/v2/tasks/${task.id}`)).status).toBe(200);
  });
});

describe("a run of a task", () => {
  it("evaluates spans with a managed evaluator, once unless it is told to override", async () => {
    const project_id = await project();
    const task = await made({
      project_id,
      evaluators: [{ evaluator_id: (await evaluator()).id, column_mappings: input }],
    });
    const run = await ended(task, WINDOW);
    expect(run).toMatchObject({
      status: "COMPLETED",
      num_successes: 2,
      num_errors: 0,
      num_skipped: 1,
      failure_reason: null,
    });
    const { spans } = (await as("reader").post("/v2/spans", { project_id, start_time: WINDOW.data_start_time })).read(
      SpanPage,
    );
    const scores = spans.map(({ attributes, evaluations }) => [
      attributes?.["input.value"],
      evaluations?.[0]?.label,
      evaluations?.[0]?.score,
    ]);
    expect(scores).toEqual(
      expect.arrayContaining([
        ["please", "true", 1],
        ["now", "false", 0],
        [undefined, undefined, undefined],
      ]),
    );
    expect(await ended(task, WINDOW)).toMatchObject({
      status: "CANCELLED",
      num_skipped: 3,
      failure_reason: expect.stringContaining("override_evaluations"),
    });
    expect(await ended(task, { ...WINDOW, override_evaluations: true })).toMatchObject({
      status: "COMPLETED",
      num_successes: 2,
    });
    const runs = (await as("reader").get(`/v2/tasks/${task.id}/runs`)).read(TaskRunPage).task_runs;
    expect(runs.map(({ status }) => status)).toEqual(["COMPLETED", "CANCELLED", "COMPLETED"]);
    expect(
      (await as("reader").get(`/v2/tasks/${task.id}/runs?status=CANCELLED`)).read(TaskRunPage).task_runs,
    ).toHaveLength(1);
    expect((await as("reader").get(`/v2/tasks/${task.id}`)).read(Task).last_run_at).not.toBeNull();
  });

  it("evaluates the runs of experiments, whose variables are columns of run or example", async () => {
    const { dataset_id, id } = await experiment();
    const evaluators = [
      { evaluator_id: (await evaluator()).id, column_mappings: { text: "ask" } },
      { evaluator_id: (await evaluator("out", { name: "said", variables: ["output"] })).id },
    ];
    const task = await made({ dataset_id, experiment_ids: [id], evaluators });
    expect(await ended(task)).toMatchObject({ status: "COMPLETED", num_successes: 4 });
    const { experiment_runs } = (await as("reader").get(`/v2/experiments/${id}/runs`)).read(ExperimentRunPage);
    expect(experiment_runs.map((run) => [run["eval.polite.score"], run["eval.said.label"]])).toEqual([
      [1, "true"],
      [0, "true"],
    ]);
  });

  it("keeps what another task says of the same runs at the same time, and shows both over Flight", async () => {
    const { dataset_id, id } = await experiment();
    const tasks: Task[] = [];
    for (const name of ["one", "two"]) {
      const { id: evaluator_id } = await evaluator(name, { name, variables: ["output"] });
      tasks.push(await made({ dataset_id, experiment_ids: [id], evaluators: [{ evaluator_id }] }));
    }
    const replies = await Promise.all(tasks.map((task) => trigger(task)));
    expect(replies.map(({ status }) => status)).toEqual([201, 201]);
    await test.platform.domain.taskRuns.settle();
    const listening = await test.platform.listen({ port: 0 });
    const flight = new FlightClient(listening, test.world.keys.member);
    try {
      const value = { spaceId: test.world.spaces.main, experimentId: id };
      const table = await flight.get(encodeDoGetRequest({ case: "getExperiment", value }));
      const scores = (name: string) => [...(table.getChild(`eval.${name}.score`) ?? [])];
      expect([scores("one"), scores("two")]).toEqual([
        [1, 1],
        [1, 1],
      ]);
    } finally {
      flight.close();
      await listening.close();
    }
  });

  it("needs a window for the first time, of thirty days at most, and only fields of its kind", async () => {
    const task = await made({ project_id: await project(), evaluators: [{ evaluator_id: (await evaluator()).id }] });
    for (const body of [
      {},
      { ...WINDOW, data_end_time: "2026-12-21T00:00:00Z" },
      { ...WINDOW, data_end_time: "2026-11-19T00:00:00Z" },
      { ...WINDOW, experiment_name: "x" },
    ])
      expect((await trigger(task, body)).status, JSON.stringify(body)).toBe(400);
    expect((await trigger(task, WINDOW, "reader")).status).toBe(403);
  });

  it("is refused while another goes on, which may be cancelled, and an ended one may not", async () => {
    const task = await made({
      project_id: await project(),
      evaluators: [{ evaluator_id: (await evaluator()).id, column_mappings: input }],
    });
    const run = await ended(task, WINDOW);
    const cancel = () => as("member").post(`/v2/task-runs/${run.id}/cancel`);
    expect((await cancel()).status).toBe(400);
    const { db } = test.platform.domain.core.store;
    await db.updateTable("task_runs").set({ status: "RUNNING" }).where("id", "=", run.id).execute();
    expect((await trigger(task, WINDOW)).status).toBe(409);
    expect((await as("reader").post(`/v2/task-runs/${run.id}/cancel`)).status).toBe(403);
    expect((await cancel()).read(TaskRun)).toMatchObject({ status: "CANCELLED" });
  });

  it("reads a page of spans once for all evaluators of one filter; the second of a name sees what the first said", async () => {
    const project_id = await project();
    const attached = async (name: string, query_filter: string | null = null) => ({
      evaluator_id: (await evaluator(undefined, { name })).id,
      column_mappings: input,
      query_filter,
    });
    const evaluators = [
      await attached("a"),
      await attached("few", "attributes.input.value = 'now'"),
      await attached("b"),
      await attached("a"),
    ];
    const reading = vi.spyOn(test.platform.domain.spans, "list");
    const run = await ended(await made({ project_id, evaluators }), WINDOW);
    const filters = reading.mock.calls.map(([, { filter }]) => filter);
    reading.mockRestore();
    expect(filters).toEqual([undefined, "(attributes.input.value = 'now')", undefined]);
    expect(run).toMatchObject({ status: "COMPLETED", num_successes: 5, num_skipped: 5 });
    const { spans } = (await as("reader").post("/v2/spans", { project_id, start_time: WINDOW.data_start_time })).read(
      SpanPage,
    );
    const said = spans.map(({ context, evaluations = [] }) => [
      context.span_id.at(-1),
      evaluations.map(({ name, label }) => `${name} ${label ?? ""}`).sort(),
    ]);
    expect(said).toEqual(
      expect.arrayContaining([
        ["7", ["a true", "b true"]],
        ["8", ["a false", "b false", "few false"]],
        ["9", []],
      ]),
    );
  });

  it("that is cancelled while it reads stops, and writes nothing", async () => {
    const project_id = await project();
    const evaluators = [{ evaluator_id: (await evaluator()).id, column_mappings: input }];
    const { domain } = test.platform;
    const list = domain.spans.list.bind(domain.spans);
    const cancelled: number[] = [];
    const reading = vi.spyOn(domain.spans, "list").mockImplementationOnce(async (...asked) => {
      cancelled.push((await as("member").post(`/v2/task-runs/${(await begun).id}/cancel`)).status);
      return list(...asked);
    });
    const begun = trigger(await made({ project_id, evaluators }), WINDOW).then((reply) => reply.read(TaskRun));
    const run = await begun;
    await domain.taskRuns.settle();
    reading.mockRestore();
    expect(cancelled).toEqual([200]);
    expect((await as("reader").get(`/v2/task-runs/${run.id}`)).read(TaskRun)).toMatchObject({
      ...{ status: "CANCELLED", num_successes: 0 },
    });
    const { spans } = (await as("reader").post("/v2/spans", { project_id, start_time: WINDOW.data_start_time })).read(
      SpanPage,
    );
    expect(spans.flatMap(({ evaluations = [] }) => evaluations)).toEqual([]);
  });

  it("that would call a model, an agent or Python fails and says so", async () => {
    const space_id = test.world.spaces.main;
    const scopings = [{ space_id }];
    const ai = (await as("member").post("/v2/ai-integrations", { name: "m", provider: "OPEN_AI", scopings })).read(
      AiIntegration,
    );
    const custom = await evaluator("own", {
      type: "CUSTOM",
      code: "class E: ...",
      managed_evaluator: undefined,
      static_params: undefined,
    });
    const project_id = await project();
    const python = await made({ project_id, evaluators: [{ evaluator_id: custom.id }] });
    expect(await ended(python, WINDOW)).toMatchObject({
      status: "FAILED",
      failure_reason: expect.stringContaining("Python"),
    });
    const { dataset_id } = await experiment();
    const run_configuration = {
      ...{ experiment_type: "LLM_GENERATION", ai_integration_id: ai.id, input_variable_format: "MUSTACHE" },
      messages: [{ role: "USER", content: "{{ask}}" }],
    };
    const task = await made({ type: "RUN_EXPERIMENT", dataset_id, run_configuration });
    expect(task.run_configuration).toEqual(run_configuration);
    expect((await trigger(task)).status).toBe(400);
    expect((await trigger(task, { experiment_name: "x" })).status).toBe(409);
    expect((await trigger(task, { experiment_name: "y", max_spans: 1 })).status).toBe(400);
    expect(await ended(task, { experiment_name: "y" })).toMatchObject({
      status: "FAILED",
      failure_reason: expect.stringContaining("no model"),
    });
  });
});
