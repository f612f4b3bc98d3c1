import { utf8Column } from "@axlab/wire/arrow";
import type { Data, Utf8 } from "apache-arrow";
import { Vector } from "apache-arrow";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromNumbers, nanosecondsToMs, toNumbers } from "./int64.js";
import { generatedIds, hashId, hashIds } from "./ids.js";

const column = (texts: string[]): Data<Utf8> => {
  const [chunk] = utf8Column(texts).data;
  if (chunk === undefined) throw new TypeError("a column of one chunk");
  return chunk;
};

describe("hashes of ids", () => {
  it("are the same alone and in a column, and whole numbers below 2^53", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "grapheme" })), (texts) => {
        const hashes = [...hashIds(column(texts))];
        expect(hashes).toEqual(texts.map(hashId));
        expect(hashes.every((hash) => Number.isSafeInteger(hash) && hash >= 0)).toBe(true);
      }),
    );
  });

  it("do not meet among a million ids that look alike", () => {
    const seen = new Set<number>();
    for (let number = 0; number < 1_000_000; number++) seen.add(hashId(`prediction-${number}`));
    expect(seen.size).toBe(1_000_000);
  });
});

it("generated ids number their rows", () => {
  expect([...new Vector([generatedIds("stem", 254, 4)])]).toEqual([
    "stem-000000fe",
    "stem-000000ff",
    "stem-00000100",
    "stem-00000101",
  ]);
});

describe("64-bit integers as doubles", () => {
  it("come and go unchanged below 2^53", () => {
    fc.assert(
      fc.property(fc.array(fc.maxSafeInteger()), (numbers) => {
        const longs = fromNumbers(Float64Array.from(numbers));
        expect([...longs].map(Number)).toEqual(numbers.map((number) => number + 0));
        expect([...toNumbers(longs, longs.length)]).toEqual(numbers.map((number) => number + 0));
      }),
    );
  });

  it("round nanoseconds down to milliseconds, before 1970 too", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (nanoseconds) => {
        const floor = nanoseconds / 1_000_000n - (nanoseconds % 1_000_000n < 0n ? 1n : 0n);
        expect(nanosecondsToMs(BigInt64Array.of(nanoseconds), 1)[0]).toBe(Number(floor));
      }),
    );
  });
});
