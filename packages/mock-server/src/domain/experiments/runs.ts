import type { JsonObject } from "@axlab/wire";
import { InvalidRequestError } from "../../errors.js";
import type { Db } from "../../store/store.js";
import type { ExperimentRunRow } from "../../store/tables/index.js";
import { chunks, newRecordId, ROWS_PER_INSERT, someOf } from "../rows.js";

/** A run as a caller gives it: `data` holds output, error, evaluations and every other field, flat. */
export interface NewRun {
  id?: string | undefined;
  exampleId: string | null;
  data: JsonObject;
}

/** Appends in the order given. @returns the run ids in that order */
export async function appendRuns(
  tx: Db,
  experimentId: string,
  runs: readonly NewRun[],
  now: number,
): Promise<string[]> {
  if (runs.length === 0) return [];
  const { top } = await tx
    .selectFrom("experiment_runs")
    .select((query) => query.fn.max("position").as("top"))
    .where("experiment_id", "=", experimentId)
    .executeTakeFirstOrThrow();
  const first = top === null ? 0 : Number(top) + 1;
  const rows = runs.map((run, index): ExperimentRunRow => ({
    experiment_id: experimentId,
    run_id: run.id ?? newRecordId(),
    position: first + index,
    example_id: run.exampleId,
    data: JSON.stringify(run.data),
    created_at: now,
  }));
  await refuseTaken(
    tx,
    experimentId,
    rows.map((row) => row.run_id),
  );
  for (const chunk of chunks(rows, ROWS_PER_INSERT)) await tx.insertInto("experiment_runs").values(chunk).execute();
  return rows.map((row) => row.run_id);
}

async function refuseTaken(tx: Db, experimentId: string, ids: readonly string[]): Promise<void> {
  const seen = new Set<string>();
  const repeated = ids.filter((id) => seen.size === seen.add(id).size);
  if (repeated.length > 0)
    throw new InvalidRequestError(
      `experiment_runs: the ids ${someOf(repeated)} come more than once; each run has an id of its own.`,
    );
  for (const chunk of chunks(ids, ROWS_PER_INSERT)) {
    const taken = await tx
      .selectFrom("experiment_runs")
      .select("run_id")
      .where("experiment_id", "=", experimentId)
      .where("run_id", "in", chunk)
      .execute();
    if (taken.length > 0)
      throw new InvalidRequestError(
        `experiment_runs: the ids ${someOf(taken.map((row) => row.run_id))} are already in this experiment.`,
      );
  }
}
