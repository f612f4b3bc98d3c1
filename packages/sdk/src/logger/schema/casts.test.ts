import {
  boolColumn,
  float64Column,
  int64Column,
  listColumn,
  listOf,
  tableFromColumns,
  timestampColumn,
  utf8Column,
} from "@axlab/wire/arrow";
import { DateDay, DurationSecond, Float32, makeData, TimestampMillisecond, Uint64, Vector } from "apache-arrow";
import type { DataType } from "apache-arrow";
import { expect, test } from "vitest";

import { ValidationFailure } from "../errors.js";
import { typedCasts } from "./casts.js";

type Target = "toStr" | "toInt" | "toFloat";

function cast(target: Target, column: Vector<DataType>): unknown[] {
  const [batch] = tableFromColumns({ x: column }).batches;
  if (batch === undefined) throw new TypeError("A table of one column has a batch.");
  const made = typedCasts({ featureColumnNames: { [target]: ["x"] } })(batch, 10).getChild("x");
  return made === null ? [] : Array.from(made, (value: unknown) => value);
}

const AT = new Date("2026-01-31T09:05:00Z");
const floats32 = new Vector([makeData({ type: new Float32(), data: Float32Array.of(0.1, 1) })]);
const days = new Vector([makeData({ type: new DateDay(), data: Int32Array.of(20_484) })]);
const clock = new Vector([
  makeData({ type: new TimestampMillisecond(), data: BigInt64Array.of(BigInt(AT.getTime())) }),
]);
const huge = new Vector([makeData({ type: new Uint64(), data: BigUint64Array.of(2n ** 63n) })]);
const durations = new Vector([makeData({ type: new DurationSecond(), data: BigInt64Array.of(1n) })]);

// What arize 7.52 and 8.42 make of the same columns, but for lists, which they write as Python.
test.each<[Target, string, Vector<DataType>, unknown[]]>([
  ["toStr", "texts", utf8Column(["a", "", "nan", "NaN", null, "None"]), ["a", "", null, null, null, "None"]],
  ["toStr", "integers", int64Column([1, 2n ** 60n, null]), ["1", "1152921504606846976", null]],
  ["toStr", "floats", float64Column([0.5, 1, 1e16, 0.00001, -0.0001, Number.NaN, Infinity]), ["0.5", "1.0", "1e+16", "1e-05", "-0.0001", null, "inf"]],
  ["toStr", "floats of 32 bits", floats32, ["0.1", "1.0"]],
  ["toStr", "booleans", boolColumn([true, false, null]), ["True", "False", null]],
  ["toStr", "times of no zone", clock, ["2026-01-31 09:05:00"]],
  ["toStr", "instants", timestampColumn([AT, null]), ["2026-01-31 09:05:00+00:00", null]],
  ["toStr", "instants with a fraction, in UTC", timestampColumn([new Date(AT.getTime() + 7)], { timezone: "Asia/Tokyo" }), ["2026-01-31 09:05:00.007000+00:00"]],
  ["toStr", "days", days, ["2026-01-31"]],
  ["toStr", "lists of integers", listOf([[1, 2]], (items) => int64Column(items)), ["[1,2]"]],
  ["toInt", "texts", utf8Column(["1", " +2 ", "9007199254740993", "nan", null]), [1n, 2n, 9007199254740993n, null, null]],
  ["toInt", "whole floats", float64Column([1, 2 ** 60, Number.NaN, null]), [1n, 2n ** 60n, null, null]],
  ["toInt", "booleans", boolColumn([true, null]), [1n, null]],
  ["toFloat", "texts", utf8Column(["1.5", "1e3", "inf", "-Infinity", "NaN", " 2. "]), [1.5, 1000, Infinity, -Infinity, null, 2]],
  ["toFloat", "integers", int64Column([1, null]), [1, null]],
])("%s: %s", (target, _name, column, expected) => {
  expect(cast(target, column)).toEqual(expected);
}); // prettier-ignore

test.each<[Target, string, Vector<DataType>]>([
  ["toInt", "a fraction", float64Column([1.5])],
  ["toInt", "an infinite number", float64Column([Infinity])],
  ["toInt", "a float beyond 64 bits", float64Column([2 ** 63])],
  ["toInt", "an integer beyond 64 bits", huge],
  ["toInt", "a text with a point", utf8Column(["1.0"])],
  ["toInt", "a text with an exponent", utf8Column(["1e3"])],
  ["toInt", "an empty text", utf8Column([""])],
  ["toInt", "an instant", timestampColumn([AT])],
  ["toFloat", "a hexadecimal text", utf8Column(["0x1"])],
  ["toFloat", "a word", utf8Column(["one"])],
  ["toFloat", "an instant", timestampColumn([AT])],
  ["toFloat", "a day", days],
  ["toFloat", "a list", listColumn([[1.5]], "float64")],
  ["toStr", "a duration", durations],
])("%s refuses %s, naming its row", (target, _name, column) => {
  expect(() => cast(target, column)).toThrow(ValidationFailure);
  expect(() => cast(target, column)).toThrow(/^.*Row 10 of column "x"/s);
});
