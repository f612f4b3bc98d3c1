import { afterEach, describe, expect, test } from "vitest";

import {
  AbortError,
  ExperimentStoppedError,
  PartialWriteError,
  ServerError,
  ValidationError,
} from "../errors/index.js";
import { idOf, onePerPage, page, startApi, TIME, type Routes } from "../testing/api.js";
import { testContext } from "../testing/context.js";
import type { Seen, TestServer } from "../testing/server.js";
import { systemClock } from "../transport/index.js";
import { exactMatch, ExperimentNotStoredError, Experiments, type Progress } from "./index.js";

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
const example = (n: number) => ({
  id: `ex${n}`,
  created_at: TIME,
  updated_at: TIME,
  question: `q${n}`,
  answer: `a${n}`,
});
const examples = (count: number) =>
  page(
    "examples",
    Array.from({ length: count }, (_, n) => example(n)),
  );

type Body = { experiment_runs: Record<string, unknown>[] } & Record<string, unknown>;
const body = (seen: Seen | undefined): Body => JSON.parse(seen?.body ?? "{}") as Body;

async function experiments(routes: Routes): Promise<Experiments> {
  server = await startApi({
    "GET /v2/experiments": page("experiments", []),
    [`GET /v2/datasets/${DATASET}/examples`]: examples(5),
    "POST /v2/experiments": { status: 201, body: experiment() },
    ...routes,
  });
  return new Experiments(testContext(server.url, { spaceId: idOf("Space"), maxRetries: 0, clock: systemClock }));
}
const base = { name: "e", dataset: DATASET };
const posted = () => server.seen.filter(({ method }) => method === "POST");

describe("run", () => {
  test("runs the task over every example, evaluates, stores flat columns, and keeps the order", async () => {
    const client = await experiments({});
    const result = await client.run({
      ...base,
      task: async ({ id, question }) => {
        await new Promise((resolve) => setTimeout(resolve, id === "ex0" ? 15 : 1));
        return { answer: `a${String(question).slice(1)}`, by: id };
      },
      evaluators: [
        exactMatch(({ id, answer }) => ({ by: id, answer })),
        function length({ output }) {
          return JSON.stringify(output).length;
        },
        { name: "tone", evaluate: () => ({ label: "calm", explanation: "no shouting" }) },
      ],
    });
    expect(result.experiment).toEqual(experiment());
    expect(result).toMatchObject({ failed: 0, scores: { exact_match: 1, length: 26 } });
    expect(result.runs.map(({ exampleId }) => exampleId)).toEqual(["ex0", "ex1", "ex2", "ex3", "ex4"]);
    const sent = body(posted()[0]);
    expect(sent).toMatchObject({ name: "e", dataset_id: DATASET });
    expect(sent.experiment_runs.map(({ example_id }) => example_id)).toEqual(["ex0", "ex1", "ex2", "ex3", "ex4"]);
    expect(sent.experiment_runs[0]).toEqual({
      example_id: "ex0",
      output: '{"answer":"a0","by":"ex0"}',
      "eval.exact_match.score": 1,
      "eval.exact_match.label": "True",
      "eval.length.score": 26,
      "eval.tone.label": "calm",
      "eval.tone.explanation": "no shouting",
    });
  });

  test("a failing task is a run with an error; a failing evaluator leaves the run", async () => {
    const client = await experiments({});
    const result = await client.run({
      ...base,
      task: ({ id }) => {
        if (id === "ex1") throw new RangeError("model is down");
        return id === "ex2" ? undefined : id === "ex3" ? { at: new Date() } : "ok";
      },
      evaluators: {
        strict: ({ example: { id } }) => {
          if (id === "ex4") throw new TypeError("no judge");
          return { score: Number.NaN };
        },
      },
    });
    expect(result.failed).toBe(3);
    expect(result.runs.map(({ error }) => error)).toEqual([
      undefined,
      "RangeError: model is down",
      expect.stringContaining("returned nothing"),
      expect.stringContaining("output.at: is a Date"),
      undefined,
    ]);
    const rows = body(posted()[0]).experiment_runs;
    expect(rows[1]).toEqual({ example_id: "ex1", output: "", error: "RangeError: model is down" });
    expect(rows[0]).toEqual({
      example_id: "ex0",
      output: "ok",
      "eval.strict.explanation": expect.stringContaining("score NaN, which is not a finite number"),
    });
    expect(rows[4]).toMatchObject({
      output: "ok",
      "eval.strict.explanation": "The evaluator failed: TypeError: no judge",
    });
  });

  test.each([1, 3, 50])("never has more than %i tasks at once, and does reach it", async (concurrency) => {
    const client = await experiments({ [`GET /v2/datasets/${DATASET}/examples`]: examples(20) });
    let running = 0;
    let most = 0;
    const progress: Progress[] = [];
    await client.run({
      ...base,
      concurrency,
      task: async () => {
        most = Math.max(most, ++running);
        await new Promise((resolve) => setTimeout(resolve, 2));
        running -= 1;
        return "x";
      },
      onProgress: (each) => progress.push(each),
    });
    expect(most).toBe(Math.min(concurrency, 20));
    expect(progress.map(({ done }) => done)).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
    expect(progress.at(-1)).toMatchObject({ total: 20, failed: 0 });
  });

  test("a task that ignores its signal is cut off at its timeout, and told", async () => {
    const client = await experiments({});
    let told: unknown;
    const result = await client.run({
      ...base,
      timeout: 30,
      task: ({ id }, { signal }) => {
        if (id !== "ex2") return "quick";
        signal.addEventListener("abort", () => {
          told = signal.reason;
        });
        return new Promise(() => undefined);
      },
    });
    expect(result.runs[2]?.error).toBe("TaskTimeoutError: The task took longer than 30 ms");
    expect(told).toMatchObject({ name: "TaskTimeoutError" });
    expect(result.failed).toBe(1);
  });

  test("exitOnError stops at the first failure, tells the tasks under way, and stores nothing", async () => {
    const client = await experiments({});
    const begun: string[] = [];
    let told = false;
    const call = client.run({
      ...base,
      concurrency: 2,
      timeout: 0,
      exitOnError: true,
      task: ({ id }, { signal }) => {
        begun.push(id);
        if (id === "ex1") throw new Error("no");
        signal.addEventListener("abort", () => (told = true));
        return new Promise(() => undefined);
      },
    });
    const error = await call.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ExperimentStoppedError);
    expect(error).toMatchObject({ exampleId: "ex1", cause: { message: "no" } });
    expect(begun).toEqual(["ex0", "ex1"]);
    expect(told).toBe(true);
    expect(posted()).toEqual([]);
  });

  test("abort ends it and stores nothing", async () => {
    const client = await experiments({});
    const stop = new AbortController();
    const call = client.run({
      ...base,
      timeout: 0,
      signal: stop.signal,
      task: () => (stop.abort(new Error("enough")), new Promise(() => undefined)),
    });
    await expect(call).rejects.toThrow(AbortError);
    expect(posted()).toEqual([]);
  });

  test("a dry run takes the first 10 examples, or as many as told, and stores nothing", async () => {
    const client = await experiments({ [`GET /v2/datasets/${DATASET}/examples`]: examples(30) });
    const ten = await client.run({ ...base, dryRun: true, task: () => "x" });
    expect(ten.runs).toHaveLength(10);
    expect(ten.experiment).toBeUndefined();
    expect((await client.run({ ...base, dryRun: 2, task: () => "x" })).runs).toHaveLength(2);
    expect(posted()).toEqual([]);
  });

  test("a taken name, a dataset without examples, and bad settings are refused before any task", async () => {
    const client = await experiments({ "GET /v2/experiments": page("experiments", [experiment("taken")]) });
    const task = () => expect.fail("a task ran");
    await expect(client.run({ name: "taken", dataset: DATASET, task })).rejects.toThrow(/has an experiment "taken"/);
    await expect(client.run({ ...base, task, concurrency: 0 })).rejects.toThrow(/concurrency/);
    await expect(
      client.run({
        ...base,
        task,
        evaluators: [
          { name: "a", evaluate: () => 1 },
          { name: "a", evaluate: () => 1 },
        ],
      }),
    ).rejects.toThrow(/repeats the name a/);
    await expect(client.run({ ...base, task, evaluators: [() => 1] })).rejects.toThrow(/has no name/);
    await server.close();
    const empty = await experiments({ [`GET /v2/datasets/${DATASET}/examples`]: examples(0) });
    await expect(empty.run({ ...base, task })).rejects.toThrow(/no examples/);
  });

  test("outcomes are not lost when storing them fails", async () => {
    const client = await experiments({ "POST /v2/experiments": { status: 500, body: "boom" } });
    const error = await client.run({ ...base, task: ({ id }) => id }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ExperimentNotStoredError);
    expect(error instanceof ExperimentNotStoredError && error.runs.map(({ output }) => output)).toEqual([
      "ex0",
      "ex1",
      "ex2",
      "ex3",
      "ex4",
    ]);
    expect(error instanceof Error && error.cause).toBeInstanceOf(ServerError);
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
