import type { JsonObject } from "@axlab/wire";
import type { Caller } from "../../access/gate.js";
import type { Core } from "../../core.js";
import type { Db } from "../../store/store.js";
import type { DatasetExampleRow, DatasetRow, DatasetVersionRow, SpaceRow } from "../../store/tables/index.js";
import { deleteDatasets } from "../cascade.js";
import { widen, type Columns } from "../columns/columns.js";
import { contains, withUniqueName } from "../names.js";
import { pageBySeq, type Page, type PageRequest } from "../paging.js";
import { readableSpaces, type SpaceFilter } from "../space-scope.js";
import { insertExamples } from "./examples.js";
import { ExampleUpload } from "./upload.js";
import { findVersion, insertVersion } from "./versions.js";

export { columnsOf } from "./versions.js";

/** Datasets and what their versions hold. Examples are changed in `changes.ts`. */
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
        if (request.name !== undefined) rows = rows.where(contains("name", request.name));
        return rows.execute();
      },
      (row) => row,
    );
  }

  /** With examples that lie in memory; `receive` takes those that come in a stream. @throws ConflictError when the space has a dataset of that name */
  async create(
    space: SpaceRow,
    name: string,
    examples: readonly JsonObject[],
  ): Promise<{ dataset: DatasetRow; version: DatasetVersionRow }> {
    const { store, clock } = this.core;
    const now = clock.now();
    return withUniqueName("a dataset", name, "space", () =>
      store.transaction(async (tx) => {
        const dataset = await insertDataset(this.core, tx, space, name, now);
        const columns: Columns = new Map();
        widen(columns, examples);
        const versionId = await store.newId(tx, "DatasetVersion");
        const version = await insertVersion(tx, { ...versionId, dataset_id: dataset.id, name: "v1" }, columns, now);
        await insertExamples(
          tx,
          version.id,
          0,
          examples.map((data) => ({ data })),
          now,
        );
        return { dataset, version };
      }),
    );
  }

  /** Begins to receive the examples of a new dataset or a new version. */
  async receive(columns: Columns): Promise<ExampleUpload> {
    return ExampleUpload.begin(this.core, columns);
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
      .where("name", "=", name.trim())
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

  /** By id or by name; the latest when neither is given. @throws NotFoundError */
  async version(dataset: Pick<DatasetRow, "id">, idOrName?: string): Promise<DatasetVersionRow> {
    return findVersion(this.core.store.db, dataset, idOrName);
  }

  /** In the order of sending, a part at a time. */
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
}

export async function insertDataset(
  { store }: Core,
  tx: Db,
  space: SpaceRow,
  name: string,
  now: number,
): Promise<DatasetRow> {
  const dataset: DatasetRow = {
    ...(await store.newId(tx, "Dataset")),
    account_id: space.account_id,
    space_id: space.id,
    name,
    created_at: now,
    updated_at: now,
  };
  await tx.insertInto("datasets").values(dataset).execute();
  return dataset;
}
