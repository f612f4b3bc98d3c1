import { BatchDecoder, schemaFromMessage, type IpcMessage } from "@axlab/wire/arrow";
import type { RecordBatch, Schema } from "apache-arrow";
import type { Core } from "../../../core.js";
import { ConfigurationError, NotFoundError } from "../../../errors.js";
import { bytes } from "../../../store/store.js";
import type { RecordUploadRow } from "../../../store/tables/index.js";
import type { Erasure } from "./erasures.js";

/** What one upload left: batches under one schema. */
export interface Segment {
  upload: Pick<RecordUploadRow, "id" | "seq" | "kind" | "time_rank" | "model_version" | "batch_id">;
  schema: Schema;
}

/** A stored batch without its values. Batches are numbered through all segments, oldest first, and so are rows. */
export interface BatchFacts {
  index: number;
  segment: Segment;
  ordinal: number;
  rows: number;
  firstRow: number;
  minTime: number;
  maxTime: number;
}

/** Hashes of the ids in a batch; null where the ids were made here. */
export type BatchKeys = Float64Array | null;

/** The newest upload's number: what an export that begins now will read up to. */
export async function newestUpload({ store }: Core, projectId: string, environment: string): Promise<number> {
  const row = await store.db
    .selectFrom("record_uploads")
    .select("seq")
    .where("project_id", "=", projectId)
    .where("environment", "=", environment)
    .where("state", "=", "ready")
    .orderBy("seq", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.seq ?? 0;
}

/** All batches of a project's environment, up to an upload, what tells which rows share an id, and what was deleted by time. */
export async function loadBatches(
  { store }: Core,
  projectId: string,
  environment: string,
  upTo: number,
): Promise<{ batches: BatchFacts[]; keys: BatchKeys[]; erasures: Erasure[] }> {
  const uploads = await store.db
    .selectFrom("record_uploads")
    .select(["id", "seq", "kind", "time_rank", "model_version", "batch_id", "arrow_schema", "min_time", "max_time"])
    .where("project_id", "=", projectId)
    .where("environment", "=", environment)
    .where("state", "=", "ready")
    .where("seq", "<=", upTo)
    .orderBy("seq")
    .execute();
  const rows = await store.db
    .selectFrom("record_batches")
    .innerJoin("record_uploads", "record_uploads.id", "record_batches.upload_id")
    .select([
      "upload_id",
      "ordinal",
      "record_batches.rows",
      "record_batches.min_time",
      "record_batches.max_time",
      "keys",
    ])
    .where("project_id", "=", projectId)
    .where("environment", "=", environment)
    .where("state", "=", "ready")
    .where("seq", "<=", upTo)
    .orderBy("seq")
    .orderBy("ordinal")
    .execute();
  const schemas = new Map<string, Schema>();
  const segments = new Map(
    uploads.map(({ arrow_schema, min_time: _, max_time: __, ...upload }): [string, Segment] => [
      upload.id,
      { upload, schema: sharedSchema(schemas, bytes(arrow_schema)) },
    ]),
  );
  const batches: BatchFacts[] = [];
  const keys: BatchKeys[] = [];
  let firstRow = 0;
  for (const { upload_id, ordinal, rows: count, min_time, max_time, keys: hashes } of rows) {
    const segment = segments.get(upload_id);
    if (segment === undefined) continue;
    batches.push({
      index: batches.length,
      segment,
      ordinal,
      rows: count,
      firstRow,
      minTime: min_time,
      maxTime: max_time,
    });
    keys.push(hashes === null ? null : asNumbers(bytes(hashes)));
    firstRow += count;
  }
  const erasures = uploads.flatMap(({ kind, seq, min_time: start, max_time: end }): Erasure[] =>
    kind === "erasure" && start !== null && end !== null ? [{ seq, start, end }] : [],
  );
  return { batches, keys, erasures };
}

/** Uploads of one program have one schema; reading it once lets them be compared by identity. */
function sharedSchema(known: Map<string, Schema>, header: Uint8Array): Schema {
  const key = Buffer.from(header).toString("latin1");
  const schema = known.get(key) ?? schemaFromMessage({ kind: "schema", header, body: new Uint8Array(0), rows: 0 });
  known.set(key, schema);
  return schema;
}

const asNumbers = (stored: Uint8Array): Float64Array => new Float64Array(stored.slice().buffer);

const CACHED_BYTES = 128 * 1024 * 1024;

/** Reads batches, and keeps some of them: a row's completions often lie in the batches that were just read. */
export class BatchReader {
  readonly #cached = new Map<BatchFacts, { batch: RecordBatch; bytes: number }>();
  #bytes = 0;

  constructor(private readonly core: Core) {}

  /** As it lies in the store. */
  async message({ segment, ordinal, rows }: BatchFacts): Promise<IpcMessage> {
    const stored = await this.core.store.db
      .selectFrom("record_batches")
      .select(["header", "body"])
      .where("upload_id", "=", segment.upload.id)
      .where("ordinal", "=", ordinal)
      .executeTakeFirst();
    if (stored === undefined) throw new NotFoundError("These records were deleted while they were being exported.");
    return { kind: "batch", header: bytes(stored.header), body: bytes(stored.body), rows };
  }

  async batch(facts: BatchFacts): Promise<RecordBatch> {
    const known = this.#cached.get(facts);
    if (known !== undefined) {
      this.#cached.delete(facts);
      this.#cached.set(facts, known);
      return known.batch;
    }
    const message = await this.message(facts);
    const batch = new BatchDecoder(facts.segment.schema).decode(message);
    if (batch === null)
      throw new ConfigurationError("A stored batch is not a record batch: the database was changed by something else.");
    this.#cached.set(facts, { batch, bytes: message.body.byteLength });
    this.#bytes += message.body.byteLength;
    for (const [oldest, { bytes: size }] of this.#cached) {
      if (this.#bytes <= CACHED_BYTES || oldest === facts) break;
      this.#cached.delete(oldest);
      this.#bytes -= size;
    }
    return batch;
  }
}
