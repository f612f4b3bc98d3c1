import type { Definitions } from "./definition.js";

export interface DashboardRow {
  id: string;
  seq: number;
  account_id: string;
  space_id: string;
  name: string;
  status: "active" | "inactive" | "deleted";
  created_by_user_id: string;
  created_at: number;
  updated_at: number;
}
export interface WidgetRow {
  id: string;
  seq: number;
  dashboard_id: string;
  kind: "statistic" | "lineChart" | "driftLineChart" | "monitorLineChart" | "barChart" | "text" | "experimentChart";
  title: string | null;
  /** JSON object of the fields that only this kind has, `gridPosition` among them */
  settings: string;
  created_at: number;
}

export interface DashboardsTables {
  dashboards: DashboardRow;
  widgets: WidgetRow;
}

export const DASHBOARDS_TABLES: Definitions<DashboardsTables> = {
  dashboards: {
    columns: `
      id text, seq integer, account_id text, space_id text, name text, status text, created_by_user_id text,
      created_at integer, updated_at integer`,
    key: ["id"],
    unique: [["space_id", "name"]],
  },
  widgets: {
    columns: `id text, seq integer, dashboard_id text, kind text, title text?, settings text, created_at integer`,
    key: ["id"],
    index: [["dashboard_id", "seq"]],
  },
};
