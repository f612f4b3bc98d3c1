import type { ProjectRow, SpaceRow } from "../../../store/tables/index.js";
import { connection, type ConnectionArgs } from "../connection.js";
import type { GraphQLContext } from "../context.js";
import { placeOfProject, readable, requireAt } from "../places.js";
import { findNode } from "./node.js";

/** The names of the SDKs that the wire has no word for (`spec/ingest.md §5.2`). A model that has no records yet may become anything. */
const TYPES: Readonly<Record<string, string>> = {
  REGRESSION: "NUMERIC",
  BINARY_CLASSIFICATION: "SCORE_CATEGORICAL",
  UNKNOWN: "SCORE_CATEGORICAL",
};

export const modelType = (row: Pick<ProjectRow, "model_type">): string => TYPES[row.model_type] ?? row.model_type;

export const modelResolvers = {
  Space: {
    async models(
      row: SpaceRow,
      { useExactSearchMatch, ...args }: ConnectionArgs & { useExactSearchMatch?: boolean | null },
      context: GraphQLContext,
    ) {
      const rows = await context.load.projectsOfSpace.load(row.id);
      const models = await readable(context, rows, "PROJECT_READ", placeOfProject);
      if (useExactSearchMatch === true)
        return connection(
          models.filter(({ name }) => name === args.search),
          args,
        );
      return connection(models, args, { texts: ({ name }) => [name] });
    },
  },
  Model: {
    modelType,
    createdAt: (row: ProjectRow) => row.created_at,
    /** Demo models are Arize's own; this platform plants none. */
    isDemoModel: () => false,
    space: (row: ProjectRow, _: unknown, context: GraphQLContext) => findNode(context, row.space_id),
    async modelPredictionVolume(
      row: ProjectRow,
      { startTime, endTime }: { startTime?: number | null; endTime?: number | null },
      context: GraphQLContext,
    ) {
      await requireAt(context, "PROJECT_READ", placeOfProject(context, row));
      let rows = context.domain.core.store.db
        .selectFrom("record_uploads")
        .select((query) => query.fn.sum<number | null>("rows").as("total"))
        .where("project_id", "=", row.id)
        .where("kind", "=", "records")
        .where("state", "=", "ready");
      if (startTime != null) rows = rows.where("max_time", ">=", startTime);
      if (endTime != null) rows = rows.where("min_time", "<", endTime);
      return { totalVolume: Number((await rows.executeTakeFirstOrThrow()).total ?? 0) };
    },
  },
};
