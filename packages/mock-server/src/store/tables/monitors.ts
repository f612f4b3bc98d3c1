import type { Definitions } from "./definition.js";

export interface CustomMetricRow {
  id: string;
  seq: number;
  account_id: string;
  space_id: string;
  project_id: string;
  name: string;
  description: string | null;
  /** `SELECT … FROM model`, as it was written */
  expression: string;
  environment: string;
  created_by_user_id: string;
  created_at: number;
  updated_at: number;
}
export interface MonitorRow {
  id: string;
  seq: number;
  account_id: string;
  space_id: string;
  project_id: string;
  name: string;
  category: "performance" | "drift" | "dataQuality";
  /** JSON: MonitorSettings */
  settings: string;
  created_by_user_id: string;
  created_at: number;
  updated_at: number;
}
/** Where alerts of monitors go. The credential it would need is not kept: nothing is sent from here. */
export interface AlertIntegrationRow {
  id: string;
  seq: number;
  account_id: string;
  organization_id: string;
  name: string;
  provider: "slack" | "pagerduty" | "opsgenie";
  channel_name: string | null;
  alert_severity: string | null;
  created_at: number;
}

export interface MonitorsTables {
  custom_metrics: CustomMetricRow;
  monitors: MonitorRow;
  alert_integrations: AlertIntegrationRow;
}

export const MONITORS_TABLES: Definitions<MonitorsTables> = {
  custom_metrics: {
    columns: `
      id text, seq integer, account_id text, space_id text, project_id text, name text, description text?,
      expression text, environment text, created_by_user_id text, created_at integer, updated_at integer`,
    key: ["id"],
    unique: [["project_id", "name"]],
  },
  monitors: {
    columns: `
      id text, seq integer, account_id text, space_id text, project_id text, name text, category text,
      settings text, created_by_user_id text, created_at integer, updated_at integer`,
    key: ["id"],
    unique: [["project_id", "name"]],
    index: [["space_id", "seq"]],
  },
  alert_integrations: {
    columns: `
      id text, seq integer, account_id text, organization_id text, name text, provider text, channel_name text?,
      alert_severity text?, created_at integer`,
    key: ["id"],
    unique: [["organization_id", "name"]],
  },
};
