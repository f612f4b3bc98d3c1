import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deterministicKey } from "./mint.js";
import { redactKey, redactSecrets } from "./redact.js";

const key = deterministicKey("a key");
const redacted = `${key.slice(0, 6)}...${key.slice(-3)}`;

describe("redactKey", () => {
  it("shows the first 6 and the last 3 characters", () => {
    expect(redactKey(key)).toBe(redacted);
    expect(redacted).toMatch(/^ak-[0-9a-f]{3}\.\.\.[0-9A-Za-z]{3}$/);
    expect(redactKey("a".repeat(20) + "bcde")).toBe("aaaaaa...cde");
  });

  it("hides a text whole that is too short to show a part of", () => {
    expect(redactKey("ak-0123456789abcdefghij")).toBe("***");
    expect(redactKey("")).toBe("***");
  });
});

describe("redactSecrets", () => {
  it.each([
    ["alone", key, redacted],
    ["in a sentence", `The key ${key} was refused.`, `The key ${redacted} was refused.`],
    ["twice", `${key},${key}`, `${redacted},${redacted}`],
    ["in a header", `Authorization: Bearer ${key}\r\nAccept: */*`, `Authorization: Bearer ${redacted}\r\nAccept: */*`],
    ["in JSON", `{"key":"${key}"}`, `{"key":"${redacted}"}`],
    ["in a query", `/v2/spaces?key=${key}&limit=5`, `/v2/spaces?key=${redacted}&limit=5`],
    ["after an escaped line end", `\\n${key}`, `\\n${redacted}`],
    ["after an escaped blank", `%20${key}`, `%20${redacted}`],
    ["cut short", `key ${key.slice(0, 40)}`, `key ${redactKey(key.slice(0, 40))}`],
    ["in capitals", key.toUpperCase(), redactKey(key.toUpperCase())],
    ["of another make", "key=ak-Zq3_vN8xT1mYw7RkB2dLc", "key=ak-Zq3...dLc"],
    ["of another make, at its shortest", "(ak-Zq3vN8xT1mYw7RkB2dLcA)", "(ak-Zq3...LcA)"],
  ])("hides a key %s", (_, text, expected) => {
    expect(redactSecrets(text)).toBe(expected);
  });

  it.each([
    "nothing to hide",
    "weak-supervision-of-a-long-running-thing",
    "a break-through-in-a-very-long-winded-name",
    "ak-47",
    redacted,
    `the key ${redacted} has expired`,
    "ak-0123456789abcdefghij",
    "U3BhY2U6MTphQmNE",
  ])("leaves %j as it is", (text) => {
    expect(redactSecrets(text)).toBe(text);
  });

  it("leaves no key in any text, and does nothing the second time", () => {
    const keys = fc.string().map(deterministicKey);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string({ unit: "binary" }), keys)), fc.string(), (parts, end) => {
        const text = parts.map(([before, minted]) => before + minted).join("") + end;
        const once = redactSecrets(text);
        for (const [, minted] of parts) {
          expect(once).not.toContain(minted);
          expect(once).not.toContain(minted.slice(6, -3));
        }
        expect(redactSecrets(once)).toBe(once);
      }),
      { numRuns: 40 },
    );
  });

  it("takes time in proportion to the text, also for one made to be slow", () => {
    const started = performance.now();
    redactSecrets("ak-".repeat(300_000));
    redactSecrets("ak-0123456".repeat(100_000));
    redactSecrets("ak-01234567-".repeat(100_000));
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
