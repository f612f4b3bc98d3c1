import type { Definitions } from "./definition.js";

export interface ImportJobRow {
  id: string;
  /** also the short id that people type */
  seq: number;
  account_id: string;
  space_id: string;
  project_id: string;
  kind: "file" | "table";
  status: "active" | "inactive" | "deleted";
  /** JSON: ImportSettings */
  settings: string;
  created_by_user_id: string;
  created_at: number;
  updated_at: number;
}

export interface ImportJobsTables {
  import_jobs: ImportJobRow;
}

export const IMPORT_JOBS_TABLES: Definitions<ImportJobsTables> = {
  import_jobs: {
    columns: `
      id text, seq integer, account_id text, space_id text, project_id text, kind text, status text, settings text,
      created_by_user_id text, created_at integer, updated_at integer`,
    key: ["id"],
    index: [["space_id", "seq"], ["project_id"]],
  },
};
