import { createExperiment } from "@arizeai/ax-client";
import { afterAll, describe, expect, it } from "vitest";
import { axClients } from "../support/ax-client.js";
import { startPlatform } from "../support/platform.js";
import { describePython } from "../support/python.js";
import { AXLAB_SDK, sdkClients } from "../support/sdk.js";

const platform = await startPlatform();
const { service } = sdkClients(platform);
afterAll(async () => {
  await service.close();
  await platform.stop();
});

const text = (value: unknown): string => (typeof value === "string" ? value : "");

// The same task and evaluators over the same examples by every client.
const examples = [{ question: "how much?" }, { question: "où est-ce qu'on va?" }, { question: "why" }];
const dataset = await service.datasets.create({ name: "questions", examples, via: "rest" });
const contract = { ...platform, dataset: { id: dataset.id, name: dataset.name } };
await describePython("v7", "experiments.py", contract);
await describePython("v8", "experiments.py", contract);

const reference = await service.experiments.run({
  name: "reference",
  dataset: dataset.id,
  task: ({ question }) => String(question).toUpperCase(),
  evaluators: {
    is_long: ({ output }) => text(output).length > 10,
    length: ({ output }) => text(output).length,
    tone: () => ({ score: 0.5, label: "loud", explanation: "all capitals" }),
  },
});
await createExperiment({
  client: axClients(platform).service,
  experimentName: "ax-client created",
  dataset: dataset.id,
  experimentRuns: reference
    .toRows()
    .map(({ example_id, ...run }) => ({ ...run, exampleId: text(example_id), output: text(run["output"]) })),
});
const made = (await service.experiments.list({ dataset: dataset.id }).toArray()).filter(
  ({ name }) => name !== reference.name,
);

describe(AXLAB_SDK, () => {
  it.each(made)("experiments.compare: $name is read like the SDK's own", async ({ id }) => {
    const compared = await service.experiments.compare(reference.experiment?.id ?? "", id);
    expect(compared).toMatchObject({ onlyBaseline: [], onlyCandidate: [] });
    for (const { baseline, candidate, differences, sameOutput } of compared.examples) {
      expect({ differences, sameOutput }).toEqual({
        differences: { is_long: 0, length: 0, tone: 0 },
        sameOutput: true,
      });
      expect(candidate.error).toBeUndefined();
      for (const [name, { score, label, explanation }] of Object.entries(baseline.evaluations))
        expect(candidate.evaluations[name]).toMatchObject({
          score,
          ...(label && { label }),
          ...(explanation && { explanation }),
        });
    }
    expect(compared.examples).toHaveLength(3);
  });

  it.each(made.filter(({ name }) => name.includes(" run")))(
    "experiments.runs: the spans of $name are on the platform, under its runs' trace ids",
    async ({ id, experiment_traces_project_id: project_id = "" }) => {
      const runs = await service.experiments.runs(id).toArray();
      const { spans } = await service.rest.post("/v2/spans", { body: { project_id }, query: { limit: 500 } });
      const named = new Map(spans.map((span) => [span.context.trace_id, span.name]));
      for (const run of runs) {
        expect(named.get(String(run["result.trace.id"]))).toMatch(/^Task: shout/);
        expect(named.get(String(run["eval.length.trace.id"]))).toBe("Evaluation: length");
      }
      expect(runs).toHaveLength(3);
    },
  );
});
