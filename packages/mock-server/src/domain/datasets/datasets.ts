import type { JsonObject } from "@axlab/wire";
import { sql } from "kysely";
import { z } from "zod";
import type { Caller } from "../../access/gate.js";
import type { Core } from "../../core.js";
import { InvalidRequestError, NotFoundError } from "../../errors.js";
import type { Db } from "../../store/store.js";
import type { DatasetExampleRow, DatasetRow, DatasetVersionRow, SpaceRow } from "../../store/tables/index.js";
import { deleteDatasets } from "../cascade.js";
import { containing, withUniqueName } from "../names.js";
import { pageBySeq, type Page, type PageRequest } from "../paging.js";
import { chunks, ROWS_PER_INSERT } from "../rows.js";
import { readableSpaces, type SpaceFilter } from "../space-scope.js";
import { appendExamples, copyExamples, existingIds, mergeExamples, type NewExample } from "./examples.js";

/** A column as it was uploaded: its Arrow type comes back with it. Empty for sets that came as JSON, whose types follow from the values. */
export interface DatasetColumn {
  name: string;
  type: string;
}
const Columns = z.array(z.object({ name: z.string(), type: z.string() }));
export const columnsOf = (version: DatasetVersionRow): DatasetColumn[] => Columns.parse(JSON.parse(version.columns));

/** What a write of examples answers. */
export interface WrittenExamples {
  dataset: DatasetRow;
  version: DatasetVersionRow;
  ids: string[];
}

export class Datasets {
  constructor(private readonly core: Core) {}

  /** Newest first. */
  async list(
    caller: Caller,
    request: PageRequest & SpaceFilter & { name?: string | undefined },
  ): Promise<Page<DatasetRow>> {
    const spaces = await readableSpaces(this.core, caller, request, "DATASET_READ");
    return pageBySeq(
      request,
      async (after, count) => {
        if (spaces.length === 0) return [];
        let rows = this.core.store.db
          .selectFrom("datasets")
          .selectAll()
          .where(
            "space_id",
            "in",
            spaces.map(({ id }) => id),
          )
          .orderBy("seq", "desc")
          .limit(count);
        if (after !== undefined) rows = rows.where("seq", "<", after);
        if (request.name !== undefined)
          rows = rows.where(sql<boolean>`lower(name) like ${containing(request.name)} escape '\\'`);
        return rows.execute();
      },
      (row) => row,
    );
  }

  /** @throws ConflictError when the space has a dataset of that name, InvalidRequestError for no or repeated examples; nothing is written by then */
  async create(
    space: SpaceRow,
    name: string,
    examples: readonly NewExample[],
    columns: DatasetColumn[] = [],
  ): Promise<WrittenExamples> {
    if (examples.length === 0) throw new InvalidRequestError("examples: a dataset begins with at least one example.");
    const { store, clock } = this.core;
    const now = clock.now();
    return withUniqueName("a dataset", name, "space", () =>
      store.transaction(async (tx) => {
        const dataset: DatasetRow = {
          ...(await store.newId(tx, "Dataset")),
          account_id: space.account_id,
          space_id: space.id,
          name,
          created_at: now,
          updated_at: now,
        };
        await tx.insertInto("datasets").values(dataset).execute();
        const version = await this.#newVersion(tx, dataset.id, "v1", columns, now);
        return { dataset, version, ids: await appendExamples(tx, version.id, examples, now) };
      }),
    );
  }

  async rename(row: DatasetRow, name: string): Promise<DatasetRow> {
    const updated_at = this.core.clock.now();
    await withUniqueName("a dataset", name, "space", () =>
      this.core.store.db.updateTable("datasets").set({ name, updated_at }).where("id", "=", row.id).execute(),
    );
    return { ...row, name, updated_at };
  }

  async delete(row: DatasetRow): Promise<void> {
    await this.core.store.transaction((tx) => deleteDatasets(tx, [row.id]));
  }

  async findByName(space: Pick<SpaceRow, "id">, name: string): Promise<DatasetRow | undefined> {
    return this.core.store.db
      .selectFrom("datasets")
      .selectAll()
      .where("space_id", "=", space.id)
      .where("name", "=", name)
      .executeTakeFirst();
  }

  /** Newest first. */
  async versions(dataset: Pick<DatasetRow, "id">): Promise<DatasetVersionRow[]> {
    return this.core.store.db
      .selectFrom("dataset_versions")
      .selectAll()
      .where("dataset_id", "=", dataset.id)
      .orderBy("seq", "desc")
      .execute();
  }

  /** By id or by name, as the two generations of clients ask; the latest when neither is given. @throws NotFoundError */
  async version(
    dataset: Pick<DatasetRow, "id">,
    idOrName?: string,
    db: Db = this.core.store.db,
  ): Promise<DatasetVersionRow> {
    let rows = db
      .selectFrom("dataset_versions")
      .selectAll()
      .where("dataset_id", "=", dataset.id)
      .orderBy("seq", "desc")
      .limit(1);
    if (idOrName !== undefined)
      rows = rows.where((where) => where.or([where("id", "=", idOrName), where("name", "=", idOrName)]));
    const version = await rows.executeTakeFirst();
    if (version === undefined) throw new NotFoundError(`This dataset has no version "${idOrName ?? "latest"}".`);
    return version;
  }

  async examples(version: DatasetVersionRow, request: PageRequest): Promise<Page<DatasetExampleRow>> {
    return pageBySeq(
      request,
      async (after, count) =>
        (await this.exampleRows(version, after, count)).map((row) => ({ ...row, seq: row.position })),
      (row) => row,
    );
  }

  /** In the order of sending; for readers that take all of them, batch by batch. */
  async exampleRows(
    version: Pick<DatasetVersionRow, "id">,
    after: number | undefined,
    count: number,
  ): Promise<DatasetExampleRow[]> {
    let rows = this.core.store.db
      .selectFrom("dataset_examples")
      .selectAll()
      .where("version_id", "=", version.id)
      .orderBy("position")
      .limit(count);
    if (after !== undefined) rows = rows.where("position", ">", after);
    return rows.execute();
  }

  async countExamples(version: Pick<DatasetVersionRow, "id">): Promise<number> {
    const { count } = await this.core.store.db
      .selectFrom("dataset_examples")
      .select((query) => query.fn.countAll().as("count"))
      .where("version_id", "=", version.id)
      .executeTakeFirstOrThrow();
    return Number(count);
  }

  /** Into the version itself. */
  async append(
    dataset: DatasetRow,
    versionIdOrName: string | undefined,
    examples: readonly NewExample[],
  ): Promise<WrittenExamples> {
    return this.#write(dataset, versionIdOrName, undefined, (tx, version, now) =>
      appendExamples(tx, version.id, examples, now),
    );
  }

  /** Into a new version when it is given a name, else in place. Ids that the version does not have are passed over. */
  async update(
    dataset: DatasetRow,
    versionIdOrName: string | undefined,
    changes: readonly { id: string; data: JsonObject }[],
    newVersion?: string,
  ): Promise<WrittenExamples> {
    return this.#write(dataset, versionIdOrName, newVersion, (tx, version, now) =>
      mergeExamples(tx, version.id, changes, now),
    );
  }

  /** A new version that holds exactly these examples: what the v7 client's update means. */
  async replace(
    dataset: DatasetRow,
    examples: readonly NewExample[],
    columns: DatasetColumn[],
  ): Promise<WrittenExamples> {
    const { store, clock } = this.core;
    const now = clock.now();
    return store.transaction(async (tx) => {
      const count = (
        await tx.selectFrom("dataset_versions").select("id").where("dataset_id", "=", dataset.id).execute()
      ).length;
      const version = await this.#newVersion(tx, dataset.id, `v${count + 1}`, columns, now);
      const ids = await appendExamples(tx, version.id, examples, now);
      await tx.updateTable("datasets").set({ updated_at: now }).where("id", "=", dataset.id).execute();
      return { dataset: { ...dataset, updated_at: now }, version, ids };
    });
  }

  /** In place; ids that are not there count as not deleted. */
  async deleteExamples(
    dataset: DatasetRow,
    versionId: string,
    ids: readonly string[],
  ): Promise<{ deleted: string[]; notDeleted: string[] }> {
    const now = this.core.clock.now();
    return this.core.store.transaction(async (tx) => {
      const version = await this.version(dataset, versionId, tx);
      const there = await existingIds(tx, version.id, ids);
      for (const chunk of chunks([...there], ROWS_PER_INSERT)) {
        await tx
          .deleteFrom("dataset_examples")
          .where("version_id", "=", version.id)
          .where("example_id", "in", chunk)
          .execute();
        await tx
          .deleteFrom("annotations")
          .where(
            "record",
            "in",
            chunk.map((id) => `${version.id}/${id}`),
          )
          .execute();
      }
      await this.#touch(tx, dataset.id, version.id, now);
      return { deleted: ids.filter((id) => there.has(id)), notDeleted: ids.filter((id) => !there.has(id)) };
    });
  }

  async #write(
    dataset: DatasetRow,
    versionIdOrName: string | undefined,
    newVersion: string | undefined,
    write: (tx: Db, version: DatasetVersionRow, now: number) => Promise<string[]>,
  ): Promise<WrittenExamples> {
    const now = this.core.clock.now();
    return this.core.store.transaction(async (tx) => {
      let version = await this.version(dataset, versionIdOrName, tx);
      if (newVersion !== undefined && newVersion !== "") {
        const copy = await this.#newVersion(tx, dataset.id, newVersion, columnsOf(version), now);
        await copyExamples(tx, version.id, copy.id);
        version = copy;
      }
      const ids = await write(tx, version, now);
      await this.#touch(tx, dataset.id, version.id, now);
      return { dataset: { ...dataset, updated_at: now }, version: { ...version, updated_at: now }, ids };
    });
  }

  async #touch(tx: Db, datasetId: string, versionId: string, now: number): Promise<void> {
    await tx.updateTable("datasets").set({ updated_at: now }).where("id", "=", datasetId).execute();
    await tx.updateTable("dataset_versions").set({ updated_at: now }).where("id", "=", versionId).execute();
  }

  async #newVersion(
    tx: Db,
    datasetId: string,
    name: string,
    columns: DatasetColumn[],
    now: number,
  ): Promise<DatasetVersionRow> {
    const version: DatasetVersionRow = {
      ...(await this.core.store.newId(tx, "DatasetVersion")),
      dataset_id: datasetId,
      name,
      columns: JSON.stringify(columns),
      created_at: now,
      updated_at: now,
    };
    await tx.insertInto("dataset_versions").values(version).execute();
    return version;
  }
}
