import { ByteSource } from "./byte-source.js";
import { ArrowFormatError } from "./errors.js";
import { readHeader } from "./header.js";
import type { IpcMessage } from "./message.js";

export interface ReadIpcOptions {
  /** Largest message metadata accepted, in bytes. Default 64 MiB. */
  readonly maxHeaderBytes?: number;
  /** Largest message body accepted, in bytes. Default 2 GiB − 1. */
  readonly maxBodyBytes?: number;
  /** Whether the stream must close with its end marker; without it a cut between two batches goes unseen. Default true. */
  readonly requireEndOfStream?: boolean;
}

const CONTINUATION = 0xffffffff;

/**
 * Reads an Arrow IPC stream message by message, holding no more than one message and one chunk.
 * The first message is always the schema. Bodies start at a multiple of 8 bytes in their buffer.
 * @throws ArrowFormatError on truncation, garbage, a missing schema, oversized lengths or the Arrow file format
 */
export async function* readIpcMessages(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  options: ReadIpcOptions = {},
): AsyncGenerator<IpcMessage, void, undefined> {
  const { maxHeaderBytes = 64 * 1024 * 1024, maxBodyBytes = 0x7fffffff, requireEndOfStream = true } = options;
  const source = new ByteSource(chunks);
  try {
    let index = 0;
    for (; ; index++) {
      const headerLength = await readPrefix(source, index, requireEndOfStream);
      if (headerLength === "end") break;
      const start = source.position;
      if (headerLength > maxHeaderBytes) {
        throw new ArrowFormatError(
          `message ${index} announces ${headerLength} bytes of metadata, at most ${maxHeaderBytes} are accepted`,
          start - 4,
        );
      }
      const header = (await source.take(headerLength, `the metadata of message ${index}`)).slice();
      const info = readHeader(header, start);
      if (index === 0 && info.kind !== "schema")
        throw new ArrowFormatError(`stream starts with a ${info.kind} message, expected the schema`, start);
      if (index > 0 && info.kind === "schema") throw new ArrowFormatError("stream holds a second schema", start);
      if (info.bodyLength > maxBodyBytes) {
        throw new ArrowFormatError(
          `message ${index} announces a body of ${info.bodyLength} bytes, at most ${maxBodyBytes} are accepted`,
          start,
        );
      }
      const body = aligned(await source.take(info.bodyLength, `the body of message ${index}`));
      yield { kind: info.kind, header, body, rows: info.kind === "schema" ? 0 : info.layout.rows };
    }
    if (index === 0) throw new ArrowFormatError("stream ends before its schema", 0);
    if (!(await source.atEnd())) throw new ArrowFormatError("bytes follow the end of the stream", source.position);
  } finally {
    await source.close();
  }
}

async function readPrefix(source: ByteSource, index: number, requireEndOfStream: boolean): Promise<number | "end"> {
  const at = source.position;
  if (await source.atEnd()) {
    if (index === 0) throw new ArrowFormatError("stream is empty, expected an Arrow schema", at);
    if (!requireEndOfStream) return "end";
    throw new ArrowFormatError("stream was cut off: it stops without its end marker FFFFFFFF 00000000", at);
  }
  const marker = await source.take(4, index === 0 ? "its first four bytes" : "the marker of a message");
  if (uint32(marker) !== CONTINUATION) throw notAStream(marker, index, at);
  const length = uint32(await source.take(4, `the length of message ${index}`));
  return length === 0 ? "end" : length;
}

function notAStream(found: Uint8Array, index: number, at: number): ArrowFormatError {
  const text = String.fromCharCode(...found);
  if (index === 0 && text === "ARRO") {
    return new ArrowFormatError("this is the Arrow file format (ARROW1), send the Arrow IPC stream format instead", at);
  }
  const hex = Array.from(found, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return new ArrowFormatError(`expected the marker ffffffff of an Arrow IPC stream, found ${hex}`, at);
}

function uint32(bytes: Uint8Array): number {
  return new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0, true);
}

/** The same bytes at a multiple of 8 in their buffer, which typed arrays of 64-bit values need. Copies only when needed. */
export function aligned(bytes: Uint8Array): Uint8Array {
  return bytes.byteOffset % 8 === 0 ? bytes : new Uint8Array(bytes);
}
