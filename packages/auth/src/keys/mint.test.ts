import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AuthError, RandomSourceError } from "../errors.js";
import { parseKey } from "./format.js";
import { deterministicKey, mintKey } from "./mint.js";

const counting = () => {
  const asked: number[] = [];
  let next = 0;
  return { asked, random: (length: number) => (asked.push(length), Uint8Array.from({ length }, () => next++ % 256)) };
};

describe("mintKey", () => {
  it("makes keys of the documented form: version 4 uuid, 43 random characters, 6 of checksum", () => {
    for (let n = 0; n < 200; n++)
      expect(mintKey()).toMatch(
        /^ak-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}-[0-9A-Za-z]{49}$/,
      );
  });

  it("makes keys that parse", () => {
    for (let n = 0; n < 200; n++) expect(parseKey(mintKey()).ok).toBe(true);
  });

  it("never makes the same key twice", () => {
    expect(new Set(Array.from({ length: 1000 }, () => mintKey())).size).toBe(1000);
  });

  it("holds at least 256 bits in the characters after the uuid", () => {
    expect(43 * Math.log2(62)).toBeGreaterThanOrEqual(256);
    expect(mintKey().split("-")[6]).toHaveLength(43 + 6);
  });

  it("uses every character about as often as any other", () => {
    const seen = new Map<string, number>();
    const keys = 2000;
    for (let n = 0; n < keys; n++)
      for (const character of (mintKey().split("-")[6] ?? "").slice(0, 43))
        seen.set(character, (seen.get(character) ?? 0) + 1);
    const expected = (keys * 43) / 62;
    expect(seen.size).toBe(62);
    // Six standard deviations; a remainder taken without throwing bytes away would be off by nine for the first eight.
    for (const count of seen.values()) expect(Math.abs(count - expected)).toBeLessThan(6 * Math.sqrt(expected));
  });

  it("takes its bytes from the given source, and throws away the eight that would not be fair", () => {
    const { asked, random } = counting();
    expect(mintKey(random)).toMatch(
      /^ak-00010203-0405-4607-8809-0a0b0c0d0e0f-GHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvw/,
    );
    expect(asked).toEqual([16, 43]);

    let bytes = [
      ...new Array<number>(16).fill(0),
      ...new Array<number>(42).fill(247),
      248,
      255,
      ...new Array<number>(42).fill(61),
    ];
    const unfair = (length: number) => {
      const taken = Uint8Array.from(bytes.slice(0, length));
      bytes = bytes.slice(length);
      return taken;
    };
    // 247 is the last fair byte: 247 mod 62 is 61, "z".
    expect(mintKey(unfair).split("-")[6]?.slice(0, 43)).toBe("z".repeat(43));
  });

  it.each([
    [0, "8"],
    [1, "9"],
    [2, "a"],
    [3, "b"],
    [0xff, "b"],
  ])("sets the variant of the uuid whatever its byte is (%i)", (byte, digit) => {
    const key = mintKey((length) => new Uint8Array(length).fill(byte === 0xff && length === 43 ? 1 : byte));
    expect(key.split("-")[4]?.[0]).toBe(digit);
    expect(key.split("-")[3]?.[0]).toBe("4");
  });

  it.each([
    ["too few bytes", (length: number) => new Uint8Array(length - 1), /gave 15 of 16 bytes/],
    ["too many bytes", (length: number) => new Uint8Array(length + 1), /gave 17 of 16 bytes/],
    ["nothing that is fair", (length: number) => new Uint8Array(length).fill(255), /broken/],
  ])("refuses a source that gives %s", (_, random, message) => {
    expect(() => mintKey(random)).toThrow(RandomSourceError);
    expect(() => mintKey(random)).toThrow(message);
    expect(() => mintKey(random)).toThrow(expect.objectContaining({ name: "RandomSourceError" }));
  });

  it("asks a bad source a hundred times, then gives up", () => {
    let asked = 0;
    expect(() => mintKey((length) => (asked++, new Uint8Array(length).fill(255)))).toThrow(AuthError);
    expect(asked).toBe(101);
  });
});

describe("deterministicKey", () => {
  it("is the same on every machine and in every version", () => {
    expect(deterministicKey("demo admin")).toBe(
      "ak-4545f2d6-2704-4f63-8457-a12de84a8cdd-Vu8lPuwVgfF5GMNuiMYx0xJi5t3U1JtbEj910QcWtdM1eY5Qb",
    );
  });

  it("is well formed, and another for another seed", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, other) => {
        expect(parseKey(deterministicKey(one)).ok).toBe(true);
        expect(deterministicKey(one)).toBe(deterministicKey(one));
        if (one !== other) expect(deterministicKey(one)).not.toBe(deterministicKey(other));
      }),
    );
  });

  it("does not repeat its random characters", () => {
    const random = deterministicKey("demo admin").split("-")[6] ?? "";
    expect(new Set(random).size).toBeGreaterThan(20);
    expect(random.slice(0, 11)).not.toBe(random.slice(32, 43));
  });
});
