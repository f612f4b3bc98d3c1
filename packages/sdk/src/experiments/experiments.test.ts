import { afterEach, describe, expect, test } from "vitest";

import { PartialWriteError, ValidationError } from "../errors/index.js";
import { idOf, onePerPage, page, startApi, TIME, type Routes } from "../testing/api.js";
import { testContext } from "../testing/context.js";
import type { Seen, TestServer } from "../testing/server.js";
import { Experiments, type RunExperiment } from "./index.js";

let server: TestServer;
afterEach(() => server.close());

const DATASET = idOf("Dataset");
const EXPERIMENT = idOf("Experiment");
const experiment = (name = "e") => ({
  id: EXPERIMENT,
  name,
  space_id: idOf("Space"),
  dataset_id: DATASET,
  created_at: TIME,
  updated_at: TIME,
});

type Body = { experiment_runs: Record<string, unknown>[] } & Record<string, unknown>;
const body = (seen: Seen | undefined): Body => JSON.parse(seen?.body ?? "{}") as Body;

async function experiments(routes: Routes): Promise<Experiments> {
  server = await startApi({
    "GET /v2/experiments": page("experiments", []),
    "POST /v2/experiments": { status: 201, body: experiment() },
    ...routes,
  });
  return new Experiments(testContext(server.url, { spaceId: idOf("Space"), maxRetries: 0 }));
}
describe("calls that cannot be meant", () => {
  const fine = { name: "e", dataset: DATASET, task: () => expect.fail("a task ran") };
  test.each<[object, RegExp]>([
    [{ ...fine, name: undefined }, /name: is required/],
    [{ ...fine, name: " " }, /name: must not be blank/],
    [{ ...fine, dataset: undefined }, /dataset: is required/],
    [{ ...fine, task: "x" }, /task: must be a function/],
    ...[0, -1, 2.5, Number.NaN, "all"].map((dryRun): [object, RegExp] => [{ ...fine, dryRun }, /dryRun: must be/]),
  ])("%j is refused before any request and any task", async (settings, problem) => {
    const client = await experiments({});
    await expect(client.run(settings as RunExperiment)).rejects.toThrow(problem);
    expect(server.seen).toEqual([]);
  });

  test("neither does resume begin without experiment or task", async () => {
    const client = await experiments({});
    const nothing: unknown = undefined;
    await expect(client.resume(nothing as string, fine)).rejects.toThrow(/experiment: is required/);
    await expect(client.resume("e", { ...fine, task: nothing as () => string })).rejects.toThrow(/task: must be/);
    expect(server.seen).toEqual([]);
  });
});

describe("stored experiments", () => {
  test("are created from results made elsewhere, in several requests, with non-text outputs as JSON text", async () => {
    const append = (seen: Seen) => ({
      status: 201,
      body: { ...experiment(), run_ids: body(seen).experiment_runs.map((_, n) => `r${n}`) },
    });
    const client = await experiments({ [`POST /v2/experiments/${EXPERIMENT}/runs`]: append });
    const runs = Array.from({ length: 1500 }, (_, n) => ({
      example_id: `ex${n}`,
      output: { n },
      "eval.x.score": n,
      latency: undefined,
    }));
    expect((await client.create({ name: "e", dataset: DATASET, runs })).id).toBe(EXPERIMENT);
    expect(server.seen.map((seen) => body(seen).experiment_runs.length)).toEqual([1000, 500]);
    expect(body(server.seen[1]).experiment_runs[0]).toEqual({
      example_id: "ex1000",
      output: '{"n":1000}',
      "eval.x.score": 1000,
    });
  });

  test("belong to a space without a dataset", async () => {
    const client = await experiments({});
    await client.create({ name: "e", runs: [{ output: "x" }] });
    expect(body(server.seen[0])).toEqual({ name: "e", space_id: idOf("Space"), experiment_runs: [{ output: "x" }] });
    await expect(client.create({ name: "e", dataset: DATASET, runs: [{ output: "x" }] })).rejects.toThrow(
      /experiment_runs\[0\].example_id/,
    );
  });

  test("say which runs landed when a later request fails", async () => {
    const client = await experiments({ [`POST /v2/experiments/${EXPERIMENT}/runs`]: { status: 503, body: "" } });
    const runs = Array.from({ length: 1001 }, (_, n) => ({ example_id: `ex${n}`, output: "x" }));
    await expect(client.create({ name: "e", dataset: DATASET, runs })).rejects.toMatchObject({
      landed: 1000,
      total: 1001,
      resourceId: EXPERIMENT,
    });
    await expect(client.create({ name: "e", dataset: DATASET, runs })).rejects.toBeInstanceOf(PartialWriteError);
  });

  test("are listed, found by name, read with their runs, extended, annotated and deleted", async () => {
    const run = { id: "r1", example_id: "ex1", output: "x", "eval.x.score": 0.5 };
    const client = await experiments({
      "GET /v2/experiments": page("experiments", [experiment("e2"), experiment()]),
      [`GET /v2/experiments/${EXPERIMENT}`]: { body: experiment() },
      [`GET /v2/experiments/${EXPERIMENT}/runs`]: onePerPage("experiment_runs", [run, { ...run, id: "r2" }]),
      [`POST /v2/experiments/${EXPERIMENT}/runs`]: { status: 201, body: { ...experiment(), run_ids: ["r3"] } },
      [`POST /v2/experiments/${EXPERIMENT}/runs/annotate`]: { status: 202 },
      [`DELETE /v2/experiments/${EXPERIMENT}`]: { status: 204 },
    });
    expect((await client.list({ dataset: DATASET })).items).toHaveLength(2);
    expect((await client.get("e", { dataset: DATASET })).id).toBe(EXPERIMENT);
    expect((await client.runs(EXPERIMENT).toArray()).map(({ id }) => id)).toEqual(["r1", "r2"]);
    expect((await client.appendRuns(EXPERIMENT, [{ example_id: "ex2", output: "y" }])).run_ids).toEqual(["r3"]);
    await client.annotateRuns(EXPERIMENT, [{ record_id: "r1", values: [{ name: "q", score: 1 }] }]);
    await client.delete("e", { space: idOf("Space") });
    expect(server.seen.at(-1)).toMatchObject({ method: "DELETE" });
    await expect(client.appendRuns(EXPERIMENT, [])).rejects.toBeInstanceOf(ValidationError);
  });
});
