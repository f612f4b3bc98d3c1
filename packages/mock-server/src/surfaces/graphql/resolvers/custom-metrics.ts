import { parseMetric } from "../../../domain/custom-metrics/expression.js";
import { NotFoundError } from "../../../errors.js";
import type { CustomMetricRow, ProjectRow } from "../../../store/tables/index.js";
import { connection, type ConnectionArgs } from "../connection.js";
import type { GraphQLContext } from "../context.js";
import { canonicalId } from "../ids.js";
import { checkedName } from "../input.js";
import { mutationOn, type Mutating } from "../mutation.js";
import { placeOfProject, requireAt } from "../places.js";

interface Fields {
  name: string;
  description?: string | null;
  metric: string;
  modelEnvironmentName?: string | null;
}
type Change = Fields & { customMetricId: string; modelId: string };

const fieldsOf = ({ name, description, metric, modelEnvironmentName }: Fields) => ({
  name: checkedName(name),
  description: description ?? null,
  expression: metric,
  environment: modelEnvironmentName ?? undefined,
});

/** The mutations name the model as well; a metric of another one is not there. @throws NotFoundError */
function requireModel({ input, domain, target }: Mutating<{ modelId: string }> & { target: CustomMetricRow }): void {
  if (canonicalId(domain.core.store, input.modelId) !== target.project_id) throw new NotFoundError();
}

export const customMetricResolvers = {
  Model: {
    async customMetrics(
      row: ProjectRow,
      { searchTerm, ...args }: ConnectionArgs & { searchTerm?: string | null },
      context: GraphQLContext,
    ) {
      await requireAt(context, "CUSTOM_METRIC_READ", placeOfProject(context, row));
      const rows = await context.load.customMetricsOfModel.load(row.id);
      return connection(rows, { ...args, search: searchTerm ?? null }, { texts: ({ name }) => [name] });
    },
  },
  CustomMetric: {
    createdAt: (row: CustomMetricRow) => row.created_at,
    metric: (row: CustomMetricRow) => row.expression,
    requiresPositiveClass: (row: CustomMetricRow) => parseMetric(row.expression).requiresPositiveClass,
  },
  Mutation: {
    createCustomMetric: mutationOn<"project", Fields & { modelId: string }>(
      "createCustomMetric",
      { on: "project", requirement: "CUSTOM_METRIC_CREATE", id: ({ modelId }) => modelId },
      async ({ input, caller, domain, target }) => ({
        customMetric: await domain.customMetrics.create(caller, target, fieldsOf(input)),
      }),
    ),
    updateCustomMetric: mutationOn<"customMetric", Change>(
      "updateCustomMetric",
      {
        on: "customMetric",
        requirement: "CUSTOM_METRIC_UPDATE",
        read: "CUSTOM_METRIC_READ",
        id: ({ customMetricId }) => customMetricId,
      },
      async (mutating) => {
        requireModel(mutating);
        const { input, domain, target } = mutating;
        return { customMetric: await domain.customMetrics.update(target, fieldsOf(input)) };
      },
    ),
    deleteCustomMetric: mutationOn<"customMetric", { customMetricId: string; modelId: string }>(
      "deleteCustomMetric",
      {
        on: "customMetric",
        requirement: "CUSTOM_METRIC_DELETE",
        read: "CUSTOM_METRIC_READ",
        id: ({ customMetricId }) => customMetricId,
      },
      async (mutating) => {
        requireModel(mutating);
        const { domain, target, context } = mutating;
        await domain.customMetrics.delete(target);
        return { model: await context.load.projects.load(target.project_id) };
      },
    ),
  },
};
