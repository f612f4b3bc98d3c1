import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isWellFormedKey, parseKey } from "./format.js";
import { deterministicKey, mintKey } from "./mint.js";

const key = deterministicKey("a key");
const CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_. \n%/+=é";

const keys = fc.uint8Array({ minLength: 60, maxLength: 60 }).map((bytes) => {
  let at = 0;
  return mintKey((length) => Uint8Array.from({ length }, () => (bytes[at++ % bytes.length] ?? 0) % 248));
});
const positions = fc.nat({ max: 88 });
const characters = fc.constantFrom(...CHARACTERS);

describe("parseKey", () => {
  it("takes a key, and gives it back", () => {
    expect(parseKey(key)).toEqual({ ok: true, secret: key });
    expect(isWellFormedKey(key)).toBe(true);
    expect(key).toHaveLength(89);
  });

  it.each(["", " ", "\t\n", null, undefined])("finds %j missing", (text) => {
    expect(parseKey(text)).toEqual({ ok: false, problem: "missing" });
    expect(isWellFormedKey(text)).toBe(false);
  });

  it.each([
    ["a word", "hello"],
    ["a word and a key", `Bearer ${key}`],
    ["white space before a key", ` ${key}`],
    ["white space after a key", `${key} `],
    ["a line end after a key", `${key}\n`],
    ["a key in capitals", key.toUpperCase()],
    ["two keys", `${key}${key}`],
    ["a key without its last character", key.slice(0, -1)],
    ["a redacted key", `${key.slice(0, 6)}...${key.slice(-3)}`],
    ["another prefix", key.replace("ak-", "sk-")],
  ])("finds %s malformed", (_, text) => {
    expect(parseKey(text)).toEqual({ ok: false, problem: "malformed" });
  });

  it("finds a typo by the checksum", () => {
    const other = key[60] === "x" ? "y" : "x";
    expect(parseKey(key.slice(0, 60) + other + key.slice(61))).toEqual({ ok: false, problem: "checksum" });
    const hex = key[5] === "1" ? "2" : "1";
    expect(parseKey(key.slice(0, 5) + hex + key.slice(6))).toEqual({ ok: false, problem: "checksum" });
  });

  it("refuses every single changed character, at every place", () => {
    for (let at = 0; at < key.length; at++)
      for (const character of CHARACTERS)
        if (character !== key[at])
          expect(isWellFormedKey(key.slice(0, at) + character + key.slice(at + 1))).toBe(false);
  });

  it("refuses any key with one character changed", () => {
    fc.assert(
      fc.property(keys, positions, characters, (minted, at, character) => {
        fc.pre(minted[at] !== character);
        expect(isWellFormedKey(minted.slice(0, at) + character + minted.slice(at + 1))).toBe(false);
      }),
    );
  });

  it("refuses any key with two characters exchanged", () => {
    fc.assert(
      fc.property(keys, positions, positions, (minted, one, other) => {
        const swapped = [...minted];
        swapped[one] = minted[other] ?? "";
        swapped[other] = minted[one] ?? "";
        fc.pre(swapped.join("") !== minted);
        expect(isWellFormedKey(swapped.join(""))).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });

  it("refuses any key with neighbours exchanged, at every place", () => {
    for (let at = 0; at + 1 < key.length; at++) {
      const swapped = key.slice(0, at) + (key[at + 1] ?? "") + (key[at] ?? "") + key.slice(at + 2);
      if (swapped !== key) expect(isWellFormedKey(swapped)).toBe(false);
    }
  });

  it("refuses any key with a character more or a character less", () => {
    fc.assert(
      fc.property(keys, fc.nat({ max: 89 }), characters, (minted, at, character) => {
        expect(isWellFormedKey(minted.slice(0, at) + character + minted.slice(at))).toBe(false);
        if (at < minted.length) expect(isWellFormedKey(minted.slice(0, at) + minted.slice(at + 1))).toBe(false);
      }),
    );
  });

  it("takes any text without throwing", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(parseKey(text).ok).toBe(false);
      }),
    );
  });
});
