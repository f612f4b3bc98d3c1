import { UnprocessableError } from "../../errors.js";
import type { Db } from "../../store/store.js";
import type { ExperimentRow } from "../../store/tables/index.js";
import { existingIds } from "../datasets/examples.js";
import { refuseUnknownExamples, type NewRun } from "./runs.js";

/**
 * The experiment, about the newest version of its dataset that holds the examples of these runs and of those that it has: a request names
 * no version, and a task may have been run over an older one (`decisions/0057`).
 * @throws UnprocessableError when no version does
 */
export async function aboutVersionOf(
  tx: Db,
  experiment: ExperimentRow,
  runs: readonly NewRun[],
): Promise<ExperimentRow> {
  try {
    await refuseUnknownExamples(tx, experiment, runs);
    return experiment;
  } catch (error) {
    if (!(error instanceof UnprocessableError)) throw error;
    const dataset_version_id = await otherVersionWith(tx, experiment, runs);
    if (dataset_version_id === undefined) throw error;
    await tx.updateTable("experiments").set({ dataset_version_id }).where("id", "=", experiment.id).execute();
    return { ...experiment, dataset_version_id };
  }
}

async function otherVersionWith(
  tx: Db,
  { id, dataset_id, dataset_version_id }: ExperimentRow,
  runs: readonly NewRun[],
): Promise<string | undefined> {
  const wanted = new Set(runs.map(({ exampleId }) => exampleId ?? ""));
  const versions = await tx
    .selectFrom("dataset_versions")
    .select("id")
    .where("dataset_id", "=", dataset_id)
    .where("id", "!=", dataset_version_id)
    .orderBy("seq", "desc")
    .execute();
  for (const version of versions) {
    const there = await existingIds(tx, version.id, [...wanted]);
    if (there.size === wanted.size && (await holdsRunsOf(tx, version.id, id))) return version.id;
  }
  return undefined;
}

async function holdsRunsOf(tx: Db, versionId: string, experimentId: string): Promise<boolean> {
  const without = await tx
    .selectFrom("experiment_runs")
    .select("run_id")
    .where("experiment_id", "=", experimentId)
    .where((where) =>
      where.not(
        where.exists(
          where
            .selectFrom("dataset_examples")
            .select("dataset_examples.example_id")
            .where("dataset_examples.version_id", "=", versionId)
            .whereRef("dataset_examples.example_id", "=", "experiment_runs.example_id"),
        ),
      ),
    )
    .limit(1)
    .executeTakeFirst();
  return without === undefined;
}
