import { batchMessages, encapsulatedParts, endOfStream, schemaMessage } from "@axlab/wire/arrow";
import type { IpcMessage } from "@axlab/wire/arrow";
import { ARIZE_SCHEMA_KEY } from "@axlab/wire/ingest";
import { Schema } from "apache-arrow";
import type { RecordBatch } from "apache-arrow";

import { BufferPool } from "./buffer-pool.js";
import type { PooledBuffer } from "./buffer-pool.js";

export interface RequestLimits {
  /** Most rows of one request. */
  readonly rowsPerRequest: number;
  /** Most bytes of one request's body; a single record batch larger than this travels alone. */
  readonly maxRequestBytes: number;
  /** Most rows of one record batch. */
  readonly maxBatchRows: number;
}

/** One POST: a complete Arrow stream of consecutive rows. */
export interface UploadPart {
  readonly firstRow: number;
  readonly rows: number;
  readonly body: Uint8Array;
  /** Gives the body's memory back for a later request; the body may not be used afterwards. */
  release(): void;
}

/** Largest record batch written, so that requests can be cut close to their limit. */
const MAX_BATCH_BYTES = 8 * 1024 * 1024;

/**
 * Cuts a sequence of batches into requests, holding no more than one request. A change of column types starts a new
 * request, since an Arrow stream has one schema.
 */
export async function* cutIntoRequests(
  batches: AsyncIterable<RecordBatch>,
  arizeSchema: string,
  limits: RequestLimits,
  pool: BufferPool = new BufferPool(),
): AsyncGenerator<UploadPart, void, undefined> {
  let open: OpenRequest | undefined;
  let row = 0;
  for await (const batch of batches) {
    if (open !== undefined && !open.takes(batch)) {
      yield open.close();
      open = undefined;
    }
    for (let start = 0; start < batch.numRows;) {
      open ??= new OpenRequest(batch, arizeSchema, row, limits, pool.take());
      const end = Math.min(batch.numRows, start + open.roomForRows);
      const messages = batchMessages(start === 0 && end === batch.numRows ? batch : batch.slice(start, end), {
        maxRows: limits.maxBatchRows,
        maxBytes: Math.min(limits.maxRequestBytes, MAX_BATCH_BYTES),
      });
      for (const message of messages) {
        if (!open.hasRoomFor(message)) {
          yield open.close();
          open = new OpenRequest(batch, arizeSchema, row, limits, pool.take());
        }
        open.add(message);
        row += message.rows;
      }
      start = end;
      if (open.roomForRows === 0) {
        yield open.close();
        open = undefined;
      }
    }
  }
  if (open !== undefined) yield open.close();
}

class OpenRequest {
  private readonly types: string;
  private rows = 0;

  constructor(
    batch: RecordBatch,
    arizeSchema: string,
    private readonly firstRow: number,
    private readonly limits: RequestLimits,
    private readonly body: PooledBuffer,
  ) {
    this.types = typesOf(batch);
    this.write(schemaMessage(new Schema(batch.schema.fields, new Map([[ARIZE_SCHEMA_KEY, arizeSchema]]))));
  }

  get roomForRows(): number {
    return this.limits.rowsPerRequest - this.rows;
  }

  takes(batch: RecordBatch): boolean {
    return this.types === typesOf(batch);
  }

  hasRoomFor(message: IpcMessage): boolean {
    const fits =
      this.body.length + message.body.byteLength <= this.limits.maxRequestBytes && this.roomForRows >= message.rows;
    return this.rows === 0 || fits;
  }

  add(message: IpcMessage): void {
    this.write(message);
    this.rows += message.rows;
  }

  close(): UploadPart {
    this.body.append(endOfStream());
    return { firstRow: this.firstRow, rows: this.rows, body: this.body.bytes(), release: () => this.body.release() };
  }

  private write(message: IpcMessage): void {
    for (const part of encapsulatedParts(message)) this.body.append(part);
  }
}

const typesOf = (batch: RecordBatch): string =>
  batch.schema.fields.map((field) => `${field.name}\u0000${String(field.type)}`).join("\u0001");
