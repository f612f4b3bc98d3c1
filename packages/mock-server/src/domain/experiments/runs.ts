import type { JsonObject } from "@axlab/wire";
import { InvalidRequestError, UnprocessableError } from "../../errors.js";
import type { Db } from "../../store/store.js";
import type { ExperimentRow, ExperimentRunRow } from "../../store/tables/index.js";
import { existingIds } from "../datasets/examples.js";
import { chunks, newRecordId, ROWS_PER_INSERT, someOf } from "../rows.js";

/** A run as a caller gives it: `data` holds output, error, evaluations and every other field, flat. */
export interface NewRun {
  id?: string | undefined;
  exampleId: string | null;
  data: JsonObject;
}

/** Appends in the order given. Call it under the experiment's lock. @returns the run ids in that order */
export async function appendRuns(
  tx: Db,
  experimentId: string,
  runs: readonly NewRun[],
  now: number,
): Promise<string[]> {
  if (runs.length === 0) return [];
  await refuseTaken(
    tx,
    experimentId,
    runs.flatMap(({ id }) => id ?? []),
  );
  return insertRuns(tx, experimentId, await nextRunPosition(tx, experimentId), runs, now);
}

export async function nextRunPosition(tx: Db, experimentId: string): Promise<number> {
  const { top } = await tx
    .selectFrom("experiment_runs")
    .select((query) => query.fn.max("position").as("top"))
    .where("experiment_id", "=", experimentId)
    .executeTakeFirstOrThrow();
  return top === null ? 0 : Number(top) + 1;
}

/** In the order given, from that position on. @returns the run ids in that order */
export async function insertRuns(
  tx: Db,
  experimentId: string,
  position: number,
  runs: readonly NewRun[],
  now: number,
): Promise<string[]> {
  const rows = runs.map((run, index): ExperimentRunRow => ({
    experiment_id: experimentId,
    run_id: run.id ?? newRecordId(),
    position: position + index,
    example_id: run.exampleId,
    data: JSON.stringify(run.data),
    created_at: now,
  }));
  for (const chunk of chunks(rows, ROWS_PER_INSERT)) await tx.insertInto("experiment_runs").values(chunk).execute();
  return rows.map((row) => row.run_id);
}

/** @throws InvalidRequestError when an id repeats among them or is one of the experiment's */
export async function refuseTaken(db: Db, experimentId: string, ids: readonly string[]): Promise<void> {
  const seen = new Set<string>();
  const repeated = ids.filter((id) => seen.size === seen.add(id).size);
  if (repeated.length > 0)
    throw new InvalidRequestError(
      `experiment_runs: the ids ${someOf(repeated)} come more than once; each run has an id of its own.`,
    );
  for (const chunk of chunks(ids, ROWS_PER_INSERT)) {
    const taken = await existingRunIds(db, experimentId, chunk);
    if (taken.size > 0)
      throw new InvalidRequestError(
        `experiment_runs: the ids ${someOf([...taken])} are already in this experiment; leave ids out to add further runs.`,
      );
  }
}

export async function existingRunIds(db: Db, experimentId: string, ids: readonly string[]): Promise<Set<string>> {
  const rows = await db
    .selectFrom("experiment_runs")
    .select("run_id")
    .where("experiment_id", "=", experimentId)
    .where("run_id", "in", ids)
    .execute();
  return new Set(rows.map((row) => row.run_id));
}

/**
 * A run whose example is not there could never be compared or shown.
 * @param first the number of the first of these runs among all that were sent
 */
export async function refuseUnknownExamples(
  db: Db,
  { dataset_version_id: versionId }: Pick<ExperimentRow, "dataset_version_id">,
  runs: readonly NewRun[],
  first = 0,
): Promise<void> {
  if (versionId === null) return;
  const missing = runs.findIndex((run) => run.exampleId === null);
  if (missing >= 0)
    throw new UnprocessableError(
      `experiment_runs[${first + missing}].example_id: missing; an experiment over a dataset names the example of every run.`,
    );
  const ids = [...new Set(runs.flatMap((run) => run.exampleId ?? []))];
  const there = await existingIds(db, versionId, ids);
  const unknown = ids.filter((id) => !there.has(id));
  if (unknown.length === 0) return;
  const row = first + runs.findIndex((run) => run.exampleId !== null && !there.has(run.exampleId));
  throw new UnprocessableError(
    `experiment_runs: the dataset's version has no examples ${someOf(unknown)}, the first of them in experiment_runs[${row}].`,
  );
}
