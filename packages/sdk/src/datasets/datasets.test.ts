import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Binary, makeData, tableToIPC, Vector } from "apache-arrow";
import { parquetWriteBuffer } from "hyparquet-writer";
import type { RecordBatch } from "apache-arrow";
import { tableFromColumns } from "@axlab/wire/arrow";
import { DataFrame } from "pandas-js";
import { afterEach, describe, expect, test } from "vitest";

import { ConflictError, PartialWriteError, ValidationError } from "../errors/index.js";
import type { ContextOptions } from "../context.js";
import { dataset, idOf, onePerPage, page, startApi, TIME, type Routes } from "../testing/api.js";
import { testContext } from "../testing/context.js";
import type { Seen, TestServer } from "../testing/server.js";
import { rowsOf } from "../exports/values.js";
import { tableFromRows } from "../adapters/rows.js";
import { Datasets, type CreateDataset, type ExampleData, type FlightDataset } from "./index.js";

let server: TestServer;
afterEach(() => server.close());

const ID = idOf("Dataset");
const BASE = `/v2/datasets/${ID}`;
const version = (number: number) => idOf("DatasetVersion", number);
const stored = (ids: string[], at = 1) => ({ ...dataset(1, "d"), dataset_version_id: version(at), example_ids: ids });

async function datasets(routes: Routes, options: ContextOptions = {}): Promise<Datasets> {
  server = await startApi(routes);
  return new Datasets(testContext(server.url, { spaceId: idOf("Space"), maxRetries: 0, ...options }));
}
const tableFromBytes = () =>
  tableFromColumns({
    b: new Vector([makeData({ type: new Binary(), data: Uint8Array.of(1), valueOffsets: Int32Array.of(0, 1) })]),
  });
function body(seen: Seen | undefined): { examples: Record<string, unknown>[] } & Record<string, unknown> {
  return JSON.parse(seen?.body ?? "{}") as ReturnType<typeof body>;
}

/** Records what would go by Flight. */
function flight() {
  const sent: { spaceId: string; name: string; examples: Record<string, unknown>[]; batches: number }[] = [];
  return {
    sent,
    async createDataset({ spaceId, name, batches }: FlightDataset) {
      const examples: Record<string, unknown>[] = [];
      let count = 0;
      for await (const batch of batches()) {
        examples.push(...rowsOf(batch, false));
        count += 1;
      }
      sent.push({ spaceId, name, examples, batches: count });
      return { datasetId: ID };
    },
    close: () => undefined,
  };
}

describe("create", () => {
  const created = {
    "POST /v2/datasets": { status: 201, body: dataset(1, "d") },
    [`GET ${BASE}`]: { body: dataset(1, "d") },
  };

  test("sends a small set by REST, as it is", async () => {
    const port = flight();
    const made = await (
      await datasets(created, { flight: port })
    ).create({ name: "d", examples: [{ q: "ä", n: null, deep: { list: [1, true] } }] });
    expect(made.id).toBe(ID);
    expect(body(server.seen[0])).toEqual({
      name: "d",
      space_id: idOf("Space"),
      examples: [{ q: "ä", n: null, deep: { list: [1, true] } }],
    });
    expect(port.sent).toEqual([]);
  });

  test("sends what measures the limit or more by Flight, and reads the dataset back", async () => {
    const port = flight();
    const one = [{ text: "x".repeat(1024 * 1024 - JSON.stringify([{ text: "" }]).length) }];
    const exact = await datasets(created, { flight: port, maxHttpPayloadSizeMb: 1 });
    expect((await exact.create({ name: "d", examples: one })).name).toBe("d");
    expect(port.sent).toMatchObject([{ spaceId: idOf("Space"), name: "d", examples: one }]);
    expect(port.sent[0]?.examples[0]).toMatchObject({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      created_at: expect.any(Number),
      updated_at: expect.any(Number),
    });
    const oneByteLess = [{ text: (one[0]?.text ?? "").slice(1) }];
    await exact.create({ name: "d", examples: oneByteLess });
    expect(port.sent).toHaveLength(1);
    expect(server.seen.map(({ method }) => method)).toEqual(["GET", "POST"]);
  });

  test("measures bytes, not characters", async () => {
    const port = flight();
    await (
      await datasets(created, { flight: port, maxHttpPayloadSizeMb: 1 })
    ).create({ name: "d", examples: [{ text: "€".repeat(400_000) }] });
    expect(port.sent).toHaveLength(1);
  });

  test("sends more than 1000 small examples by several REST requests in order, or by Flight when told so", async () => {
    const port = flight();
    let next = 1000;
    const append = (seen: Seen) => ({ status: 201, body: stored(body(seen).examples.map(() => `e${next++}`)) });
    const rows = Array.from({ length: 2500 }, (_, n) => ({ n }));
    const client = await datasets({ ...created, [`POST ${BASE}/examples`]: append }, { flight: port });
    await client.create({ name: "d", examples: rows, via: "flight" });
    expect(port.sent[0]?.examples).toHaveLength(2500);
    server.seen.length = 0;
    await client.create({ name: "d", examples: rows });
    expect(server.seen.map((seen) => body(seen).examples.length)).toEqual([1000, 1000, 500]);
    expect(server.seen.flatMap((seen) => body(seen).examples)).toEqual(rows);
  });

  test("says exactly which rows landed when a later request fails", async () => {
    let calls = 0;
    const append = () =>
      ++calls === 1
        ? { status: 201, body: stored(["a"]) }
        : { status: 400, body: { title: "Invalid request parameters", status: 400, detail: "bad row" } };
    const client = await datasets({ ...created, [`POST ${BASE}/examples`]: append });
    const error = await client
      .create({ name: "d", examples: Array.from({ length: 3500 }, (_, n) => ({ n })), via: "rest" })
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(PartialWriteError);
    expect(error).toMatchObject({
      landed: 2000,
      total: 3500,
      resourceId: ID,
      message: expect.stringContaining("Rows 0 to 1999 of 3500"),
    });
  });

  test("fails as it is when the first request fails: nothing landed", async () => {
    const client = await datasets({
      "POST /v2/datasets": { status: 409, body: { title: "Resource conflict", status: 409 } },
    });
    await expect(client.create({ name: "d", examples: [{ a: 1 }] })).rejects.toBeInstanceOf(ConflictError);
  });

  test("refuses bad rows before any request, each with row, field and reason", async () => {
    const client = await datasets(created);
    const examples = [
      { ok: 1 },
      { id: "mine" },
      {},
      { a: { b: [1, Number.NaN] } },
      { when: new Date(TIME) },
      { big: 5n },
      { f: undefined },
    ];
    const error = await client.create({ name: "d", examples }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ValidationError);
    expect(error).toMatchObject({
      issues: [
        { path: "examples[1].id", message: expect.stringMatching(/^is set by the platform: leave it out/) },
        { path: "examples[2]", message: "must have at least one field" },
        { path: "examples[3].a.b[1]", message: "is NaN, which JSON cannot carry: use null" },
        { path: "examples[4].when", message: "is a Date: write it as text or a plain object" },
        { path: "examples[5].big", message: "is a bigint, which JSON cannot carry" },
        { path: "examples[6].f", message: "is undefined, which JSON cannot carry" },
      ],
    });
    await expect(client.create({ name: "d", examples: [] })).rejects.toThrow(/at least one row/);
    // Callers without types may give anything.
    const wrong: [object, RegExp][] = [
      [{ examples: [{ a: 1 }] }, /name: is required/],
      [{ name: "two\nlines", examples: [{ a: 1 }] }, /name: must not hold control characters/],
      [{ name: "d", via: "post", examples: [{ a: 1 }] }, /via: must be "rest" or "flight"/],
      [
        { name: "d", examples: [{ a: 1 }, null, undefined] },
        /examples\[1\]: must be an object.*examples\[2\]: is undefined/,
      ],
      [{ name: "d", via: "flight", examples: [{ id: "" }] }, /examples\[0\]\.id: is empty/],
    ];
    for (const [settings, problem] of wrong)
      await expect(client.create(settings as CreateDataset)).rejects.toThrow(problem);
    await expect(client.get(undefined as unknown as string)).rejects.toThrow(/dataset: is empty: give its id or name/);
    expect(server.seen).toHaveLength(0);
  });
});

describe("create, of any data", () => {
  const created = {
    "POST /v2/datasets": { status: 201, body: dataset(1, "d") },
    [`GET ${BASE}`]: { body: dataset(1, "d") },
  };
  const rows = [{ q: "a", n: 1 }, { q: "b", n: null }]; // prettier-ignore
  const table = () => tableFromRows(rows);
  const stream = async function* () {
    yield* rows;
  };
  const big = Array.from({ length: 3000 }, (_, n) => ({ n, text: "x".repeat(500) }));

  test.each<[string, () => ExampleData]>([
    ["an Arrow table", table],
    ["a pandas-js DataFrame", () => new DataFrame(rows)],
    ["an object of columns", () => ({ q: ["a", "b"], n: [1, null] })],
    ["a stream of rows", stream],
  ])("%s goes by REST when small, by Flight when told so or large, the same", async (_name, data) => {
    const port = flight();
    const client = await datasets(created, { flight: port, maxHttpPayloadSizeMb: 1 });
    await client.create({ name: "d", examples: data() });
    expect(body(server.seen[0]).examples).toEqual(rows);
    await client.create({ name: "d", examples: data(), via: "flight" });
    expect(port.sent[0]?.examples).toMatchObject(rows);
  });

  test("a large stream goes by Flight, whole, though its beginning was read to measure it", async () => {
    const port = flight();
    const client = await datasets(created, { flight: port, maxHttpPayloadSizeMb: 1 });
    const heard: unknown[] = [];
    await client.create({ name: "d", examples: new Set(big), onProgress: (at) => heard.push(at) });
    expect(port.sent[0]?.examples).toMatchObject(big);
    expect(heard.at(-1)).toEqual({ rows: 3000, totalRows: undefined, via: "flight" });
    await client.create({ name: "d", examples: tableFromRows(big), onProgress: (at) => heard.push(at) });
    expect(port.sent[1]?.examples).toMatchObject(big);
    expect(heard.at(-1)).toEqual({ rows: 3000, totalRows: 3000, via: "flight" });
  });

  test("files go the same way, and are let go of when the upload fails", async () => {
    const folder = await mkdtemp(join(tmpdir(), "axlab-datasets-"));
    const write = async (name: string, content: string | Uint8Array) => {
      await writeFile(join(folder, name), content);
      return join(folder, name);
    };
    const files = [
      await write("a.csv", "q,n\na,1\nb,\n"),
      await write("a.ndjson", rows.map((row) => JSON.stringify(row)).join("\n")),
      await write("a.arrow", tableToIPC(table(), "file")),
      await write(
        "a.parquet",
        new Uint8Array(
          parquetWriteBuffer({
            columnData: [
              { name: "q", data: ["a", "b"], type: "STRING" },
              { name: "n", data: [1, null], type: "INT32" },
            ],
          }),
        ),
      ),
    ];
    const port = flight();
    const client = await datasets(created, { flight: port });
    for (const examples of files) {
      server.seen.length = 0;
      await client.create({ name: "d", examples });
      expect(body(server.seen[0]).examples).toEqual(rows);
      await client.create({ name: "d", examples, via: "flight" });
      expect(port.sent.at(-1)?.examples).toMatchObject(rows);
    }
    await expect(client.create({ name: "d", examples: join(folder, "none.csv") })).rejects.toThrow(/none\.csv/);
    let released = false;
    const held = async function* () {
      try {
        yield* big;
      } finally {
        released = true;
      }
    };
    const failing = { ...port, createDataset: () => Promise.reject(new RangeError("taken")) };
    const other = await datasets(created, { flight: failing, maxHttpPayloadSizeMb: 1 });
    await expect(other.create({ name: "d", examples: held() })).rejects.toThrow("taken");
    expect(released).toBe(true);
    released = false;
    const reserved = async function* () {
      try {
        yield* tableFromRows([{ id: "mine", q: 1 }]).batches;
        yield* tableFromRows([{ id: "theirs", q: 2 }]).batches;
      } finally {
        released = true;
      }
    };
    await expect(other.create({ name: "d", examples: reserved() })).rejects.toThrow(/column "id"/);
    expect(released).toBe(true);
    await rm(folder, { recursive: true });
  });

  test("times, integers beyond 2^53 and objects of a table go by Flight however few they are", async () => {
    const port = flight();
    const client = await datasets(created, { flight: port });
    await client.create({ name: "d", examples: { at: [new Date(TIME)] } });
    await client.create({ name: "d", examples: { n: [2n ** 60n] } });
    await client.create({ name: "d", examples: [{ q: "a" }, { q: "b", at: new Date(TIME), n: 2n ** 60n }] });
    expect(port.sent.map(({ examples }) => examples.at(-1))).toMatchObject([
      { at: new Date(TIME) },
      { n: 2n ** 60n },
      { q: "b", at: new Date(TIME), n: 2n ** 60n },
    ]);
    await client.create({ name: "d", examples: tableFromRows([{ d: { a: 1 } }]) });
    expect(port.sent.at(-1)?.examples).toMatchObject([{ d: { a: 1 } }]);
    const byRest = client.create({ name: "d", examples: [{ at: new Date(TIME) }], via: "rest" });
    await expect(byRest).rejects.toThrow("examples[0].at: is a Date");
  });

  test("objects of JSON columns are text, and ids that are given are kept, by Flight", async () => {
    const port = flight();
    const client = await datasets(created, { flight: port });
    await client.create({ name: "d", examples: [{ id: "mine", metadata: { a: 1 } }], via: "flight" });
    expect(port.sent[0]?.examples).toMatchObject([{ id: "mine", metadata: '{"a":1}' }]);
  });

  test.each<[string, ExampleData, "flight" | undefined, RegExp]>([
    ["no row", [], "flight", /at least one row/],
    ["an empty table", { a: [] }, undefined, /at least one row/],
    [
      "ids that repeat",
      [{ id: "a" }, { id: "b" }, { id: "a" }],
      "flight",
      /examples\[2\]\.id: is "a", the id of examples\[0\]/,
    ],
    [
      "a column of two types",
      [{ a: 1 }, { a: "x" }],
      "flight",
      /column "a": holds an integer \(row 0\) and a text \(row 1\)/,
    ],
    ["a reserved column", { id: ["a"], q: ["x"] }, undefined, /column "id": is set by the platform/],
    ["ids that are no ids", { id: [1.5] }, "flight", /column "id": is Float64: ids are texts or integers/],
    ["times that are no times", { created_at: ["x"] }, "flight", /column "created_at": is Utf8/],
    ["bytes", tableFromBytes(), undefined, /column "b": is Binary, which the platform cannot keep/],
  ])("%s is refused before any request", async (_name, examples, via, message) => {
    const client = await datasets(created, { flight: flight() });
    const refused = client.create({ name: "d", examples, via });
    await expect(refused).rejects.toThrow(message);
    await expect(refused).rejects.toBeInstanceOf(ValidationError);
    await expect(client.create({ name: "  ", examples: [{ a: 1 }] })).rejects.toThrow(/name: must not be blank/);
    expect(server.seen).toHaveLength(0);
  });

  test("a stream whose columns change midway is refused, saying where", async () => {
    const client = await datasets(created, { flight: flight() });
    const changing = async function* () {
      yield tableFromRows([{ a: 1 }]).batches[0];
      yield tableFromRows([{ a: "x", b: 1 }]).batches[0];
    };
    const examples = changing() as AsyncIterable<RecordBatch>; // boundary: both tables have a batch
    await expect(client.create({ name: "d", examples, via: "flight" })).rejects.toThrow(
      /column "a": is Utf8 from row 1 on, after Int64 before.*column "b"/,
    );
  });

  test("progress of REST counts every request", async () => {
    const append = (seen: Seen) => ({ status: 201, body: stored(body(seen).examples.map((_, n) => `e${n}`)) });
    const client = await datasets({ ...created, [`POST ${BASE}/examples`]: append });
    const heard: unknown[] = [];
    const many = Array.from({ length: 2100 }, (_, n) => ({ n }));
    await client.create({ name: "d", examples: many, onProgress: ({ rows: sent }) => heard.push(sent) });
    expect(heard).toEqual([1000, 2000, 2100]);
  });
});

describe("a whole version", () => {
  const nested = { d: { a: 1, b: { c: ["x"] } }, l: [1, 2.5], nn: [[1], []], m: [{ k: 1 }] };
  const batch = () =>
    tableFromRows([{ id: "e1", created_at: 5, updated_at: 6, metadata: '{"a":1}', q: "x", ...nested }]).batches;
  const reading = {
    ...flight(),
    asked: [] as unknown[],
    async *getDataset(input: unknown) {
      this.asked.push(input);
      yield* batch();
    },
  };

  test("is read as batches, table, rows or frame", async () => {
    const { examples } = await datasets({ [`GET ${BASE}`]: { body: dataset(1, "d") } }, { flight: reading });
    expect((await examples.toTable(ID, { version: "v1" })).numRows).toBe(1);
    expect(reading.asked).toEqual([{ spaceId: idOf("Space"), datasetId: ID, version: "v1" }]);
    expect(await examples.toRows(ID)).toStrictEqual([
      { id: "e1", created_at: new Date(5), updated_at: new Date(6), metadata: { a: 1 }, q: "x", ...nested },
    ]);
    expect((await examples.toDataFrame(ID)).get("q").values.toArray()).toEqual(["x"]);
    const heard: number[] = [];
    for await (const { numRows } of examples.batches(ID, { onProgress: ({ rows }) => heard.push(rows) })) expect(numRows).toBe(1); // prettier-ignore
    expect(heard).toEqual([1]);
  });

  test("may be named, also where REST wants its id", async () => {
    const versions = [2, 1].map((n) => ({ id: version(n), name: `v${n}`, dataset_id: ID, created_at: TIME, updated_at: TIME })); // prettier-ignore
    const client = await datasets({
      [`GET ${BASE}`]: { body: { ...dataset(1, "d"), versions } },
      [`GET ${BASE}/examples`]: onePerPage("examples", []),
    });
    await client.examples.list(ID, { version: "v1" }).toArray();
    expect(decodeURIComponent(server.seen.at(-1)?.url ?? "")).toContain(`dataset_version_id=${version(1)}`);
    await expect(client.examples.list(ID, { version: "v9" }).toArray()).rejects.toThrow(
      /no version named "v9"; it has "v2", "v1"/,
    );
    expect((await client.versions(ID)).map(({ name }) => name)).toEqual(["v2", "v1"]);
  });
});

describe("the rest of a dataset", () => {
  test("is listed, read, renamed and deleted, by name in a space", async () => {
    const client = await datasets({
      "GET /v2/datasets": onePerPage("datasets", [dataset(2, "d2"), dataset(1, "d")]),
      [`GET ${BASE}`]: { body: { ...dataset(1, "d"), versions: [] } },
      [`PATCH ${BASE}`]: { body: dataset(1, "new") },
      [`DELETE ${BASE}`]: { status: 204 },
    });
    expect((await client.list().toArray()).map(({ name }) => name)).toEqual(["d2", "d"]);
    expect((await client.get("d")).versions).toEqual([]);
    expect((await client.rename("d", "new")).name).toBe("new");
    expect(await client.delete(ID)).toBeUndefined();
    expect(server.seen.at(-1)).toMatchObject({ method: "DELETE", url: `/v2/datasets/${encodeURIComponent(ID)}` });
  });
});

describe("examples", () => {
  const example = (id: string) => ({ id, created_at: TIME, updated_at: TIME, question: `${id}?` });

  test("are read in pages of 500, keeping the user's fields", async () => {
    const client = await datasets({ [`GET ${BASE}/examples`]: onePerPage("examples", [example("a"), example("b")]) });
    expect(await client.examples.list(ID, { version: version(3) }).toArray()).toEqual([example("a"), example("b")]);
    expect(decodeURIComponent(server.seen[0]?.url ?? "")).toBe(
      `${BASE}/examples?dataset_version_id=${version(3)}&limit=500`,
    );
  });

  test("are appended, with all ids in order", async () => {
    const append = (seen: Seen) => ({
      status: 201,
      body: stored(body(seen).examples.map(({ n }) => `id${String(n)}`)),
    });
    const client = await datasets({ [`POST ${BASE}/examples`]: append });
    const answer = await client.examples.append(
      ID,
      Array.from({ length: 1200 }, (_, n) => ({ n })),
    );
    expect(answer.example_ids).toEqual(Array.from({ length: 1200 }, (_, n) => `id${n}`));
    expect(server.seen).toHaveLength(2);
  });

  test("are updated in a new version: the later requests go into that version", async () => {
    const update = (seen: Seen) => ({
      body: stored(
        body(seen).examples.map(({ id }) => String(id)),
        9,
      ),
    });
    const client = await datasets({ [`PATCH ${BASE}/examples`]: update });
    const rows = Array.from({ length: 1001 }, (_, n) => ({ id: `e${n}`, label: "x" }));
    const answer = await client.examples.update(ID, rows, { newVersion: "v2" });
    expect(answer).toMatchObject({ dataset_version_id: version(9) });
    expect(server.seen.map((seen) => [decodeURIComponent(seen.url), body(seen)["new_version"]])).toEqual([
      [`${BASE}/examples`, "v2"],
      [`${BASE}/examples?dataset_version_id=${version(9)}`, undefined],
    ]);
  });

  test("are deleted from the latest version unless one is named, telling what is left", async () => {
    const client = await datasets({
      [`GET ${BASE}`]: {
        body: {
          ...dataset(1, "d"),
          versions: [2, 1].map((n) => ({
            id: version(n),
            name: `v${n}`,
            dataset_id: ID,
            created_at: TIME,
            updated_at: TIME,
          })),
        },
      },
      [`DELETE ${BASE}/examples`]: {
        body: { completed: false, deleted_example_ids: ["a"], not_deleted_example_ids: ["b"] },
      },
    });
    expect(await client.examples.delete(ID, ["a", "b"])).toEqual({
      completed: false,
      deleted_example_ids: ["a"],
      not_deleted_example_ids: ["b"],
    });
    expect(body(server.seen.at(-1))).toEqual({ dataset_version_id: version(2), example_ids: ["a", "b"] });
    await expect(client.examples.delete(ID, [], { version: version(1) })).rejects.toBeInstanceOf(ValidationError);
  });

  test("are annotated; an empty batch and a repeated record are refused", async () => {
    const client = await datasets({ [`POST ${BASE}/examples/annotate`]: { status: 202 } });
    await client.examples.annotate(ID, [{ record_id: "a", values: [{ name: "quality", label: "good" }] }]);
    expect(body(server.seen[0])).toEqual({
      annotations: [{ record_id: "a", values: [{ name: "quality", label: "good" }] }],
    });
    await expect(client.examples.annotate(ID, [])).rejects.toBeInstanceOf(ValidationError);
    const twice = ["a", "a"].map((record_id) => ({ record_id, values: [{ name: "q", score: 1 }] }));
    await expect(client.examples.annotate(ID, twice)).rejects.toBeInstanceOf(ValidationError);
    expect(server.seen).toHaveLength(1);
  });

  test("of a dataset page that is not one are not invented", async () => {
    const client = await datasets({ [`GET ${BASE}/examples`]: page("rows", []) });
    await expect(client.examples.list(ID).toArray()).rejects.toThrow(/differs from the API document: examples/);
  });
});
