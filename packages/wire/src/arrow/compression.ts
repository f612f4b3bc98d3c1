import { Decompress as ZstdStream } from "fzstd";
import { ArrowFormatError } from "./errors.js";
import type { BatchLayout } from "./header.js";
import { inflateLz4Frame } from "./lz4.js";
import { padded } from "./message.js";

const LENGTH_PREFIX = 8;
const NOT_COMPRESSED = -1;
// What the formats can reach at best; a larger claim is a lie, refused before memory is set aside for it.
const MAX_RATIO = { lz4: 255, zstd: 32_768 } as const;

/** A body of plain buffers, each at a multiple of 8, whatever compression or alignment the sender chose. */
export interface PlainBody {
  readonly body: Uint8Array;
  readonly buffers: BatchLayout["buffers"];
}

/**
 * Undoes LZ4_FRAME or ZSTD buffer compression (Message.fbs, BodyCompression) and repairs buffers that are not aligned.
 * A body that needs neither is returned as it is.
 * @param maxBytes most bytes to inflate to
 */
export function plainBody(layout: BatchLayout, body: Uint8Array, maxBytes: number): PlainBody {
  const inPlace = layout.compression === null && body.byteOffset % 8 === 0;
  if (inPlace && layout.buffers.every(({ offset }) => offset % 8 === 0)) return { body, buffers: layout.buffers };
  const parts = layout.buffers.map(({ offset, length }, index) => {
    const bytes = body.subarray(offset, offset + length);
    return layout.compression === null || length === 0 ? bytes : inflate(bytes, layout.compression, index, maxBytes);
  });
  const buffers: { offset: number; length: number }[] = [];
  let size = 0;
  for (const part of parts) {
    buffers.push({ offset: size, length: part.byteLength });
    size += padded(part.byteLength);
  }
  if (size > maxBytes)
    throw new ArrowFormatError(`record batch inflates to ${size} bytes, at most ${maxBytes} are accepted`);
  const plain = new Uint8Array(size);
  parts.forEach((part, i) => plain.set(part, buffers[i]?.offset ?? 0));
  return { body: plain, buffers };
}

function inflate(bytes: Uint8Array, codec: "lz4" | "zstd", index: number, maxBytes: number): Uint8Array {
  if (bytes.byteLength < LENGTH_PREFIX)
    throw new ArrowFormatError(`compressed buffer ${index} is too short for its length`);
  const expected = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigInt64(0, true));
  const compressed = bytes.subarray(LENGTH_PREFIX);
  if (expected === NOT_COMPRESSED) return compressed;
  if (expected < 0 || expected > maxBytes) {
    throw new ArrowFormatError(
      `compressed buffer ${index} announces ${expected} bytes, at most ${maxBytes} are accepted`,
    );
  }
  if (expected > compressed.byteLength * MAX_RATIO[codec]) {
    throw new ArrowFormatError(
      `compressed buffer ${index} announces ${expected} bytes, more than its ${compressed.byteLength} can hold`,
    );
  }
  const found = expected === 0 ? new Uint8Array(0) : decode(compressed, codec, expected, index);
  if (found.byteLength === expected) return found;
  throw new ArrowFormatError(
    `${codec} buffer ${index} inflates to ${found.byteLength} bytes, it announces ${expected}`,
  );
}

function decode(compressed: Uint8Array, codec: "lz4" | "zstd", expected: number, index: number): Uint8Array {
  try {
    const target = new Uint8Array(expected);
    return target.subarray(0, codec === "lz4" ? inflateLz4Frame(compressed, target) : inflateZstd(compressed, target));
  } catch (cause) {
    throw new ArrowFormatError(
      `${codec} buffer ${index} is damaged: ${cause instanceof Error ? cause.message : String(cause)}`,
    );
  }
}

/** @throws when the frame is malformed or does not fit `target` */
function inflateZstd(frame: Uint8Array, target: Uint8Array): number {
  let written = 0;
  // The streaming form tells how much came out, the one-shot form does not; it is also faster.
  const stream = new ZstdStream((chunk) => {
    target.set(chunk, written);
    written += chunk.byteLength;
  });
  stream.push(frame, true);
  return written;
}
