import { tableFromIPC, TimeUnit } from "apache-arrow";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  boolColumn,
  float32Column,
  float64Column,
  int32Column,
  int64Column,
  nullColumn,
  timestampColumn,
} from "./columns.js";
import { ArrowEncodeError } from "./errors.js";
import { ipcStreamBytes } from "./message.js";
import { listColumn, listOf, structColumn } from "./nested-columns.js";
import { tableFromColumns } from "./table.js";
import { plainRows } from "./testing/messages.js";
import { utf8Column } from "./utf8-column.js";
import { messagesFromTable } from "./write.js";

describe("utf8Column", () => {
  test("holds what TextEncoder makes of each string, halves of surrogate pairs included", () => {
    const unit = fc.oneof(
      fc.string({ unit: "binary" }).map((text) => text.replaceAll("\ufeff", "")),
      fc.constantFrom("\ud83d", "\ude00", "é", "plain", ""),
    );
    fc.assert(
      fc.property(fc.array(fc.option(unit), { maxLength: 60 }), (values) => {
        const expected = values.map((value) =>
          value === null ? null : new TextDecoder().decode(new TextEncoder().encode(value)),
        );
        expect([...utf8Column(values)]).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  test("joins across groups and grows past its first guess", () => {
    const values = Array.from({ length: 5000 }, (_, i) => (i % 7 === 0 ? null : "é€😀".repeat(i % 11)));
    expect([...utf8Column(values)]).toEqual(values);
  });

  test("counts null and undefined as null, and the empty string as a value", () => {
    const column = utf8Column(["", null, undefined, "a"]);
    expect(column.nullCount).toBe(2);
    expect([...column]).toEqual(["", null, null, "a"]);
  });
});

describe("number columns", () => {
  test("keep values, nulls, NaN and infinities", () => {
    expect([...float64Column([1.5, null, NaN, -Infinity])]).toEqual([1.5, null, NaN, -Infinity]);
    expect([...float32Column([0.1, undefined])]).toEqual([Math.fround(0.1), null]);
    expect([...int32Column([-1, null, 2 ** 31 - 1])]).toEqual([-1, null, 2 ** 31 - 1]);
    expect([...int64Column([1, 2n ** 63n - 1n, null])]).toEqual([1n, 2n ** 63n - 1n, null]);
    expect([...boolColumn([true, null, false, undefined, true, true, true, true, true])]).toEqual([
      true,
      null,
      false,
      null,
      true,
      true,
      true,
      true,
      true,
    ]);
    expect([...nullColumn(2)]).toEqual([null, null]);
  });

  test("take typed arrays without copying them", () => {
    const values = Float64Array.of(1, 2);
    expect(float64Column(values).toArray()).toHaveProperty("buffer", values.buffer);
    expect([...int64Column(BigInt64Array.of(3n))]).toEqual([3n]);
  });

  test.each([
    ["a fraction", () => int64Column([1, 1.5]), "row 1 holds 1.5, expected a 64-bit integer"],
    ["NaN", () => int64Column([NaN]), "row 0 holds NaN, expected a 64-bit integer"],
    ["an unsafe number", () => int64Column([2 ** 53]), "pass a bigint beyond 2^53 - 1"],
    ["a 65-bit integer", () => int64Column([2n ** 63n]), "row 0 holds 9223372036854775808"],
    ["a 33-bit integer", () => int32Column([0, 2 ** 31]), "row 1 holds 2147483648, expected a 32-bit integer"],
    ["an invalid Date", () => timestampColumn([new Date(NaN)]), "row 0 holds NaN"],
    ["an invalid Date in ns", () => timestampColumn([new Date(NaN)], { unit: "ns" }), "row 0 holds NaN"],
  ])("refuse %s and name the row", (_, build, text) => {
    expect(build).toThrow(ArrowEncodeError);
    expect(build).toThrow(text);
  });
});

test("timestampColumn converts Dates to its unit and takes numbers as they are", () => {
  const date = new Date("2024-01-02T03:04:05.678Z");
  const stored = (unit: "s" | "ms" | "us" | "ns"): unknown => timestampColumn([date, 7, 8n, null], { unit }).toArray();
  expect(stored("s")).toEqual(BigInt64Array.of(1704164645n, 7n, 8n, 0n));
  expect(stored("ms")).toEqual(BigInt64Array.of(1704164645678n, 7n, 8n, 0n));
  expect(stored("us")).toEqual(BigInt64Array.of(1704164645678000n, 7n, 8n, 0n));
  expect(stored("ns")).toEqual(BigInt64Array.of(1704164645678000000n, 7n, 8n, 0n));
  expect(timestampColumn([date]).type).toMatchObject({ unit: TimeUnit.MILLISECOND, timezone: "UTC" });
  expect(timestampColumn([date], { timezone: null }).type.timezone).toBeNull();
});

describe("nested columns", () => {
  const rows = (columns: Parameters<typeof tableFromColumns>[0]): unknown[] =>
    plainRows(tableFromColumns(columns).batches);

  test("keep null rows, empty rows and null items apart", () => {
    expect(
      rows({
        f: listColumn([[1, null], null, [], Float32Array.of(0.5)], "float32"),
        d: listColumn([undefined, [0.1], Float64Array.of(2), []], "float64"),
        s: listColumn([["a", null], [], undefined, ["é"]], "utf8"),
        n: listOf([[[1], []], null, [], [[2, 3]]], (items) => listColumn(items, "float64")),
        st: structColumn({ a: int32Column([1, 2, 3, 4]), b: utf8Column(["x", null, "z", "w"]) }, [2]),
      }),
    ).toEqual([
      { f: [1, null], d: null, s: ["a", null], n: [[1], []], st: { a: 1, b: "x" } },
      { f: null, d: [0.1], s: [], n: null, st: { a: 2, b: null } },
      { f: [], d: [2], s: null, n: [], st: null },
      { f: [0.5], d: [], s: ["é"], n: [[2, 3]], st: { a: 4, b: "w" } },
    ]);
  });

  test("name what does not fit", () => {
    const words: unknown = [
      [1, 2],
      [3, "four"],
    ];
    const lists = words as number[][];
    expect(() => listColumn(lists, "float32")).toThrow("row 1, item 1 is a string, expected a number");
    const numbers: unknown = [["a"], [2]];
    expect(() => listColumn(numbers as string[][], "utf8")).toThrow("is a number, expected a string");
    expect(() => structColumn({ a: int32Column([1]), b: int32Column([]) })).toThrow(
      'field "b" has 0 values, expected 1',
    );
  });
});

describe("tableFromColumns", () => {
  test("keeps order and metadata, and makes every field nullable", () => {
    const table = tableFromColumns(
      [
        ["b", int32Column([1])],
        ["1", utf8Column(["x"])],
      ],
      new Map([["k", "v"]]),
    );
    expect(table.schema.fields.map((field) => [field.name, field.nullable])).toEqual([
      ["b", true],
      ["1", true],
    ]);
    expect(table.schema.metadata.get("k")).toBe("v");
  });

  test("cuts chunked columns at common rows", () => {
    const chunked = int32Column([1, 2]).concat(int32Column([3]));
    const table = tableFromColumns({
      a: chunked,
      b: utf8Column(["x", "y", "z"]),
      c: utf8Column(["p"]).concat(utf8Column(["q", "r"])),
    });
    expect(table.batches.map((batch) => batch.numRows)).toEqual([1, 1, 1]);
    expect(plainRows(tableFromIPC(ipcStreamBytes(messagesFromTable(table))).batches)).toEqual([
      { a: 1, b: "x", c: "p" },
      { a: 2, b: "y", c: "q" },
      { a: 3, b: "z", c: "r" },
    ]);
  });

  test("refuses columns of different lengths and names given twice", () => {
    expect(() => tableFromColumns({ a: int32Column([1, 2]), b: int32Column([1]) })).toThrow(
      'column "b" has 1 rows where "a" has 2',
    );
    expect(() =>
      tableFromColumns([
        ["a", int32Column([1])],
        ["a", int32Column([1])],
      ]),
    ).toThrow('column "a" is given twice');
  });

  test("may hold no columns and no rows", () => {
    expect(tableFromColumns({}).numRows).toBe(0);
    expect(tableFromColumns({ a: utf8Column([]) }).schema.fields).toHaveLength(1);
  });
});
