import { fieldsHiddenFrom, formatTimestamp, type ClientVersion } from "@axlab/wire";
import { RunConfiguration, type Task, type TaskRun } from "@axlab/wire/rest";
import type { Core } from "../../core.js";
import type { TaskRow, TaskRunRow } from "../../store/tables/index.js";
import { readStored } from "../rows.js";
import { attachedTo } from "./evaluators.js";
import { experimentIdsOf } from "./tasks.js";

/** @param client older strict ones do not know `evaluator_version_id` */
export async function presentTasks(
  { store }: Core,
  rows: readonly TaskRow[],
  client: ClientVersion | null,
): Promise<Task[]> {
  const hidden = fieldsHiddenFrom(client, "TaskEvaluator");
  const ids = rows.flatMap((row) => attachedTo(row).map(({ evaluator_id }) => evaluator_id));
  const named =
    ids.length === 0
      ? []
      : await store.db.selectFrom("evaluators").select(["id", "name"]).where("id", "in", ids).execute();
  const names = new Map(named.map(({ id, name }) => [id, name]));
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    type: row.type,
    project_id: row.project_id,
    dataset_id: row.dataset_id,
    sampling_rate: row.sampling_rate,
    is_continuous: row.is_continuous === 1,
    query_filter: row.query_filter,
    evaluators: attachedTo(row).map(({ evaluator_id, evaluator_version_id, query_filter, column_mappings }) => ({
      evaluator_id,
      evaluator_name: names.get(evaluator_id) ?? "",
      ...(!hidden.includes("evaluator_version_id") && { evaluator_version_id }),
      query_filter,
      column_mappings,
    })),
    experiment_ids: experimentIdsOf(row),
    run_configuration:
      row.run_configuration === null ? null : RunConfiguration.parse(readStored(row.run_configuration)),
    last_run_at: instant(row.last_run_at),
    created_at: formatTimestamp(row.created_at),
    updated_at: formatTimestamp(row.updated_at),
    created_by_user_id: row.created_by_user_id,
  }));
}

export const presentTaskRun = (row: TaskRunRow): TaskRun => ({
  id: row.id,
  task_id: row.task_id,
  experiment_id: row.experiment_id,
  status: row.status,
  run_started_at: instant(row.run_started_at),
  run_finished_at: instant(row.run_finished_at),
  data_start_time: instant(row.data_start_time),
  data_end_time: instant(row.data_end_time),
  num_successes: row.num_successes,
  num_errors: row.num_errors,
  num_skipped: row.num_skipped,
  created_at: formatTimestamp(row.created_at),
  created_by_user_id: row.created_by_user_id,
  failure_reason: row.failure_reason,
});

const instant = (ms: number | null): string | null => (ms === null ? null : formatTimestamp(ms));
