/**
 * 64-bit integers as doubles and back, a word at a time: some twenty times faster than through bigint, and exact for what is counted
 * here (milliseconds, seconds), which stays below 2^53.
 */
const WORD = 2 ** 32;

export function toNumbers(values: BigInt64Array, length: number): Float64Array {
  const words = new Int32Array(values.buffer, values.byteOffset, length * 2);
  const numbers = new Float64Array(length);
  for (let row = 0; row < length; row++)
    numbers[row] = (words[2 * row + 1] ?? 0) * WORD + ((words[2 * row] ?? 0) >>> 0);
  return numbers;
}

export function fromNumbers(numbers: Float64Array): BigInt64Array {
  const words = new Int32Array(numbers.length * 2);
  for (let row = 0; row < numbers.length; row++) {
    const value = numbers[row] ?? 0;
    const high = Math.floor(value / WORD);
    words[2 * row] = value - high * WORD;
    words[2 * row + 1] = high;
  }
  return new BigInt64Array(words.buffer);
}

/** Nanoseconds, which are above 2^53, to whole milliseconds, rounded down. */
export function nanosecondsToMs(values: BigInt64Array, length: number): Float64Array {
  const words = new Int32Array(values.buffer, values.byteOffset, length * 2);
  const ms = new Float64Array(length);
  for (let row = 0; row < length; row++) {
    const high = words[2 * row + 1] ?? 0;
    const low = (words[2 * row] ?? 0) >>> 0;
    // 2^32 ns are 4294 ms and 967296 ns.
    ms[row] = high * 4294 + Math.floor((high * 967_296 + low) / 1_000_000);
  }
  return ms;
}
