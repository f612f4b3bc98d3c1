import { expect, it } from "vitest";
import { toBase62 } from "./base62.js";
import { crc32 } from "./crc32.js";

// The check value of CRC-32/ISO-HDLC, and two that zlib gives.
it.each([
  ["", 0],
  ["123456789", 0xcbf43926],
  ["The quick brown fox jumps over the lazy dog", 0x414fa339],
])("crc32(%j)", (text, expected) => {
  expect(crc32(text)).toBe(expected);
});

it.each([
  [0, 6, "000000"],
  [61, 2, "0z"],
  [62, 2, "10"],
  [36, 1, "a"],
  [10, 1, "A"],
  [0xffffffff, 6, "4gfFC3"],
])("toBase62(%i, %i)", (value, width, expected) => {
  expect(toBase62(value, width)).toBe(expected);
});
