import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvalidWireValueError } from "./errors.js";
import { GLOBAL_ID_TYPES, globalId, looksLikeGlobalId, parseGlobalId } from "./ids.js";

const type = fc.constantFrom(...GLOBAL_ID_TYPES);
const number = fc.maxSafeNat();
const suffix = fc.stringMatching(/^[A-Za-z0-9+/_-]{4}$/);

describe("global ids", () => {
  it("writes the documented example", () => {
    expect(globalId("Space", 1, "aBcD")).toBe("U3BhY2U6MTphQmNE");
  });

  it("reads back what it writes, and the official clients take it for an id", () => {
    fc.assert(
      fc.property(type, number, suffix, (type, number, suffix) => {
        const id = globalId(type, number, suffix);
        expect(parseGlobalId(id)).toEqual({ type, number, suffix });
        expect(looksLikeGlobalId(id)).toBe(true);
        expect(atob(id)).toContain(":");
      }),
    );
  });

  it("writes different ids for different resources", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(type, number, suffix), {
          minLength: 2,
          maxLength: 2,
          selector: (parts) => parts.join(" "),
        }),
        (parts) => {
          expect(new Set(parts.map((part) => globalId(...part))).size).toBe(2);
        },
      ),
    );
  });

  it("reads the two-part form, but does not take it for an id where a name could stand", () => {
    const id = btoa("AuditLog:12");
    expect(parseGlobalId(id)).toEqual({ type: "AuditLog", number: 12 });
    expect(looksLikeGlobalId(id)).toBe(false);
  });

  it.each([
    ["nothing", ""],
    ["a name", "my dataset"],
    ["a name that happens to be base64 with a colon", btoa("a:b")],
    ["padding cut off", globalId("Model", 10, "aBcD").replace(/=+$/, "")],
    ["a leading zero", btoa("Space:01:aBcD")],
    ["an unsafe number", btoa("Space:9007199254740993:aBcD")],
    ["an empty suffix", btoa("Space:1:")],
    ["a fourth part", btoa("Space:1:aBcD:x")],
    ["text before the type", btoa("x Space:1:aBcD")],
    ["a lower-case type", btoa("space:1:aBcD")],
    ["bytes that are no UTF-8", btoa("\xff\xfe:1:aBcD")],
    ["a line break around it", `${globalId("Space", 1, "aBcD")}\n`],
  ])("refuses %s", (_, text) => {
    expect(parseGlobalId(text)).toBeNull();
    expect(looksLikeGlobalId(text)).toBe(false);
  });

  it("never throws on any text", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => void parseGlobalId(text)));
  });

  it.each([
    [-1, "aBcD"],
    [1.5, "aBcD"],
    [2 ** 53, "aBcD"],
    [1, ""],
    [1, "a:cD"],
  ])("does not write number %s with suffix %j", (number, suffix) => {
    expect(() => globalId("Space", number, suffix)).toThrow(InvalidWireValueError);
  });
});
