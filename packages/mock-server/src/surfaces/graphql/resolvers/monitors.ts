import { spaceRef } from "../../../domain/locate.js";
import type { Granularity } from "../../../domain/metrics/buckets.js";
import { requireWindow } from "../../../domain/metrics/buckets.js";
import type { Evaluation, MonitorEvaluation } from "../../../domain/monitors/evaluate.js";
import { settingsOf, type MonitorFilter, type MonitorSettings } from "../../../domain/monitors/settings.js";
import type { MonitorRow, ProjectRow, SpaceRow } from "../../../store/tables/index.js";
import { connection, type ConnectionArgs } from "../connection.js";
import type { GraphQLContext } from "../context.js";
import { placeInProject, placeOfProject, readable, requireAt } from "../places.js";
import { findNode, findUser } from "./node.js";

interface MonitorArgs extends ConnectionArgs {
  modelName?: string | null;
  monitorCategory?: MonitorRow["category"] | null;
  currentStatus?: Evaluation["status"] | null;
}

const evaluations = new WeakMap<MonitorRow, Promise<MonitorEvaluation>>();
const found = new WeakMap<MonitorRow, Promise<Evaluation>>();

/** A row is read once a request, so that a monitor is looked at once, however many fields ask. */
function evaluationOf(row: MonitorRow, { domain }: GraphQLContext): Promise<MonitorEvaluation> {
  const known = evaluations.get(row) ?? domain.monitors.evaluation(row);
  evaluations.set(row, known);
  return known;
}

async function evaluate(row: MonitorRow, context: GraphQLContext): Promise<Evaluation> {
  const known = found.get(row) ?? evaluationOf(row, context).then((evaluation) => evaluation.now());
  found.set(row, known);
  return known;
}

async function shown(rows: readonly MonitorRow[], args: MonitorArgs, context: GraphQLContext) {
  let kept = rows.filter(({ category }) => args.monitorCategory == null || category === args.monitorCategory);
  if (args.currentStatus != null) {
    const looks = await Promise.all(kept.map((row) => evaluate(row, context)));
    kept = kept.filter((_, index) => looks[index]?.status === args.currentStatus);
  }
  return connection(kept, args, { texts: ({ name }) => [name] });
}

const set =
  (field: keyof MonitorSettings) =>
  (row: MonitorRow): unknown =>
    settingsOf(row)[field] ?? null;

const filterItem = ({ dimensionType, operator, name, values }: MonitorFilter) => ({
  filterType: dimensionType,
  operator,
  dimension: name === undefined ? null : { name, dataType: "STRING" },
  dimensionValues: values.map((value) => ({ value })),
});

/** The records that a monitor looks at. */
function primaryWindow(row: MonitorRow) {
  const settings = settingsOf(row);
  const { dimensionName } = settings;
  return {
    type: "moving",
    windowLengthMs: settings.evaluationWindowLengthSeconds * 1000,
    dimensionCategory: settings.dimensionCategory ?? null,
    dimension: dimensionName === undefined ? null : { name: dimensionName, dataType: "STRING" },
    filters: settings.filters.map(filterItem),
  };
}

interface HistoryArgs {
  startTime: number;
  endTime: number;
  timeZone?: string | null;
  timeSeriesDataGranularity: Granularity;
}

async function metricHistory(row: MonitorRow, args: HistoryArgs, context: GraphQLContext) {
  requireWindow(args.startTime, args.endTime, args.timeZone);
  const evaluation = await evaluationOf(row, context);
  const { points, threshold } = await evaluation.history(args.startTime, args.endTime, args.timeSeriesDataGranularity);
  return {
    __typename: "TimeSeriesWithThresholdDataType",
    key: row.name,
    dataPoints: points.map(({ at, value }) => ({ x: at, y: value })),
    thresholdDataPoints: threshold === null ? null : points.map(({ at }) => ({ x: at, y: threshold })),
  };
}

export const monitorResolvers = {
  Space: {
    async monitors(row: SpaceRow, { modelName, ...args }: MonitorArgs, context: GraphQLContext) {
      await requireAt(context, "MONITOR_READ", spaceRef(row));
      const models = (await context.load.projectsOfSpace.load(row.id)).filter(
        ({ name }) => modelName == null || name === modelName,
      );
      const monitors = await Promise.all(models.map(({ id }) => context.load.monitorsOfModel.load(id)));
      return shown(await readable(context, monitors.flat(), "MONITOR_READ", placeInProject), args, context);
    },
  },
  Model: {
    async monitors(row: ProjectRow, args: MonitorArgs, context: GraphQLContext) {
      await requireAt(context, "MONITOR_READ", placeOfProject(context, row));
      return shown(await context.load.monitorsOfModel.load(row.id), args, context);
    },
  },
  Monitor: {
    monitorCategory: (row: MonitorRow) => row.category,
    createdDate: (row: MonitorRow) => row.created_at,
    updatedAt: (row: MonitorRow) => row.updated_at,
    creator: (row: MonitorRow, _: unknown, context: GraphQLContext) => findUser(context, row.created_by_user_id),
    model: (row: MonitorRow, _: unknown, context: GraphQLContext) => findNode(context, row.project_id),
    notes: set("notes"),
    contacts: (row: MonitorRow) => settingsOf(row).contacts,
    dimensionCategory: set("dimensionCategory"),
    threshold: set("threshold"),
    threshold2: set("threshold2"),
    thresholdMode: set("thresholdMode"),
    dynamicAutoThresholdEnabled: (row: MonitorRow) => settingsOf(row).dynamicAutoThreshold !== undefined,
    stdDevMultiplier: (row: MonitorRow) => settingsOf(row).dynamicAutoThreshold?.stdDevMultiplier ?? null,
    stdDevMultiplier2: set("stdDevMultiplier2"),
    /** Whether there is anybody to tell. */
    notificationsEnabled: (row: MonitorRow) => settingsOf(row).contacts.length > 0,
    downtimeStart: set("downtimeStart"),
    downtimeDurationHrs: set("downtimeDurationHrs"),
    downtimeFrequencyDays: set("downtimeFrequencyDays"),
    scheduledRuntimeEnabled: set("scheduledRuntimeEnabled"),
    scheduledRuntimeCadenceSeconds: set("scheduledRuntimeCadenceSeconds"),
    scheduledRuntimeDaysOfWeek: set("scheduledRuntimeDaysOfWeek"),
    /** Without a schedule of its own a monitor has no interval: it is evaluated whenever it is asked for. */
    evaluationIntervalSeconds: set("scheduledRuntimeCadenceSeconds"),
    /** Managed monitors are Arize's own; here people make all of them. */
    isManaged: () => false,
    performanceMetric: set("performanceMetric"),
    dataQualityMetric: set("dataQualityMetric"),
    driftMetric: set("driftMetric"),
    operator: set("operator"),
    operator2: set("operator2"),
    topKPercentileValue: set("topKPercentileValue"),
    positiveClassValue: set("positiveClassValue"),
    metricAtRankingKValue: set("metricAtRankingKValue"),
    customMetric(row: MonitorRow, _: unknown, context: GraphQLContext) {
      const { customMetricId } = settingsOf(row);
      return customMetricId === undefined ? null : findNode(context, customMetricId);
    },
    primaryMetricWindow: primaryWindow,
    /** What drift is measured against: the two weeks before the window. */
    comparisonMetricWindow: (row: MonitorRow) =>
      row.category === "drift" ? { ...primaryWindow(row), windowLengthMs: 14 * 86_400_000 } : null,
    status: async (row: MonitorRow, _: unknown, context: GraphQLContext) => (await evaluate(row, context)).status,
    isTriggered: async (row: MonitorRow, _: unknown, context: GraphQLContext) =>
      (await evaluate(row, context)).status === "triggered",
    latestComputedValue: async (row: MonitorRow, _: unknown, context: GraphQLContext) =>
      (await evaluate(row, context)).value,
    evaluatedAt: async (row: MonitorRow, _: unknown, context: GraphQLContext) =>
      (await evaluate(row, context)).evaluatedAt,
    metricHistory,
  },
  MonitorContact: {
    integration: (contact: { integrationKeyId?: string }, _: unknown, context: GraphQLContext) =>
      contact.integrationKeyId === undefined ? null : findNode(context, contact.integrationKeyId),
  },
};
