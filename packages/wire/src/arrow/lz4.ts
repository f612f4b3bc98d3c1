const MAGIC = 0x184d2204;
const UNCOMPRESSED = 0x80000000;
const MIN_MATCH = 4;

/**
 * Inflates one LZ4 frame into `target` and returns the bytes written. Checksums are skipped, not verified.
 * Own code because lz4js, the one common package, trusts every length: a short hostile frame keeps it busy for seconds.
 * @throws RangeError when the frame is malformed or does not fit `target`
 */
export function inflateLz4Frame(frame: Uint8Array, target: Uint8Array): number {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  if (view.getUint32(0, true) !== MAGIC) throw new RangeError("not an LZ4 frame");
  const flags = view.getUint8(4);
  if (flags >> 6 !== 1) throw new RangeError("unknown LZ4 frame version");
  const blockChecksum = (flags & 0x10) === 0 ? 0 : 4;
  const contentSize = (flags & 0x08) === 0 ? 0 : 8;
  const dictionaryId = (flags & 0x01) === 0 ? 0 : 4;
  let at = 7 + contentSize + dictionaryId;
  let written = 0;
  for (;;) {
    const word = view.getUint32(at, true);
    at += 4;
    if (word === 0) return written;
    const size = word & ~UNCOMPRESSED;
    const block = frame.subarray(at, at + size);
    if (word >= UNCOMPRESSED) {
      target.set(block, written);
      written += size;
    } else {
      written = inflateBlock(block, target, written);
    }
    at += size + blockChecksum;
  }
}

function inflateBlock(block: Uint8Array, target: Uint8Array, start: number): number {
  let at = 0;
  let out = start;
  const byte = (): number => {
    const value = block[at++];
    if (value === undefined) throw new RangeError("LZ4 block is cut off");
    return value;
  };
  const length = (nibble: number): number => {
    if (nibble < 15) return nibble;
    let sum = nibble;
    for (;;) {
      const more = byte();
      sum += more;
      if (more < 255) return sum;
    }
  };
  while (at < block.length) {
    const token = byte();
    const literals = length(token >> 4);
    if (at + literals > block.length || out + literals > target.length) throw new RangeError("LZ4 literals run over");
    for (const end = out + literals; out < end;) target[out++] = block[at++] ?? 0;
    if (at === block.length) return out;
    const distance = byte() | (byte() << 8);
    const match = length(token & 15) + MIN_MATCH;
    if (distance === 0 || distance > out || out + match > target.length) throw new RangeError("LZ4 match runs over");
    if (distance >= match) {
      target.copyWithin(out, out - distance, out - distance + match);
      out += match;
    } else {
      for (const end = out + match; out < end; out++) target[out] = target[out - distance] ?? 0;
    }
  }
  return out;
}
