import type { Caller } from "../../access/gate.js";
import type { Core } from "../../core.js";
import { NotFoundError } from "../../errors.js";
import type { Db } from "../../store/store.js";
import type {
  DatasetRow,
  DatasetVersionRow,
  ExperimentRow,
  ExperimentRunRow,
  SpaceRow,
} from "../../store/tables/index.js";
import { deleteExperiments } from "../cascade.js";
import { joined, readColumns, storedColumns, widen, type Columns } from "../columns/columns.js";
import { holdDataset } from "../datasets/versions.js";
import { contains, withUniqueName } from "../names.js";
import { pageBySeq, type Page, type PageRequest } from "../paging.js";
import { readableSpaces } from "../space-scope.js";
import { appendRuns, type NewRun } from "./runs.js";
import { RunUpload } from "./upload.js";
import { aboutVersionOf } from "./version.js";

/** What an experiment is about: examples of one version of a dataset, or nothing but the space it lies in. */
export type Subject = { dataset: DatasetRow; version: DatasetVersionRow } | { space: SpaceRow };

export class Experiments {
  constructor(private readonly core: Core) {}

  /** Newest first. The dataset, when one is named, has been decided on by the caller of this. */
  async list(
    caller: Caller,
    request: PageRequest & {
      dataset?: DatasetRow | undefined;
      space_id?: string | undefined;
      name?: string | undefined;
    },
  ): Promise<Page<ExperimentRow>> {
    const { dataset } = request;
    const spaces = dataset
      ? [dataset.space_id]
      : (await readableSpaces(this.core, caller, request, "EXPERIMENT_READ")).map(({ id }) => id);
    return pageBySeq(
      request,
      async (after, count) => {
        if (spaces.length === 0) return [];
        let rows = this.core.store.db
          .selectFrom("experiments")
          .selectAll()
          .where("space_id", "in", spaces)
          .orderBy("seq", "desc")
          .limit(count);
        if (dataset) rows = rows.where("dataset_id", "=", dataset.id);
        if (after !== undefined) rows = rows.where("seq", "<", after);
        if (request.name !== undefined) rows = rows.where(contains("name", request.name));
        return rows.execute();
      },
      (row) => row,
    );
  }

  /**
   * @param runs may be none: the Flight clients make the entry first and send the runs later
   * @throws ConflictError when the dataset (or the space, without one) has an experiment of that name
   * @throws UnprocessableError when no version has the examples of all runs; nothing is written by then
   */
  async create(
    subject: Subject,
    name: string,
    runs: readonly NewRun[],
    tracesProjectId: string | null = null,
  ): Promise<{ experiment: ExperimentRow; runIds: string[] }> {
    const { store, clock } = this.core;
    const now = clock.now();
    const place = "dataset" in subject ? subject.dataset : subject.space;
    return withUniqueName("an experiment", name, "dataset" in subject ? "dataset" : "space", () =>
      store.transaction(async (tx) => {
        if ("dataset" in subject) await holdDataset(tx, subject.dataset);
        const experiment: ExperimentRow = {
          ...(await store.newId(tx, "Experiment")),
          account_id: place.account_id,
          space_id: "dataset" in subject ? subject.dataset.space_id : subject.space.id,
          dataset_id: "dataset" in subject ? subject.dataset.id : null,
          dataset_version_id: "dataset" in subject ? subject.version.id : null,
          scope_id: place.id,
          name,
          traces_project_id: tracesProjectId,
          created_at: now,
          updated_at: now,
          columns: storedColumns(columnsOfRuns(runs)),
        };
        await tx.insertInto("experiments").values(experiment).execute();
        const about = await aboutVersionOf(tx, experiment, runs);
        return { experiment: about, runIds: await appendRuns(tx, experiment.id, runs, now) };
      }),
    );
  }

  async findByName(scopeId: string, name: string): Promise<ExperimentRow | undefined> {
    return this.core.store.db
      .selectFrom("experiments")
      .selectAll()
      .where("scope_id", "=", scopeId)
      .where("name", "=", name.trim())
      .executeTakeFirst();
  }

  async delete(row: ExperimentRow): Promise<void> {
    await this.core.store.transaction((tx) => deleteExperiments(tx, [row.id]));
  }

  /** In the order of sending. */
  async runRows(
    experiment: Pick<ExperimentRow, "id">,
    after: number | undefined,
    count: number,
  ): Promise<ExperimentRunRow[]> {
    let rows = this.core.store.db
      .selectFrom("experiment_runs")
      .selectAll()
      .where("experiment_id", "=", experiment.id)
      .orderBy("position")
      .limit(count);
    if (after !== undefined) rows = rows.where("position", ">", after);
    return rows.execute();
  }

  async appendRuns(
    experiment: ExperimentRow,
    runs: readonly NewRun[],
  ): Promise<{ experiment: ExperimentRow; runIds: string[] }> {
    const now = this.core.clock.now();
    return this.core.store.transaction(async (tx) => {
      const locked = await lockExperiment(tx, experiment, now);
      const about = await aboutVersionOf(tx, locked, runs);
      const runIds = await appendRuns(tx, locked.id, runs, now);
      return { experiment: await widenColumns(tx, about, columnsOfRuns(runs)), runIds };
    });
  }

  /** Begins to receive runs that come in a stream. */
  async receive(experiment: ExperimentRow, columns: Columns): Promise<RunUpload> {
    return RunUpload.begin(this.core, experiment, columns);
  }
}

/** The first statement of every transaction that adds runs: writers of one experiment wait for one another here. @throws NotFoundError when it was deleted meanwhile */
export async function lockExperiment(
  tx: Db,
  experiment: Pick<ExperimentRow, "id">,
  now: number,
): Promise<ExperimentRow> {
  const locked = await tx
    .updateTable("experiments")
    .set({ updated_at: now })
    .where("id", "=", experiment.id)
    .returningAll()
    .executeTakeFirst();
  if (locked === undefined) throw new NotFoundError();
  return locked;
}

export async function widenColumns(tx: Db, experiment: ExperimentRow, by: Columns): Promise<ExperimentRow> {
  const known = readColumns(experiment.columns);
  if (known === null) return experiment;
  const columns = storedColumns(joined(known, by));
  await tx.updateTable("experiments").set({ columns }).where("id", "=", experiment.id).execute();
  return { ...experiment, columns };
}

function columnsOfRuns(runs: readonly NewRun[]): Columns {
  const columns: Columns = new Map();
  widen(
    columns,
    runs.map(({ data }) => data),
  );
  return columns;
}
