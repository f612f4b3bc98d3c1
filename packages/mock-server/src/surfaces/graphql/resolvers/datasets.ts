import { formatTimestamp, type JsonValue } from "@axlab/wire";
import { columnsOf } from "../../../domain/datasets/datasets.js";
import { spaceRef, locate } from "../../../domain/locate.js";
import { readStoredObject } from "../../../domain/rows.js";
import { InvalidRequestError } from "../../../errors.js";
import type { DatasetExampleRow, DatasetRow, DatasetVersionRow, ExperimentRow } from "../../../store/tables/index.js";
import { connection, searched, type ConnectionArgs } from "../connection.js";
import type { GraphQLContext } from "../context.js";
import { findNode } from "./node.js";
import { all } from "./spaces.js";

type Stamped = Pick<DatasetRow, "created_at" | "updated_at">;
const stamps = {
  createdAt: (row: Stamped) => formatTimestamp(row.created_at),
  updatedAt: (row: Stamped) => formatTimestamp(row.updated_at),
};

/** How a JSON value shows itself as one of the three kinds of dimension. */
function dimensionValue(value: JsonValue): { __typename: string; value: unknown } | null {
  if (value === null) return null;
  if (typeof value === "number") return { __typename: "NumericDimensionValue", value };
  if (Array.isArray(value) && value.every((item) => typeof item === "string"))
    return { __typename: "ListOfStringsDimensionValue", value };
  return { __typename: "CategoricalDimensionValue", value: typeof value === "string" ? value : JSON.stringify(value) };
}

const dataType = (value: JsonValue): string =>
  typeof value === "number"
    ? Number.isInteger(value)
      ? "LONG"
      : "DOUBLE"
    : Array.isArray(value)
      ? "STRING_LIST"
      : typeof value === "object" && value !== null
        ? "DICTIONARY"
        : "STRING";

export const datasetResolvers = {
  Dataset: {
    ...stamps,
    datasetType: () => "generative",
    status: () => "active",
    async columns(row: DatasetRow, _: unknown, { domain }: GraphQLContext) {
      const version = await domain.datasets.version(row);
      const known = columnsOf(version).map(({ name }) => name);
      if (known.length > 0) return ["id", ...known, "created_at", "updated_at"];
      const [first] = await domain.datasets.exampleRows(version, undefined, 1);
      return first === undefined
        ? []
        : ["id", ...Object.keys(readStoredObject(first.data)), "created_at", "updated_at"];
    },
    async experimentCount(row: DatasetRow, _: unknown, { caller, domain }: GraphQLContext) {
      return (await all((cursor) => domain.experiments.list(caller, { dataset: row, limit: 100, cursor }))).length;
    },
    latestDatasetVersion: (row: DatasetRow, _: unknown, { domain }: GraphQLContext) => domain.datasets.version(row),
    async experiments(row: DatasetRow, args: ConnectionArgs, { caller, domain }: GraphQLContext) {
      const found = await locate(domain.core.store.db, "space", row.space_id);
      domain.core.gate.require(caller, "EXPERIMENT_READ", found === null ? null : spaceRef(found.entity));
      const rows = await all((cursor) => domain.experiments.list(caller, { dataset: row, limit: 100, cursor }));
      return connection(
        searched(rows, args.search, ({ name }) => name),
        args,
        "desc",
      );
    },
  },
  DatasetVersion: {
    async examples(row: DatasetVersionRow, args: ConnectionArgs, { caller, domain }: GraphQLContext) {
      const dataset = await locate(domain.core.store.db, "dataset", row.dataset_id);
      domain.core.gate.require(caller, "DATASET_EXAMPLE_READ", dataset?.ref ?? null, "DATASET_READ");
      const limit = args.first ?? 50;
      if (limit < 1 || limit > 500)
        throw new InvalidRequestError(`first: ${limit} is out of range; ask for 1 to 500 at a time.`);
      const page = await domain.datasets.examples(row, { limit, cursor: args.after ?? undefined });
      const edges = connection(
        page.items.map((example) => ({ ...example, seq: example.position })),
        { first: limit },
      );
      return {
        ...edges,
        totalCount: await domain.datasets.countExamples(row),
        pageInfo: { ...edges.pageInfo, hasNextPage: page.pagination.has_more, hasPreviousPage: Boolean(args.after) },
      };
    },
  },
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
