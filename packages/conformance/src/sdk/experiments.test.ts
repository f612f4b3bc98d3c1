import { createContinuousAnnotationConfig, listExperimentRuns } from "@arizeai/ax-client";
import { exactMatch, llmJudge } from "@axlab/sdk";
import { afterAll, describe, expect, it } from "vitest";
import { axClients, unique } from "../support/ax-client.js";
import { startPlatform } from "../support/platform.js";
import { AXLAB_SDK, expectApiError, sdkClients } from "../support/sdk.js";

const platform = await startPlatform();
afterAll(platform.stop);
const { readOnly, service } = sdkClients(platform);
afterAll(() => service.close());

const EXAMPLES = [
  { country: "France", capital: "Paris" },
  { country: "Perú", capital: "Lima" },
  { country: "日本", capital: "東京" },
];
const dataset = async (examples: readonly object[] = EXAMPLES) =>
  (await service.datasets.create({ name: unique("capitals"), examples, via: "rest" })).id;
const byExample = <Run extends { example_id?: string | null | undefined }>(runs: readonly Run[]) =>
  new Map(runs.map((run) => [run.example_id ?? "", run]));

describe(AXLAB_SDK, () => {
  it("experiments.run: with traces: its spans are in the experiment's project, found by the runs' trace ids", async () => {
    const id = await dataset();
    const result = await service.experiments.run({
      name: unique("traced"),
      dataset: id,
      traces: true,
      task: ({ country }) => {
        if (country === "日本") throw new RangeError("no answer");
        return { guess: "Paris" };
      },
      evaluators: [
        llmJudge({
          template: "Is {{output}} the capital of {{country}}?",
          labels: { yes: 1, no: 0 },
          complete: (prompt) => (prompt.includes("France") ? "Yes." : "no"),
        }),
      ],
    });
    expect(result).toMatchObject({ failed: 1, scores: { judge: 0.5 }, traces: { sent: 5, lost: 0 } });
    const project_id = result.experiment?.experiment_traces_project_id ?? "";
    expect((await service.projects.get(project_id)).name).toBe(result.traces?.project);
    const { spans } = await service.rest.post("/v2/spans", { body: { project_id } });
    const traceIds = result.runs.flatMap(({ trace, evaluations }) => [trace?.id, evaluations["judge"]?.trace?.id]);
    expect(new Set(spans.map(({ context }) => context.trace_id))).toEqual(
      new Set(traceIds.filter((each) => each !== undefined)),
    );
    expect(spans.map(({ name }) => name.split(":")[0]).sort()).toEqual([
      "Evaluation",
      "Evaluation",
      "Task",
      "Task",
      "Task",
    ]);
    const runs = byExample(await service.experiments.runs(result.experiment?.id ?? "").toArray());
    for (const run of result.runs) expect(runs.get(run.exampleId)).toMatchObject({ "result.trace.id": run.trace?.id });
  });

  it("experiments.run: of 1200 examples: the official client reads every run once, as the result has it", async () => {
    const id = await dataset(Array.from({ length: 1200 }, (_, n) => ({ n })));
    const result = await service.experiments.run({
      name: unique("many"),
      dataset: id,
      concurrency: 50,
      task: ({ n }) => `answer ${String(n)}`,
      evaluators: { even: ({ example: { n } }) => Number(n) % 2 === 0 },
    });
    expect(result.runs.map(({ output }) => output)).toEqual(Array.from({ length: 1200 }, (_, n) => `answer ${n}`));
    expect(result.scores).toEqual({ even: 0.5 });
    const runs = byExample(await service.experiments.runs(result.experiment?.id ?? "").toArray());
    expect(runs.size).toBe(1200);
    result.toRows().forEach((row, index) => expect(runs.get(result.runs[index]?.exampleId ?? "")).toMatchObject(row));
    const { data } = await listExperimentRuns({
      client: axClients(platform).service,
      experiment: result.experiment?.id ?? "",
      limit: 500,
    });
    expect(data).toHaveLength(500);
    expect(data[0]).toMatchObject({ output: runs.get(data[0]?.exampleId ?? "")?.output });
  });

  it("experiments.create: over REST and over Flight the same runs, compared as equal", async () => {
    const id = await dataset();
    const examples = await service.datasets.examples.list(id).toArray();
    const runs = examples.map(({ id: example_id }, n) => ({
      example_id,
      output: { n },
      "eval.right.score": n / 2,
      "eval.right.label": n % 2 === 0 ? "even" : "odd",
    }));
    const made = [];
    for (const via of ["rest", "flight"] as const)
      made.push(await service.experiments.create({ name: unique(via), dataset: id, runs, via }));
    const [rest = "", flight = ""] = made.map((experiment) => experiment.id);
    const compared = await service.experiments.compare(rest, flight);
    expect(compared.evaluators).toEqual({
      right: { pairs: 3, better: 0, worse: 0, equal: 3, baselineMean: 0.5, candidateMean: 0.5, meanDifference: 0 },
    });
    expect(compared.examples.every(({ sameOutput }) => sameOutput)).toBe(true);
    expect(compared.examples.map(({ candidate }) => candidate.evaluations["right"]?.label)).toEqual([
      "even",
      "odd",
      "even",
    ]);
  });

  it("experiments.create: 403 for a reader, over both transports", async () => {
    const id = await dataset();
    const [example] = await service.datasets.examples.list(id).toArray();
    const runs = [{ example_id: example?.id, output: "x" }];
    for (const via of ["rest", "flight"] as const)
      await expect(readOnly.experiments.create({ name: unique("x"), dataset: id, runs, via })).rejects.toThrow(
        /EXPERIMENT_CREATE/,
      );
  });

  it("experiments.run: over an older version, whose examples the latest has no more", async () => {
    const id = await dataset();
    const [first, second] = await service.datasets.examples.list(id).toArray();
    const change = { id: first?.id ?? "", capital: "Lutetia" };
    await service.datasets.examples.update(id, [change], { newVersion: "later" });
    await service.datasets.examples.delete(id, [second?.id ?? ""]);
    const name = unique("older");
    const { runs } = await service.experiments.run({
      name,
      dataset: id,
      version: "v1",
      task: ({ capital }) => capital,
    });
    expect(runs.map(({ output }) => output)).toEqual(EXAMPLES.map(({ capital }) => capital));
    const v1 = (await service.datasets.versions(id)).find((version) => version.name === "v1");
    expect((await service.experiments.get(name, { dataset: id })).dataset_version_id).toBe(v1?.id);
  });

  it("experiments.run: a reader is refused after the first task, and the outcome is in the error", async () => {
    const id = await dataset();
    const call = readOnly.experiments.run({ name: unique("refused"), dataset: id, task: () => "x" });
    await expect(call).rejects.toMatchObject({
      name: "ExperimentNotStoredError",
      message: expect.stringContaining("EXPERIMENT_CREATE"),
      cause: { name: "PermissionDeniedError" },
    });
  });

  it("experiments.appendRuns, annotateRuns, list, get, compare, delete", async () => {
    const id = await dataset();
    const run = (name: string, answer: string) =>
      service.experiments.run({
        name: unique(name),
        dataset: id,
        task: () => answer,
        evaluators: [exactMatch("capital")],
      });
    const [before, after] = [await run("before", "Paris"), await run("after", "Lima")];
    const experiment = before.experiment?.id ?? "";
    const quality = unique("quality");
    await createContinuousAnnotationConfig({
      client: axClients(platform).service,
      space: platform.space.id,
      name: quality,
      minimumScore: 0,
      maximumScore: 1,
    });
    const [first] = await service.experiments.runs(experiment).toArray();
    const values = [{ name: quality, score: 0.5 }];
    await service.experiments.annotateRuns(experiment, [{ record_id: first?.id ?? "", values }]);
    expect((await service.experiments.runs(experiment).toArray())[0]).toMatchObject({
      annotations: [{ name: quality, score: 0.5 }],
    });
    const compared = await service.experiments.compare(before.name, after.name, { dataset: id });
    expect(compared.evaluators["exact_match"]).toMatchObject({
      pairs: 3,
      better: 1,
      worse: 1,
      equal: 1,
      meanDifference: 0,
    });
    const { run_ids } = await service.experiments.appendRuns(experiment, [
      { example_id: first?.example_id ?? "", output: "again" },
    ]);
    expect(
      (await service.experiments.runs(experiment, { limit: 2 }).toArray()).map((each) => each.id).slice(3),
    ).toEqual(run_ids);
    expect((await service.experiments.list({ dataset: id }).toArray()).map((each) => each.name)).toEqual([
      after.name,
      before.name,
    ]);
    await service.experiments.delete(before.name, { dataset: id });
    await expectApiError(service.experiments.get(experiment), 404, platform);
  });
});
