import { ArrowFormatError } from "./errors.js";
import { readHeader } from "./header.js";

/** One Arrow IPC message, without stream framing: exactly what Flight's `data_header` and `data_body` carry. */
export interface IpcMessage {
  readonly kind: "schema" | "dictionary" | "batch";
  /** Bare Message flatbuffer: no continuation marker, no length. */
  readonly header: Uint8Array;
  /** Buffers of the message, each at a multiple of 8 bytes. Empty for a schema. */
  readonly body: Uint8Array;
  /** Rows of a batch, values of a dictionary, 0 for a schema. */
  readonly rows: number;
}

/**
 * Makes a message of a header and a body that arrived separately, as in FlightData.
 * @throws ArrowFormatError when the header is no Arrow message or announces another body length
 */
export function ipcMessage(header: Uint8Array, body: Uint8Array): IpcMessage {
  const info = readHeader(header);
  if (info.bodyLength !== body.byteLength) {
    throw new ArrowFormatError(`message announces a body of ${info.bodyLength} bytes but carries ${body.byteLength}`);
  }
  return { kind: info.kind, header, body, rows: info.kind === "schema" ? 0 : info.layout.rows };
}

const CONTINUATION = 0xffffffff;
const PREFIX_BYTES = 8;

/** Stream framing of a message in pieces: marker, length and padded header; then the body; then its padding, if any. */
export function* encapsulatedParts(message: IpcMessage): Generator<Uint8Array> {
  const headerBytes = padded(message.header.byteLength);
  const head = new Uint8Array(PREFIX_BYTES + headerBytes);
  const view = new DataView(head.buffer);
  view.setUint32(0, CONTINUATION, true);
  view.setUint32(4, headerBytes, true);
  head.set(message.header, PREFIX_BYTES);
  yield head;
  if (message.body.byteLength === 0) return;
  yield message.body;
  const padding = padded(message.body.byteLength) - message.body.byteLength;
  if (padding > 0) yield new Uint8Array(padding);
}

/** A message framed for the Arrow IPC stream format: marker, length, header padded to 8 bytes, body. */
export function encapsulate(message: IpcMessage): Uint8Array {
  return concat([...encapsulatedParts(message)]);
}

/** The marker that ends an Arrow IPC stream. */
export function endOfStream(): Uint8Array {
  return Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0);
}

/** A whole stream, piece by piece and without copying bodies; a streaming HTTP request body. */
export function* ipcStreamChunks(messages: Iterable<IpcMessage>): Generator<Uint8Array> {
  for (const message of messages) yield* encapsulatedParts(message);
  yield endOfStream();
}

/** A whole stream in one array: schema, dictionaries, batches, end marker. */
export function ipcStreamBytes(messages: Iterable<IpcMessage>): Uint8Array {
  return concat([...ipcStreamChunks(messages)]);
}

export function padded(byteLength: number): number {
  return Math.ceil(byteLength / 8) * 8;
}

export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.byteLength;
  }
  return whole;
}
