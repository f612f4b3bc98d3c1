import { formatTimestamp } from "@axlab/wire";
import { EvaluatorVersion, type Evaluator } from "@axlab/wire/rest";
import type { EvaluatorRow, EvaluatorVersionRow } from "../../store/tables/index.js";
import { readStored } from "../rows.js";

export const presentEvaluator = (row: EvaluatorRow): Evaluator => ({
  id: row.id,
  name: row.name,
  description: row.description,
  type: row.type,
  space_id: row.space_id,
  created_at: formatTimestamp(row.created_at),
  updated_at: formatTimestamp(row.updated_at),
  created_by_user_id: row.created_by_user_id,
});

const CONFIG_FIELD: Partial<Record<EvaluatorRow["type"], string>> = {
  TEMPLATE: "template_config",
  CODE: "code_config",
};

/** @param type the evaluator's */
export function presentEvaluatorVersion(row: EvaluatorVersionRow, type: EvaluatorRow["type"]): EvaluatorVersion {
  const field = CONFIG_FIELD[type];
  return EvaluatorVersion.parse({
    id: row.id,
    evaluator_id: row.evaluator_id,
    commit_hash: row.commit_hash,
    commit_message: row.commit_message,
    created_at: formatTimestamp(row.created_at),
    created_by_user_id: row.created_by_user_id,
    type,
    ...(field !== undefined && { [field]: readStored(row.config) }),
  });
}
