import { locate } from "../../../domain/locate.js";
import { everyRecord } from "../../../domain/records/export/query.js";
import { NotFoundError } from "../../../errors.js";
import type { ProjectRow, SpaceRow } from "../../../store/tables/index.js";
import { connection, type ConnectionArgs } from "../connection.js";
import type { GraphQLContext } from "../context.js";
import { canonicalId } from "../ids.js";
import { mutation } from "../mutation.js";
import { placeOfProject, readable, requireAt } from "../places.js";
import { findNode } from "./node.js";

/** The names of the SDKs that the wire has no word for (`spec/ingest.md §5.2`). A model that has no records yet may become anything. */
const TYPES: Readonly<Record<string, string>> = {
  REGRESSION: "NUMERIC",
  BINARY_CLASSIFICATION: "SCORE_CATEGORICAL",
  UNKNOWN: "SCORE_CATEGORICAL",
};

/** Where predictions are: everything but the documents of a corpus. */
const ENVIRONMENTS = ["PRODUCTION", "VALIDATION", "TRAINING", "TRACING"];

interface DeletedData {
  modelId: string;
  startDate: number;
  endDate?: number | null;
  environment: "PRODUCTION" | "PREPRODUCTION";
}

/** Spans are what production is for a tracing project. */
const ERASED = { PRODUCTION: ["PRODUCTION", "TRACING"], PREPRODUCTION: ["VALIDATION", "TRAINING"] };

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
      const { records } = context.domain;
      let totalVolume = 0;
      for (const environment of ENVIRONMENTS)
        totalVolume += await records.count(row.id, {
          ...everyRecord(environment),
          start: startTime ?? null,
          end: endTime ?? null,
        });
      return { totalVolume };
    },
  },
  Mutation: {
    deleteData: mutation<DeletedData>(
      "deleteData",
      { on: "domain", why: "PROJECT_SPAN_DELETE where the window holds spans, ML_MODEL_DELETE where it holds records" },
      async ({ input, caller, domain }) => {
        const found = await locate(domain.core.store.db, "project", canonicalId(domain.core.store, input.modelId));
        if (found === null) throw new NotFoundError();
        await domain.records.erase(caller, found.entity, {
          environments: ERASED[input.environment],
          start: input.startDate,
          end: input.endDate ?? domain.core.clock.now(),
        });
        return {};
      },
    ),
  },
};
