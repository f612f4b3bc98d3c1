import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createReadStream } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { pathToFileURL } from "node:url";

import { float64Column, int64Column, tableFromColumns, utf8Column } from "@axlab/wire/arrow";
import { Dictionary, Int32, Table, tableToIPC, Utf8, vectorFromArray } from "apache-arrow";
import { parquetWriteBuffer } from "hyparquet-writer";
import { afterEach, describe, expect, test } from "vitest";

import { ConnectionError, ValidationError } from "../errors/index.js";
import { contentOf, fileWith, removeFiles, vegaFile } from "../testing/files.js";
import { openFile } from "./index.js";

const servers: ReturnType<typeof createServer>[] = [];
afterEach(async () => {
  servers.splice(0).forEach((server) => server.close());
  await removeFiles();
});

const flights = vegaFile("flights-3m.parquet");

const parquet = (rowGroupSize = 1000) =>
  new Uint8Array(
    parquetWriteBuffer({
      rowGroupSize,
      columnData: [
        { name: "id", data: Array.from({ length: 25 }, (_unused, n) => `r${n}`), type: "STRING" },
        { name: "n", data: Array.from({ length: 25 }, (_unused, n) => (n % 3 === 0 ? null : BigInt(n))), type: "INT64" },
        { name: "x", data: Float64Array.from({ length: 25 }, (_unused, n) => n / 2), type: "DOUBLE", nullable: false },
        { name: "at", data: Array.from({ length: 25 }, (_unused, n) => new Date(n * 1000)), type: "TIMESTAMP" },
        { name: "ok", data: Array.from({ length: 25 }, (_unused, n) => n % 2 === 0), type: "BOOLEAN" },
      ],
    }),
  ); // prettier-ignore

describe("Parquet", () => {
  test("keeps its types", async () => {
    const { types, rows } = await contentOf(await fileWith("a.parquet", parquet()));
    expect(types).toEqual(["id: Utf8", "n: Int64", "x: Float64", "at: Timestamp<MILLISECOND, UTC>", "ok: Bool"]);
    expect(rows[4]).toEqual({ id: "r4", n: 4n, x: 2, at: 4000, ok: true });
    expect(rows[3]).toMatchObject({ n: null });
    expect(rows).toHaveLength(25);
  });

  test("knows its rows and columns without reading them, and reads only what is wanted", async () => {
    const file = await openFile(flights);
    expect(file).toMatchObject({ rows: 3_000_000, columns: ["date", "delay", "distance", "origin", "destination"] });
    const { types, rows } = await contentOf(flights, { start: 272_725, end: 272_730, columns: new Set(["date", "origin"]) });
    expect(types).toEqual(["date: Timestamp<MICROSECOND>", "origin: Utf8"]);
    expect(rows).toHaveLength(5);
  }); // prettier-ignore

  test("is cut into batches and row groups, each row once", async () => {
    const path = await fileWith("a.parquet", parquet(7));
    expect((await contentOf(path, { maxRows: 5 })).batches).toEqual([5, 2, 5, 2, 5, 2, 4]);
    const parts = await Promise.all([[0, 3], [3, 16], [16, 99]].map(([start, end]) => contentOf(path, { start, end, maxRows: 4 }))); // prettier-ignore
    expect(parts.flatMap(({ rows }) => rows.map((row) => row["id"]))).toEqual(Array.from({ length: 25 }, (_unused, n) => `r${n}`)); // prettier-ignore
  });

  test("with bytes that are no text says which column, and text in plain bytes is read", async () => {
    const bytes = (data: Uint8Array[]) =>
      new Uint8Array(parquetWriteBuffer({ columnData: [{ name: "b", data, type: "BYTE_ARRAY" }] }));
    const text = await contentOf(await fileWith("a.parquet", bytes([new TextEncoder().encode("ü")])));
    expect(text.rows).toEqual([{ b: "ü" }]);
    const raw = await fileWith("b.parquet", bytes([Uint8Array.of(0x61), Uint8Array.of(0xff, 0xfe)]));
    await expect(contentOf(raw)).rejects.toThrow(/b.parquet .*rows 0–1, column "b": holds bytes that are no UTF-8/);
  });

  test("with a column twice says so where it is wanted", async () => {
    const column = (name: string) => ({ name, data: [1], type: "DOUBLE" as const });
    const buffer = parquetWriteBuffer({ columnData: [column("a"), column("a"), column("b")] });
    const path = await fileWith("a.parquet", new Uint8Array(buffer));
    await expect(contentOf(path)).rejects.toThrow(/column "a": stands twice/);
    expect((await contentOf(path, { columns: new Set(["b"]) })).rows).toEqual([{ b: 1 }]);
  });

  test("that is none, is empty, or is damaged is refused with where", async () => {
    await expect(openFile(await fileWith("a.parquet", "not Parquet at all"))).rejects.toThrow(/its footer: .*parquet/);
    await expect(openFile(await fileWith("a.parquet", ""))).rejects.toThrow(ValidationError);
    const damaged = new Uint8Array(await readFile(flights));
    damaged.fill(0xff, 4, 60);
    const path = await fileWith("b.parquet", damaged);
    await expect(contentOf(path, { end: 200_000 })).rejects.toThrow(
      /b.parquet is damaged.*rows 0–199999, column "date"/,
    );
    // A page that is none is an error of the column they are in; others can still be read.
    expect((await contentOf(path, { end: 10, columns: new Set(["destination"]) })).rows).toHaveLength(10);
  });
});

const table = (): Table =>
  new Table([
    ...tableFromColumns({ id: utf8Column(["a", "ü"]), x: float64Column([1, null]), n: int64Column([1, 2]) }).batches,
    ...tableFromColumns({ id: utf8Column(["c", null]), x: float64Column([3, 4]), n: int64Column([3, 4]) }).batches,
  ]);

describe("Arrow", () => {
  const rows = [
    { id: "a", x: 1, n: 1n },
    { id: "ü", x: null, n: 2n },
    { id: "c", x: 3, n: 3n },
    { id: null, x: 4, n: 4n },
  ];

  test.each(["file", "stream"] as const)("in the IPC %s format", async (form) => {
    const path = await fileWith("a.arrow", tableToIPC(table(), form));
    expect(await contentOf(path)).toMatchObject({ rows, batches: [2, 2] });
    expect(await contentOf(path, { start: 1, end: 3 })).toMatchObject({ rows: rows.slice(1, 3), batches: [1, 1] });
    const file = await openFile(path);
    expect(file.columns).toEqual(["id", "x", "n"]);
    expect(await file.count()).toBe(4);
  });

  test("as a stream of bytes", async () => {
    const bytes = tableToIPC(table(), "stream");
    const file = createReadStream(await fileWith("a.bin", bytes), { highWaterMark: 7 });
    expect(await contentOf({ file, format: "arrow-stream" })).toMatchObject({ rows });
    expect(await contentOf({ file: new Blob([new Uint8Array(bytes)]).stream(), format: "arrow" })).toMatchObject({
      rows,
    });
  });

  test("with dictionaries before the wanted rows", async () => {
    const column = (values: string[]) => tableFromColumns({ id: vectorFromArray(values, new Dictionary(new Utf8(), new Int32())) }); // prettier-ignore
    const path = await fileWith("a.arrow", tableToIPC(column(["a", "b", "a"]), "file"));
    expect((await contentOf(path, { start: 1 })).rows).toEqual([{ id: "b" }, { id: "a" }]);
  });

  test("of another writer", async () => {
    const file = await openFile(vegaFile("flights-200k.arrow"));
    expect(await file.count()).toBe(200_000);
  });

  test("cut off is refused", async () => {
    for (const form of ["file", "stream"] as const) {
      const whole = tableToIPC(table(), form);
      const cut = await fileWith("a.arrow", whole.subarray(0, whole.length - 20));
      await expect(contentOf(cut)).rejects.toThrow(/a.arrow is damaged/);
    }
  });
});

describe("where a file is", () => {
  async function serve(body: Uint8Array | undefined, cut = false): Promise<string> {
    const server = createServer((_request, response) => {
      response.writeHead(body === undefined ? 404 : 200, cut ? { "content-length": 1_000_000 } : {});
      if (cut) response.write(body, () => response.destroy());
      else response.end(body);
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  test("may be told by a path, a file: URL, and an http: URL, whose copy is removed", async () => {
    const path = await fileWith("a.parquet", parquet());
    const origin = await serve(parquet());
    const before = (await readdir(tmpdir())).filter((name) => name.startsWith("axlab-file-")).length;
    for (const file of [path, pathToFileURL(path), pathToFileURL(path).href, `${origin}/data/a.parquet?signature=secret`])
      expect((await contentOf(file)).rows).toHaveLength(25);
    expect((await readdir(tmpdir())).filter((name) => name.startsWith("axlab-file-"))).toHaveLength(before);
    expect((await contentOf(new URL(`${await serve(new TextEncoder().encode("a\n1\n"))}/a.csv`))).rows).toEqual([{ a: 1n }]); // prettier-ignore
  }); // prettier-ignore

  test("that nothing is there, or only a part, is said", async () => {
    await expect(openFile("/nowhere/a.csv")).rejects.toThrow(/\/nowhere\/a.csv: ENOENT/);
    await expect(openFile(tmpdir())).rejects.toThrow(/is not a file/);
    const origin = await serve(undefined);
    await expect(openFile(`${origin}/a.parquet?signature=secret`)).rejects.toThrow(/a.parquet: was answered 404/);
    await expect(openFile(`${origin}/a.parquet?signature=secret`)).rejects.not.toThrow(/secret/);
    await expect(contentOf(`${await serve(new Uint8Array(100), true)}/a.parquet`)).rejects.toThrow(ConnectionError);
    await expect(openFile("ftp://host/a.csv")).rejects.toThrow(/http: or https: URL/);
  });

  test("needs a format where the name does not tell it", async () => {
    await expect(openFile(await fileWith("a.txt", "x"))).rejects.toThrow(/format: is not told.*parquet, arrow/);
    expect((await contentOf({ file: await fileWith("a.txt", "x\n1\n"), format: "csv" })).rows).toHaveLength(1);
  });
});
