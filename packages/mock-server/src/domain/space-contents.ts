import type { Db } from "../store/store.js";
import { deleteAnnotationQueues } from "./annotation-queues/queues.js";
import { deleteEvaluators } from "./evaluators/evaluators.js";
import { unscopeIntegrations } from "./integrations/unscope.js";
import { deletePrompts } from "./prompts/prompts.js";
import { idsOf, inStatements } from "./rows.js";

/** What a space holds besides projects, datasets and experiments, deleted with it; call it inside a transaction. */
export async function deleteSpaceContents(tx: Db, spaceIds: readonly string[]): Promise<void> {
  const prompts = await tx.selectFrom("prompts").select("id").where("space_id", "in", spaceIds).execute();
  await inStatements(idsOf(prompts), (ids) => deletePrompts(tx, ids));
  const evaluators = await tx.selectFrom("evaluators").select("id").where("space_id", "in", spaceIds).execute();
  await inStatements(idsOf(evaluators), (ids) => deleteEvaluators(tx, ids));
  const queues = await tx.selectFrom("annotation_queues").select("id").where("space_id", "in", spaceIds).execute();
  await inStatements(idsOf(queues), (ids) => deleteAnnotationQueues(tx, ids));
  await unscopeIntegrations(tx, spaceIds);
  const dashboards = tx.selectFrom("dashboards").select("id").where("space_id", "in", spaceIds);
  await tx.deleteFrom("widgets").where("dashboard_id", "in", dashboards).execute();
  await tx.deleteFrom("dashboards").where("space_id", "in", spaceIds).execute();
}
