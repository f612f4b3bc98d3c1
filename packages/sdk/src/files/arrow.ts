import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";

import { BatchDecoder, readIpcMessages, schemaFromMessage } from "@axlab/wire/arrow";
import type { IpcMessage } from "@axlab/wire/arrow";
import type { RecordBatch } from "apache-arrow";

import type { Bytes, LocalFile } from "./bytes.js";
import { damage } from "./damage.js";
import type { FileReader } from "./tabular-file.js";

type Messages = () => AsyncIterable<IpcMessage>;

/** The Arrow IPC file format, or a file that holds an IPC stream. */
export async function openArrow(bytes: Bytes): Promise<FileReader> {
  const { path } = await bytes.local();
  try {
    const span = await streamInside(await bytes.local());
    const chunks = () => createReadStream(path, { start: span.start, end: span.end - 1, highWaterMark: 1024 * 1024 });
    const messages = () => readIpcMessages(chunks(), { requireEndOfStream: !span.closedByFooter });
    return reader(bytes.name, messages, await fieldNames(messages));
  } catch (error) {
    throw damage(bytes.name, "its start", error);
  }
}

/** An IPC stream, read as it arrives. */
export async function openArrowStream(bytes: Bytes): Promise<FileReader> {
  return reader(bytes.name, () => readIpcMessages(bytes.read()), undefined);
}

function reader(name: string, messages: Messages, columns: readonly string[] | undefined): FileReader {
  return {
    rows: undefined,
    columns,
    async count() {
      let rows = 0;
      try {
        for await (const message of messages()) if (message.kind === "batch") rows += message.rows;
      } catch (error) {
        throw damage(name, `row ${rows}`, error);
      }
      return rows;
    },
    read: ({ start, end }) => readSpan(name, messages, start, end),
  };
}

async function* readSpan(name: string, messages: Messages, start: number, end: number): AsyncGenerator<RecordBatch> {
  let decoder: BatchDecoder | undefined;
  let row = 0;
  try {
    for await (const message of messages()) {
      if (row >= end) return;
      const first = row;
      if (message.kind === "batch") row += message.rows;
      // Dictionaries before the span are read: batches inside it look values up in them.
      if (message.kind === "batch" && row <= start) continue;
      const batch = decoder?.decode(message);
      decoder ??= new BatchDecoder(message);
      if (batch)
        yield first >= start && row <= end
          ? batch
          : batch.slice(Math.max(start - first, 0), Math.min(end, row) - first);
    }
  } catch (error) {
    throw damage(name, `row ${row}`, error);
  }
}

async function fieldNames(messages: Messages): Promise<readonly string[]> {
  for await (const message of messages()) return schemaFromMessage(message).fields.map((field) => field.name);
  return [];
}

const MAGIC = "ARROW1";
/** The magic and its padding. */
const HEAD = 8;
/** The footer's length and the magic. */
const TAIL = 10;

/** Where in a file its IPC stream lies: between magic and footer in the file format, else from end to end. */
async function streamInside({ path, size }: LocalFile) {
  const file = await open(path);
  try {
    const head = await readText(file, 0, Math.min(MAGIC.length, size));
    if (head !== MAGIC) return { start: 0, end: size, closedByFooter: false };
    if (size < HEAD + TAIL || (await readText(file, size - MAGIC.length, MAGIC.length)) !== MAGIC)
      throw new RangeError(`it was cut off: an Arrow file ends with ${MAGIC}`);
    const { buffer } = await file.read(Buffer.alloc(4), 0, 4, size - TAIL);
    const end = size - TAIL - buffer.readInt32LE(0);
    if (end < HEAD || end > size - TAIL) throw new RangeError("its footer's length points outside the file");
    return { start: HEAD, end, closedByFooter: true };
  } finally {
    await file.close();
  }
}

async function readText(file: Awaited<ReturnType<typeof open>>, at: number, length: number): Promise<string> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at);
  return buffer.toString("latin1", 0, bytesRead);
}
