import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";

import { boolColumn, float32Column, float64Column, int32Column, int64Column, listColumn, listOf, nullColumn, structColumn, tableFromColumns, timestampColumn, utf8Column } from "@axlab/wire/arrow"; // prettier-ignore
import {
  DateDay,
  Dictionary,
  Int16,
  Int32,
  TimestampMicrosecond,
  TimestampNanosecond,
  Uint64,
  Uint8,
  Utf8,
  Vector,
  makeData,
  vectorFromArray,
} from "apache-arrow";
import type { RecordBatch } from "apache-arrow";
import { afterEach, describe, expect, test } from "vitest";

import { ValidationError } from "../errors/index.js";
import { contentOf, newFolder, removeFiles, vegaFile } from "../testing/files.js";
import { openFile, writeParquet } from "./index.js";

afterEach(removeFiles);

const table = tableFromColumns({
  text: utf8Column(["a", null, "ü€😀"]),
  int: int32Column([1, -2, null]),
  small: new Vector([makeData({ type: new Int16(), data: Int16Array.of(1, -2, 3) })]),
  byte: new Vector([makeData({ type: new Uint8(), data: Uint8Array.of(1, 255, 0) })]),
  unsigned: new Vector([makeData({ type: new Uint64(), data: BigUint64Array.of(1n, 2n ** 64n - 1n, 0n) })]),
  long: int64Column([9007199254740993n, null, -1n]),
  double: float64Column([0.1, Number.NaN, null]),
  float: float32Column([0.5, null, -1]),
  flag: boolColumn([true, false, null]),
  at: timestampColumn([new Date(1), null, new Date(1_700_000_000_123)]),
  micro: new Vector([makeData({ type: new TimestampMicrosecond("UTC"), data: BigInt64Array.of(1n, 2n, 1_700_000_000_123_457n) })]),
  day: new Vector([makeData({ type: new DateDay(), data: Int32Array.of(0, 1, 20_000) })]),
  code: vectorFromArray(["x", "y", null], new Dictionary(new Utf8(), new Int32())),
  texts: listColumn([["a", "b"], [], null], "utf8"),
  vector: listColumn([[1, 2.5], null, [3]], "float32"),
  boxes: listOf([[[1, 2], [3]], [], null], (items) => listColumn(items, "float64")),
  struct: structColumn({ name: utf8Column(["n", null, "m"]), score: float64Column([1, 2, 3]) }, [1]),
  nothing: nullColumn(3),
}); // prettier-ignore

/** Times inside lists and structs, to the last digit of their unit. */
const nestedTimes = tableFromColumns({
  times: listOf([[1_700_000_000_123_457n, 2n], null, [-1n]], (items) => new Vector([makeData({ type: new TimestampMicrosecond("UTC"), data: BigInt64Array.from(items) })])),
  span: structColumn({ at: new Vector([makeData({ type: new TimestampNanosecond("UTC"), data: BigInt64Array.of(1_700_000_000_123_456_789n, 7n, -1n) })]) }, [1]),
}); // prettier-ignore

async function* batches(times = 1): AsyncGenerator<RecordBatch> {
  for (let n = 0; n < times; n++) yield* table.batches;
}

describe("writeParquet", () => {
  test("writes what openFile reads again, values and types", async () => {
    const path = join(await newFolder(), "a.parquet");
    const written = await writeParquet(path, batches(5), { rowGroupRows: 6 });
    expect(written).toMatchObject({ path, rows: 15 });
    const { types, rows } = await contentOf(path, { maxRows: 6 });
    expect(types).toEqual([
      "text: Utf8", "int: Int32", "small: Int16", "byte: Uint8", "unsigned: Uint64", "long: Int64", "double: Float64", "float: Float32", "flag: Bool",
      "at: Timestamp<MILLISECOND, UTC>", "micro: Timestamp<MICROSECOND, UTC>", "day: Date32<DAY>", "code: Utf8",
      "texts: List<Utf8>", "vector: List<Float32>", "boxes: List<List<Float64>>",
      "struct: Struct<{name:Utf8, score:Float64}>", "nothing: Utf8",
    ]); // prettier-ignore
    const wanted = [...Array(5).keys()].flatMap(() => [
      { text: "a", int: 1, small: 1, byte: 1, unsigned: 1n, long: 9007199254740993n, double: 0.1, float: 0.5, flag: true, at: 1, code: "x", texts: ["a", "b"], boxes: [[1, 2], [3]], struct: { name: "n", score: 1 }, nothing: null },
      { text: null, int: -2, small: -2, byte: 255, unsigned: 2n ** 64n - 1n, long: null, double: Number.NaN, float: null, flag: false, at: null, code: "y", texts: [], vector: null, boxes: [], struct: null },
      { text: "ü€😀", int: null, long: -1n, double: null, float: -1, flag: null, at: 1_700_000_000_123, code: null, texts: null, boxes: null, struct: { name: "m", score: 3 } },
    ]); // prettier-ignore
    expect(rows).toMatchObject(wanted);
  });

  test("writes times inside lists and structs to the last digit", async () => {
    const path = join(await newFolder(), "a.parquet");
    await writeParquet(path, (async function* () { yield* nestedTimes.batches; })()); // prettier-ignore
    const { asyncBufferFromFile, parquetReadObjects } = await import("hyparquet");
    const asNumbers = { timestampFromMicroseconds: (us: bigint) => us, timestampFromNanoseconds: (ns: bigint) => ns };
    expect(await parquetReadObjects({ file: await asyncBufferFromFile(path), parsers: asNumbers })).toEqual([
      { times: [1_700_000_000_123_457n, 2n], span: { at: 1_700_000_000_123_456_789n } },
      { times: null, span: null },
      { times: [-1n], span: { at: -1n } },
    ]);
  });

  test("holds a row group, and gives the file its name when it is whole", async () => {
    const folder = await newFolder();
    const path = join(folder, "a.parquet");
    const seen: string[][] = [];
    await writeParquet(path, (async function* () {
      for await (const batch of batches(3)) {
        yield batch;
        seen.push(await readdir(folder));
      }
    })(), { rowGroupRows: 3 }); // prettier-ignore
    expect(seen).toEqual([["a.parquet.partial"], ["a.parquet.partial"], ["a.parquet.partial"]]);
    expect(await readdir(folder)).toEqual(["a.parquet"]);
  });

  test("leaves nothing behind when the batches end with an error, and no file when there are none", async () => {
    const folder = await newFolder();
    const failing = (async function* () {
      yield* batches();
      throw new RangeError("broken off");
    })();
    await expect(writeParquet(join(folder, "a.parquet"), failing)).rejects.toThrow("broken off");
    expect(await writeParquet(join(folder, "b.parquet"), batches(0))).toEqual({ path: undefined, rows: 0, bytes: 0 });
    expect(await readdir(folder)).toEqual([]);
  });

  test("says where it cannot write", async () => {
    const path = join(await newFolder(), "no-such-folder", "x.parquet");
    const failure = writeParquet(path, batches());
    await expect(failure).rejects.toThrow(ValidationError);
    await expect(failure).rejects.toThrow(/no-such-folder.*name a file in a folder that is there/);
  });

  test("refuses types that are not written, before anything is", async () => {
    const { Decimal } = await import("apache-arrow");
    const decimal = new Vector([makeData({ type: new Decimal(2, 10), data: new Uint32Array(4) })]);
    const odd = tableFromColumns({ price: decimal });
    const path = join(await newFolder(), "a.parquet");
    await expect(writeParquet(path, (async function* () { yield* odd.batches; })())).rejects.toThrow(ValidationError); // prettier-ignore
    await expect(writeParquet(path, (async function* () { yield* odd.batches; })())).rejects.toThrow(/column "price": has the Arrow type Decimal/); // prettier-ignore
  });

  const python = process.env["AXLAB_PYTHON_V8"] ?? join(import.meta.dirname, "../../../../.conformance/v8/bin/python");
  test.skipIf(!existsSync(python))("writes what pyarrow reads, and reads what pyarrow writes", async () => {
    const folder = await newFolder();
    const [mine, theirs] = [join(folder, "a.parquet"), join(folder, "b.parquet")];
    await writeParquet(mine, batches(2), { rowGroupRows: 3 });
    const read = spawnSync(python, ["-c", `
import pyarrow.parquet as pq, sys, json
t = pq.read_table(sys.argv[1])
pq.write_table(t, sys.argv[2], compression="zstd", data_page_version="2.0")
t.to_pandas()
print(json.dumps({"types": {f.name: str(f.type) for f in t.schema}, "rows": t.num_rows, "texts": t["texts"].to_pylist(), "micro": str(t["micro"][2]), "struct": t["struct"].to_pylist()[:3]}))
`, mine, theirs], { encoding: "utf8" }); // prettier-ignore
    expect(read.stderr).toBe("");
    expect(JSON.parse(read.stdout)).toMatchObject({
      rows: 6,
      types: { at: "timestamp[ms, tz=UTC]", micro: "timestamp[us, tz=UTC]", day: "date32[day]", small: "int16", byte: "uint8", unsigned: "uint64", int: "int32", vector: "list<element: float>" },
      texts: [["a", "b"], [], null, ["a", "b"], [], null],
      micro: "2023-11-14 22:13:20.123457+00:00",
      struct: [{ name: "n", score: 1 }, null, { name: "m", score: 3 }],
    }); // prettier-ignore
    expect(await contentOf(theirs)).toEqual(await contentOf(mine, { maxRows: 6 }).then((content) => ({ ...content, batches: [6] }))); // prettier-ignore
  });

  test("copies a real file row for row", async () => {
    const path = join(await newFolder(), "a.parquet");
    await writeParquet(path, (await openFile(vegaFile("flights-200k.arrow"))).batches({ end: 30_000 }), {
      rowGroupRows: 7000,
    });
    const [mine, theirs] = await Promise.all([
      contentOf(path),
      contentOf(vegaFile("flights-200k.arrow"), { end: 30_000 }),
    ]);
    expect(mine.types).toEqual(theirs.types);
    expect(mine.rows).toEqual(theirs.rows);
  });
});
