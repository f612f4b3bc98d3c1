/** Bits `[begin, begin + length)` of a least-significant-first bitmap, moved to start at bit 0. A view where bytes line up. */
export function bitRange(bitmap: Uint8Array, begin: number, length: number): Uint8Array {
  const bytes = (length + 7) >> 3;
  const first = begin >> 3;
  const shift = begin & 7;
  if (shift === 0) return bitmap.subarray(first, first + bytes);
  const out = new Uint8Array(bytes);
  for (let i = 0; i < bytes; i++) {
    out[i] = ((bitmap[first + i] ?? 0) >> shift) | ((bitmap[first + i + 1] ?? 0) << (8 - shift));
  }
  return out;
}

const ONES = Uint8Array.from({ length: 256 }, (_, byte) => {
  let ones = 0;
  for (let rest = byte; rest > 0; rest >>= 1) ones += rest & 1;
  return ones;
});

/** How many bits of `[begin, begin + length)` are set. */
export function countOnes(bitmap: Uint8Array, begin: number, length: number): number {
  let ones = 0;
  let bit = begin;
  const end = begin + length;
  for (; bit < end && (bit & 7) !== 0; bit++) ones += ((bitmap[bit >> 3] ?? 0) >> (bit & 7)) & 1;
  for (; bit + 8 <= end; bit += 8) ones += ONES[bitmap[bit >> 3] ?? 0] ?? 0;
  for (; bit < end; bit++) ones += ((bitmap[bit >> 3] ?? 0) >> (bit & 7)) & 1;
  return ones;
}
