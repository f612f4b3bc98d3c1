import { Dataset, DatasetExamplePage, EvaluatorWithVersion, ProjectPage, Task, TaskRunPage } from "@axlab/wire/rest";
import { beforeEach, describe, expect, it } from "vitest";
import { askGraphQL } from "../../testing/graphql.js";
import { traced } from "../../testing/otlp.js";
import { suite } from "../../testing/suite.js";
import type { World } from "../../testing/world.js";

const at = suite();
const as = (who: keyof World["keys"], query: string, variables?: Record<string, unknown>) =>
  askGraphQL(at.platform, at.world.keys[who], query, variables);
const AT = Date.parse("2026-11-20T12:00:00Z");

let project: string;
let evaluator: string;
beforeEach(async () => {
  const { main } = at.world.spaces;
  await traced(at.world.as("admin"), main, "traced", [
    { spanId: "00f067aa0ba902b7", at: AT, attributes: { "input.value": "please" } },
    { spanId: "00f067aa0ba902b8", at: AT + 1000, attributes: { "input.value": "now" } },
  ]);
  project = (await at.world.as("admin").get("/v2/projects?name=traced")).read(ProjectPage).projects[0]?.id ?? "";
  const code_config = {
    ...{ type: "MANAGED", name: "polite", managed_evaluator: "CONTAINS_ANY_KEYWORD", variables: ["text"] },
    static_params: [{ name: "keywords", type: "STRING_ARRAY", default_value: ["please"] }],
  };
  const made = await at.world.as("member").post("/v2/evaluators", {
    name: "polite",
    space_id: main,
    type: "CODE",
    version: { commit_message: "", code_config },
  });
  evaluator = made.read(EvaluatorWithVersion).id;
});

const task = async (body: object): Promise<string> => {
  const evaluators = [{ evaluator_id: evaluator, column_mappings: { text: "attributes.input.value" } }];
  const made = await at.world
    .as("member")
    .post("/v2/tasks", { type: "CODE_EVALUATION", name: "polite", evaluators, ...body });
  expect(made.status, made.text).toBe(201);
  return made.read(Task).id;
};
const TASKS = `query ($id: ID!) { node(id: $id) { ... on Space { onlineTasks(first: 5) { totalCount edges { node {
  id name samplingRate queryFilter taskType } } } } } }`;
const NODE = `query ($id: ID!) { node(id: $id) { ... on OnlineTask { name } } }`;
const RUN = `mutation ($input: RunOnlineTaskInput!) { runOnlineTask(input: $input) { success clientMutationId } }`;
const run = (who: keyof World["keys"], onlineTaskId: string, input: object = {}) =>
  as(who, RUN, {
    input: { onlineTaskId, dataStartTime: "2026-11-20T00:00:00Z", dataEndTime: "2026-11-21T00:00:00Z", ...input },
  });
const runsOf = async (id: string) =>
  (await at.world.as("reader").get(`/v2/tasks/${id}/runs`)).read(TaskRunPage).task_runs;

describe("online tasks", () => {
  it("are REST's tasks, found in their space and by id", async () => {
    const id = await task({ project_id: project, sampling_rate: 0.5, query_filter: "status_code = 'OK'" });
    expect((await as("reader", TASKS, { id: at.world.spaces.main })).data.node.onlineTasks.edges).toEqual([
      {
        node: {
          ...{ id, name: "polite", samplingRate: 0.5, queryFilter: "status_code = 'OK'" },
          taskType: "code_evaluation",
        },
      },
    ]);
    expect((await as("reader", NODE, { id })).data.node).toEqual({ name: "polite" });
    expect((await as("outsider", NODE, { id })).data.node).toBeNull();
  });

  it("of a restricted project are there for who sees it, those of datasets for the space", async () => {
    const { main } = at.world.spaces;
    const examples = [{ ask: "please" }];
    const dataset = (await at.world.as("member").post("/v2/datasets", { name: "asks", space_id: main, examples })).read(
      Dataset,
    );
    const ofProject = await task({ project_id: project });
    const page = (await at.world.as("member").get(`/v2/datasets/${dataset.id}/examples`)).read(DatasetExamplePage);
    const experiment_runs = page.examples.map(({ id }) => ({ example_id: id, output: "ok, please" }));
    const experiment = await at.world
      .as("member")
      .post("/v2/experiments", { name: "x", dataset_id: dataset.id, experiment_runs });
    const ofDataset = await task({
      ...{ dataset_id: dataset.id, name: "of dataset" },
      experiment_ids: [JSON.parse(experiment.text).id],
    });
    await at.world.as("admin").post("/v2/resource-restrictions", { resource_id: project });
    const ids = async (who: keyof World["keys"]): Promise<string[]> =>
      (await as(who, TASKS, { id: main })).data.node.onlineTasks.edges.map(
        ({ node }: { node: { id: string } }) => node.id,
      );
    expect(await ids("reader")).toEqual([ofDataset]);
    expect(await ids("admin")).toEqual([ofDataset, ofProject]);
    expect((await as("reader", NODE, { id: ofProject })).data.node).toBeNull();
  });
});

describe("a task", () => {
  it("is seen by who may read tasks, which is more than to see its space and project", async () => {
    const { main } = at.world.spaces;
    const id = await task({ project_id: project });
    const bindTo = async (name: string, permissions: string[]): Promise<void> => {
      const role = JSON.parse((await at.world.as("admin").post("/v2/roles", { name, permissions })).text);
      const body = { user_id: at.world.people.orgMember, role: { type: "CUSTOM", id: role.id } };
      expect((await at.world.as("admin").post(`/v2/spaces/${main}/users`, body)).status).toBeLessThan(300);
    };
    await bindTo("without", ["SPACE_READ", "PROJECT_READ"]);
    expect((await as("orgMember", TASKS, { id: main })).data.node.onlineTasks.totalCount).toBe(0);
    expect((await as("orgMember", NODE, { id })).data.node).toBeNull();
    await bindTo("with", ["SPACE_READ", "PROJECT_READ", "PROJECT_EVAL_TASK_READ"]);
    expect((await as("orgMember", TASKS, { id: main })).data.node.onlineTasks.totalCount).toBe(1);
  });
});

describe("runOnlineTask", () => {
  it("runs a task over a window, as REST's trigger does", async () => {
    const id = await task({ project_id: project });
    expect((await run("member", id, { clientMutationId: "m", maxSpans: 1 })).data.runOnlineTask).toEqual({
      success: true,
      clientMutationId: "m",
    });
    await at.platform.domain.taskRuns.settle();
    expect(await runsOf(id)).toMatchObject([
      { status: "COMPLETED", num_successes: 1, data_start_time: "2026-11-20T00:00:00.000Z" },
    ]);
    expect((await run("member", id)).verdict).toBe("ok");
    await at.platform.domain.taskRuns.settle();
    // The other one: a span is not evaluated twice.
    expect((await runsOf(id))[0]).toMatchObject({ num_successes: 1, num_skipped: 1 });
  });

  it("is refused as REST's is, and then nothing runs", async () => {
    const id = await task({ project_id: project });
    expect((await run("reader", id)).verdict).toBe("FORBIDDEN");
    expect((await run("outsider", id)).verdict).toBe("NOT_FOUND");
    expect((await run("member", id, { maxSpans: 0 })).verdict).toBe("BAD_USER_INPUT");
    expect((await run("member", id, { dataEndTime: "2026-11-19T00:00:00Z" })).errors[0]?.message).toMatch(/start/);
    expect(await runsOf(id)).toEqual([]);
  });
});
