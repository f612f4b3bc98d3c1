import { open, rename, rm } from "node:fs/promises";

import type { RecordBatch } from "apache-arrow";

import { ValidationError } from "../../errors/index.js";
import { load } from "../load.js";
import { parquetColumn } from "./elements.js";
import type { ParquetColumn } from "./elements.js";

export interface WriteParquetOptions {
  /** Rows of a row group, which is what is held in memory. Default 50 000. */
  readonly rowGroupRows?: number | undefined;
}

export interface WrittenParquet {
  /** The file, or undefined where there was nothing to write. */
  readonly path: string | undefined;
  readonly rows: number;
  readonly bytes: number;
}

const DEFAULT_ROW_GROUP = 50_000;

/**
 * Writes record batches of one schema to a Parquet file (Snappy), a row group at a time. The file takes its name once it is
 * whole: until then, and if the batches end with an error, there is `<path>.partial` or nothing. No batches write no file.
 * @throws ValidationError when a column's type is not written (decimals, durations, maps) or the file cannot be; ConfigurationError when
 *   `hyparquet-writer` is not installed; whatever the batches throw
 */
export async function writeParquet(
  path: string,
  batches: AsyncIterable<RecordBatch>,
  { rowGroupRows = DEFAULT_ROW_GROUP }: WriteParquetOptions = {},
): Promise<WrittenParquet> {
  const partial = `${path}.partial`;
  let writer: ParquetFile | undefined;
  let rows = 0;
  try {
    for await (const batch of batches) {
      writer ??= await ParquetFile.create(partial, batch);
      rows += batch.numRows;
      writer.add(batch);
      if (writer.waiting >= rowGroupRows) await writer.flush();
    }
    if (writer === undefined) return { path: undefined, rows: 0, bytes: 0 };
    const bytes = await writer.finish();
    await rename(partial, path);
    return { path, rows, bytes };
  } catch (error) {
    await writer?.close();
    await rm(partial, { force: true });
    throw error;
  }
}

async function create(path: string): ReturnType<typeof open> {
  try {
    return await open(path, "w");
  } catch (error) {
    throw new ValidationError("The file cannot be written", [
      { path, message: `${error instanceof Error ? error.message : "it cannot be opened"}; name a file in a folder that is there and may be written` },
    ]); // prettier-ignore
  }
}

type Writer = Awaited<ReturnType<typeof loadWriter>>;
const loadWriter = () => load("Writing Parquet", "hyparquet-writer", () => import("hyparquet-writer"));

class ParquetFile {
  waiting = 0;
  readonly #columns: readonly ParquetColumn[];
  readonly #values: unknown[][];
  readonly #file: Awaited<ReturnType<typeof open>>;
  readonly #bytes: InstanceType<Writer["ByteWriter"]>;
  readonly #writer: InstanceType<Writer["ParquetWriter"]>;
  #written = 0;

  private constructor(file: Awaited<ReturnType<typeof open>>, columns: readonly ParquetColumn[], library: Writer) {
    const root = { name: "schema", num_children: columns.length };
    this.#file = file;
    this.#columns = columns;
    this.#values = columns.map(() => []);
    this.#bytes = new library.ByteWriter();
    this.#writer = new library.ParquetWriter({
      writer: this.#bytes,
      schema: [root, ...columns.flatMap(({ elements }) => elements)],
      createdBy: "axlab",
    });
  }

  static async create(path: string, { schema }: RecordBatch): Promise<ParquetFile> {
    const columns = schema.fields.map((field) => {
      const column = parquetColumn(field);
      if (column !== undefined) return column;
      throw new ValidationError("The table cannot be written as Parquet", [
        { path: `column "${field.name}"`, message: `has the Arrow type ${String(field.type)}; leave it out with columns` },
      ]); // prettier-ignore
    });
    const library = await loadWriter();
    return new ParquetFile(await create(path), columns, library);
  }

  add(batch: RecordBatch): void {
    this.#columns.forEach((column, index) => {
      const chunk = batch.data.children[index];
      const waiting = this.#values[index];
      if (chunk !== undefined && waiting !== undefined) for (const value of column.values(chunk)) waiting.push(value);
    });
    this.waiting += batch.numRows;
  }

  /** Writes what is waiting as a row group. */
  async flush(): Promise<void> {
    if (this.waiting === 0) return;
    const columnData = this.#columns.map(({ name }, index) => ({ name, data: this.#values[index] ?? [] }));
    await this.#writer.write({ columnData, rowGroupSize: this.waiting });
    this.#values.forEach((values) => (values.length = 0));
    this.waiting = 0;
    await this.#drain();
  }

  async finish(): Promise<number> {
    await this.flush();
    await this.#writer.finish();
    await this.#drain();
    await this.close();
    return this.#written;
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  /** Moves the encoded bytes to the disk, so that the memory is used again. */
  async #drain(): Promise<void> {
    const bytes = new Uint8Array(this.#bytes.buffer, 0, this.#bytes.index);
    await this.#file.appendFile(bytes);
    this.#written += bytes.byteLength;
    this.#bytes.index = 0;
  }
}
