import { base64Decode } from "@bufbuild/protobuf/wire";
import type { DataType, Vector } from "apache-arrow";
import {
  DateMillisecond,
  DenseUnion,
  Dictionary,
  Field,
  Int32,
  List,
  makeData,
  Message,
  Null,
  Schema,
  tableToIPC,
  TimestampMicrosecond,
  Utf8,
  Utf8View,
  Vector as ArrowVector,
  vectorFromArray,
} from "apache-arrow";
import { BufferRegion, FieldNode, RecordBatch as BatchHeader } from "apache-arrow/ipc/metadata/message";
import { describe, expect, test } from "vitest";
import { ArrowFormatError } from "./errors.js";
import { readHeader } from "./header.js";
import type { IpcMessage } from "./message.js";
import { batchesFromMessages, schemaFromMessage } from "./read.js";
import { tableFromColumns } from "./table.js";
import { collect, decodeAll, plainRows } from "./testing/messages.js";
import { PYARROW_LZ4 } from "./testing/pyarrow-streams.js";
import { utf8Column } from "./utf8-column.js";
import { messagesFromTable, schemaMessage } from "./write.js";

// Messages no well-meaning writer makes: small bytes with large claims, values no reader can show, types out of bounds.

function batchMessage(
  rows: number,
  nodes: [length: number, nulls: number][],
  buffers: [offset: number, length: number][],
  body: Uint8Array,
): IpcMessage {
  const header = new BatchHeader(
    rows,
    nodes.map(([length, nulls]) => new FieldNode(length, nulls)),
    buffers.map(([offset, length]) => new BufferRegion(offset, length)),
    null,
  );
  return { kind: "batch", header: Message.encode(Message.from(header, body.byteLength)), body, rows };
}

const schemaOf = (type: DataType): IpcMessage => schemaMessage(new Schema([new Field("a", type, true)]));
const NO_BYTES = new Uint8Array(0);

describe("a batch that claims more than its bytes can hold", () => {
  test("in rows of nulls is refused", () => {
    const claim = batchMessage(2_000_000_000, [[2_000_000_000, 2_000_000_000]], [], NO_BYTES);
    expect(() => batchesFromMessages(schemaOf(new Null()), [claim])).toThrow(
      "batch claims 2000000000 rows in a body of 0 bytes",
    );
  });

  test("in list items of nulls is refused", () => {
    const body = new Uint8Array(8);
    new Int32Array(body.buffer).set([0, 2_000_000_000]);
    const nodes: [number, number][] = [[1, 0], [2_000_000_000, 2_000_000_000]]; // prettier-ignore
    const claim = batchMessage(1, nodes, [[0, 0], [0, 8]], body); // prettier-ignore
    const schema = schemaOf(new List(new Field("item", new Null(), true)));
    expect(() => batchesFromMessages(schema, [claim])).toThrow(
      'column "a".item claims 2000000000 values in a body of 8 bytes',
    );
  });

  test("in a column longer or shorter than the batch is refused", () => {
    for (const length of [1, 3]) {
      const claim = batchMessage(2, [[length, 0]], [[0, 0], [0, 16]], new Uint8Array(16)); // prettier-ignore
      expect(() => batchesFromMessages(schemaOf(new Int32()), [claim])).toThrow(
        `column "a" holds ${length} values where 2 are needed`,
      );
    }
  });

  test("in a compressed buffer is refused before memory is set aside", async () => {
    const [schema, dictionary, batch] = await collect([base64Decode(PYARROW_LZ4)]);
    if (schema === undefined || dictionary === undefined || batch === undefined) throw new RangeError("no batch");
    const info = readHeader(batch.header);
    if (info.kind !== "batch") throw new RangeError("no batch");
    const body = batch.body.slice();
    const { offset = 0, length = 0 } = info.layout.buffers[2] ?? {};
    new DataView(body.buffer, offset).setBigInt64(0, 1_000_000n, true);
    expect(() => batchesFromMessages(schema, [dictionary, { ...batch, body }])).toThrow(
      `compressed buffer 2 announces 1000000 bytes, more than its ${length - 8} can hold`,
    );
  });
});

describe("values that could not be shown", () => {
  test.each([
    ["a date", new DateMillisecond(), 2n ** 60n],
    ["a date of 2^53", new DateMillisecond(), 2n ** 53n],
    ["a date of -2^53", new DateMillisecond(), -(2n ** 53n)],
    ["a microsecond time", new TimestampMicrosecond(), -(2n ** 63n)],
  ])("%s outside the calendar is refused, unless it is null", (_, type, value) => {
    const body = new Uint8Array(24);
    new BigInt64Array(body.buffer).set([0n, 1n, value]);
    const valid = batchMessage(2, [[2, 0]], [[0, 0], [8, 16]], body); // prettier-ignore
    expect(() => batchesFromMessages(schemaOf(type), [valid])).toThrow(
      'column "a" has a time far outside the calendar at row 1',
    );
    body[0] = 0b01;
    const asNull = batchMessage(2, [[2, 1]], [[0, 1], [8, 16]], body); // prettier-ignore
    expect(batchesFromMessages(schemaOf(type), [asNull])[0]?.getChildAt(0)?.get(1)).toBeNull();
  });

  test("a string view outside its data is refused", async () => {
    const values = ["short", "a string longer than twelve bytes", null];
    const column: Vector = vectorFromArray(values, new Utf8View());
    const messages = await collect([tableToIPC(tableFromColumns({ a: column }), "stream")]);
    expect(plainRows(decodeAll(messages))).toEqual(values.map((a) => ({ a })));
    const [schema, batch] = messages;
    if (schema === undefined || batch === undefined) throw new RangeError("no batch");
    const info = readHeader(batch.header);
    const views = info.kind === "batch" ? (info.layout.buffers[1]?.offset ?? 0) : 0;
    for (const [at, wrong] of [
      [16, 1000],
      [16 + 8, 7],
      [16 + 12, 1000],
      [16 + 12, -1],
      [0, -5],
    ] as const) {
      // prettier-ignore
      const body = batch.body.slice();
      new DataView(body.buffer).setInt32(views + at, wrong, true);
      expect(() => batchesFromMessages(schema, [{ ...batch, body }])).toThrow(
        'column "a" has a view outside its data at row',
      );
    }
  });
});

describe("a schema", () => {
  test("nested deeper than 64 levels is refused", () => {
    let type: DataType = new Int32();
    for (let i = 0; i < 70; i++) type = new List(new Field("item", type, true));
    expect(() => readHeader(schemaOf(type).header)).toThrow("nests deeper than 64 levels");
  });

  test("of more than 100000 fields is refused", () => {
    const fields = Array.from({ length: 100_001 }, (_, i) => new Field(String(i), new Null(), true));
    expect(() => readHeader(schemaMessage(new Schema(fields)).header)).toThrow("more than 100000 fields");
  });

  test("of big-endian data is refused", () => {
    // A Message{version V5, Schema{endianness Big}} laid out by hand: apache-arrow writes little-endian only.
    const bytes = new Uint8Array(48);
    const view = new DataView(bytes.buffer);
    view.setUint32(0, 16, true);
    [10, 12, 8, 10, 4].forEach((slot, i) => view.setUint16(4 + 2 * i, slot, true));
    view.setInt32(16, 12, true);
    view.setUint32(20, 16, true);
    view.setInt16(24, 4, true);
    view.setUint8(26, 1);
    [6, 8, 4].forEach((slot, i) => view.setUint16(28 + 2 * i, slot, true));
    view.setInt32(36, 8, true);
    expect(readHeader(bytes).kind).toBe("schema");
    view.setInt16(40, 1, true);
    expect(() => readHeader(bytes)).toThrow("schema is big-endian");
    view.setInt16(24, 2, true);
    expect(() => readHeader(bytes)).toThrow("Arrow metadata version V3 is too old");
  });

  test("with a type that cannot be read names its column", () => {
    const union = new DenseUnion([0], [new Field("x", new Int32(), true)]);
    expect(() => schemaFromMessage(schemaOf(union))).toThrow(ArrowFormatError);
    expect(() => schemaFromMessage(schemaOf(union))).toThrow('column "a" has type Union<Int32>');
  });
});

test("a message that announces a negative body is refused", () => {
  const header = Message.encode(Message.from(new BatchHeader(0, [], [], null), -8));
  expect(() => readHeader(header)).toThrow("declares a body of -8 bytes");
});

test("a dictionary that arrives in parts is put together", () => {
  const dictionary = utf8Column(["x"]).concat(utf8Column(["y", "z"]));
  const type = new Dictionary(new Utf8(), new Int32(), 5);
  const column = new ArrowVector([makeData({ type, data: Int32Array.of(2, 0, 1), dictionary })]);
  const messages = [...messagesFromTable(tableFromColumns({ a: column }))];
  expect(messages.map((message) => message.kind)).toEqual(["schema", "dictionary", "dictionary", "batch"]);
  expect(plainRows(decodeAll(messages))).toEqual([{ a: "z" }, { a: "x" }, { a: "y" }]);
});
