import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvalidRequestError } from "../../../errors.js";
import { likeMatcher } from "./compare.js";
import { parseFilter } from "./parse.js";

describe("LIKE", () => {
  it.each<[string, string, boolean]>([
    ["a%", "abc", true],
    ["%c", "abc", true],
    ["a%c%e", "abcde", true],
    ["a%c", "abcd", false],
    ["_b_", "abc", true],
    ["_", "😀", true],
    ["__", "😀", false],
    ["%", "", true],
    ["", "", true],
    ["", "a", false],
    ["100\\%", "100%", true],
    ["100\\%", "1000", false],
    ["a.c", "abc", false],
    ["[a-z]*", "b", false],
    ["\\", "\\", true],
    ["%ab", "aab", true],
  ])("%j meets %j: %s", (pattern, text, met) => {
    expect(likeMatcher(pattern, false)(text)).toBe(met);
  });

  it("agrees with the regular expression that means the same", () => {
    const letters = fc.string({ unit: fc.constantFrom("a", "b", "%", "_") });
    fc.assert(
      fc.property(letters, letters, (pattern, text) => {
        const meaning = new RegExp(`^${pattern.replaceAll("%", "[^]*").replaceAll("_", "[^]")}$`, "u");
        expect(likeMatcher(pattern, false)(text)).toBe(meaning.test(text));
      }),
    );
  });

  it("answers at once where a regular expression would try every way", () => {
    const filter = parseFilter(`s like '${"%a".repeat(40)}%b'`);
    const startedAt = performance.now();
    expect(filter?.holds(() => "a".repeat(20_000))).toBe(false);
    expect(performance.now() - startedAt).toBeLessThan(5000);
  });

  it("a filter of endless length is refused", () => {
    expect(() => parseFilter(`a = '${"x".repeat(100_001)}'`)).toThrow(InvalidRequestError);
  });
});
