import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { ArizeClient, PartialUploadError } from "@axlab/sdk";
import { DataFrame } from "pandas-js";

// The package exports its build only; its data files lie beside it.
const DATA = join(dirname(createRequire(import.meta.url).resolve("vega-datasets")), "..", "data");

/** Cars of the npm package vega-datasets as a data frame, with a simple prediction of their consumption. */
export function cars(now = Date.now()) {
  const records = JSON.parse(readFileSync(join(DATA, "cars.json"), "utf8"));
  const usable = records.filter((car) => car.Miles_per_Gallon !== null && car.Horsepower !== null);
  return new DataFrame(
    usable.map((car, index) => ({
      id: `car-${index}`,
      at: Math.floor(now / 1000) - usable.length + index,
      horsepower: car.Horsepower,
      weight: car.Weight_in_lbs,
      origin: car.Origin,
      predicted: 46 - car.Weight_in_lbs * 0.0076,
      consumption: car.Miles_per_Gallon,
    })),
  );
}

export const SCHEMA = {
  predictionIdColumnName: "id",
  timestampColumnName: "at",
  featureColumnNames: ["horsepower", "weight"],
  tagColumnNames: ["origin"],
  predictionLabelColumnName: "predicted",
  actualLabelColumnName: "consumption",
};

/** Logs a frame in requests of 100 rows; after a failure, says which rows have to be sent again. */
export async function load(client, frame) {
  try {
    return await client.logger.log(frame, {
      schema: SCHEMA,
      modelId: "consumption",
      modelVersion: "1.0",
      modelType: "REGRESSION",
      environment: "PRODUCTION",
      rowsPerRequest: 100,
      onProgress: ({ rows }) => console.log(`${rows} rows have landed`),
    });
  } catch (error) {
    if (error instanceof PartialUploadError) console.error(`Not all rows landed: ${error.message}`);
    throw error;
  }
}

// Everything comes from the environment: ARIZE_API_KEY, ARIZE_SPACE_ID and, for a local platform, ARIZE_BASE_URL.
if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const { rows, requests, seconds } = await load(new ArizeClient(), cars());
  console.log(`logged ${rows} rows in ${requests} requests and ${seconds.toFixed(2)} s`);
}
