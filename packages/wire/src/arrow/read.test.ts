import { base64Decode } from "@bufbuild/protobuf/wire";
import { Int64, makeData, RecordBatch, Struct, Table, Vector } from "apache-arrow";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { float64Column, int64Column } from "./columns.js";
import { ArrowFormatError } from "./errors.js";
import { readHeader } from "./header.js";
import { ipcMessage, type IpcMessage } from "./message.js";
import { PYARROW_LZ4, PYARROW_PLAIN, PYARROW_ROWS, PYARROW_ZSTD } from "./testing/pyarrow-streams.js";
import { BatchDecoder, batchesFromMessages, schemaFromMessage } from "./read.js";
import { tableFromColumns } from "./table.js";
import { collect, decodeAll, errorOf, plainRows } from "./testing/messages.js";
import { utf8Column } from "./utf8-column.js";
import { messagesFromTable } from "./write.js";

describe.each([
  ["plain", PYARROW_PLAIN],
  ["LZ4_FRAME", PYARROW_LZ4],
  ["ZSTD", PYARROW_ZSTD],
])("a pyarrow stream, %s", (_, base64) => {
  const bytes = base64Decode(base64);

  test("decodes to its rows", async () => {
    expect(plainRows(decodeAll(await collect([bytes])))).toEqual(PYARROW_ROWS);
  });

  test("decodes from bodies at odd addresses, as FlightData gives them", async () => {
    const shifted = (await collect([bytes])).map((message) => {
      const body = new Uint8Array(message.body.byteLength + 1).subarray(1);
      body.set(message.body);
      return ipcMessage(message.header, body);
    });
    expect(plainRows(decodeAll(shifted))).toEqual(PYARROW_ROWS);
  });

  test("is refused with ArrowFormatError, or read, whatever bytes change", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }),
        async (changes) => {
          const damaged = bytes.slice();
          for (const [at, value] of changes) damaged[at] = value;
          const error = await errorOf(collect([damaged]).then(decodeAll).then(plainRows));
          if (error !== null) expect(error).toBeInstanceOf(ArrowFormatError);
        },
      ),
      { numRuns: 600 },
    );
  });
});

describe("a compressed buffer", () => {
  test("that announces more than may be inflated is refused before it is", async () => {
    const [schema, ...rest] = await collect([base64Decode(PYARROW_ZSTD)]);
    const decode = (maxInflatedBytes: number): unknown =>
      batchesFromMessages(schema ?? missing(), rest, { maxInflatedBytes });
    expect(() => decode(50)).toThrow("compressed buffer 2 announces 96 bytes, at most 50 are accepted");
    expect(() => decode(100)).toThrow(/record batch inflates to \d+ bytes, at most 100 are accepted/);
  });

  test("that inflates to another length than announced is refused", async () => {
    for (const base64 of [PYARROW_LZ4, PYARROW_ZSTD]) {
      const [schema, dictionary, batch] = await collect([base64Decode(base64)]);
      const damaged = { ...(batch ?? missing()), body: (batch ?? missing()).body.slice() };
      const info = readHeader(damaged.header);
      if (info.kind !== "batch") missing();
      const text = info.layout.buffers[2] ?? missing();
      const view = new DataView(damaged.body.buffer, text.offset);
      view.setBigInt64(0, view.getBigInt64(0, true) + 5n, true);
      expect(() => batchesFromMessages(schema ?? missing(), [dictionary ?? missing(), damaged])).toThrow(
        /buffer 2 inflates to 96 bytes, it announces 101/,
      );
    }
  });
});

describe("a batch that contradicts its schema", () => {
  const ofInts = [...messagesFromTable(tableFromColumns({ a: int64Column([1, 2]) }))];
  const ofText = [...messagesFromTable(tableFromColumns({ a: utf8Column(["x", "yz"]) }))];
  const ofTwo = [...messagesFromTable(tableFromColumns({ a: int64Column([1, 2]), b: float64Column([1, 2]) }))];
  const pick = (messages: readonly IpcMessage[], index: number): IpcMessage => messages[index] ?? missing();

  test.each([
    ["text where numbers are due", ofInts, ofText, 'column "a" needs a buffer of 16 bytes but has 12'],
    ["one column too many", ofInts, ofTwo, "batch holds 2 columns in 4 buffers, its schema describes 1 in 2"],
    ["one column too few", ofTwo, ofInts, 'batch holds no column "b"'],
  ])("by %s is refused", (_, schema, batch, text) => {
    expect(() => batchesFromMessages(pick(schema, 0), [pick(batch, 1)])).toThrow(text);
  });

  test("by falling or overlong text offsets is refused", () => {
    for (const [offsets, text] of [
      [[0, 5, 3], "offsets that fall at row 1"],
      [[0, 1, 300], "needs a buffer of 300 bytes but has 3"],
      [[-1, 1, 3], "starts at negative offset -1"],
      [[0, 2 ** 31 - 1, -(2 ** 31)], "offsets that fall at row 1"],
      [[0, -(2 ** 31), 3], "offsets that fall at row 0"],
      [[-(2 ** 31), 0, 3], "starts at negative offset -2147483648"],
    ] as const) {
      const message = pick(ofText, 1);
      const body = message.body.slice();
      new Int32Array(body.buffer, 0, 3).set(offsets);
      expect(() => batchesFromMessages(pick(ofText, 0), [{ ...message, body }])).toThrow(text);
    }
  });

  test("by referring to a dictionary that has not arrived is refused", async () => {
    const [schema, , batch] = await collect([base64Decode(PYARROW_PLAIN)]);
    expect(() => batchesFromMessages(schema ?? missing(), [batch ?? missing()])).toThrow(
      'column "d" refers to dictionary 0, which has not arrived',
    );
  });

  test("by being a schema, or a schema by being a batch, is refused", () => {
    expect(() => new BatchDecoder(pick(ofInts, 0)).decode(pick(ofInts, 0))).toThrow("second schema");
    expect(() => schemaFromMessage(pick(ofInts, 1))).toThrow("expected a schema message, found a batch");
  });
});

test("ipcMessage refuses a body of another length than announced", () => {
  const [, batch] = [...messagesFromTable(tableFromColumns({ a: int64Column([1]) }))];
  expect(() => ipcMessage(batch?.header ?? missing(), new Uint8Array(3))).toThrow(
    "announces a body of 8 bytes but carries 3",
  );
});

test("columns share memory with an aligned body", () => {
  const [schema, batch] = [...messagesFromTable(tableFromColumns({ a: int64Column(BigInt64Array.of(1n, 2n)) }))];
  const [decoded] = batchesFromMessages(schema ?? missing(), [batch ?? missing()]);
  expect(decoded?.getChildAt(0)?.toArray()).toHaveProperty("buffer", batch?.body.buffer);
});

test("rows of a batch whose columns are longer stay what the header says", () => {
  const child = makeData({ type: new Int64(), data: BigInt64Array.of(1n, 2n, 3n) });
  const { schema } = new Table({ a: new Vector([child]) });
  const batch = new RecordBatch(
    schema,
    makeData({ type: new Struct(schema.fields), length: 3, nullCount: 0, children: [child] }),
  );
  expect(plainRows(decodeAll([...messagesFromTable([batch], { maxRows: 2 })]))).toEqual([
    { a: "1n" },
    { a: "2n" },
    { a: "3n" },
  ]);
});

function missing(): never {
  throw new RangeError("the test lacks its subject");
}
