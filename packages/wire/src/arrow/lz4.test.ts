import { base64Decode } from "@bufbuild/protobuf/wire";
import fc from "fast-check";
import { expect, test } from "vitest";
import { inflateLz4Frame } from "./lz4.js";

// pyarrow 26.0.1: pa.compress(b"abc" * 30000 + b"tail", codec="lz4") — more than one 64 KiB block
const TEXT = new TextEncoder().encode("abc".repeat(30_000) + "tail");
const FRAME = base64Decode(
  "BCJNGEBAwA0BAAA/YWJjAwD/////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////5VBjYWJjYWkAAAAP/////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////9tQY3RhaWwAAAAA",
);

test("inflates frames of several linked blocks", () => {
  const target = new Uint8Array(TEXT.length);
  expect(inflateLz4Frame(FRAME, target)).toBe(TEXT.length);
  expect(target).toEqual(TEXT);
});

test("inflates blocks that were left uncompressed", () => {
  const frame = Uint8Array.of(0x04, 0x22, 0x4d, 0x18, 0x60, 0x40, 0x82, 3, 0, 0, 0x80, 1, 2, 3, 0, 0, 0, 0);
  expect([...new Uint8Array(3).fill(0), inflateLz4Frame(frame, new Uint8Array(3))]).toEqual([0, 0, 0, 3]);
});

test("throws RangeError when a frame is cut off, changed, or does not fit", () => {
  for (let length = 0; length < FRAME.length; length++) {
    expect(() => inflateLz4Frame(FRAME.subarray(0, length), new Uint8Array(TEXT.length))).toThrow(RangeError);
  }
  expect(() => inflateLz4Frame(FRAME, new Uint8Array(TEXT.length - 1))).toThrow(RangeError);
  fc.assert(
    fc.property(fc.nat(FRAME.length - 1), fc.nat(255), (at, value) => {
      const damaged = FRAME.slice();
      damaged[at] = value;
      const target = new Uint8Array(TEXT.length);
      try {
        inflateLz4Frame(damaged, target);
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
      }
    }),
  );
});

test("throws RangeError for a match that reaches before the text, or nowhere", () => {
  const frame = (distance: number): Uint8Array =>
    Uint8Array.of(
      0x04,
      0x22,
      0x4d,
      0x18,
      0x60,
      0x40,
      0x82,
      6,
      0,
      0,
      0,
      0x10,
      0x61,
      distance,
      0,
      0x10,
      0x62,
      0,
      0,
      0,
      0,
    );
  expect(inflateLz4Frame(frame(1), new Uint8Array(9))).toBe(6);
  for (const distance of [0, 2])
    expect(() => inflateLz4Frame(frame(distance), new Uint8Array(9))).toThrow("LZ4 match runs over");
});
