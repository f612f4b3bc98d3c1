import type { RecordBatch } from "apache-arrow";

import type { FileInput, TabularFile } from "../files/index.js";
import { hasMethod, isAsyncIterable, isObject, member } from "./frame.js";
import type { Adapter } from "./frame.js";

/** An open file (`openFile` of `@axlab/sdk/files`), read as it is sent. */
export const fileAdapter: Adapter = {
  accepts: "a file of openFile",
  open(data, options) {
    if (!isTabularFile(data)) return undefined;
    const { format, rows, columns } = data;
    return { source: `${format} file`, rows, columns, inMemory: false, batches: () => data.batches(options) };
  },
};

const isTabularFile = (data: unknown): data is TabularFile =>
  isObject(data) && hasMethod(data, "batches") && isAsyncIterable(data) && typeof member(data, "format") === "string";

/** A path, a URL, or `{ file, … }`, which `openData` opens. */
export const isFileInput = (data: unknown): data is FileInput =>
  typeof data === "string" || data instanceof URL || (isObject(data) && "file" in data && isFileOrStream(data.file));

/** A column called `file` may be an array or typed array: those are not taken for files. */
const isFileOrStream = (file: unknown): boolean =>
  typeof file === "string" || file instanceof URL || (isAsyncIterable(file) && !Array.isArray(file));

/** The file, which closes itself once it has been read. */
export async function openFileOnce(input: FileInput): Promise<TabularFile> {
  // Files need Node; a browser never gets here.
  const { openFile } = await import("../files/index.js");
  const file = await openFile(input);
  const batches = async function* (options?: Parameters<TabularFile["batches"]>[0]): AsyncGenerator<RecordBatch> {
    try {
      yield* file.batches(options);
    } finally {
      await file.close();
    }
  };
  return { ...file, rows: file.rows, batches, [Symbol.asyncIterator]: () => batches() };
}
