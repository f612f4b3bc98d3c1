import type { GlobalIdType } from "@axlab/wire";
import type { Caller } from "../../access/gate.js";
import type { Core } from "../../core.js";
import { ConflictError } from "../../errors.js";
import type { DashboardRow, SpaceRow, WidgetRow } from "../../store/tables/index.js";
import { withUniqueName } from "../names.js";

/** The type in the id of each kind of widget. */
export const WIDGET_IDS = {
  statistic: "StatisticWidget",
  lineChart: "LineChartWidget",
  driftLineChart: "LineChartWidget",
  monitorLineChart: "LineChartWidget",
  barChart: "BarChartWidget",
  text: "TextWidget",
  experimentChart: "ExperimentChartWidget",
} as const satisfies Record<WidgetRow["kind"], GlobalIdType>;

/** Two widgets stand in a row of the grid: [column, row, width, height]. */
const gridPosition = (before: number): number[] => [(before % 2) * 6, Math.floor(before / 2) * 4, 6, 4];

/** Dashboards of a space with their widgets. Whoever calls has asked the gate. */
export class Dashboards {
  constructor(private readonly core: Core) {}

  /** @throws ConflictError when the space has a dashboard of that name */
  async create(caller: Caller, space: SpaceRow, name: string): Promise<DashboardRow> {
    const { store, clock } = this.core;
    const now = clock.now();
    return withUniqueName("a dashboard", name, "space", () =>
      store.transaction(async (tx) => {
        const row: DashboardRow = {
          ...(await store.newId(tx, "Dashboard")),
          account_id: space.account_id,
          space_id: space.id,
          name,
          status: "active",
          created_by_user_id: caller.principal.userId,
          created_at: now,
          updated_at: now,
        };
        await tx.insertInto("dashboards").values(row).execute();
        return row;
      }),
    );
  }

  /** @throws ConflictError when the space has a dashboard of that name */
  async update(row: DashboardRow, changes: Partial<Pick<DashboardRow, "name" | "status">>): Promise<DashboardRow> {
    const changed = { ...row, ...changes, updated_at: this.core.clock.now() };
    const { name, status, updated_at } = changed;
    await withUniqueName("a dashboard", name, "space", () =>
      this.core.store.db.updateTable("dashboards").set({ name, status, updated_at }).where("id", "=", row.id).execute(),
    );
    return changed;
  }

  /** At the next free place of the grid. @throws ConflictError on a dashboard that was deleted */
  async addWidget(
    dashboard: DashboardRow,
    kind: WidgetRow["kind"],
    title: string | null,
    settings: object,
  ): Promise<WidgetRow> {
    if (dashboard.status === "deleted")
      throw new ConflictError("dashboardId: this dashboard is deleted; set its status back to active first.");
    const { store, clock } = this.core;
    return store.transaction(async (tx) => {
      const { count } = await tx
        .selectFrom("widgets")
        .select((query) => query.fn.countAll().as("count"))
        .where("dashboard_id", "=", dashboard.id)
        .executeTakeFirstOrThrow();
      const row: WidgetRow = {
        ...(await store.newId(tx, WIDGET_IDS[kind])),
        dashboard_id: dashboard.id,
        kind,
        title,
        settings: JSON.stringify({ ...settings, gridPosition: gridPosition(Number(count)) }),
        created_at: clock.now(),
      };
      await tx.insertInto("widgets").values(row).execute();
      return row;
    });
  }
}
