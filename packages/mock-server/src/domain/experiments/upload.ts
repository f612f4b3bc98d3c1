import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import type { Core } from "../../core.js";
import { ConflictError } from "../../errors.js";
import { isUniqueViolation } from "../../store/store.js";
import type { ExperimentRow } from "../../store/tables/index.js";
import type { Columns } from "../columns/columns.js";
import { chunks, ROWS_PER_INSERT } from "../rows.js";
import { StagedUpload } from "../uploads/staged-upload.js";
import { lockExperiment, widenColumns } from "./experiments.js";
import {
  existingRunIds,
  insertRuns,
  nextRunPosition,
  refuseTaken,
  refuseUnknownExamples,
  type NewRun,
} from "./runs.js";

const DRAWN_BY_V7 = /^EXP_ID_[0-9a-f]{6}$/;

/** Runs that are being received for an experiment, a batch at a time: in the end all of them are its runs, or none. */
export class RunUpload {
  #rows = 0;
  readonly #drawn = new Set<string>();

  private constructor(
    private readonly core: Core,
    private readonly experiment: ExperimentRow,
    private readonly columns: Columns,
    private readonly staged: StagedUpload,
  ) {}

  static async begin(core: Core, experiment: ExperimentRow, columns: Columns): Promise<RunUpload> {
    return new RunUpload(core, experiment, columns, await StagedUpload.begin(core, `upload:${randomUUID()}`));
  }

  /** @throws UnprocessableError for a run without its example, InvalidRequestError when an id repeats, ConflictError when the upload was given up */
  async append(runs: readonly NewRun[]): Promise<void> {
    const { db } = this.core.store;
    const { owner } = this.staged;
    for (const chunk of chunks(runs.map(this.#withIdOfItsOwn), ROWS_PER_INSERT)) {
      await refuseUnknownExamples(db, this.experiment, chunk, this.#rows);
      const ids = chunk.flatMap(({ id }) => id ?? []);
      await refuseTaken(db, this.experiment.id, ids);
      try {
        await this.core.store.transaction(async (tx) => {
          await this.staged.touch(tx);
          await insertRuns(tx, owner, this.#rows, chunk, this.core.clock.now());
        });
      } catch (error) {
        // Says which, when it is ids of an earlier batch that come again.
        if (isUniqueViolation(error))
          await refuseTaken(db, this.experiment.id, [...ids, ...(await existingRunIds(db, owner, ids))]);
        throw error;
      }
      this.#rows += chunk.length;
    }
  }

  /** Python v7 draws its ids from 16 million: among a thousand runs two are alike one time in thirty. The later one gets another. */
  readonly #withIdOfItsOwn = (run: NewRun): NewRun => {
    if (run.id === undefined || !DRAWN_BY_V7.test(run.id)) return run;
    if (this.#drawn.has(run.id)) return { ...run, id: undefined };
    this.#drawn.add(run.id);
    return run;
  };

  /** @throws ConflictError when somebody else has added a run of the same id meanwhile */
  async finish(): Promise<void> {
    try {
      await this.#handOver({ from: this.staged.owner, to: this.experiment.id });
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      throw new ConflictError(
        "experiment_runs: another upload brought runs of the same ids meanwhile; nothing was stored. Leave ids out, or send runs of other ids.",
        { cause: error },
      );
    }
  }

  async #handOver(ids: { from: string; to: string }): Promise<void> {
    await this.core.store.transaction(async (tx) => {
      const experiment = await lockExperiment(tx, this.experiment, this.core.clock.now());
      await this.staged.finish(tx);
      const first = await nextRunPosition(tx, ids.to);
      await tx
        .updateTable("experiment_runs")
        .set({ experiment_id: ids.to, position: sql<number>`position + ${first}` })
        .where("experiment_id", "=", ids.from)
        .execute();
      await widenColumns(tx, experiment, this.columns);
    });
  }

  /** Leaves nothing behind. */
  async abort(): Promise<void> {
    await this.staged.abort();
  }
}
