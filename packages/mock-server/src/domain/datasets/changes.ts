import type { JsonObject } from "@axlab/wire";
import type { Core } from "../../core.js";
import { ConflictError } from "../../errors.js";
import type { Db } from "../../store/store.js";
import type { DatasetRow, DatasetVersionRow } from "../../store/tables/index.js";
import { copyAnnotations } from "../annotations/annotations.js";
import { widen, type Columns } from "../columns/columns.js";
import { copyExamples } from "./copy.js";
import { insertExamples, mergeExamples, nextPosition } from "./examples.js";
import { removeExamples, type RemovedExamples } from "./removal.js";
import { findVersion, insertVersion, knownColumns, lockDataset, touchVersion } from "./versions.js";

const NOT_KNOWN: Columns = new Map();

/** What a write of examples answers. */
export interface WrittenExamples {
  dataset: DatasetRow;
  version: DatasetVersionRow;
  ids: string[];
}

/** Changes to the examples of a dataset that is there. */
export class ExampleChanges {
  constructor(private readonly core: Core) {}

  /** Into the version itself; the latest unless one is named. */
  async append(
    dataset: DatasetRow,
    versionIdOrName: string | undefined,
    examples: readonly JsonObject[],
  ): Promise<WrittenExamples> {
    return this.#write(dataset, versionIdOrName, undefined, async (tx, version, now) => {
      const given = examples.map((data) => ({ data }));
      const ids = await insertExamples(tx, version.id, await nextPosition(tx, version.id), given, now);
      return { ids, written: examples };
    });
  }

  /** Into a new version when it is given a name, else in place. Ids that the version does not have are passed over. */
  async update(
    dataset: DatasetRow,
    versionIdOrName: string | undefined,
    changes: readonly { id: string; data: JsonObject }[],
    newVersion?: string,
  ): Promise<WrittenExamples> {
    return this.#write(dataset, versionIdOrName, newVersion, async (tx, version, now) => {
      const made = await mergeExamples(tx, version.id, changes, now);
      return { ids: made.map(({ id }) => id), written: made.map(({ data }) => data) };
    });
  }

  /** In place; ids that are not there count as not deleted. @throws UnfinishedError when the store failed midway */
  async delete(dataset: DatasetRow, versionId: string, ids: readonly string[]): Promise<RemovedExamples> {
    return removeExamples(this.core, dataset, versionId, ids);
  }

  async #write(
    dataset: DatasetRow,
    versionIdOrName: string | undefined,
    newVersion: string | undefined,
    write: (
      tx: Db,
      version: DatasetVersionRow,
      now: number,
    ) => Promise<{ ids: string[]; written: readonly JsonObject[] }>,
  ): Promise<WrittenExamples> {
    const now = this.core.clock.now();
    return this.core.store.transaction(async (tx) => {
      const locked = await lockDataset(tx, dataset, now);
      const base = await findVersion(tx, dataset, versionIdOrName);
      const columns = knownColumns(base);
      const named = newVersion !== undefined && newVersion !== "";
      const version = named ? await this.#copy(tx, base, newVersion, columns, now) : base;
      const { ids, written } = await write(tx, version, now);
      if (columns !== null) widen(columns, written);
      return { dataset: locked, version: await touchVersion(tx, version, columns, now), ids };
    });
  }

  /** A new version begins as a copy of the one it changes. @throws ConflictError when the dataset has a version of that name */
  async #copy(
    tx: Db,
    base: DatasetVersionRow,
    name: string,
    columns: Columns | null,
    now: number,
  ): Promise<DatasetVersionRow> {
    const taken = await tx
      .selectFrom("dataset_versions")
      .select("id")
      .where("dataset_id", "=", base.dataset_id)
      .where("name", "=", name)
      .executeTakeFirst();
    if (taken !== undefined)
      throw new ConflictError(
        `new_version: this dataset has a version named "${name}"; choose another name, or leave new_version out to change a version in place.`,
      );
    const id = await this.core.store.newId(tx, "DatasetVersion");
    const version = await insertVersion(tx, { ...id, dataset_id: base.dataset_id, name }, columns ?? NOT_KNOWN, now);
    await copyExamples(tx, base.id, version.id);
    await copyAnnotations(tx, base.id, version.id);
    return version;
  }
}
