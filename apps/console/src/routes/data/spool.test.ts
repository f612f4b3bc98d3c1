import { openFile } from "@axlab/sdk/files";
import { describe, expect, it } from "vitest";
import { csvOf } from "./csv.js";
import { parquetOf } from "./parquet.js";
import { Spool, type Records } from "./spool.js";

const spoolOf = (...pages: Records[]): Promise<Spool> =>
  Spool.of(
    (async function* () {
      yield* pages;
    })(),
  );
async function rowsOf(parquet: Blob): Promise<unknown[]> {
  const rows: unknown[] = [];
  const file = await openFile({ file: parquet.stream(), format: "parquet" });
  for await (const batch of file) for (const row of batch) rows.push(row.toJSON());
  await file.close();
  return rows;
}

describe("a download", () => {
  const pages: Records[] = [
    [{ id: "a", n: 1, mixed: 1, "odd, name": null }, { id: 'b "2"' }],
    [],
    [{ id: "c\r\nd", n: 2.5, mixed: true, late: { deep: [1, null] }, yes: false }],
  ];

  it("as CSV has the columns of every page in every line", async () => {
    const csv = await csvOf(await spoolOf(...pages));
    expect(csv.type).toBe("text/csv");
    expect(await csv.text()).toBe(
      [
        'id,n,mixed,"odd, name",late,yes\r\n',
        "a,1,1,,,\r\n",
        '"b ""2""",,,,,\r\n',
        '"c\r\nd",2.5,true,,"{""deep"":[1,null]}",false\r\n',
      ].join(""),
    );
  });

  it("as Parquet has the types that the columns have over all pages", async () => {
    const none = { n: null, mixed: null, "odd, name": null, late: null, yes: null };
    expect(await rowsOf(await parquetOf(await spoolOf(...pages)))).toEqual([
      { ...none, id: "a", n: 1, mixed: "1" },
      { ...none, id: 'b "2"' },
      { ...none, id: "c\r\nd", n: 2.5, mixed: "true", late: '{"deep":[1,null]}', yes: false },
    ]);
  });

  it("of more rows than a row group has all of them, in order", async () => {
    const page = (first: number): Records => Array.from({ length: 500 }, (_unused, n) => ({ n: first + n }));
    const spool = await spoolOf(...Array.from({ length: 41 }, (_unused, n) => page(n * 500)));
    expect(await rowsOf(await parquetOf(spool))).toEqual(Array.from({ length: 20_500 }, (_unused, n) => ({ n })));
    expect((await (await csvOf(spool)).text()).split("\r\n")).toHaveLength(20_502);
  });

  it("of nothing is empty", async () => {
    expect((await spoolOf([], [])).empty).toBe(true);
    expect((await spoolOf([{}])).empty).toBe(false);
  });
});
