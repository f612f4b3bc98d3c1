import type { JsonValue } from "@axlab/wire";
import { columnsOf } from "../../../domain/datasets/datasets.js";
import { spaceRef } from "../../../domain/locate.js";
import { readStoredObject } from "../../../domain/rows.js";
import type {
  DatasetExampleRow,
  DatasetRow,
  DatasetVersionRow,
  ExperimentRow,
  SpaceRow,
} from "../../../store/tables/index.js";
import { connection, windowedConnection, type ConnectionArgs, type ConnectionOptions } from "../connection.js";
import type { GraphQLContext } from "../context.js";
import { placeInSpace, readable, requireAt } from "../places.js";
import { findNode } from "./node.js";
import { withTags, type TagFilter } from "./tags.js";

type Named = { seq: number; name: string };
const NEWEST_FIRST: ConnectionOptions<Named> = { order: "desc", texts: ({ name }) => [name] };

const stamps = {
  createdAt: (row: Pick<DatasetRow, "created_at">) => row.created_at,
  updatedAt: (row: Pick<DatasetRow, "updated_at">) => row.updated_at,
};

/** How a JSON value shows itself as one of the three kinds of dimension. */
export function dimensionValue(value: JsonValue | undefined): { __typename: string; value: unknown } | null {
  if (value === null || value === undefined) return null;
  if (typeof value === "number") return { __typename: "NumericDimensionValue", value };
  if (Array.isArray(value) && value.every((item) => typeof item === "string"))
    return { __typename: "ListOfStringsDimensionValue", value };
  return { __typename: "CategoricalDimensionValue", value: typeof value === "string" ? value : JSON.stringify(value) };
}

function dataType(value: JsonValue): string {
  if (typeof value === "number") return Number.isInteger(value) ? "LONG" : "DOUBLE";
  if (Array.isArray(value)) return "STRING_LIST";
  return typeof value === "object" && value !== null ? "DICTIONARY" : "STRING";
}

const latestVersion = async (row: DatasetRow, { load }: GraphQLContext): Promise<DatasetVersionRow | undefined> =>
  (await load.versionsOfDataset.load(row.id)).at(-1);

async function examples(row: DatasetVersionRow, args: ConnectionArgs, context: GraphQLContext) {
  const { load, domain } = context;
  const dataset = await load.datasets.load(row.dataset_id);
  await requireAt(context, "DATASET_EXAMPLE_READ", dataset && placeInSpace(context, dataset), "DATASET_READ");
  const { db } = domain.core.store;
  return windowedConnection(args, {
    async read({ after, before, count, fromEnd }) {
      let rows = db.selectFrom("dataset_examples").selectAll().where("version_id", "=", row.id).limit(count);
      if (after !== undefined) rows = rows.where("position", ">", after);
      if (before !== undefined) rows = rows.where("position", "<", before);
      const read = await rows.orderBy("position", fromEnd ? "desc" : "asc").execute();
      if (fromEnd) read.reverse();
      return read.map((example) => ({ ...example, seq: example.position }));
    },
    total: () => domain.datasets.countExamples(row),
  });
}

export const datasetResolvers = {
  Space: {
    async datasets(row: SpaceRow, args: ConnectionArgs & TagFilter, context: GraphQLContext) {
      await requireAt(context, "DATASET_READ", spaceRef(row));
      const rows = await context.load.datasetsOfSpace.load(row.id);
      return connection(await withTags(context, row, rows, args), args, NEWEST_FIRST);
    },
    async experiments(row: SpaceRow, args: ConnectionArgs & TagFilter, context: GraphQLContext) {
      await requireAt(context, "EXPERIMENT_READ", spaceRef(row));
      const rows = await context.load.experimentsOfSpace.load(row.id);
      return connection(await withTags(context, row, rows, args), args, NEWEST_FIRST);
    },
  },
  Dataset: {
    ...stamps,
    /** The one type that the API has. */
    datasetType: () => "generative",
    /** A dataset that can be read is in use: deleting takes it away, and it is never half imported. */
    status: () => "active",
    /** The fields of its examples, so null for who may not read these. */
    async columns(row: DatasetRow, _: unknown, context: GraphQLContext) {
      if ((await readable(context, [row], "DATASET_EXAMPLE_READ", placeInSpace)).length === 0) return null;
      const version = await latestVersion(row, context);
      if (version === undefined) return [];
      const known = columnsOf(version).map(({ name }) => name);
      if (known.length > 0) return ["id", ...known, "created_at", "updated_at"];
      const [first] = await context.domain.datasets.exampleRows(version, undefined, 1);
      return first === undefined
        ? []
        : ["id", ...Object.keys(readStoredObject(first.data)), "created_at", "updated_at"];
    },
    async experimentCount(row: DatasetRow, _: unknown, context: GraphQLContext) {
      await requireAt(context, "EXPERIMENT_READ", placeInSpace(context, row));
      return (await context.load.experimentsOfDataset.load(row.id)).length;
    },
    latestDatasetVersion: (row: DatasetRow, _: unknown, context: GraphQLContext) => latestVersion(row, context),
    async experiments(row: DatasetRow, args: ConnectionArgs, context: GraphQLContext) {
      await requireAt(context, "EXPERIMENT_READ", placeInSpace(context, row));
      return connection(await context.load.experimentsOfDataset.load(row.id), args, NEWEST_FIRST);
    },
  },
  DatasetVersion: { examples },
  DatasetExample: {
    ...stamps,
    id: (row: DatasetExampleRow) => row.example_id,
    columns: (row: DatasetExampleRow) =>
      Object.entries(readStoredObject(row.data)).map(([name, value]) => ({
        dimension: { name, dataType: dataType(value) },
        dimensionValue: dimensionValue(value),
      })),
  },
  Experiment: {
    ...stamps,
    dataset: (row: ExperimentRow, _: unknown, context: GraphQLContext) =>
      row.dataset_id === null ? null : findNode(context, row.dataset_id),
  },
};
