import type { Db } from "../store/store.js";
import { dequeueRecordsOf } from "./annotation-queues/queues.js";
import { botsIn, revokeStranded } from "./api-keys/bots.js";
import { unscopeIntegrations } from "./integrations/unscope.js";
import { idsOf, inStatements } from "./rows.js";
import { deleteSpaceContents } from "./space-contents.js";
import { deleteTasksOn } from "./tasks/tasks.js";

/**
 * What goes with what. Each takes everything inside along, in the order that leaves no orphan, however many ids it is given; call it inside a
 * transaction.
 */

export const deleteOrganizations = (tx: Db, all: readonly string[]): Promise<void> =>
  inStatements(all, async (ids) => {
    const spaces = await tx.selectFrom("spaces").select("id").where("organization_id", "in", ids).execute();
    await deleteSpaces(tx, idsOf(spaces));
    await unscopeIntegrations(tx, ids);
    await tx.deleteFrom("alert_integrations").where("organization_id", "in", ids).execute();
    await tx.deleteFrom("organization_members").where("organization_id", "in", ids).execute();
    await tx.deleteFrom("organizations").where("id", "in", ids).execute();
  });

export const deleteSpaces = (tx: Db, all: readonly string[]): Promise<void> =>
  inStatements(all, async (ids) => {
    const [projects, datasets, experiments] = await Promise.all([
      tx.selectFrom("projects").select("id").where("space_id", "in", ids).execute(),
      tx.selectFrom("datasets").select("id").where("space_id", "in", ids).execute(),
      tx.selectFrom("experiments").select("id").where("space_id", "in", ids).execute(),
    ]);
    await deleteExperiments(tx, idsOf(experiments));
    await deleteDatasets(tx, idsOf(datasets));
    await deleteProjects(tx, idsOf(projects));
    await deleteSpaceContents(tx, ids);
    for (const table of ["annotation_configs", "tags"] as const)
      await tx.deleteFrom(table).where("space_id", "in", ids).execute();
    const bots = await botsIn(tx, ids);
    await tx.deleteFrom("role_bindings").where("resource_id", "in", ids).execute();
    await tx.deleteFrom("space_members").where("space_id", "in", ids).execute();
    await tx.deleteFrom("spaces").where("id", "in", ids).execute();
    await revokeStranded(tx, bots);
  });

export const deleteProjects = (tx: Db, all: readonly string[]): Promise<void> =>
  inStatements(all, async (ids) => {
    const uploads = tx.selectFrom("record_uploads").select("id").where("project_id", "in", ids);
    await tx.deleteFrom("record_batches").where("upload_id", "in", uploads).execute();
    await tx.deleteFrom("record_uploads").where("project_id", "in", ids).execute();
    await tx.deleteFrom("role_bindings").where("resource_id", "in", ids).execute();
    await tx.deleteFrom("resource_restrictions").where("project_id", "in", ids).execute();
    await tx
      .updateTable("experiments")
      .set({ traces_project_id: null })
      .where("traces_project_id", "in", ids)
      .execute();
    for (const id of ids) await deleteAnnotations(tx, id);
    for (const table of ["monitors", "custom_metrics", "import_jobs"] as const)
      await tx.deleteFrom(table).where("project_id", "in", ids).execute();
    await dequeueRecordsOf(tx, ids);
    await deleteTasksOn(tx, "project_id", ids);
    await tx.deleteFrom("projects").where("id", "in", ids).execute();
  });

/** A dataset's experiments go with it (`decisions/`): a run without its example cannot be read. */
export const deleteDatasets = (tx: Db, all: readonly string[]): Promise<void> =>
  inStatements(all, async (ids) => {
    // First, so that a writer of another process that waits for the dataset finds it gone.
    await tx.deleteFrom("datasets").where("id", "in", ids).execute();
    await tx.deleteFrom("tag_links").where("owner_id", "in", ids).execute();
    const experiments = await tx.selectFrom("experiments").select("id").where("dataset_id", "in", ids).execute();
    await deleteExperiments(tx, idsOf(experiments));
    const versions = idsOf(
      await tx.selectFrom("dataset_versions").select("id").where("dataset_id", "in", ids).execute(),
    );
    await inStatements(versions, (some) => dequeueRecordsOf(tx, some));
    for (const id of versions) {
      await deleteAnnotations(tx, id);
      await tx.deleteFrom("dataset_examples").where("version_id", "=", id).execute();
    }
    await deleteTasksOn(tx, "dataset_id", ids);
    await tx.deleteFrom("dataset_versions").where("dataset_id", "in", ids).execute();
  });

export const deleteExperiments = (tx: Db, all: readonly string[]): Promise<void> =>
  inStatements(all, async (ids) => {
    await tx.deleteFrom("experiments").where("id", "in", ids).execute();
    await tx.deleteFrom("tag_links").where("owner_id", "in", ids).execute();
    for (const id of ids) await deleteAnnotations(tx, id);
    await tx.deleteFrom("experiment_runs").where("experiment_id", "in", ids).execute();
  });

/** Annotations of the records that lie under `<owner>/`. "0" is the character after "/", so the range holds exactly those. */
async function deleteAnnotations(tx: Db, owner: string): Promise<void> {
  await tx.deleteFrom("annotations").where("record", ">=", `${owner}/`).where("record", "<", `${owner}0`).execute();
}
