import { listDatasetExamples } from "@arizeai/ax-client";
import { exactMatch } from "@axlab/sdk";
import { afterAll, describe, expect, it } from "vitest";
import { absent, axClients, unique } from "../support/ax-client.js";
import { startPlatform } from "../support/platform.js";
import { AXLAB_SDK, expectApiError, sdkClients } from "../support/sdk.js";

const platform = await startPlatform();
afterAll(platform.stop);
const { readOnly, service } = sdkClients(platform);
afterAll(() => service.close());

const EXAMPLES = [
  { country: "France", capital: "Paris", people: 68, island: false },
  { country: "Perú", capital: "Lima", people: 34.5, island: false },
  { country: "日本", capital: "東京", people: 124, island: true },
];

describe(AXLAB_SDK, () => {
  it("datasets.create: over REST, read back by the SDK and by the official client", async () => {
    const { id } = await service.datasets.create({ name: unique("capitals"), examples: EXAMPLES, via: "rest" });
    expect(await service.datasets.examples.list(id).toArray()).toMatchObject(EXAMPLES);
    expect((await listDatasetExamples({ client: axClients(platform).service, dataset: id })).data).toMatchObject(
      EXAMPLES,
    );
  });
  it("datasets.create: over Flight, read back the same", async () => {
    const { id, name } = await service.datasets.create({ name: unique("capitals"), examples: EXAMPLES, via: "flight" });
    expect(await service.datasets.examples.list(name).toArray()).toMatchObject(EXAMPLES);
    expect((await listDatasetExamples({ client: axClients(platform).service, dataset: id })).data).toMatchObject(
      EXAMPLES,
    );
  });
  it("datasets.create: 2500 examples in several requests land once each, in order", async () => {
    const examples = Array.from({ length: 2500 }, (_, n) => ({ n }));
    const { id } = await service.datasets.create({ name: unique("many"), examples, via: "rest" });
    expect((await service.datasets.examples.list(id).toArray()).map(({ n }) => n)).toEqual(examples.map(({ n }) => n));
  });
  it("datasets.create: 409 for a name the space has, 403 for a reader, over both transports", async () => {
    const { name } = await service.datasets.create({ name: unique("capitals"), examples: EXAMPLES });
    await expectApiError(service.datasets.create({ name, examples: EXAMPLES }), 409, platform);
    for (const via of ["rest", "flight"] as const) {
      const refused = readOnly.datasets.create({ name: unique("refused"), examples: EXAMPLES, via });
      await expect(refused).rejects.toThrow(/DATASET_CREATE/);
    }
  });
  it("datasets.get: 404 for one that does not exist", () =>
    expectApiError(service.datasets.get(absent("Dataset")), 404, platform));
  it("datasets.examples: append, update into a version, delete", async () => {
    const { id } = await service.datasets.create({ name: unique("capitals"), examples: EXAMPLES });
    const { example_ids: ids } = await service.datasets.examples.append(id, [{ country: "Chad" }]);
    const [first] = await service.datasets.examples.list(id).toArray();
    await service.datasets.examples.update(id, [{ id: first?.id ?? "", capital: "Lutetia" }], { newVersion: "Roman" });
    expect((await service.datasets.get(id)).versions).toHaveLength(2);
    expect(await service.datasets.examples.delete(id, ids)).toMatchObject({
      completed: true,
      deleted_example_ids: ids,
    });
    expect((await service.datasets.examples.list(id).toArray()).map(({ capital }) => capital)).toEqual([
      "Lutetia",
      "Lima",
      "東京",
    ]);
  });

  it("experiments.run: task, evaluators and a failing row, read back as stored", async () => {
    const { id } = await service.datasets.create({ name: unique("capitals"), examples: EXAMPLES });
    const result = await service.experiments.run({
      name: unique("first try"),
      dataset: id,
      concurrency: 2,
      task: ({ country }) => {
        if (country === "日本") throw new RangeError("no answer");
        return country === "France" ? "Paris" : "Cusco";
      },
      evaluators: [
        exactMatch("capital"),
        { name: "length", evaluate: ({ output }) => JSON.stringify(output).length - 2 },
      ],
    });
    expect(result).toMatchObject({ failed: 1, scores: { exact_match: 0.5, length: 5 } });
    const runs = await service.experiments.runs(result.experiment?.id ?? "").toArray();
    expect(runs.map((run) => run["eval.exact_match.score"])).toEqual([1, 0, undefined]);
    expect(runs.map(({ output }) => output).slice(0, 2)).toEqual(["Paris", "Cusco"]);
    expect(runs[2]?.error).toMatch(/no answer/);
  });
  it("experiments.create: 403 for a reader", async () => {
    const { id } = await service.datasets.create({ name: unique("capitals"), examples: EXAMPLES });
    const [example] = await service.datasets.examples.list(id).toArray();
    const runs = [{ example_id: example?.id, output: "x" }];
    await expectApiError(readOnly.experiments.create({ name: unique("x"), dataset: id, runs }), 403, platform);
  });
});
