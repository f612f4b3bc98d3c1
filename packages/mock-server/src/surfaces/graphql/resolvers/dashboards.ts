import { spaceRef } from "../../../domain/locate.js";
import { readStoredObject } from "../../../domain/rows.js";
import type { DashboardRow, SpaceRow, WidgetRow } from "../../../store/tables/index.js";
import { connection, type ConnectionArgs } from "../connection.js";
import type { GraphQLContext } from "../context.js";
import { checkedName } from "../input.js";
import { mutationOn } from "../mutation.js";
import { placeInSpace, placeOfProject, readable, requireAt } from "../places.js";
import { findNode, findUser } from "./node.js";

/** A connection over the widgets of one kind. */
const widgets =
  (kind: WidgetRow["kind"]) =>
  async (row: DashboardRow, args: ConnectionArgs, { load }: GraphQLContext) =>
    connection(
      (await load.widgetsOfDashboard.load(row.id)).filter((widget) => widget.kind === kind),
      args,
    );

/** The models that a dashboard's widgets and plots show, as far as the caller may read them. */
async function models(row: DashboardRow, args: ConnectionArgs, context: GraphQLContext) {
  const ids = new Set<string>();
  for (const { settings } of await context.load.widgetsOfDashboard.load(row.id)) {
    const { modelId, plots } = readStoredObject(settings);
    for (const part of [{ modelId }, ...(Array.isArray(plots) ? plots : [])])
      if (typeof part === "object" && part !== null && "modelId" in part && typeof part.modelId === "string")
        ids.add(part.modelId);
  }
  const found = await Promise.all([...ids].map((id) => context.load.projects.load(id)));
  const there = found.filter((model) => model !== null);
  return connection(await readable(context, there, "PROJECT_READ", placeOfProject), args);
}

export const dashboardResolvers = {
  Space: {
    async dashboards(row: SpaceRow, args: ConnectionArgs, context: GraphQLContext) {
      await requireAt(context, "DASHBOARD_READ", spaceRef(row));
      const rows = await context.load.dashboardsOfSpace.load(row.id);
      return connection(
        rows.filter(({ status }) => status !== "deleted"),
        args,
        { texts: ({ name }) => [name] },
      );
    },
  },
  Dashboard: {
    createdAt: (row: DashboardRow) => row.created_at,
    creator: (row: DashboardRow, _: unknown, context: GraphQLContext) => findUser(context, row.created_by_user_id),
    space: (row: DashboardRow, _: unknown, context: GraphQLContext) => findNode(context, row.space_id),
    models,
    statisticWidgets: widgets("statistic"),
    lineChartWidgets: widgets("lineChart"),
    driftLineChartWidgets: widgets("driftLineChart"),
    monitorLineChartWidgets: widgets("monitorLineChart"),
    barChartWidgets: widgets("barChart"),
    textWidgets: widgets("text"),
    experimentChartWidgets: widgets("experimentChart"),
  },
  Mutation: {
    createDashboard: mutationOn<"space", { name: string; spaceId: string }>(
      "createDashboard",
      { on: "space", requirement: "DASHBOARD_CREATE", id: ({ spaceId }) => spaceId },
      async ({ input, caller, domain, target }) => ({
        dashboard: await domain.dashboards.create(caller, target, checkedName(input.name)),
      }),
    ),
    updateDashboardName: mutationOn<"dashboard", { dashboardId: string; name: string }>(
      "updateDashboardName",
      {
        on: "dashboard",
        requirement: "DASHBOARD_UPDATE",
        read: "DASHBOARD_READ",
        id: ({ dashboardId }) => dashboardId,
      },
      async ({ input, domain, target }) => ({
        dashboard: await domain.dashboards.update(target, { name: checkedName(input.name) }),
      }),
    ),
    updateDashboardStatus: mutationOn<"dashboard", { dashboardId: string; status: DashboardRow["status"] }>(
      "updateDashboardStatus",
      {
        on: "dashboard",
        requirement: "DASHBOARD_UPDATE",
        read: "DASHBOARD_READ",
        id: ({ dashboardId }) => dashboardId,
      },
      async ({ input, domain, target, caller, context }) => {
        if (input.status === "deleted")
          domain.core.gate.require(caller, "DASHBOARD_DELETE", await placeInSpace(context, target), "DASHBOARD_READ");
        return { dashboard: await domain.dashboards.update(target, { status: input.status }) };
      },
    ),
  },
};
