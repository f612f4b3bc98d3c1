import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hashesEqual, hashKey } from "./hash.js";

describe("hashKey", () => {
  it("is SHA-256 of the UTF-8 text, in hex", async () => {
    const sameLengthAsKeys = fc.string({ unit: "binary-ascii", minLength: 89, maxLength: 89 });
    const withLetters = fc
      .tuple(sameLengthAsKeys, fc.nat({ max: 88 }), fc.constantFrom("\u0080", "é", "中"))
      .map(([text, at, letter]) => text.slice(0, at) + letter + text.slice(at + 1));
    expect(hashKey("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string({ unit: "grapheme" }), sameLengthAsKeys, withLetters), async (text) => {
        const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
        expect(hashKey(text)).toBe([...digest].map((byte) => byte.toString(16).padStart(2, "0")).join(""));
      }),
    );
  });
});

describe("hashesEqual", () => {
  it("is equality", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (left, right) => {
        expect(hashesEqual(left, left)).toBe(true);
        expect(hashesEqual(left, right)).toBe(left === right);
      }),
    );
  });

  it.each([
    ["a", ""],
    ["", "a"],
    ["ab", "aa"],
    ["ba", "aa"],
    ["abc", "ab"],
    ["a", "a\0"],
    ["a\0", "a"],
    ["\u0003", "\u0001"],
  ])("tells %j from %j", (left, right) => {
    expect(hashesEqual(left, right)).toBe(false);
  });
});
