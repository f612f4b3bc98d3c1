import { batchMessages, schemaMessage } from "@axlab/wire/arrow";
import { randomUUID } from "node:crypto";
import type { Schema } from "apache-arrow";
import { sql } from "kysely";
import type { Core } from "../../core.js";
import { ConflictError } from "../../errors.js";
import type { Db } from "../../store/store.js";
import type { RecordBatchRow, RecordUploadRow } from "../../store/tables/index.js";
import type { ShapedBatch } from "./shape.js";

export type UploadFacts = Pick<
  RecordUploadRow,
  | "account_id"
  | "space_id"
  | "environment"
  | "kind"
  | "time_rank"
  | "model_version"
  | "batch_id"
  | "schema"
  | "key_id"
  | "received_at"
>;

/** What a finished upload brought. */
export interface UploadTotals {
  rows: number;
  bytes: number;
}

const COUNTER = "record_upload";
/** Another process that shares the database may be receiving right now; nothing receives for a day. */
const ABANDONED_AFTER_MS = 86_400_000;

/**
 * One upload on its way into the store. Each batch is written by itself, so that a slow sender holds no transaction open; nobody reads
 * any of it before `finish` has made it ready.
 */
export class UploadWriter {
  readonly #id = randomUUID();
  #ordinal = 0;
  #writing: Promise<void> = Promise.resolve();
  #rows = 0;
  #bytes = 0;
  #minTime = Number.POSITIVE_INFINITY;
  #maxTime = Number.NEGATIVE_INFINITY;

  private constructor(private readonly core: Core) {}

  static async begin(core: Core, facts: UploadFacts, schema: Schema): Promise<UploadWriter> {
    const writer = new UploadWriter(core);
    await core.store.db
      .insertInto("record_uploads")
      .values({
        ...facts,
        id: writer.#id,
        seq: 0,
        project_id: "",
        state: "receiving",
        rows: 0,
        bytes: 0,
        arrow_schema: schemaMessage(schema).header,
        min_time: null,
        max_time: null,
      })
      .execute();
    return writer;
  }

  get rows(): number {
    return this.#rows;
  }

  /** Resolves when the next may come; of this one, at most the last part is still being written. @throws what an earlier write failed with */
  async append({ batch, ms, keys }: ShapedBatch): Promise<void> {
    let first = 0;
    for (const message of batchMessages(batch)) {
      const end = first + message.rows;
      const [min, max] = range(ms.subarray(first, end));
      const bytes = message.body.byteLength;
      await this.#write({
        upload_id: this.#id,
        ordinal: this.#ordinal++,
        rows: message.rows,
        min_time: min,
        max_time: max,
        keys: keys === null ? null : asBytes(keys.slice(first, end)),
        header: asBuffer(message.header),
        body: asBuffer(message.body),
      });
      this.#minTime = Math.min(this.#minTime, min);
      this.#maxTime = Math.max(this.#maxTime, max);
      this.#bytes += bytes;
      first = end;
    }
    this.#rows += batch.numRows;
  }

  /**
   * Makes the upload readable as part of the project that `projectOf` finds or makes, all in one transaction.
   * @throws ConflictError when it was cleared away as abandoned
   */
  async finish(projectOf: (tx: Db) => Promise<{ id: string }>): Promise<UploadTotals> {
    await this.#writing;
    const totals = { rows: this.#rows, bytes: this.#bytes };
    await this.core.store.transaction(async (tx) => {
      const project = await projectOf(tx);
      const { numUpdatedRows } = await tx
        .updateTable("record_uploads")
        .set({
          ...totals,
          seq: await nextUploadSeq(tx),
          project_id: project.id,
          state: "ready",
          min_time: totals.rows === 0 ? null : this.#minTime,
          max_time: totals.rows === 0 ? null : this.#maxTime,
        })
        .where("id", "=", this.#id)
        .executeTakeFirst();
      if (numUpdatedRows === 0n)
        throw new ConflictError(
          "The upload was cleared away as abandoned while it came, by a platform that started on the same database; nothing was stored. Send it again.",
        );
    });
    return totals;
  }

  /** The next rows are taken from the socket while these are written. */
  async #write(row: RecordBatchRow): Promise<void> {
    await this.#writing;
    const { store } = this.core;
    this.#writing = store.writeBeside(store.db.insertInto("record_batches").values(row));
    // Its failure is met by whoever awaits it next.
    this.#writing.catch(() => undefined);
  }

  /** Leaves nothing behind. */
  async abort(): Promise<void> {
    await this.#writing.catch(() => undefined);
    const { db } = this.core.store;
    await db.deleteFrom("record_batches").where("upload_id", "=", this.#id).execute();
    await db.deleteFrom("record_uploads").where("id", "=", this.#id).execute();
  }
}

/** Of more, the body is written beside (`Store.writeBeside`), so that copying it holds nobody up. */
const MOST_BYTES_AT_ONCE = 1024 * 1024;

/**
 * Stores an upload that is there already, readable when this resolves. A small one costs a single transaction. Whatever goes wrong,
 * nothing of it stays.
 */
export async function storeUpload(
  core: Core,
  facts: UploadFacts,
  shaped: ShapedBatch,
  projectOf: (tx: Db) => Promise<{ id: string }>,
): Promise<void> {
  const [message, ...more] = batchMessages(shaped.batch);
  if (message === undefined || more.length > 0 || message.body.byteLength > MOST_BYTES_AT_ONCE)
    return storeLarge(core, facts, shaped, projectOf);
  const [min, max] = range(shaped.ms);
  const id = randomUUID();
  const totals = { rows: message.rows, min_time: min, max_time: max };
  await core.store.transaction(async (tx) => {
    const project = await projectOf(tx);
    const upload = { ...facts, ...totals, id, project_id: project.id, state: "ready" as const };
    const place = { seq: await nextUploadSeq(tx), bytes: message.body.byteLength };
    const arrow_schema = schemaMessage(shaped.batch.schema).header;
    await tx
      .insertInto("record_uploads")
      .values({ ...upload, ...place, arrow_schema })
      .execute();
    await tx
      .insertInto("record_batches")
      .values({
        ...totals,
        upload_id: id,
        ordinal: 0,
        keys: shaped.keys === null ? null : asBytes(shaped.keys),
        header: asBuffer(message.header),
        body: asBuffer(message.body),
      })
      .execute();
  });
}

async function storeLarge(
  core: Core,
  facts: UploadFacts,
  shaped: ShapedBatch,
  projectOf: (tx: Db) => Promise<{ id: string }>,
): Promise<void> {
  const writer = await UploadWriter.begin(core, facts, shaped.batch.schema);
  try {
    await writer.append(shaped);
    await writer.finish(projectOf);
  } catch (error) {
    await writer.abort();
    throw error;
  }
}

/** Its place in the order of acceptance; take it in the transaction that makes the upload ready. */
export async function nextUploadSeq(tx: Db): Promise<number> {
  const { next } = await tx
    .insertInto("counters")
    .values({ type: COUNTER, next: 2 })
    .onConflict((conflict) => conflict.column("type").doUpdateSet({ next: sql<number>`counters.next + 1` }))
    .returning("next")
    .executeTakeFirstOrThrow();
  return next - 1;
}

/** Removes what a process that ended in the middle of receiving left behind; call it before anything is received. */
export async function purgeAbandonedUploads({ store, clock }: Core): Promise<void> {
  const before = store.dialect === "sqlite" ? Number.MAX_SAFE_INTEGER : clock.now() - ABANDONED_AFTER_MS;
  const abandoned = store.db
    .selectFrom("record_uploads")
    .select("id")
    .where("state", "=", "receiving")
    .where("received_at", "<", before);
  await store.db.deleteFrom("record_batches").where("upload_id", "in", abandoned).execute();
  await store.db
    .deleteFrom("record_uploads")
    .where("state", "=", "receiving")
    .where("received_at", "<", before)
    .execute();
}

function range(ms: Float64Array): [min: number, max: number] {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (const value of ms) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return [min, max];
}

const asBytes = (numbers: Float64Array): Buffer => Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength);
/** Both database drivers take a Buffer without a copy. */
const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
