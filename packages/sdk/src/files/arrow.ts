import { createReadStream } from "node:fs";

import { BatchDecoder, readIpcMessages, schemaFromMessage } from "@axlab/wire/arrow";
import type { IpcMessage } from "@axlab/wire/arrow";
import type { RecordBatch, Schema } from "apache-arrow";

import { fileMessages, readFooter } from "./arrow-file.js";
import type { Bytes } from "./bytes.js";
import { damage } from "./damage.js";
import type { FileReader } from "./tabular-file.js";

/** A sequence of messages: a stream's begins with its schema, a file's has it in the footer. */
interface ArrowSource {
  readonly name: string;
  readonly schema: Schema | undefined;
  messages(): AsyncIterable<IpcMessage>;
}

/** The Arrow IPC file format, or a file that holds an IPC stream. */
export async function openArrow(bytes: Bytes): Promise<FileReader> {
  const { name } = bytes;
  const file = await bytes.local();
  try {
    const footer = await readFooter(file);
    if (footer !== undefined)
      return reader({ name, schema: footer.schema, messages: () => fileMessages(file, footer) }, footer.schema);
    const messages = () => readIpcMessages(createReadStream(file.path, { highWaterMark: 1024 * 1024 }));
    for await (const first of messages())
      return reader({ name, schema: undefined, messages }, schemaFromMessage(first));
    throw new RangeError("it is empty");
  } catch (error) {
    throw damage(name, "its start", error);
  }
}

/** An IPC stream, read as it arrives. */
export async function openArrowStream(bytes: Bytes): Promise<FileReader> {
  return reader({ name: bytes.name, schema: undefined, messages: () => readIpcMessages(bytes.read()) }, undefined);
}

function reader(source: ArrowSource, schema: Schema | undefined): FileReader {
  return {
    rows: undefined,
    columns: schema?.fields.map((field) => field.name),
    async count() {
      let rows = 0;
      try {
        for await (const message of source.messages()) if (message.kind === "batch") rows += message.rows;
      } catch (error) {
        throw damage(source.name, `row ${rows}`, error);
      }
      return rows;
    },
    read: ({ start, end }) => readSpan(source, start, end),
  };
}

async function* readSpan(source: ArrowSource, start: number, end: number): AsyncGenerator<RecordBatch> {
  let decoder = source.schema && new BatchDecoder(source.schema);
  let row = 0;
  try {
    for await (const message of source.messages()) {
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
    throw damage(source.name, `row ${row}`, error);
  }
}
