import { isJsonObject } from "@axlab/wire";
import { WIDGET_IDS } from "../../../domain/dashboards/dashboards.js";
import { readStoredObject } from "../../../domain/rows.js";
import { InvalidRequestError } from "../../../errors.js";
import type { ProjectRow, WidgetRow } from "../../../store/tables/index.js";
import type { GraphQLContext } from "../context.js";
import { canonicalId } from "../ids.js";
import { mutationOn } from "../mutation.js";
import { placeInProject, placeInSpace, placeOfProject, readable } from "../places.js";
import { modelType } from "./models.js";
import { findNode } from "./node.js";

/** Fields that stand in a widget's settings under their own name. */
const stored = (...fields: string[]) =>
  Object.fromEntries(fields.map((field) => [field, (row: WidgetRow) => readStoredObject(row.settings)[field] ?? null]));

const common = {
  dashboardId: (row: WidgetRow) => row.dashboard_id,
  /** Here a widget is made at once, and there are no drafts. */
  creationStatus: () => "created",
  ...stored("gridPosition"),
};

function plots(row: WidgetRow): object[] {
  const list = readStoredObject(row.settings)["plots"];
  return (Array.isArray(list) ? list : [])
    .filter(isJsonObject)
    .map((plot, index) => ({ ...plot, id: `${row.id}:${index}` }));
}

async function model({ modelId }: { modelId?: string }, context: GraphQLContext): Promise<ProjectRow | null> {
  const row = modelId === undefined ? null : await context.load.projects.load(modelId);
  const place = row && (await placeOfProject(context, row));
  return place && context.domain.core.gate.may(context.caller, "PROJECT_READ", place) ? row : null;
}

const modelOfPlot = { model: (plot: object, _: unknown, context: GraphQLContext) => model(plot, context) };

/** A dimension that an input leaves without a type is taken as text. */
const dimension = (value: unknown): unknown =>
  typeof value === "object" && value !== null ? { dataType: "STRING", ...value } : null;

interface NewWidget {
  dashboardId: string;
  title?: string | null;
  clientMutationId?: string | null;
  modelId?: string;
  customMetricId?: string | null;
  plots?: { modelId?: string; datasetId?: string }[];
}

/** @throws InvalidRequestError when a plot shows what is not in the dashboard's space, or may not be seen */
async function requireShown(input: NewWidget, spaceId: string, context: GraphQLContext): Promise<void> {
  const { store } = context.domain.core;
  for (const [index, part] of [...(input.plots ?? []), input].entries()) {
    const where = part === input ? "" : `plots[${index}].`;
    if (part.modelId !== undefined) {
      const shown = await model({ modelId: canonicalId(store, part.modelId) }, context);
      if (shown?.space_id !== spaceId)
        throw new InvalidRequestError(
          `${where}modelId: the dashboard's space has no model "${part.modelId}" that this key may see.`,
        );
    }
    if ("datasetId" in part && part.datasetId !== undefined) {
      const dataset = await context.load.datasets.load(canonicalId(store, part.datasetId));
      const [shown] = await readable(context, dataset === null ? [] : [dataset], "DATASET_READ", placeInSpace);
      if (shown?.space_id !== spaceId)
        throw new InvalidRequestError(
          `${where}datasetId: the dashboard's space has no dataset "${part.datasetId}" that this key may see.`,
        );
    }
  }
  if (input.customMetricId == null) return;
  const metric = await context.load.customMetrics.load(canonicalId(store, input.customMetricId));
  const [shown] = await readable(context, metric === null ? [] : [metric], "CUSTOM_METRIC_READ", placeInProject);
  if (shown?.space_id !== spaceId)
    throw new InvalidRequestError(
      `customMetricId: the dashboard's space has no custom metric "${input.customMetricId}" that this key may see.`,
    );
}

const creation = (name: string, kind: WidgetRow["kind"], field: string) =>
  mutationOn<"dashboard", NewWidget>(
    name,
    { on: "dashboard", requirement: "DASHBOARD_UPDATE", read: "DASHBOARD_READ", id: ({ dashboardId }) => dashboardId },
    async ({ input, domain, target, context }) => {
      await requireShown(input, target.space_id, context);
      const { dashboardId: _, title, clientMutationId: __, ...settings } = input;
      return { [field]: await domain.dashboards.addWidget(target, kind, title ?? null, settings) };
    },
  );

export const widgetResolvers = {
  DashboardWidget: { __resolveType: (row: WidgetRow) => WIDGET_IDS[row.kind] },
  StatisticWidget: {
    ...common,
    ...stored(
      "modelId",
      "modelVersionIds",
      "dimensionCategory",
      "performanceMetric",
      "aggregation",
      "predictionValueClass",
    ),
    ...stored("rankingAtK", "modelEnvironmentName", "timeSeriesMetricType", "filters"),
    dimension: (row: WidgetRow) => dimension(readStoredObject(row.settings)["dimension"]),
    model: (row: WidgetRow, _: unknown, context: GraphQLContext) => model(readStoredObject(row.settings), context),
    customMetric(row: WidgetRow, _: unknown, context: GraphQLContext) {
      const { customMetricId } = readStoredObject(row.settings);
      return typeof customMetricId === "string" ? findNode(context, customMetricId) : null;
    },
  },
  LineChartWidget: { ...common, ...stored("yMin", "yMax", "yAxisLabel", "timeSeriesMetricType", "config"), plots },
  LineChartPlot: { ...modelOfPlot, dimension: (plot: { dimension?: unknown }) => dimension(plot.dimension) },
  BarChartWidget: {
    ...common,
    ...stored("sortOrder", "yMin", "yMax", "yAxisLabel", "topN", "isNormalized", "binOption", "numBins", "customBins"),
    ...stored("quantiles", "performanceMetric", "config"),
    plots,
  },
  BarChartPlot: { ...modelOfPlot, dimension: (plot: { dimension?: unknown }) => dimension(plot.dimension) },
  TextWidget: { ...common, ...stored("content") },
  ExperimentChartWidget: { ...common, plots },
  WidgetModel: { modelType, createdAt: (row: ProjectRow) => row.created_at },
  Mutation: {
    createLineChartWidget: creation("createLineChartWidget", "lineChart", "lineChartWidget"),
    createDriftLineChartWidget: creation("createDriftLineChartWidget", "driftLineChart", "lineChartWidget"),
    createMonitorLineChartWidget: creation("createMonitorLineChartWidget", "monitorLineChart", "lineChartWidget"),
    createStatisticWidget: creation("createStatisticWidget", "statistic", "statisticWidget"),
    createBarChartWidget: creation("createBarChartWidget", "barChart", "barChartWidget"),
    createTextWidget: creation("createTextWidget", "text", "textWidget"),
    createExperimentChartWidget: creation("createExperimentChartWidget", "experimentChart", "experimentChartWidget"),
  },
};
