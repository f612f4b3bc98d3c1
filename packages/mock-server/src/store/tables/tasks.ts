import type { Definitions, Flag } from "./definition.js";

export interface TaskRow {
  id: string;
  seq: number;
  account_id: string;
  space_id: string;
  name: string;
  type: "TEMPLATE_EVALUATION" | "CODE_EVALUATION" | "RUN_EXPERIMENT";
  /** exactly one of the two */
  project_id: string | null;
  dataset_id: string | null;
  sampling_rate: number | null;
  is_continuous: Flag;
  query_filter: string | null;
  /** JSON: {evaluator_id, evaluator_version_id, query_filter, column_mappings}[] */
  evaluators: string;
  /** JSON: string[] */
  experiment_ids: string;
  /** JSON; only of RUN_EXPERIMENT */
  run_configuration: string | null;
  last_run_at: number | null;
  created_by_user_id: string;
  created_at: number;
  updated_at: number;
}
export interface TaskRunRow {
  id: string;
  seq: number;
  task_id: string;
  experiment_id: string | null;
  status: "PENDING" | "RUNNING" | "COMPLETED" | "FAILED" | "CANCELLED";
  run_started_at: number | null;
  run_finished_at: number | null;
  data_start_time: number | null;
  data_end_time: number | null;
  num_successes: number;
  num_errors: number;
  num_skipped: number;
  failure_reason: string | null;
  created_by_user_id: string;
  created_at: number;
}

export interface TasksTables {
  tasks: TaskRow;
  task_runs: TaskRunRow;
}

export const TASKS_TABLES: Definitions<TasksTables> = {
  tasks: {
    columns: `
      id text, seq integer, account_id text, space_id text, name text, type text, project_id text?, dataset_id text?,
      sampling_rate real?, is_continuous integer, query_filter text?, evaluators text, experiment_ids text,
      run_configuration text?, last_run_at integer?, created_by_user_id text, created_at integer, updated_at integer`,
    key: ["id"],
    index: [["account_id", "seq"], ["project_id"], ["dataset_id"]],
  },
  task_runs: {
    columns: `
      id text, seq integer, task_id text, experiment_id text?, status text, run_started_at integer?,
      run_finished_at integer?, data_start_time integer?, data_end_time integer?, num_successes integer,
      num_errors integer, num_skipped integer, failure_reason text?, created_by_user_id text, created_at integer`,
    key: ["id"],
    index: [["task_id", "seq"]],
  },
};
