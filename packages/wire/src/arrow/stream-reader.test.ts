import fc from "fast-check";
import { RecordBatchFileWriter } from "apache-arrow";
import { describe, expect, test } from "vitest";
import { float64Column } from "./columns.js";
import { ArrowFormatError } from "./errors.js";
import { concat, encapsulate, endOfStream, ipcStreamBytes } from "./message.js";
import { readIpcMessages } from "./stream-reader.js";
import { tableFromColumns } from "./table.js";
import { collect, decodeAll, errorOf, plainRows } from "./testing/messages.js";
import { utf8Column } from "./utf8-column.js";
import { messagesFromTable } from "./write.js";

const table = tableFromColumns({
  name: utf8Column(["ann", null, "böb", "cy"]),
  score: float64Column([1, 2.5, null, 4]),
});
const messages = [...messagesFromTable(table, { maxRows: 3 })];
const bytes = ipcStreamBytes(messages);
const rows = [
  { name: "ann", score: 1 },
  { name: null, score: 2.5 },
  { name: "böb", score: null },
  { name: "cy", score: 4 },
];

describe("a well-formed stream", () => {
  test("reads the same whatever its chunks", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: bytes.length })), async (cuts) => {
        const edges = [0, ...cuts.sort((a, b) => a - b), bytes.length];
        const chunks = edges.slice(1).map((end, i) => bytes.slice(edges[i], end));
        const read = await collect(chunks);
        expect(read.map((message) => [message.kind, message.rows])).toEqual([
          ["schema", 0],
          ["batch", 3],
          ["batch", 1],
        ]);
        expect(plainRows(decodeAll(read))).toEqual(rows);
      }),
    );
  });

  test("gives bodies that 64-bit views can start at, even from an unaligned chunk", async () => {
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    const read = await collect([shifted.subarray(3)]);
    expect(read.map((message) => message.body.byteOffset % 8)).toEqual([0, 0, 0]);
    expect(plainRows(decodeAll(read))).toEqual(rows);
  });

  test("may lack its end marker when the caller says so", async () => {
    const open = bytes.subarray(0, bytes.length - 8);
    expect(await collect([open], { requireEndOfStream: false })).toHaveLength(3);
    expect(await errorOf(collect([open]))).toMatchObject({
      name: "ArrowFormatError",
      message: expect.stringContaining("cut off"),
    });
  });

  test("lets its producer stop when the reader leaves early", async () => {
    let stopped = false;
    async function* chunks(): AsyncGenerator<Uint8Array> {
      try {
        for (;;) yield bytes;
      } finally {
        stopped = true;
      }
    }
    for await (const message of readIpcMessages(chunks())) if (message.kind === "schema") break;
    expect(stopped).toBe(true);
  });
});

describe("a damaged stream", () => {
  test("is refused when cut off at any byte", async () => {
    for (let length = 0; length < bytes.length; length++) {
      const error = await errorOf(collect([bytes.slice(0, length)]));
      expect(error, `${length} of ${bytes.length} bytes`).toBeInstanceOf(ArrowFormatError);
      expect(String(error)).toMatch(/cut off|empty/);
      if (error instanceof ArrowFormatError) expect(error.byte).toBeLessThanOrEqual(length);
    }
  });

  test("never escapes as anything but ArrowFormatError when bytes change", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: bytes.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        async (at, flip) => {
          const damaged = bytes.slice();
          damaged[at] = (damaged[at] ?? 0) ^ flip;
          const error = await errorOf(collect([damaged]).then(decodeAll).then(plainRows));
          if (error !== null) expect(error).toBeInstanceOf(ArrowFormatError);
        },
      ),
      { numRuns: 1000 },
    );
  });

  // Both turn the column of doubles into one of dates with a unit that does not exist.
  test.each([
    [87, 11],
    [132, 63],
  ])("whose byte %i is changed by %i is refused", async (at, flip) => {
    const damaged = bytes.slice();
    damaged[at] = (damaged[at] ?? 0) ^ flip;
    expect(await errorOf(collect([damaged]).then(decodeAll))).toBeInstanceOf(ArrowFormatError);
  });

  test("never escapes as anything but ArrowFormatError when a header is noise", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 300 }), async (noise) => {
        const head = Uint8Array.of(0xff, 0xff, 0xff, 0xff, noise.length & 0xff, noise.length >> 8, 0, 0);
        expect(await errorOf(collect([head, noise, endOfStream()]))).toBeInstanceOf(ArrowFormatError);
      }),
      { numRuns: 1000 },
    );
  });

  test.each([
    ["nothing", new Uint8Array(0), "stream is empty, expected an Arrow schema (at byte 0)"],
    ["only an end marker", endOfStream(), "stream ends before its schema (at byte 0)"],
    [
      "JSON",
      new TextEncoder().encode('{"a":1}'),
      "expected the marker ffffffff of an Arrow IPC stream, found 7b226122 (at byte 0)",
    ],
    [
      "the file format",
      RecordBatchFileWriter.writeAll(table).toUint8Array(true),
      "this is the Arrow file format (ARROW1), send the Arrow IPC stream format instead (at byte 0)",
    ],
    [
      "bytes after the end",
      concat([bytes, Uint8Array.of(1)]),
      `bytes follow the end of the stream (at byte ${bytes.length})`,
    ],
    [
      "huge metadata",
      Uint8Array.of(255, 255, 255, 255, 0, 0, 0, 0x7f),
      "message 0 announces 2130706432 bytes of metadata, at most 67108864 are accepted (at byte 4)",
    ],
    [
      "no schema",
      concat([...messages.slice(1).map(encapsulate), endOfStream()]),
      "stream starts with a batch message, expected the schema (at byte 8)",
    ],
    [
      "two schemas",
      concat([...[...messages, ...messages].map(encapsulate), endOfStream()]),
      "stream holds a second schema (at byte ",
    ],
  ])("that is %s says so", async (_, stream, text) => {
    const error = await errorOf(collect([stream]));
    expect(error).toBeInstanceOf(ArrowFormatError);
    expect(String(error)).toContain(text);
  });

  test("is refused before memory is spent on an announced body", async () => {
    const error = await errorOf(collect([bytes], { maxBodyBytes: 16 }));
    expect(String(error)).toContain("at most 16 are accepted");
  });
});
