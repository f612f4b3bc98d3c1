import type { Definitions } from "./definition.js";

export interface EvaluatorRow {
  id: string;
  seq: number;
  account_id: string;
  space_id: string;
  name: string;
  description: string | null;
  type: "TEMPLATE" | "CODE" | "HARNESS" | "REMOTE";
  /** JSON: string[]; only GraphQL reads and writes them */
  tags: string;
  created_by_user_id: string;
  created_at: number;
  updated_at: number;
}
export interface EvaluatorVersionRow {
  id: string;
  seq: number;
  evaluator_id: string;
  commit_hash: string;
  commit_message: string | null;
  /** JSON: the template or code configuration, by the evaluator's type */
  config: string;
  created_by_user_id: string;
  created_at: number;
}

export interface EvaluatorsTables {
  evaluators: EvaluatorRow;
  evaluator_versions: EvaluatorVersionRow;
}

export const EVALUATORS_TABLES: Definitions<EvaluatorsTables> = {
  evaluators: {
    columns: `
      id text, seq integer, account_id text, space_id text, name text, description text?, type text, tags text,
      created_by_user_id text, created_at integer, updated_at integer`,
    key: ["id"],
    unique: [["space_id", "name"]],
    index: [["space_id", "updated_at", "seq"]],
  },
  evaluator_versions: {
    columns: `
      id text, seq integer, evaluator_id text, commit_hash text, commit_message text?, config text,
      created_by_user_id text, created_at integer`,
    key: ["id"],
    index: [["evaluator_id", "seq"]],
  },
};
