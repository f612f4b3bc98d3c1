import { DataType, Vector, type Data, type RecordBatch, type Schema } from "apache-arrow";
import { bytesOf, offsetsOf } from "../arrow-access.js";
import { cast } from "./unify.js";

/** One column of stored batches in the type that an export gives it, converted once a batch. */
export class StoredColumn {
  readonly #data = new WeakMap<RecordBatch, Data | null>();
  readonly #vectors = new WeakMap<Data, Vector>();
  #last: RecordBatch | undefined;
  #lastData: Data | null = null;

  constructor(
    readonly name: string,
    /** null leaves it as it is stored */
    private readonly type: DataType | null,
  ) {}

  /** null where the upload did not have the column. Rows come batch by batch, so the last one asked for is mostly the one. */
  of(batch: RecordBatch): Data | null {
    if (batch === this.#last) return this.#lastData;
    this.#last = batch;
    this.#lastData = this.#known(batch);
    return this.#lastData;
  }

  valueAt(batch: RecordBatch, row: number): unknown {
    const data = this.of(batch);
    if (data === null) return null;
    let vector = this.#vectors.get(data);
    if (vector === undefined) {
      vector = new Vector([data]);
      this.#vectors.set(data, vector);
    }
    return vector.get(row);
  }

  /** The bytes of a text; null for what is no text. */
  textAt(batch: RecordBatch, row: number): Uint8Array | null {
    const data = this.of(batch);
    if (data === null || !DataType.isUtf8(data.type)) return null;
    const offsets = offsetsOf(data);
    return bytesOf(data).subarray(offsets[row], offsets[row + 1]);
  }

  #known(batch: RecordBatch): Data | null {
    let data = this.#data.get(batch);
    if (data === undefined) {
      data = this.#found(batch);
      this.#data.set(batch, data);
    }
    return data;
  }

  #found(batch: RecordBatch): Data | null {
    const index = columnIndex(batch.schema, this.name);
    const stored = index === undefined ? undefined : batch.data.children[index];
    if (stored === undefined) return null;
    return this.type === null || this.type === stored.type ? stored : cast(stored, this.type);
  }
}

const indexes = new WeakMap<Schema, Map<string, number>>();

function columnIndex(schema: Schema, column: string): number | undefined {
  let known = indexes.get(schema);
  if (known === undefined) {
    known = new Map(schema.fields.map((field, index) => [field.name, index]));
    indexes.set(schema, known);
  }
  return known.get(column);
}
