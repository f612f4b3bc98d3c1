import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";

import { ValidationError } from "../errors/index.js";
import { contentOf, fileWith, removeFiles } from "../testing/files.js";
import { openFile } from "./index.js";
import type { FileSource } from "./index.js";

afterEach(removeFiles);

const csv = (text: string, options: Partial<FileSource> = {}) => ({ file: stream(text), format: "csv" as const, ...options }); // prettier-ignore
const ndjson = (text: string, options: Partial<FileSource> = {}) => ({ file: stream(text), format: "ndjson" as const, ...options }); // prettier-ignore

/** In pieces of three bytes, so that characters, cells and lines are cut. */
async function* stream(text: string): AsyncGenerator<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at += 3) yield bytes.subarray(at, at + 3);
}

describe("CSV", () => {
  test("finds the type of each column, takes empty cells as null, and keeps codes as text", async () => {
    const text = "id,n,x,ok,at,zip\r\na,1,1,true,2026-01-02,01234\r\nü,,2.5,FALSE,2026-01-02 03:04:05,99999\r\n\"b,\"\"c\"\"\n\",-3,,,2026-01-02T03:04:05+01:00,00001\r\n"; // prettier-ignore
    const { types, rows } = await contentOf(csv(text));
    expect(types).toEqual(["id: Utf8", "n: Int64", "x: Float64", "ok: Bool", "at: Timestamp<MILLISECOND, UTC>", "zip: Utf8"]); // prettier-ignore
    expect(rows).toEqual([
      { id: "a", n: 1n, x: 1, ok: true, at: Date.parse("2026-01-02T00:00:00Z"), zip: "01234" },
      { id: "ü", n: null, x: 2.5, ok: false, at: Date.parse("2026-01-02T03:04:05Z"), zip: "99999" },
      { id: 'b,"c"\n', n: -3n, x: null, ok: null, at: Date.parse("2026-01-02T02:04:05Z"), zip: "00001" },
    ]);
  });

  test("takes declared types, whole numbers of 64 bits exactly", async () => {
    const text = "a,b,c\n1,9007199254740993,2026-01-02\n2,-9223372036854775808,x\n";
    expect(await contentOf(csv(text, { columnTypes: { a: "float64", c: "text" } }))).toMatchObject({
      types: ["a: Float64", "b: Int64", "c: Utf8"],
      rows: [{ a: 1, b: 9007199254740993n, c: "2026-01-02" }, { a: 2, b: -(2n ** 63n), c: "x" }], // prettier-ignore
    });
  });

  test("says row, column and remedy where a later value does not fit", async () => {
    const reading = contentOf(csv("id,delay\na,1\nb,2\nc,2.5\n", { sampleRows: 2 }));
    await expect(reading).rejects.toThrow(ValidationError);
    await expect(reading).rejects.toThrow(/row 2, column "delay": "2.5" is not a whole number.*columnTypes: \{ "delay": "float64" \}/); // prettier-ignore
    await expect(contentOf(csv("a\nx\n", { columnTypes: { a: "int64" } }))).rejects.toThrow(/row 0, column "a": "x" is not a whole number.*as columnTypes declares/); // prettier-ignore
  });

  test("settles a column's type where its first value stands", async () => {
    const { rows, types } = await contentOf(csv("a,b\n1,\n2,\n3,0.5\n4,1\n", { sampleRows: 2 }));
    expect(types).toEqual(["a: Int64", "b: Null"]);
    expect(rows.map((row) => row["b"])).toEqual([null, null, 0.5, 1]);
  });

  test.each([
    ["a,b\n1,2\n3\n", /row 1: has 1 cells, the header has 2/],
    ["a,b\n1,2\n3,4,5\n", /row 1: has 3 cells/],
    ['a,b\n1,"2\n3,4\n', /row 0: holds a quote that is not closed/],
    ["a,a\n1,2\n", /column "a": stands twice/],
    ["a\n\u0000", /a/],
  ])("%j", async (text, problem) => {
    if (text.endsWith("\u0000")) expect((await contentOf(csv(text))).rows).toHaveLength(1);
    else await expect(contentOf(csv(text))).rejects.toThrow(problem);
  });

  test("refuses bytes that are no UTF-8, and declarations of columns that are not there", async () => {
    const path = await fileWith("latin1.csv", Uint8Array.of(0x61, 0x0a, 0xe9, 0x0a));
    await expect(contentOf(path)).rejects.toThrow(/latin1.csv is not UTF-8.*line 2: .*iconv/);
    await expect(contentOf(csv("a\n1\n", { columnTypes: { b: "text" } }))).rejects.toThrow(/columnTypes.b: is no column/); // prettier-ignore
  });

  test("that is compressed is to be unpacked, whatever its name", async () => {
    const gzip = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    for (const name of ["x.csv", "x.csv.gz", "x.ndjson"])
      await expect(contentOf(await fileWith(name, gzip))).rejects.toThrow(/compressed.*unpack the file first/);
  });

  test("with another delimiter says so where none of its columns is found", async () => {
    for (const [delimiter, text] of Object.entries({ ";": "a;b\n1;2\n", "\\t": "a\tb\n1\t2\n" })) {
      const file = await openFile(csv(text));
      const reading = file.batches({ columns: (name) => name === "b" });
      await expect(reading.next()).rejects.toThrow(`say that the delimiter is "${delimiter}"`);
    }
  });

  test("with tabs is told by its name, an empty file and a header alone have no rows", async () => {
    expect((await contentOf(await fileWith("x.tsv", "a\tb\n1,5\tx\n"))).rows).toEqual([{ a: "1,5", b: "x" }]);
    for (const text of ["", "\n", "a,b\n", "a,b"]) expect((await contentOf(csv(text))).rows).toEqual([]);
  });

  test("written and read again is the same, whatever the cells hold", async () => {
    const cell = fc.string({ unit: "grapheme", maxLength: 8 }).filter((text) => text !== "" && !text.includes("\r"));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 20 }), async (rows) => {
        const quoted = rows.map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(",")).join("\n");
        const read = await contentOf(csv(`a,b\n${quoted}`, { columnTypes: { a: "text", b: "text" } }));
        expect(read.rows).toEqual(rows.map(([a, b]) => ({ a, b })));
      }),
      { numRuns: 100 },
    );
  });
});

describe("NDJSON", () => {
  test("has the types of its values, one object a line", async () => {
    const text = '{"id":"a","n":1,"tags":["x"],"v":[1,2]}\n\n{"id":"ü","n":2.5,"tags":[]}\r\n{"id":null}';
    const { types, rows } = await contentOf(ndjson(text));
    expect(types).toEqual(["id: Utf8", "n: Float64", "tags: List<Utf8>", "v: List<Float64>"]);
    expect(rows).toEqual([
      { id: "a", n: 1, tags: ["x"], v: [1, 2] },
      { id: "ü", n: 2.5, tags: [], v: null },
      { id: null, n: null, tags: null, v: null },
    ]);
  });

  test("converts what is declared", async () => {
    const text = '{"at":"2026-01-02T03:04:05Z","n":1,"code":7}\n{"at":null,"n":"2","code":"x"}\n';
    const columnTypes = { at: "timestamp", n: "float64", code: "text" } as const;
    expect(await contentOf(ndjson(text, { columnTypes }))).toMatchObject({
      types: ["at: Timestamp<MILLISECOND, UTC>", "n: Float64", "code: Utf8"],
      rows: [{ at: Date.parse("2026-01-02T03:04:05Z"), n: 1, code: "7" }, { at: null, n: 2, code: "x" }], // prettier-ignore
    });
  });

  test("keeps whole numbers of 64 bits exactly, wherever they stand", async () => {
    const big = "9007199254740993";
    const text = `{"id":${big},"n":-9223372036854775808,"t":"${big}, \\"${big}","x":0.${big}}\n{"id":1,"n":2,"t":"","x":${big}e-3}\n`;
    const { types, rows } = await contentOf(ndjson(text));
    expect(types).toEqual(["id: Int64", "n: Int64", "t: Utf8", "x: Float64"]);
    expect(rows).toEqual([
      { id: 9007199254740993n, n: -(2n ** 63n), t: `${big}, "${big}`, x: Number(`0.${big}`) },
      { id: 1n, n: 2n, t: "", x: Number(`${big}e-3`) },
    ]);
    expect(await contentOf(ndjson(`{"id":${big}}`, { columnTypes: { id: "text" } }))).toMatchObject({
      rows: [{ id: big }],
    });
  });

  test("takes whole numbers beyond 64 bits as doubles, like JSON elsewhere", async () => {
    const { types, rows } = await contentOf(ndjson('{"n":123456789012345678901}\n{"n":9223372036854775808}\n'));
    expect({ types, rows }).toEqual({
      types: ["n: Float64"],
      rows: [{ n: Number("123456789012345678901") }, { n: 2 ** 63 }],
    });
  });

  test.each([
    ['{"a":9007199254740993}\n{"b":9007199254740993,"a":\n', /row 1: is no JSON/],
    ['{"a":1}\n{"a":\n', /row 1: is no JSON/],
    ['{"a":1}\n[1]\n', /row 1: is a list; write one object a line/],
    ['{"a":1}\n{"a":"x"}\n', /column "a": holds .*row 0.* and .*row 1/],
  ])("%j says the row", async (text, problem) => {
    await expect(contentOf(ndjson(text))).rejects.toThrow(problem);
  });
});

describe("spans of rows", () => {
  const lines = Array.from({ length: 57 }, (_unused, n) => ({ id: `r${n}`, n, late: n < 40 ? null : n / 2 }));
  const texts = {
    csv: `id,n,late\n${lines.map(({ id, n, late }) => `${id},${n},${late ?? ""}`).join("\n")}\n`,
    ndjson: lines.map((line) => JSON.stringify(line)).join("\n"),
  };

  test.each(["csv", "ndjson"] as const)(
    "of %s together are the file, each row once and of one type",
    async (format) => {
      const path = await fileWith(`rows.${format}`, texts[format]);
      await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.nat(60), { maxLength: 4 }), fc.integer({ min: 1, max: 20 }), async (found, maxRows) => {
        const cuts = [0, ...found.sort((a, b) => a - b), 60];
        const parts = await Promise.all(cuts.slice(1).map((end, index) => contentOf({ file: path, sampleRows: 10 }, { start: cuts[index], end, maxRows }))); // prettier-ignore
        expect(parts.flatMap(({ rows }) => rows.map((row) => row["id"]))).toEqual(lines.map(({ id }) => id));
        expect(parts.flatMap(({ rows }) => rows.map((row) => row["late"] === null ? null : Number(row["late"])))).toEqual(lines.map(({ late }) => late));
      }),
      { numRuns: 25 },
    ); // prettier-ignore
    },
  );

  test.each(["csv", "ndjson"] as const)("of %s are counted", async (format) => {
    const file = await openFile(await fileWith(`rows.${format}`, texts[format]));
    expect(file.rows).toBeUndefined();
    expect(await file.count()).toBe(57);
    expect(file.rows).toBe(57);
  });
});
