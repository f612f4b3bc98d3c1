import { describe, expect, it } from "vitest";
import { matchesWithin } from "./bounded-regex.js";

describe("somebody's regular expression", () => {
  it("matches as it says, texts of any script included", () => {
    expect(matchesWithin("^\\p{L}+$", "größe")).toBe(true);
    expect(matchesWithin("^a$", "b")).toBe(false);
  });

  it("is stopped when it would never end", () => {
    expect(() => matchesWithin("^(a+)+$", `${"a".repeat(40)}b`)).toThrow(
      /longer than 100 ms on a text of 41 characters/,
    );
    expect(matchesWithin("a", "a")).toBe(true);
  });
});
