import { Dataset, DatasetExamplePage, DatasetVersionWithExampleIds, Experiment, ExperimentPage, ExperimentRunPage, ExperimentWithRunIds } from "@axlab/wire/rest"; // prettier-ignore
import { beforeEach, describe, expect, it } from "vitest";
import { absentId, suite } from "../../../testing/suite.js";

const at = suite();
let datasetId: string;
let exampleIds: string[];
const member = () => at.world.as("member");
const pathOf = (id: string, rest = "") => `/v2/experiments/${encodeURIComponent(id)}${rest}`;
beforeEach(async () => {
  const body = { name: "d", space_id: at.world.spaces.main, examples: [{ q: 1 }, { q: 2 }] };
  datasetId = (await member().post("/v2/datasets", body)).read(Dataset).id;
  const page = await member().get(`/v2/datasets/${datasetId}/examples`);
  exampleIds = page.read(DatasetExamplePage).examples.map(({ id }) => id);
});

const runs = () => exampleIds.map((example_id, n) => ({ example_id, output: `o${n}`, "eval.q.score": n }));
const post = (body: object) => member().post("/v2/experiments", body);
const create = async (name = "e", more: object = { dataset_id: datasetId, experiment_runs: runs() }) =>
  (await post({ name, ...more })).read(Experiment);
const runsOf = async (id: string, query = "") =>
  (await member().get(pathOf(id, `/runs${query}`))).read(ExperimentRunPage).experiment_runs;

describe("experiments", () => {
  it("are created over a dataset's latest version, or in a space without one, and give their runs back in order", async () => {
    const made = await create();
    expect(made).toMatchObject({ name: "e", dataset_id: datasetId, space_id: at.world.spaces.main });
    expect(await runsOf(made.id)).toMatchObject(runs());
    const alone = await create("alone", {
      space_id: at.world.spaces.main,
      experiment_runs: [{ output: "x", free: true }],
    });
    expect(alone).toMatchObject({ dataset_id: null, dataset_version_id: null });
    expect(await runsOf(alone.id)).toMatchObject([{ example_id: null, output: "x", free: true }]);
  });

  it("have their runs searched by output and evaluation", async () => {
    const { id } = await create();
    const found = async (body: object) =>
      (await member().post(pathOf(id, "/runs/search"), body)).read(ExperimentRunPage).experiment_runs;
    expect(await found({})).toMatchObject(runs());
    expect(await found({ filter: "eval.q.score = 1" })).toMatchObject(runs().slice(1));
    expect(await found({ filter: `output = 'o0' and example_id = '${exampleIds[0]}'` })).toMatchObject(runs().slice(0, 1)); // prettier-ignore
    expect(await found({ filter: "eval.q.label = 'x'" })).toEqual([]);
  });

  it("refuse what is wrong, and nothing is made", async () => {
    const of = { name: "x", dataset_id: datasetId };
    const refused: [object, number][] = [
      [{ ...of, experiment_runs: [] }, 400],
      [{ ...of, experiment_runs: [{ output: 1, example_id: exampleIds[0] }] }, 400],
      [{ ...of, experiment_runs: [{ output: "x" }] }, 400],
      [{ ...of, space_id: at.world.spaces.main, experiment_runs: runs() }, 400],
      [{ name: "x", experiment_runs: runs() }, 400],
      [{ ...of, experiment_runs: [{ output: "x", example_id: "nobody" }] }, 422],
      [{ ...of, dataset_id: absentId("Dataset"), experiment_runs: runs() }, 404],
    ];
    for (const [body, status] of refused) expect([body, (await post(body)).status]).toEqual([body, status]);
    expect((await member().get("/v2/experiments")).read(ExperimentPage).experiments).toEqual([]);
    expect((await at.world.as("reader").post("/v2/experiments", { ...of, experiment_runs: runs() })).status).toBe(403);
  });

  it("have a name of their own in the dataset; are listed by dataset, space and part of the name, newest first", async () => {
    for (const name of ["One", "two", "oneness"]) await create(name);
    expect((await post({ name: "two", dataset_id: datasetId, experiment_runs: runs() })).status).toBe(409);
    const list = async (query: string) =>
      (await member().get(`/v2/experiments?${query}`)).read(ExperimentPage).experiments.map(({ name }) => name);
    for (const scope of [`dataset_id=${datasetId}`, `space_id=${at.world.spaces.main}`]) {
      expect(await list(scope)).toEqual(["oneness", "two", "One"]);
      expect(await list(`${scope}&name=ONE`)).toEqual(["oneness", "One"]);
    }
    expect((await member().get(`/v2/experiments?dataset_id=${datasetId}&space_id=x`)).status).toBe(400);
    expect((await member().get(`/v2/experiments?dataset_id=${absentId("Dataset")}`)).status).toBe(404);
  });

  it("take more runs, answering their ids in order; an unknown example refuses all of them", async () => {
    const { id } = await create();
    const more = await member().post(pathOf(id, "/runs"), { experiment_runs: runs() });
    expect((await runsOf(id)).slice(2).map((run) => run.id)).toEqual(more.read(ExperimentWithRunIds).run_ids);
    const wrong = [...runs(), { example_id: "nobody", output: "x" }];
    const refused = await member().post(pathOf(id, "/runs"), { experiment_runs: wrong });
    expect([refused.status, refused.detail]).toEqual([422, expect.stringContaining("experiment_runs[2]")]);
    expect(await runsOf(id)).toHaveLength(4);
  });

  it("keep the ids that runs bring, each once in an experiment", async () => {
    const run = { example_id: exampleIds[0], output: "x" };
    const { id } = await create("ids", { dataset_id: datasetId, experiment_runs: [{ ...run, id: "mine" }, { ...run, id: 7 }, { ...run, id: null }] }); // prettier-ignore
    expect((await runsOf(id)).map((stored) => stored.id)).toEqual([
      "mine",
      "7",
      expect.stringMatching(/^[0-9a-f-]{36}$/),
    ]);
    const append = (more: unknown) => member().post(pathOf(id, "/runs"), { experiment_runs: [{ ...run, id: more }] });
    expect(await append("mine")).toMatchObject({ status: 400, detail: expect.stringContaining('"mine" are already') });
    for (const bad of ["", true, {}]) expect((await append(bad)).detail).toContain("experiment_runs[0].id must be");
    expect(await runsOf(id)).toHaveLength(3);
  });

  it("are about the newest version that has the examples of all their runs", async () => {
    const [first, second] = exampleIds;
    const path = `/v2/datasets/${datasetId}`;
    const { versions = [] } = (await member().get(path)).read(Dataset);
    const change = { examples: [{ id: first, q: 3 }], new_version: "two" };
    const two = (await member().patch(`${path}/examples`, change)).read(
      DatasetVersionWithExampleIds,
    ).dataset_version_id;
    await member().delete(`${path}/examples`, { dataset_version_id: two, example_ids: [second] });
    const runOf = (example_id: string | undefined) => ({ experiment_runs: [{ example_id, output: "x" }] });
    const made = await create("versions", { dataset_id: datasetId, ...runOf(first) });
    expect(made.dataset_version_id).toBe(two);
    const appended = await member().post(pathOf(made.id, "/runs"), runOf(second));
    expect(appended.read(ExperimentWithRunIds).dataset_version_id).toBe(versions[0]?.id);
    expect((await member().get(pathOf(made.id))).read(Experiment).dataset_version_id).toBe(versions[0]?.id);
    const late = (await member().post(`${path}/examples`, { examples: [{ q: 9 }] })).read(DatasetVersionWithExampleIds);
    const nowhere = await member().post(pathOf(made.id, "/runs"), runOf(late.example_ids[0]));
    expect(nowhere).toMatchObject({ status: 422, detail: expect.stringContaining("experiment_runs[0]") });
    expect(await runsOf(made.id)).toHaveLength(2);
  });

  it("that many add runs to at once have all of them, each once", async () => {
    const { id } = await create();
    const answers = await Promise.all(
      Array.from({ length: 15 }, async () =>
        (await member().post(pathOf(id, "/runs"), { experiment_runs: runs() })).read(ExperimentWithRunIds),
      ),
    );
    const order = (await runsOf(id, "?limit=500")).map((run) => run.id);
    expect(order).toHaveLength(32);
    for (const { run_ids } of answers) expect(order.join()).toContain(run_ids.join());
  });

  it("go with their dataset, and are gone with their runs once deleted", async () => {
    const [one, two] = [await create("one"), await create("two")];
    expect((await member().delete(pathOf(one.id))).status).toBe(204);
    expect((await member().get(pathOf(one.id, "/runs"))).status).toBe(404);
    expect((await member().delete(`/v2/datasets/${datasetId}`)).status).toBe(204);
    expect((await member().get(pathOf(two.id))).status).toBe(404);
  });
});
