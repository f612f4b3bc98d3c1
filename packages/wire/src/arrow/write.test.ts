import {
  Dictionary,
  Field,
  FixedSizeList,
  Float32,
  Int32,
  Int64,
  LargeUtf8,
  RecordBatch,
  Schema,
  Table,
  Utf8,
  vectorFromArray,
  tableFromIPC,
  type Vector,
} from "apache-arrow";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { boolColumn, float64Column, int32Column, int64Column, nullColumn, timestampColumn } from "./columns.js";
import { ArrowEncodeError } from "./errors.js";
import { encapsulate, endOfStream, ipcStreamBytes } from "./message.js";
import { listColumn, listOf, structColumn } from "./nested-columns.js";
import { schemaFromMessage } from "./read.js";
import { tableFromColumns } from "./table.js";
import { decodeAll, plainRows } from "./testing/messages.js";
import { utf8Column } from "./utf8-column.js";
import { messagesFromTable } from "./write.js";

const nullable = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(values, { nil: null, freq: 3 });
const text = fc.string({ unit: "grapheme", maxLength: 6 });
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const list = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(values, { maxLength: 4 });
const pairs = list(fc.record({ name: text, score: nullable(number) }));

const builders: { [name: string]: (length: number) => fc.Arbitrary<Vector> } = {
  int: (n) => column(n, nullable(fc.integer({ min: -1000, max: 1000 })), (values) => int32Column(values)),
  int64: (n) => column(n, nullable(int64), (values) => int64Column(values)),
  float: (n) => column(n, nullable(number), (values) => float64Column(values)),
  bool: (n) => column(n, nullable(fc.boolean()), boolColumn),
  utf8: (n) => column(n, nullable(text), utf8Column),
  largeUtf8: (n) => column(n, nullable(text), (values) => vectorFromArray(values, new LargeUtf8())),
  dictionary: (n) =>
    column(n, nullable(fc.constantFrom("a", "b", "c")), (values) =>
      vectorFromArray(values, new Dictionary(new Utf8(), new Int32())),
    ),
  timestamp: (n) =>
    column(n, nullable(fc.integer({ min: 0, max: 2 ** 41 })), (values) => timestampColumn(values, { unit: "us" })),
  none: (n) => fc.constant(nullColumn(n)),
  floats: (n) => column(n, nullable(list(nullable(number))), (values) => listColumn(values, "float64")),
  strings: (n) => column(n, nullable(list(nullable(text))), (values) => listColumn(values, "utf8")),
  fixed: (n) =>
    column(n, fc.tuple(fc.integer(), fc.integer()), (values) =>
      vectorFromArray(values, new FixedSizeList(2, new Field("item", new Float32(), true))),
    ),
  struct: (n) =>
    column(n, fc.tuple(nullable(text), fc.boolean()), (values) =>
      structColumn(
        { a: utf8Column(values.map(([a]) => a)), b: boolColumn(values.map(([, b]) => b)) },
        values.flatMap(([, whole], row) => (whole ? [row] : [])),
      ),
    ),
  structs: (n) =>
    column(n, nullable(pairs), (values) =>
      listOf(values, (items) =>
        structColumn({
          name: utf8Column(items.map((item) => item.name)),
          score: float64Column(items.map((item) => item.score)),
        }),
      ),
    ),
};

function column<T>(length: number, value: fc.Arbitrary<T>, build: (values: T[]) => Vector): fc.Arbitrary<Vector> {
  return fc.array(value, { minLength: length, maxLength: length }).map(build);
}

const tables = fc
  .integer({ min: 1, max: 40 })
  .chain((length) =>
    fc
      .record(Object.fromEntries(Object.entries(builders).map(([name, build]) => [name, build(length)])))
      .map((columns) => tableFromColumns(columns)),
  );

describe("messagesFromTable", () => {
  test("writes exactly the rows of any slice, split anywhere", () => {
    fc.assert(
      fc.property(
        tables,
        fc.nat(),
        fc.nat(),
        fc.integer({ min: 1, max: 17 }),
        fc.integer({ min: 64, max: 4000 }),
        (table, a, b, maxRows, maxBytes) => {
          const [begin = 0, end = 0] = [a % (table.numRows + 1), b % (table.numRows + 1)].sort((x, y) => x - y);
          const slice = table.slice(begin, end);
          const messages = [...messagesFromTable(slice, { maxRows, maxBytes })];
          const batches = messages.filter((message) => message.kind === "batch");
          expect(plainRows(decodeAll(messages))).toEqual(plainRows(table.batches).slice(begin, end));
          expect(batches.reduce((sum, batch) => sum + batch.rows, 0)).toBe(end - begin);
          for (const batch of batches)
            expect(batch.rows === 1 || (batch.rows <= maxRows && batch.body.byteLength <= maxBytes)).toBe(true);
        },
      ),
      { numRuns: 150 },
    );
  }, 60_000);

  test("is read by apache-arrow's own reader", () => {
    fc.assert(
      fc.property(tables, (table) => {
        expect(plainRows(tableFromIPC(ipcStreamBytes(messagesFromTable(table, { maxRows: 7 }))).batches)).toEqual(
          plainRows(table.batches),
        );
      }),
      { numRuns: 50 },
    );
  });

  test("writes a slice no larger than its rows need", () => {
    const table = tableFromColumns({
      a: boolColumn(Array.from({ length: 100_000 }, (_, i) => (i % 3 === 0 ? null : true))),
    });
    const [, batch] = [...messagesFromTable(table.slice(8, 16))];
    expect(batch?.body.byteLength).toBe(16);
  });

  test("keeps metadata of schema and fields", () => {
    const field = new Field("a", new Int32(), true, new Map([["unit", "ms"]]));
    const source = tableFromColumns({ a: int32Column([1]) });
    const schema = new Schema([field], new Map([["arize-schema", "CgoKBHByb2ogBSgHQgA="]]));
    const [first] = [
      ...messagesFromTable(
        new Table(
          schema,
          source.batches.map((batch) => new RecordBatch(schema, batch.data)),
        ),
      ),
    ];
    const read = schemaFromMessage(first ?? missing());
    expect(read.metadata.get("arize-schema")).toBe("CgoKBHByb2ogBSgHQgA=");
    expect(read.fields[0]?.metadata.get("unit")).toBe("ms");
  });

  test("sends a row beyond maxBytes alone", () => {
    const table = tableFromColumns({ a: utf8Column(["x", "y".repeat(500), "z", "z"]) });
    const messages = [...messagesFromTable(table, { maxBytes: 100 })];
    expect(messages.map((message) => message.rows)).toEqual([0, 1, 1, 2]);
  });

  test("sends a table without rows as its schema alone", () => {
    const messages = [...messagesFromTable(tableFromColumns({ a: utf8Column([]), b: listColumn([], "float32") }))];
    expect(messages.map((message) => message.kind)).toEqual(["schema"]);
  });

  test("refuses batches of another schema and no batches at all", () => {
    const [a] = tableFromColumns({ a: int32Column([1]) }).batches;
    const [b] = tableFromColumns({ a: utf8Column(["1"]) }).batches;
    expect(() => [...messagesFromTable([a ?? missing(), b ?? missing()])]).toThrow(
      /must share one schema; got \{a: Int32\} and \{a: Utf8\}/,
    );
    expect(() => [...messagesFromTable([])]).toThrow(ArrowEncodeError);
    expect(() => [...messagesFromTable([a ?? missing()], { maxRows: 0 })]).toThrow(/at least 1/);
  });

  test("sends a dictionary once, and again when it changes", () => {
    const type = new Dictionary(new Utf8(), new Int32(), 7);
    const one = tableFromColumns({ a: vectorFromArray(["x", "y", "x"], type) });
    const other = tableFromColumns({ a: vectorFromArray(["z"], type) });
    const messages = [...messagesFromTable([...one.batches, ...other.batches], { maxRows: 2 })];
    expect(messages.map((message) => message.kind)).toEqual([
      "schema",
      "dictionary",
      "batch",
      "batch",
      "dictionary",
      "batch",
    ]);
    expect(plainRows(decodeAll(messages))).toEqual([{ a: "x" }, { a: "y" }, { a: "x" }, { a: "z" }]);
  });
});

test("encapsulate pads metadata so that bodies start at multiples of 8", () => {
  const table = tableFromColumns({
    a: new Table({ a: vectorFromArray([1n, 2n], new Int64()) }).getChildAt(0) ?? missing(),
  });
  for (const message of messagesFromTable(table)) {
    const framed = encapsulate(message);
    expect(framed.byteLength % 8).toBe(0);
    expect([...framed.subarray(0, 4)]).toEqual([255, 255, 255, 255]);
    expect(framed.byteLength).toBe(8 + Math.ceil(message.header.byteLength / 8) * 8 + message.body.byteLength);
  }
  expect([...endOfStream()]).toEqual([255, 255, 255, 255, 0, 0, 0, 0]);
});

function missing(): never {
  throw new RangeError("the test lacks its subject");
}
