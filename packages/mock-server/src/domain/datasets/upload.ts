import type { Core } from "../../core.js";
import { InvalidRequestError } from "../../errors.js";
import { isUniqueViolation, type NewId } from "../../store/store.js";
import type { DatasetRow, DatasetVersionRow, SpaceRow } from "../../store/tables/index.js";
import type { Columns } from "../columns/columns.js";
import { withUniqueName } from "../names.js";
import { chunks, ROWS_PER_INSERT, someOf } from "../rows.js";
import { StagedUpload } from "../uploads/staged-upload.js";
import { insertDataset } from "./datasets.js";
import { existingIds, insertExamples, type NewExample } from "./examples.js";
import { insertVersion, lockDataset, nextVersionName } from "./versions.js";

/** The examples of a version that is being received, a batch at a time. It becomes a new dataset, a version of one that is there, or nothing. */
export class ExampleUpload {
  #rows = 0;

  private constructor(
    private readonly core: Core,
    private readonly columns: Columns,
    private readonly version: NewId,
    private readonly staged: StagedUpload,
  ) {}

  static async begin(core: Core, columns: Columns): Promise<ExampleUpload> {
    const version = await core.store.newId(core.store.db, "DatasetVersion");
    return new ExampleUpload(core, columns, version, await StagedUpload.begin(core, version.id));
  }

  /** @throws InvalidRequestError when an id repeats, ConflictError when the upload was given up */
  async append(examples: readonly NewExample[]): Promise<void> {
    for (const chunk of chunks(examples, ROWS_PER_INSERT)) {
      this.#refuseRepeated(chunk);
      try {
        await this.core.store.transaction(async (tx) => {
          await this.staged.touch(tx);
          await insertExamples(tx, this.version.id, this.#rows, chunk, this.core.clock.now());
        });
      } catch (error) {
        throw isUniqueViolation(error) ? await this.#taken(chunk, error) : error;
      }
      this.#rows += chunk.length;
    }
  }

  /** @throws ConflictError when the space has a dataset of that name */
  async finishAsDataset(space: SpaceRow, name: string): Promise<DatasetRow> {
    this.#refuseEmpty();
    const now = this.core.clock.now();
    return withUniqueName("a dataset", name, "space", () =>
      this.core.store.transaction(async (tx) => {
        await this.staged.finish(tx);
        const dataset = await insertDataset(this.core, tx, space, name, now);
        await insertVersion(tx, { ...this.version, dataset_id: dataset.id, name: "v1" }, this.columns, now);
        return dataset;
      }),
    );
  }

  /** A new version that holds exactly what came: what the v7 client's update means. */
  async finishAsVersion(dataset: DatasetRow): Promise<DatasetVersionRow> {
    this.#refuseEmpty();
    const now = this.core.clock.now();
    return this.core.store.transaction(async (tx) => {
      await lockDataset(tx, dataset, now);
      await this.staged.finish(tx);
      const name = await nextVersionName(tx, dataset);
      // The latest version is the one that was finished last, whenever it began.
      const { seq } = await this.core.store.newId(tx, "DatasetVersion");
      return insertVersion(tx, { id: this.version.id, seq, dataset_id: dataset.id, name }, this.columns, now);
    });
  }

  /** Leaves nothing behind. */
  async abort(): Promise<void> {
    await this.staged.abort();
  }

  #refuseEmpty(): void {
    if (this.#rows === 0)
      throw new InvalidRequestError("examples: none came; a dataset's version holds at least one example.");
  }

  #refuseRepeated(chunk: readonly NewExample[]): void {
    const first = new Map<string, number>();
    chunk.forEach(({ id }, index) => {
      if (id === undefined) return;
      const before = first.get(id);
      if (before !== undefined)
        throw new InvalidRequestError(
          `examples: the id ${someOf([id])} comes more than once, in rows ${this.#rows + before} and ${this.#rows + index}; each example has an id of its own.`,
        );
      first.set(id, index);
    });
  }

  async #taken(chunk: readonly NewExample[], cause: unknown): Promise<InvalidRequestError> {
    const ids = chunk.flatMap(({ id }) => id ?? []);
    const taken = await existingIds(this.core.store.db, this.version.id, ids);
    const row = this.#rows + chunk.findIndex(({ id }) => id !== undefined && taken.has(id));
    return new InvalidRequestError(
      `examples: the ids ${someOf([...taken])} come more than once, the first again in row ${row}; each example has an id of its own.`,
      { cause },
    );
  }
}
