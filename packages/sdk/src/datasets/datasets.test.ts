import { afterEach, describe, expect, test } from "vitest";

import { ConflictError, PartialWriteError, ValidationError } from "../errors/index.js";
import type { ContextOptions } from "../context.js";
import { dataset, idOf, onePerPage, page, startApi, TIME, type Routes } from "../testing/api.js";
import { testContext } from "../testing/context.js";
import type { Seen, TestServer } from "../testing/server.js";
import { Datasets, type FlightDataset } from "./index.js";

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
function body(seen: Seen | undefined): { examples: Record<string, unknown>[] } & Record<string, unknown> {
  return JSON.parse(seen?.body ?? "{}") as ReturnType<typeof body>;
}

/** Records what would go by Flight. */
function flight() {
  const sent: FlightDataset[] = [];
  return {
    sent,
    createDataset: (input: FlightDataset) => {
      sent.push(input);
      return Promise.resolve({ datasetId: ID });
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
    expect(port.sent).toEqual([{ spaceId: idOf("Space"), name: "d", examples: one }]);
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
        { path: "examples[1].id", message: "is set by the platform: leave it out" },
        { path: "examples[2]", message: "must have at least one field" },
        { path: "examples[3].a.b[1]", message: "is NaN, which JSON cannot carry: use null" },
        { path: "examples[4].when", message: "is a Date: write it as text or a plain object" },
        { path: "examples[5].big", message: "is a bigint, which JSON cannot carry" },
        { path: "examples[6].f", message: "is undefined, which JSON cannot carry" },
      ],
    });
    await expect(client.create({ name: "d", examples: [] })).rejects.toThrow(/at least one row/);
    expect(server.seen).toHaveLength(0);
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
