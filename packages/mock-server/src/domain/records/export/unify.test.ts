import {
  boolColumn,
  float64Column,
  int64Column,
  listColumn,
  nullColumn,
  structColumn,
  timestampColumn,
  utf8Column,
} from "@axlab/wire/arrow";
import { makeData, Timestamp, TimeUnit, Vector, type Data, type DataType } from "apache-arrow";
import { describe, expect, it } from "vitest";
import { InvalidRequestError } from "../../../errors.js";
import { typeName } from "../arrow-access.js";
import { jsonOf } from "../json-cell.js";
import { cast, commonType } from "./unify.js";

const times = (unit: TimeUnit, zone: string | undefined, ...values: (bigint | null)[]): Vector<DataType> =>
  new Vector([
    makeData({
      type: new Timestamp(unit, zone),
      length: values.length,
      nullCount: values.filter((value) => value === null).length,
      nullBitmap: Uint8Array.of(values.reduce((bits, value, row) => bits | (value === null ? 0 : 1 << row), 0)),
      data: BigInt64Array.from(values, (value) => value ?? 7n),
    }),
  ]);

const chunk = ({ data: [data] }: Vector<DataType>): Data => {
  if (data === undefined) throw new TypeError("a column of one chunk");
  return data;
};

/** What both become together: the type, and the values of the one and the other. */
function together(a: Vector<DataType>, b: Vector<DataType>): [string, unknown[], unknown[]] {
  const type = commonType(a.type, b.type);
  const values = (column: Vector<DataType>): unknown[] => {
    const data = cast(chunk(column), type);
    const instants: unknown = data.values;
    return Array.from({ length: data.length }, (_, row) =>
      data.getValid(row)
        ? instants instanceof BigInt64Array
          ? instants[row]
          : jsonOf(new Vector([data]).get(row), "x")
        : null,
    );
  };
  return [typeName(type), values(a), values(b)];
}

describe("columns of one name and two types", () => {
  it("keep times as times, in the finer unit, and in UTC where their zones differ", () => {
    const [ms, us, ns] = [1_767_323_045_678n, 1_767_323_045_678_901n, -1n];
    expect(together(times(TimeUnit.MILLISECOND, "UTC", ms, null), times(TimeUnit.MICROSECOND, "UTC", us))).toEqual(["Timestamp<MICROSECOND, UTC>", [ms * 1000n, null], [us]]);
    expect(together(times(TimeUnit.NANOSECOND, "Asia/Tokyo", ns), times(TimeUnit.SECOND, undefined, 5n))).toEqual(["Timestamp<NANOSECOND, UTC>", [ns], [5_000_000_000n]]);
    expect(together(times(TimeUnit.SECOND, undefined, 5n), times(TimeUnit.MILLISECOND, undefined, ms))).toEqual(["Timestamp<MILLISECOND>", [5000n], [ms]]);
    expect(() => together(times(TimeUnit.NANOSECOND, "UTC", ns), times(TimeUnit.SECOND, "UTC", 2n ** 40n))).toThrow(InvalidRequestError);
  }); // prettier-ignore

  it("write times beside texts as ISO 8601 has them, to the last digit", () => {
    const texts = utf8Column(["soon"]);
    expect(together(times(TimeUnit.MICROSECOND, "UTC", 1_767_323_045_678_901n, null, -1n), texts)).toEqual([
      "Utf8",
      ["2026-01-02T03:04:05.678901Z", null, "1969-12-31T23:59:59.999999Z"],
      ["soon"],
    ]);
    expect(together(timestampColumn([new Date(1500)]), texts)[1]).toEqual(["1970-01-01T00:00:01.500Z"]);
    expect(together(times(TimeUnit.SECOND, undefined, 1n, 2n ** 60n), texts)[1]).toEqual(["1970-01-01T00:00:01Z", String(2n ** 60n)]);
  }); // prettier-ignore

  it("keep structs as structs, with the fields of both", () => {
    const a = structColumn({ n: nullColumn(2), t: utf8Column(["x", null]) });
    const b = structColumn({ n: int64Column([5n]), u: listColumn([[0.5]], "float64") });
    expect(together(a, b)).toEqual([
      "Struct<{n:Int64, t:Utf8, u:List<Float64>}>",
      [{ n: null, t: "x", u: null }, { n: null, t: null, u: null }],
      [{ n: 5, t: null, u: [0.5] }],
    ]);
  }); // prettier-ignore

  it("become text where nothing else holds both, without loss of digits", () => {
    const long = structColumn({ n: int64Column([2n ** 60n + 1n]), m: int64Column([3n]) });
    expect(together(long, utf8Column(["a"]))).toEqual(["Utf8", ['{"n":"1152921504606846977","m":3}'], ["a"]]);
    expect(together(boolColumn([true]), float64Column([0.5]))).toEqual(["Utf8", ["true"], ["0.5"]]);
  });
});
