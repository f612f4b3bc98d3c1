import { createPlatform } from "@axlab/mock-server";
import { ArizeClient, PermissionDeniedError } from "@axlab/sdk";

// A platform in this process, with people, keys and a space. `npx axlab start` gives the same as a server of its own.
const platform = await createPlatform({ seed: "demo" });
const { url } = await platform.listen({ port: 0 });
const { keys, space } = platform.seeded;

try {
  const client = new ArizeClient({ baseUrl: url, apiKey: keys.service, spaceId: space.id });

  // 1. Log what a model predicted and what came true.
  const now = Math.floor(Date.now() / 1000);
  const rows = [
    { id: "flight-1", at: now - 60, distance: 405, carrier: "AA", predicted: 12.5, delay: 10 },
    { id: "flight-2", at: now - 40, distance: 1846, carrier: "UA", predicted: -3, delay: 4.5 },
    { id: "flight-3", at: now - 20, distance: 337, carrier: "AA", predicted: 40, delay: 55 },
  ];
  const logged = await client.logger.log(rows, {
    modelId: "delays",
    modelType: "REGRESSION",
    environment: "PRODUCTION",
    schema: {
      predictionIdColumnName: "id",
      timestampColumnName: "at",
      featureColumnNames: ["distance", "carrier"],
      predictionLabelColumnName: "predicted",
      actualLabelColumnName: "delay",
    },
  });
  console.log(`logged ${logged.rows} rows`);

  // 2. Read it back, over Arrow Flight.
  const window = { startTime: new Date(Date.now() - 3_600_000), endTime: new Date(Date.now() + 3_600_000) };
  const stored = await client.exports.toRows({ model: "delays", includeActuals: true, ...window });
  for (const row of stored)
    console.log(row.predictionID, row.carrier, row.numericPredictionLabel, row.numericActualLabel);

  // 3. A dataset, and an experiment over it.
  const dataset = await client.datasets.create({
    name: "capitals",
    examples: [
      { country: "France", capital: "Paris" },
      { country: "Peru", capital: "Lima" },
    ],
  });
  const { scores } = await client.experiments.run({
    name: "always Paris",
    dataset: dataset.id,
    task: () => "Paris",
    evaluators: { right: ({ example, output }) => output === example.capital },
  });
  console.log(`"always Paris" is right for ${scores.right * 100} % of the examples`);

  // 4. A key that may only read is refused, exactly where production would refuse it.
  const reader = new ArizeClient({ baseUrl: url, apiKey: keys.readOnly, spaceId: space.id });
  try {
    await reader.datasets.delete(dataset.id);
    throw new Error("a reader deleted a dataset");
  } catch (error) {
    if (!(error instanceof PermissionDeniedError)) throw error;
    console.log(`refused: ${error.message}`);
  }
  await client.close();
} finally {
  await platform.close();
}
