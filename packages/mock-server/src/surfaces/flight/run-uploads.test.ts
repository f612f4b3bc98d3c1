import { float64Column, int64Column, nullColumn, tableFromColumns, utf8Column } from "@axlab/wire/arrow";
import { encodeDoActionRequest, encodeDoGetRequest, encodeDoPutRequest } from "@axlab/wire/flight";
import { Dataset, DatasetExamplePage, ExperimentPage, Role } from "@axlab/wire/rest";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import type { Listening } from "../../node/listen.js";
import { FlightClient } from "../../testing/flight-client.js";
import { suite } from "../../testing/suite.js";

const here = suite();
let listening: Listening;
let flight: FlightClient;
let v7: FlightClient;
let datasetId: string;
let examples: string[];
beforeAll(async () => (listening = await here.platform.listen({ port: 0 })));
afterAll(() => listening.close());
beforeEach(async () => {
  const { keys, spaces } = here.world;
  flight = new FlightClient(listening, keys.pipeline);
  v7 = new FlightClient(listening, keys.pipeline, { "sdk-language": "python", "sdk-version": "7.52.0" });
  const body = { name: "d", space_id: spaces.main, examples: [{ q: 1 }, { q: 2 }] };
  datasetId = (await here.world.as("member").post("/v2/datasets", body)).read(Dataset).id;
  const page = await here.world.as("member").get(`/v2/datasets/${datasetId}/examples`);
  examples = page.read(DatasetExamplePage).examples.map(({ id }) => id);
  const value = { spaceId: spaces.main, datasetIdentifier: { case: "datasetId" as const, value: datasetId }, experimentName: "e" }; // prettier-ignore
  await flight.act("create_experiment_db_entry", encodeDoActionRequest({ case: "createExperimentDbEntry", value }));
});
afterEach(() => [flight, v7].forEach((client) => client.close()));

type Columns = Parameters<typeof tableFromColumns>[0];
const post = (columns: Columns, maxRows?: number, client = flight) => {
  const value = { spaceId: here.world.spaces.main, datasetId, experimentName: "e" };
  return client.put(encodeDoPutRequest({ case: "postExperimentData", value }), tableFromColumns(columns), maxRows);
};
const read = async (client = flight) => {
  const [experiment] = (await here.world.as("member").get("/v2/experiments")).read(ExperimentPage).experiments;
  const value = { spaceId: here.world.spaces.main, experimentId: experiment?.id ?? "" };
  return client.get(encodeDoGetRequest({ case: "getExperiment", value }));
};
const many = (count: number) => utf8Column(Array.from({ length: count }, (_, n) => examples[n % 2] ?? ""));
const outputs = (count: number) => utf8Column(Array.from({ length: count }, (_, n) => `o${n}`));

/** Runs in the store that belong to no experiment. */
async function strays(): Promise<number> {
  const { db } = here.platform.domain.core.store;
  const rows = await db
    .selectFrom("experiment_runs")
    .select("run_id")
    .where("experiment_id", "not in", db.selectFrom("experiments").select("id"))
    .execute();
  return rows.length + (await db.selectFrom("staged_uploads").selectAll().execute()).length;
}

it("runs of many batches are the experiment's, in order, after those that it has", async () => {
  await post({ example_id: many(2500), output: outputs(2500) }, 1000);
  await post({ example_id: many(10), output: outputs(10), late: int64Column(Array.from({ length: 10 }, () => 1)) });
  const table = await read();
  expect([...(table.getChild("output") ?? [])].slice(2498, 2502)).toEqual(["o2498", "o2499", "o0", "o1"]);
  expect([table.numRows, String(table.getChild("late")?.type), await strays()]).toEqual([2510, "Int64", 0]);
});

it("an unknown example or a repeated id in any batch refuses all, with its row, and nothing stays", async () => {
  const ids = Array.from({ length: 2500 }, (_, n) => examples[n % 2] ?? "");
  await expect(post({ example_id: utf8Column([...ids, "nobody"]), output: outputs(2501) }, 1000)).rejects.toMatchObject(
    {
      code: 3,
      details: expect.stringContaining("experiment_runs[2500]"),
    },
  );
  const own = Array.from({ length: 2500 }, (_, n) => `r${n}`);
  const repeating = { id: utf8Column([...own, "r3"]), example_id: many(2501), output: outputs(2501) };
  await expect(post(repeating, 1000)).rejects.toMatchObject({ code: 3, details: expect.stringContaining('"r3"') });
  await post({ id: utf8Column(["r1"]), example_id: many(1), output: outputs(1) });
  await expect(post({ id: utf8Column(["r2", "r1"]), example_id: many(2), output: outputs(2) })).rejects.toMatchObject({
    code: 3,
    details: expect.stringContaining('"r1" are already in this experiment'),
  });
  expect([(await read()).numRows, await strays()]).toEqual([1, 0]);
});

it("scores are floats, and the error is there for those who know it", async () => {
  await post({ example_id: many(2), output: outputs(2), error: nullColumn(2), "eval.q.score": int64Column([1, 0]), "eval.q.label": nullColumn(2), x: float64Column([1, 2]) }); // prettier-ignore
  const table = await read();
  expect(["error", "eval.q.score", "eval.q.label", "x"].map((name) => String(table.getChild(name)?.type))).toEqual(["Utf8", "Float64", "Utf8", "Float64"]); // prettier-ignore
  expect((await read(v7)).schema.fields.map(({ name }) => name)).toEqual(["id", "example_id", "result", "eval.q.score", "eval.q.label", "x"]); // prettier-ignore
});

it("a field `result` beside the output stays a field, and v7 may send no field `output`", async () => {
  const both = { example_id: many(2), output: utf8Column(["o1", null]), result: utf8Column(["r1", "r2"]) };
  await post(both);
  expect((await read()).toArray().map(({ output, result }: Record<string, unknown>) => [output, result])).toEqual([
    ["o1", "r1"],
    [null, "r2"],
  ]);
  expect([...((await read(v7)).getChild("result") ?? [])]).toEqual(["o1", null]);
  await expect(post(both, undefined, v7)).rejects.toMatchObject({ code: 3, details: expect.stringContaining('"output" stands beside "result"') }); // prettier-ignore
});

it("of two runs for which v7 drew the same id, the later gets another", async () => {
  await post({ id: utf8Column(["EXP_ID_00ffee", "EXP_ID_00ffee"]), example_id: many(2), result: outputs(2) }, 1, v7);
  const ids: unknown[] = [...((await read()).getChild("id") ?? [])];
  expect(ids).toEqual(["EXP_ID_00ffee", expect.stringMatching(/^[0-9a-f-]{36}$/)]);
});

it("who may see that a dataset and an experiment are there does not read what is in them", async () => {
  const { keys, people, spaces } = here.world;
  await post({ example_id: many(2), output: outputs(2) });
  const admin = here.world.as("admin");
  const permissions = ["SPACE_READ", "DATASET_READ", "EXPERIMENT_READ"];
  const { id: role_id } = (await admin.post("/v2/roles", { name: "Lister", permissions })).read(Role);
  const bound = await admin.post("/v2/role-bindings", {
    role_id,
    user_id: people.orgMember,
    resource_type: "SPACE",
    resource_id: spaces.main,
  });
  expect(bound.status, bound.text).toBe(201);
  // In a public space the role in the organization would count as well.
  await admin.patch(`/v2/spaces/${spaces.main}`, { is_private: true });
  const asLister = here.world.as("orgMember");
  expect((await asLister.get(`/v2/datasets/${datasetId}`)).status).toBe(200);
  expect((await asLister.get(`/v2/datasets/${datasetId}/examples`)).status).toBe(403);
  const lister = new FlightClient(listening, keys.orgMember);
  try {
    const examplesOf = { spaceId: spaces.main, datasetIdentifier: { case: "datasetId" as const, value: datasetId } };
    await expect(lister.get(encodeDoGetRequest({ case: "getDataset", value: examplesOf }))).rejects.toMatchObject({
      code: 7,
      details: expect.stringContaining("DATASET_EXAMPLE_READ"),
    });
    await expect(read(lister)).rejects.toMatchObject({
      code: 7,
      details: expect.stringContaining("EXPERIMENT_RUN_READ"),
    });
  } finally {
    lister.close();
  }
});
