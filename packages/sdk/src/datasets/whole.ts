import { isJsonObject } from "@axlab/wire";
import type { RecordBatch } from "apache-arrow";

import type { ClientContext } from "../context.js";
import { ConfigurationError } from "../errors/client.js";
import { columnValues } from "../exports/values.js";
import { datasetId } from "../resolve/index.js";
import type { InSpace } from "../resources/projects.js";
import { isJsonColumn } from "../rows/json-columns.js";
import { readsDatasets } from "./flight-port.js";

/** What whole-version reads take. */
export interface WholeVersion extends InSpace {
  /** Id or name of a dataset version; default the latest. */
  readonly version?: string | undefined;
  /** Hears how many rows have arrived. */
  readonly onProgress?: ((progress: { readonly rows: number }) => void) | undefined;
}

/** An example as it is read whole: the user's fields beside ours. */
export type ExampleRow = Record<string, unknown> & {
  readonly id: string;
  readonly created_at: Date;
  readonly updated_at: Date;
};

export async function* batchesOfVersion(
  context: ClientContext,
  dataset: string,
  { space, version, onProgress, ...options }: WholeVersion,
): AsyncGenerator<RecordBatch, void, undefined> {
  const dataset_id = await datasetId(context, dataset, space, options);
  const { space_id } = await context.rest.get("/v2/datasets/{dataset_id}", { path: { dataset_id }, ...options });
  const flight = await context.flight();
  if (!readsDatasets(flight))
    throw new ConfigurationError("The Flight client of this context cannot read datasets; use examples.list()");
  let rows = 0;
  for await (const batch of flight.getDataset({ spaceId: space_id, datasetId: dataset_id, version }, options)) {
    onProgress?.({ rows: (rows += batch.numRows) });
    yield batch;
  }
}

const TIMES = new Set(["created_at", "updated_at"]);

export function rowsOfVersion(batch: RecordBatch): ExampleRow[] {
  const columns = columnValues(batch, false).map(
    ([name, values]) =>
      [name, values.map(TIMES.has(name) ? asDate : isJsonColumn(name) ? asObject : withPlainLists)] as const,
  );
  return Array.from({ length: batch.numRows }, (_unused, row) => {
    const object: Record<string, unknown> = {};
    for (const [name, values] of columns) object[name] = values[row];
    return object as ExampleRow; // boundary: the platform sends these columns in every answer (spec/flight.md §5.3)
  });
}

const asDate = (value: unknown): unknown => (typeof value === "number" ? new Date(value) : value);

/** Lists as arrays also where their numbers came as a typed array: as REST has them. */
function withPlainLists(value: unknown): unknown {
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  if (isIterable(value)) return Array.from(value, withPlainLists);
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, withPlainLists(field)]));
}

const isIterable = (value: object): value is Iterable<unknown> => Symbol.iterator in value;

/** JSON text of an object as that object; any other text stays as it is. */
function asObject(value: unknown): unknown {
  if (typeof value !== "string" || !value.startsWith("{")) return value;
  try {
    const parsed: unknown = JSON.parse(value);
    return isJsonObject(parsed) ? parsed : value;
  } catch {
    return value;
  }
}
