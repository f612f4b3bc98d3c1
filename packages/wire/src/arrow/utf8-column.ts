import { makeData, Utf8, Vector } from "apache-arrow";
import { ArrowEncodeError } from "./errors.js";
import { utf8Length } from "../text.js";
import { bytes, int32s, type ColumnMemory } from "./column-memory.js";
import { Validity, type Nullable } from "./validity.js";

const MAX_BYTES = 0x7fffffff;
// Longer joins cost more to flatten than the calls they save.
const GROUP_CHARACTERS = 16_384;
const encoder = new TextEncoder();

/**
 * A Utf8 column. Strings are joined in groups and encoded by one call a group: where a group is pure ASCII, as
 * most are, string lengths are the offsets.
 * @param memory where the column may lie until it is reset; new memory when absent
 * @throws ArrowEncodeError when the text exceeds 2 GiB, the reach of 32-bit offsets
 */
export function utf8Column(values: readonly Nullable<string>[], memory?: ColumnMemory): Vector<Utf8> {
  const length = values.length;
  const validity = new Validity(length);
  const offsets = int32s(length + 1, memory);
  offsets[0] = 0;
  const text = new TextBytes(characters(values), memory);
  let begin = 0;
  while (begin < length) {
    const start = text.length;
    let joined = "";
    let end = begin;
    for (; end < length && joined.length < GROUP_CHARACTERS; end++) {
      const value = values[end];
      if (value === null || value === undefined) validity.setNull(end);
      else joined += value;
      offsets[end + 1] = start + joined.length;
    }
    if (text.append(joined) !== joined.length) {
      let at = start;
      for (let i = begin; i < end; i++) offsets[i + 1] = at += utf8Length(values[i] ?? "");
      // Halves of a surrogate pair in neighbouring values became one character when joined.
      if (at !== text.length) {
        text.length = start;
        for (let i = begin; i < end; i++) text.append(values[i] ?? "");
      }
    }
    begin = end;
  }
  return new Vector([
    makeData({ type: new Utf8(), length, ...validity.props(), valueOffsets: offsets, data: text.bytes() }),
  ]);
}

function characters(values: readonly Nullable<string>[]): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]?.length ?? 0;
  return sum;
}

class TextBytes {
  length = 0;
  private buffer: Uint8Array;

  /** @param capacity bytes to start with; enough when all text is ASCII and this is its length */
  constructor(capacity: number, memory?: ColumnMemory) {
    requireReach(capacity);
    this.buffer = bytes(capacity, memory);
  }

  /** @returns bytes written */
  append(text: string): number {
    const start = this.length;
    let rest = text;
    for (;;) {
      const { read, written } = encoder.encodeInto(rest, this.buffer.subarray(this.length));
      this.length += written;
      requireReach(this.length);
      if (read === rest.length) return this.length - start;
      rest = rest.slice(read);
      this.grow(this.length + 3 * rest.length);
    }
  }

  bytes(): Uint8Array {
    return this.buffer.subarray(0, this.length);
  }

  private grow(least: number): void {
    const larger = new Uint8Array(Math.max(least, this.buffer.byteLength + (this.buffer.byteLength >> 1)));
    larger.set(this.buffer.subarray(0, this.length));
    this.buffer = larger;
  }
}

function requireReach(bytes: number): void {
  if (bytes > MAX_BYTES) throw new ArrowEncodeError("a string column may hold at most 2 GiB of text; split the table");
}
