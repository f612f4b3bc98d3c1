import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clock } from "./progress.js";
import { count, joined, shown, without } from "./ranges.js";
import { parseShard, rowsOfShard } from "./shard.js";

const range = fc.tuple(fc.nat(50), fc.nat(20)).map(([start, length]) => ({ start, end: start + length }));
const rows = (ranges: readonly { start: number; end: number }[]): number[] =>
  ranges.flatMap(({ start, end }) => Array.from({ length: end - start }, (_unused, n) => start + n));

describe("ranges", () => {
  it("joined hold the same rows, in order and apart", () => {
    fc.assert(
      fc.property(fc.array(range), (ranges) => {
        const found = joined(ranges);
        expect(rows(found)).toEqual([...new Set(rows(ranges))].sort((a, b) => a - b));
        found.slice(1).forEach(({ start }, index) => expect(start).toBeGreaterThan(found[index]?.end ?? 0));
      }),
    );
  });

  it("taken away leave the other rows", () => {
    fc.assert(
      fc.property(range, fc.array(range), (whole, ranges) => {
        const gone = new Set(rows(ranges));
        const left = without(whole, ranges);
        expect(rows(left)).toEqual(rows([whole]).filter((row) => !gone.has(row)));
        expect(count(left)).toBe(rows(left).length);
      }),
    );
  });

  it("are shown with both ends", () => {
    expect(shown([{ start: 0, end: 10 }, { start: 20, end: 21 }])).toBe("0–9, 20–20"); // prettier-ignore
    expect(shown([])).toBe("none");
  });
});

describe("shards", () => {
  it("are all rows, each once, in parts of one size", () => {
    fc.assert(
      fc.property(fc.nat(5_000_000_000), fc.integer({ min: 1, max: 300 }), (total, of) => {
        const parts = Array.from({ length: of }, (_unused, n) => rowsOfShard({ index: n + 1, of }, total));
        let next = 0;
        for (const { start, end } of parts) {
          expect(start).toBe(next);
          expect(end - start - Math.floor(total / of)).toBeOneOf([0, 1]);
          next = end;
        }
        expect(next).toBe(total);
      }),
    );
  });

  it("are written i/n", () => {
    expect(parseShard("3/16")).toEqual({ index: 3, of: 16 });
    for (const text of ["0/3", "4/3", "1", "1/0", "a/b", "1/2/3", "-1/2"])
      expect(() => parseShard(text)).toThrow(/3\/16/);
  });
});

it("time left is shown as a clock", () => {
  expect([0, 59.6, 61, 3723].map(clock)).toEqual(["0:00", "1:00", "1:01", "1:02:03"]);
});
