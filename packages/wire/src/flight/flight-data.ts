import { ipcMessage, type IpcMessage } from "../arrow/index.js";
import { FlightFormatError } from "./errors.js";
import { flightDescriptor, type FlightDescriptor } from "./service-messages.js";

/** One message of a DoGet or DoPut stream. */
export interface FlightData {
  /** On the first message of a DoPut only. */
  readonly descriptor?: FlightDescriptor;
  /** Bare Arrow message flatbuffer; empty on a message that only carries metadata. */
  readonly header: Uint8Array;
  readonly appMetadata?: Uint8Array;
  readonly body: Uint8Array;
}

const DESCRIPTOR = 1;
const HEADER = 2;
const APP_METADATA = 3;
const BODY = 1000;

/**
 * FlightData in protobuf, written by hand: fields up to the body are a small prefix, the body (often MiB) is copied once.
 * Accepts an IpcMessage as it is.
 */
export function encodeFlightData(data: FlightData): Uint8Array {
  const parts = flightDataParts(data);
  const message = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    message.set(part, at);
    at += part.byteLength;
  }
  return message;
}

/** The same bytes in pieces that follow one another, header and body uncopied, for a transport that joins them itself. */
export function flightDataParts(data: FlightData): Uint8Array[] {
  const fields: [number, Uint8Array][] = [];
  if (data.descriptor !== undefined) fields.push([DESCRIPTOR, flightDescriptor.encode(data.descriptor)]);
  if (data.header.byteLength > 0) fields.push([HEADER, data.header]);
  if (data.appMetadata !== undefined && data.appMetadata.byteLength > 0) fields.push([APP_METADATA, data.appMetadata]);
  if (data.body.byteLength > 0) fields.push([BODY, data.body]);
  return fields.flatMap(([number, bytes]) => [
    Uint8Array.of(...varint(number * 8 + 2), ...varint(bytes.byteLength)),
    bytes,
  ]);
}

/**
 * Reads FlightData without copying: header, metadata and body are views of `bytes`.
 * @throws FlightFormatError when the bytes are no protobuf message of this shape
 */
export function decodeFlightData(bytes: Uint8Array): FlightData {
  const found: { descriptor?: FlightDescriptor; header: Uint8Array; appMetadata?: Uint8Array; body: Uint8Array } = {
    header: new Uint8Array(0),
    body: new Uint8Array(0),
  };
  const reader = new FieldReader(bytes);
  for (let field = reader.next(); field !== null; field = reader.next()) {
    if (field.value === null) continue;
    if (field.number === DESCRIPTOR) found.descriptor = flightDescriptor.decode(field.value);
    if (field.number === HEADER) found.header = field.value;
    if (field.number === APP_METADATA) found.appMetadata = field.value;
    if (field.number === BODY) found.body = field.value;
  }
  return found;
}

/**
 * The Arrow message inside FlightData; null when it only carries a descriptor or app metadata.
 * @throws ArrowFormatError when the header is no Arrow message or disagrees with the body
 */
export function messageOfFlightData(data: FlightData): IpcMessage | null {
  return data.header.byteLength === 0 ? null : ipcMessage(data.header, data.body);
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 0x7f; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  bytes.push(rest);
  return bytes;
}

class FieldReader {
  private at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  /** The next field; `value` is null unless it is length-delimited. */
  next(): { number: number; value: Uint8Array | null } | null {
    if (this.at >= this.bytes.byteLength) return null;
    const tag = this.varint();
    const number = Math.floor(tag / 8);
    const wireType = tag % 8;
    if (number === 0) throw new FlightFormatError(`FlightData is malformed at byte ${this.at}: field number 0`);
    if (wireType === 2) return { number, value: this.take(this.varint()) };
    if (wireType === 0) this.varint();
    else if (wireType === 1) this.take(8);
    else if (wireType === 5) this.take(4);
    else throw new FlightFormatError(`FlightData is malformed at byte ${this.at}: wire type ${wireType}`);
    return { number, value: null };
  }

  private take(length: number): Uint8Array {
    const end = this.at + length;
    if (end > this.bytes.byteLength) {
      throw new FlightFormatError(
        `FlightData is cut off: a field of ${length} bytes at byte ${this.at} of ${this.bytes.byteLength}`,
      );
    }
    const value = this.bytes.subarray(this.at, end);
    this.at = end;
    return value;
  }

  private varint(): number {
    let value = 0;
    let scale = 1;
    for (let i = 0; i < 10; i++) {
      const byte = this.bytes[this.at++];
      if (byte === undefined) throw new FlightFormatError(`FlightData is cut off at byte ${this.bytes.byteLength}`);
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 128;
    }
    throw new FlightFormatError(`FlightData is malformed at byte ${this.at}: a number longer than ten bytes`);
  }
}
