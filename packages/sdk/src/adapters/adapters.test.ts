import { float64Column, int64Column, listColumn, tableFromColumns, utf8Column } from "@axlab/wire/arrow";
import {
  Dictionary,
  Field,
  FixedSizeList,
  Float32,
  Int32,
  LargeUtf8,
  List,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  Table,
  Utf8,
  Vector,
  vectorFromArray,
} from "apache-arrow";
import { DataFrame } from "pandas-js";
import { describe, expect, test } from "vitest";

import { ValidationError } from "../errors/index.js";
import { openFrame } from "./index.js";

async function read(
  data: unknown,
  options: Parameters<typeof openFrame>[1] = {},
): Promise<{ types: string[]; rows: unknown[]; batches: number[] }> {
  const batches: RecordBatch[] = [];
  for await (const batch of openFrame(data, options).batches()) batches.push(batch);
  const rows = batches.flatMap((batch) =>
    batch
      .toArray()
      .map(
        (row: unknown) =>
          JSON.parse(
            JSON.stringify(row, (_key, value: unknown) => (typeof value === "bigint" ? Number(value) : value)),
          ) as unknown,
      ),
  ); // boundary: JSON
  return { types: batches[0]?.schema.fields.map((field) => `${field.name}: ${String(field.type)}`) ?? [], rows, batches: batches.map((batch) => batch.numRows) }; // prettier-ignore
}

const rows = [{ id: "a", n: 1 }, { id: "b", n: null }, { id: "ü", n: 3 }]; // prettier-ignore

describe("a frame", () => {
  test("of rows, of columns and of a pandas-js DataFrame is the same", async () => {
    const expected = { types: ["id: Utf8", "n: Int64"], rows, batches: [3] };
    expect(await read(rows)).toEqual(expected);
    expect(await read({ id: ["a", "b", "ü"], n: [1, null, 3] })).toEqual(expected);
    expect(await read(new DataFrame(rows))).toEqual(expected);
  });

  test("takes other libraries' frames by their methods", async () => {
    const columns: Record<string, unknown[]> = { id: ["a", "b", "ü"], n: [1, null, 3] };
    const arquero = { columnNames: () => ["id", "n"], numRows: () => 3, array: (name: string) => columns[name] };
    const polars = { columns: ["id", "n"], getColumn: (name: string) => ({ toArray: () => columns[name] }) };
    expect((await read(arquero)).rows).toEqual(rows);
    expect((await read(polars)).rows).toEqual(rows);
  });

  test("cuts what it builds into batches of the wanted size", async () => {
    expect((await read(rows, { maxRows: 2 })).batches).toEqual([2, 1]);
    expect((await read(new Set(rows), { maxRows: 2 })).batches).toEqual([2, 1]);
  });

  test("reads only the wanted columns, and leaves out those that are not there", async () => {
    expect((await read(rows, { columns: new Set(["n", "nowhere"]) })).types).toEqual(["n: Int64"]);
    expect(openFrame(rows, { columns: new Set(["n"]) }).columns).toEqual(["id", "n"]);
  });

  test("of typed arrays shares their memory, and widens unsigned integers", async () => {
    const score = Float64Array.of(1, 2);
    const frame = openFrame({ score, small: Uint8Array.of(1, 255) });
    for await (const batch of frame.batches()) {
      expect(batch.getChild("score")?.data[0]).toMatchObject({ values: { buffer: score.buffer } });
      expect(String(batch.getChild("small")?.type)).toBe("Int64");
      expect(Array.from(batch.getChild("small") ?? [])).toEqual([1n, 255n]);
    }
  });

  test("of columns of different lengths is refused with both lengths", () => {
    expect(() => openFrame({ a: [1, 2], b: [1] })).toThrow(/column "b": has 1 rows, while "a" has 2/);
  });

  test.each([[null], [5], ["text"], [{}], [{ a: 1 }]])("of %j is refused with what is taken", (data) => {
    expect(() => openFrame(data)).toThrow(ValidationError);
    expect(() => openFrame(data)).toThrow(/arrow Table.*DataFrame.*row objects/);
  });

  test("of a stream of something else names the row", async () => {
    await expect(read(new Set([rows[0], 5]))).rejects.toThrow(/row 1: is number/);
  });
});

describe("columns become the types the platform takes", () => {
  const sliced = (column: Vector) => read(tableFromColumns({ x: column }).slice(1, 4));

  test("dictionaries of texts", async () => {
    const column = vectorFromArray(["a", "ü", "a", null, "b"], new Dictionary(new Utf8(), new Int32()));
    expect(await sliced(column)).toMatchObject({ types: ["x: Utf8"], rows: [{ x: "ü" }, { x: "a" }, { x: null }] });
  });

  test("dictionaries of texts with chunks and a null in the dictionary", async () => {
    const type = new Dictionary(new Utf8(), new Int32());
    const dictionary = utf8Column(["a", null]).concat(utf8Column(["ü"]));
    const column = new Vector([makeData({ type, data: Int32Array.of(2, 1, 0, 2), dictionary })]);
    expect(await sliced(column)).toMatchObject({ types: ["x: Utf8"], rows: [{ x: null }, { x: "a" }, { x: "ü" }] });
  });

  test("large texts", async () => {
    const bytes = new TextEncoder().encode("aüb");
    const column = new Vector([makeData({ type: new LargeUtf8(), data: bytes, valueOffsets: BigInt64Array.of(0n, 1n, 3n, 3n, 4n), nullBitmap: Uint8Array.of(0b1011) })]);
    expect(await sliced(column)).toMatchObject({ types: ["x: Utf8"], rows: [{ x: "ü" }, { x: null }, { x: "b" }] });
  });

  test("lists of fixed size", async () => {
    const child = makeData({ type: new Float32(), data: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8) });
    const type = new FixedSizeList(2, new Field("item", new Float32(), true));
    const column = new Vector([makeData({ type, length: 4, child, nullBitmap: Uint8Array.of(0b1011) })]);
    expect(await sliced(column)).toMatchObject({ types: ["x: List<Float32>"], rows: [{ x: [3, 4] }, { x: null }, { x: [7, 8] }] });
  });

  test("lists of dictionaries", async () => {
    const items = vectorFromArray(["a", "b", "a"], new Dictionary(new Utf8(), new Int32()));
    const list = listColumn([["x"], ["y", "z"], null, []], "utf8");
    const [chunk] = list.data;
    const [child] = items.data;
    if (chunk === undefined || child === undefined) throw new RangeError("no chunk");
    const type = new List(new Field("item", items.type, true));
    const dictionaryList = makeData({ type, length: 4, nullCount: 1, nullBitmap: chunk.nullBitmap, valueOffsets: chunk.valueOffsets, child });
    expect(await sliced(new Vector([dictionaryList]))).toMatchObject({ types: ["x: List<Utf8>"], rows: [{ x: ["b", "a"] }, { x: null }, { x: [] }] });
  });

  test("everything else is passed as it is", async () => {
    const table = tableFromColumns({ a: float64Column([1, null]), b: int64Column([1, 2]) });
    for await (const batch of openFrame(table).batches()) expect(batch.data.children[0]).toBe(table.batches[0]?.data.children[0]);
  });

  test("fields are nullable and without metadata", async () => {
    const field = new Field("x", new Utf8(), false, new Map([["k", "v"]]));
    const [data] = utf8Column(["a"]).data;
    if (data === undefined) throw new RangeError("no chunk");
    const batch = new RecordBatch(new Schema([field]), makeData({ type: new Struct([field]), length: 1, children: [data] }));
    for await (const plain of openFrame(new Table([batch])).batches()) {
      expect(plain.schema.fields[0]?.nullable).toBe(true);
      expect(plain.schema.fields[0]?.metadata.size).toBe(0);
    }
  });
}); // prettier-ignore
