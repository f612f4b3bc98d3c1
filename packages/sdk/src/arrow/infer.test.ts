import fc from "fast-check";
import { tableFromColumns } from "@axlab/wire/arrow";
import { describe, expect, test } from "vitest";

import { buildColumn } from "./build.js";
import { Inference, isKind, widen } from "./infer.js";
import type { Kind } from "./kinds.js";

function kindOf(values: readonly unknown[], firstRow = 0) {
  const inference = new Inference();
  inference.addAll(values, firstRow);
  return inference.resolve();
}

/** Infers, builds an Arrow column, and reads it back. */
function roundTrip(values: readonly unknown[]): unknown[] {
  const kind = kindOf(values);
  if (!isKind(kind)) throw new RangeError(kind.message);
  const column = tableFromColumns({ x: buildColumn(kind, values) }).getChild("x");
  return Array.from(column ?? [], plain);
}

function plain(value: unknown): unknown {
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  if (typeof value !== "object" || value === null) return value;
  if (Symbol.iterator in value && !("toJSON" in value && !("length" in value)))
    return Array.from(value as Iterable<unknown>, plain); // boundary: just checked
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plain(member)]));
}

const nullable = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<(T | null)[]> =>
  fc.array(fc.option(values), { maxLength: 40 });

describe("a column comes back as it was given", () => {
  test.each<[string, fc.Arbitrary<unknown[]>]>([
    ["integers", nullable(fc.maxSafeInteger())],
    ["numbers", nullable(fc.double({ noNaN: true }))],
    ["64-bit integers", nullable(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }))],
    ["texts", nullable(fc.string({ unit: "grapheme" }))],
    ["booleans", nullable(fc.boolean())],
    ["vectors", nullable(fc.array(fc.double(), { maxLength: 5 }))],
    ["lists of texts", nullable(fc.array(fc.string(), { maxLength: 5 }))],
    [
      "lists of boxes",
      nullable(
        fc.array(fc.array(fc.double({ noNaN: true }), { minLength: 4, maxLength: 4 }), { minLength: 1, maxLength: 3 }),
      ),
    ],
    [
      "class scores",
      nullable(
        fc.array(fc.record({ class_name: fc.string(), score: fc.double({ noNaN: true }) }), {
          minLength: 1,
          maxLength: 3,
        }),
      ),
    ],
  ])("%s", (_name, columns) => {
    fc.assert(
      fc.property(columns, (values) => {
        // Whole numbers travel as int64, which knows one zero.
        const whole = values.every(
          (value) => value == null || typeof value === "bigint" || Number.isSafeInteger(value),
        );
        const normal = (value: unknown): unknown =>
          typeof value === "bigint" ? plain(value) : whole && value === 0 ? 0 : value;
        expect(roundTrip(values)).toEqual(values.map(normal));
      }),
    );
  });

  test("dates, as milliseconds", () => {
    fc.assert(fc.property(nullable(fc.date({ noInvalidDate: true })), (dates) => {
      expect(roundTrip(dates)).toEqual(dates.map((date) => date?.getTime() ?? null));
    })); // prettier-ignore
  });
});

describe("inference", () => {
  test.each<[string, unknown[], Kind["type"]]>([
    ["nothing but nulls", [null, undefined], "null"],
    ["whole numbers", [1, null, -2], "int64"],
    ["a fraction among whole numbers", [1, 2.5], "float64"],
    ["NaN, a missing float", [1, Number.NaN], "float64"],
    ["whole numbers beyond 2^53", [1, 2 ** 60], "float64"],
    ["a bigint among numbers", [1, 2n], "int64"],
  ])("of %s", (_name, values, type) => {
    expect(kindOf(values)).toMatchObject({ type });
  });

  test("makes vectors floats, of the precision they came in", () => {
    expect(kindOf([[1, 2]])).toEqual({ type: "list", item: { type: "float64" } });
    expect(kindOf([Float32Array.of(1, 2)])).toEqual({ type: "list", item: { type: "float32" } });
    expect(kindOf([Float32Array.of(1), [1]])).toEqual({ type: "list", item: { type: "float64" } });
  });

  test.each<[unknown[], RegExp]>([
    [[1, "a"], /an integer \(row 7\) and a text \(row 8\)/],
    [[true, 1], /a boolean .* and an integer/],
    [[[1], ["a"]], /lists with a number .* and a text/],
    [[new Map()], /a value of no known type/],
  ])("refuses %j and names the rows", (values, message) => {
    const found = kindOf(values, 7);
    expect(isKind(found)).toBe(false);
    expect("message" in found && found.message).toMatch(message);
  });

  test("of later rows only ever widens", () => {
    const int: Kind = { type: "int64" };
    expect(widen(int, kindOf([null]), 5)).toEqual(int);
    expect(widen(int, kindOf([1.5]), 5)).toEqual({ type: "float64" });
    expect(widen({ type: "float64" }, kindOf([1]), 5)).toEqual({ type: "float64" });
    expect(widen(int, kindOf(["a"]), 5)).toMatchObject({ message: expect.stringContaining("from row 5 on") });
  });
});
