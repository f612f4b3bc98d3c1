import { open } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";

import { ipcMessage } from "@axlab/wire/arrow";
import type { IpcMessage } from "@axlab/wire/arrow";
import type { Schema } from "apache-arrow";
import type { FileBlock } from "apache-arrow/ipc/metadata/file";
import { Footer } from "apache-arrow/ipc/metadata/file";

import type { LocalFile } from "./bytes.js";

/** What the footer of a file in the Arrow IPC file format says. */
export interface ArrowFooter {
  readonly schema: Schema;
  /** Where its messages lie: dictionaries, then batches. */
  readonly blocks: readonly FileBlock[];
}

const MAGIC = "ARROW1";
/** The magic and its padding. */
const HEAD = 8;
/** The footer's length and the magic. */
const TAIL = 10;

/**
 * The footer, or undefined where the file is not of that format (it may hold an IPC stream).
 * @throws RangeError when the file was cut off
 */
export async function readFooter({ path, size }: LocalFile): Promise<ArrowFooter | undefined> {
  const file = await open(path);
  try {
    if (text(await readAt(file, 0, Math.min(MAGIC.length, size))) !== MAGIC) return undefined;
    if (size < HEAD + TAIL || text(await readAt(file, size - MAGIC.length, MAGIC.length)) !== MAGIC)
      throw new RangeError(`it was cut off: an Arrow file ends with ${MAGIC}`);
    const length = int32(await readAt(file, size - TAIL, 4), 0);
    if (length <= 0 || length > size - HEAD - TAIL)
      throw new RangeError("the length of its footer points outside the file");
    const footer = Footer.decode(await readAt(file, size - TAIL - length, length));
    return { schema: footer.schema, blocks: [...footer.dictionaryBatches(), ...footer.recordBatches()] };
  } finally {
    await file.close();
  }
}

/** The messages that the footer names, one in memory at a time. */
export async function* fileMessages({ path, size }: LocalFile, { blocks }: ArrowFooter): AsyncGenerator<IpcMessage> {
  const file = await open(path);
  try {
    for (const { offset, metaDataLength, bodyLength } of blocks) {
      if (offset < HEAD || metaDataLength < 8 || bodyLength < 0 || offset + metaDataLength + bodyLength > size)
        throw new RangeError("its footer points outside the file");
      const framed = await readAt(file, offset, metaDataLength);
      // Files written before Arrow 0.15 have no marker in front of the length.
      const header = framed.subarray(int32(framed, 0) === -1 ? 8 : 4);
      yield ipcMessage(header, await readAt(file, offset + metaDataLength, bodyLength));
    }
  } finally {
    await file.close();
  }
}

async function readAt(file: FileHandle, at: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  for (let done = 0; done < length;) {
    const { bytesRead } = await file.read(bytes, done, length - done, at + done);
    if (bytesRead === 0) throw new RangeError(`it ends at byte ${at + done}`);
    done += bytesRead;
  }
  return bytes;
}

const text = (bytes: Uint8Array): string => String.fromCharCode(...bytes);
const int32 = (bytes: Uint8Array, at: number): number => new DataView(bytes.buffer, bytes.byteOffset).getInt32(at, true); // prettier-ignore
