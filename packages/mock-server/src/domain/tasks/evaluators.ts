import type { TaskEvaluatorInput } from "@axlab/wire/rest";
import { z } from "zod";
import type { Caller } from "../../access/gate.js";
import type { Core } from "../../core.js";
import { UnprocessableError } from "../../errors.js";
import type { EvaluatorRow, EvaluatorVersionRow, TaskRow } from "../../store/tables/index.js";
import type { Evaluators } from "../evaluators/evaluators.js";
import { locate } from "../locate.js";
import { readStored } from "../rows.js";

const Attached = z.object({
  evaluator_id: z.string(),
  evaluator_version_id: z.string().nullable(),
  query_filter: z.string().nullable(),
  column_mappings: z.record(z.string(), z.string()).nullable(),
});
const Granularity = z.object({ data_granularity: z.string().nullish() });
/** An evaluator as a task has it: pinned to a version, or at its latest. */
export type Attached = z.infer<typeof Attached>;

export const attachedTo = (row: Pick<TaskRow, "evaluators">): Attached[] =>
  z.array(Attached).parse(readStored(row.evaluators));

const TYPES: Partial<Record<TaskRow["type"], EvaluatorRow["type"]>> = {
  TEMPLATE_EVALUATION: "TEMPLATE",
  CODE_EVALUATION: "CODE",
};

/**
 * @throws NotFoundError for an evaluator that the caller may not see; UnprocessableError for one of another space or type than the task's, a
 * version of another evaluator, or evaluators that look at different things
 */
export async function attach(
  core: Core,
  evaluators: Evaluators,
  caller: Caller,
  task: Pick<TaskRow, "type" | "space_id">,
  inputs: readonly TaskEvaluatorInput[],
): Promise<Attached[]> {
  const scopes = new Set<string>();
  const attached: Attached[] = [];
  for (const { evaluator_id, evaluator_version_id = null, query_filter = null, column_mappings = null } of inputs) {
    const found = await locate(core.store.db, "evaluator", evaluator_id);
    core.gate.require(caller, "EVALUATOR_READ", found?.ref ?? null, "EVALUATOR_READ");
    if (found === null) continue;
    if (found.entity.space_id !== task.space_id)
      throw new UnprocessableError(`evaluators: "${found.entity.name}" is not of the task's space.`);
    if (found.entity.type !== TYPES[task.type])
      throw new UnprocessableError(
        `evaluators: "${found.entity.name}" is of type ${found.entity.type}, and a ${task.type} task takes ${TYPES[task.type] ?? "none"}.`,
      );
    const version = await versionOf(evaluators, found.entity, evaluator_version_id);
    const { data_granularity } = Granularity.parse(readStored(version.config));
    scopes.add(data_granularity ?? "SPAN");
    attached.push({ evaluator_id, evaluator_version_id, query_filter, column_mappings });
  }
  if (scopes.size > 1)
    throw new UnprocessableError(
      `evaluators: all of a task must look at the same, and these look at ${[...scopes].join(" and ")}.`,
    );
  return attached;
}

async function versionOf(
  evaluators: Evaluators,
  evaluator: EvaluatorRow,
  versionId: string | null,
): Promise<EvaluatorVersionRow> {
  try {
    return await evaluators.version(evaluator, versionId ?? undefined);
  } catch (error) {
    throw new UnprocessableError(`evaluators: "${evaluator.name}" has no version "${versionId ?? "latest"}".`, {
      cause: error,
    });
  }
}
