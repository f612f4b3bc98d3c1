import {
  float64Column,
  int64Column,
  nullColumn,
  tableFromColumns,
  timestampColumn,
  utf8Column,
} from "@axlab/wire/arrow";
import { encodeDoGetRequest, encodeDoPutRequest, DatasetType } from "@axlab/wire/flight";
import { Dataset, DatasetPage } from "@axlab/wire/rest";
import { Binary, Decimal, makeData, Vector, type Table } from "apache-arrow";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { locate } from "../../domain/locate.js";
import { purgeAbandonedUploads, StagedUpload } from "../../domain/uploads/staged-upload.js";
import type { Listening } from "../../node/listen.js";
import { FlightClient } from "../../testing/flight-client.js";
import type { Db } from "../../store/store.js";
import { suite } from "../../testing/suite.js";

const here = suite();
let listening: Listening;
let flight: FlightClient;
beforeAll(async () => (listening = await here.platform.listen({ port: 0 })));
afterAll(() => listening.close());
beforeEach(() => (flight = new FlightClient(listening, here.world.keys.pipeline)));
afterEach(() => flight.close());

type Columns = Parameters<typeof tableFromColumns>[0];
const creation = (datasetName: string) =>
  encodeDoPutRequest({
    case: "createDataset",
    value: { spaceId: here.world.spaces.main, datasetName, datasetType: DatasetType.GENERATIVE },
  });
const create = (name: string, columns: Columns, maxRows?: number) =>
  flight.put(creation(name), tableFromColumns(columns), maxRows);
const read = (datasetName: string): Promise<Table> =>
  flight.get(
    encodeDoGetRequest({
      case: "getDataset",
      value: { spaceId: here.world.spaces.main, datasetIdentifier: { case: "datasetName", value: datasetName } },
    }),
  );
const values = (table: Table, name: string): unknown[] => [...(table.getChild(name) ?? [])];
const typeOf = (table: Table, name: string): string => String(table.getChild(name)?.type);
const names = async () =>
  (await here.world.as("reader").get("/v2/datasets")).read(DatasetPage).datasets.map(({ name }) => name);

/** What lies in the store of examples that no version has. */
async function strays(): Promise<number> {
  const { db } = here.platform.domain.core.store;
  const staged = await db.selectFrom("staged_uploads").selectAll().execute();
  const rows = await db
    .selectFrom("dataset_examples")
    .select("example_id")
    .where("version_id", "not in", db.selectFrom("dataset_versions").select("id"))
    .execute();
  return staged.length + rows.length;
}

describe("an upload of examples", () => {
  it("of many batches comes back whole and in order", async () => {
    const count = 12_345;
    const numbers = BigInt64Array.from({ length: count }, (_, n) => BigInt(n));
    await create("d", { n: int64Column(numbers), t: utf8Column([...numbers].map((n) => `text ${n}`)) }, 1000);
    const table = await read("d");
    expect(values(table, "n")).toEqual([...numbers]);
    expect(values(table, "t").at(-1)).toBe(`text ${count - 1}`);
    expect(new Set(values(table, "id")).size).toBe(count);
  });

  it("keeps the types, and what JSON has no number for", async () => {
    await create("d", {
      big: int64Column([2n ** 62n + 1n, -5n, null]),
      float: float64Column([Infinity, -Infinity, 2]),
      missing: float64Column([Number.NaN, 1, null]),
      when: timestampColumn([1_700_000_000_000_123n, null, 5n], { unit: "us", timezone: null }),
      nothing: nullColumn(3),
    });
    const table = await read("d");
    expect(["big", "float", "missing", "when", "nothing"].map((name) => typeOf(table, name))).toEqual([
      "Int64",
      "Float64",
      "Float64",
      "Timestamp<MICROSECOND>",
      "Utf8",
    ]);
    expect(values(table, "big")).toEqual([2n ** 62n + 1n, -5n, null]);
    expect(values(table, "float")).toEqual([Infinity, -Infinity, 2]);
    expect(values(table, "missing")).toEqual([null, 1, null]);
    expect(table.getChild("when")?.data[0]?.values).toEqual(BigInt64Array.of(1_700_000_000_000_123n, 0n, 5n));
  });

  it("and later rows by REST widen the columns, so that none is lost", async () => {
    await create("d", { id: utf8Column(["a"]), n: int64Column([1n]) });
    const [dataset] = (await here.world.as("member").get("/v2/datasets")).read(DatasetPage).datasets;
    const path = `/v2/datasets/${dataset?.id}/examples`;
    await here.world.as("member").post(path, { examples: [{ n: 1.5, more: true }] });
    expect(values(await read("d"), "n")).toEqual([1, 1.5]);
    await here.world.as("member").patch(path, { examples: [{ id: "a", n: "one" }] });
    expect(values(await read("d"), "n")).toEqual(["one", "1.5"]);
    expect(values(await read("d"), "more")).toEqual([null, true]);
  });

  it("of ids that repeat is refused with their rows, within a batch and across batches", async () => {
    const ids = Array.from({ length: 2500 }, (_, n) => `e${n}`);
    await expect(create("d", { id: utf8Column([...ids, "e2499"]) }, 3000)).rejects.toMatchObject({
      code: 3,
      details: expect.stringContaining('"e2499" comes more than once, in rows 2499 and 2500'),
    });
    await expect(create("d", { id: utf8Column([...ids, "e7"]) }, 1000)).rejects.toMatchObject({
      code: 3,
      details: expect.stringContaining('"e7" come more than once, the first again in row 2500'),
    });
    expect([await names(), await strays()]).toEqual([[], 0]);
  });

  it("of columns that cannot be kept is refused before a row is read, with all of them", async () => {
    const bytes = new Vector([
      makeData({ type: new Binary(), data: Uint8Array.of(1), valueOffsets: Int32Array.of(0, 1) }),
    ]);
    const decimal = new Vector([makeData({ type: new Decimal(2, 10, 128), length: 1, data: new Uint32Array(4) })]);
    await expect(create("d", { a: int64Column([1n]), b: bytes, c: decimal })).rejects.toMatchObject({
      code: 3,
      details: expect.stringMatching(/column "b" is Binary.*column "c" is Decimal/),
    });
    await expect(create("d", { id: float64Column([1.5]) })).rejects.toMatchObject({
      details: expect.stringContaining('"id" must hold text or integers'),
    });
    await expect(create("d", { a: int64Column([1n]), created_at: utf8Column(["now"]) })).rejects.toMatchObject({
      details: expect.stringContaining('"created_at" must hold milliseconds'),
    });
    await expect(create("d", { id: utf8Column(["x", ""]) })).rejects.toMatchObject({
      details: expect.stringContaining("row 1 holds an empty text"),
    });
    expect([await names(), await strays()]).toEqual([[], 0]);
  });

  it("that its sender breaks off leaves nothing behind", async () => {
    const many = { t: utf8Column(Array.from({ length: 20_000 }, (_, n) => `row ${n}`)) };
    await flight.breakOff(creation("d"), tableFromColumns(many), 3, () => expect.poll(strays).toBeGreaterThan(1000));
    await expect.poll(strays).toBe(0);
    expect(await names()).toEqual([]);
  });

  it("is seen by nobody before it has ended", async () => {
    const { domain } = here.platform;
    const upload = await domain.datasets.receive(new Map([["a", "int"]]));
    await upload.append([{ data: { a: 1 } }]);
    expect([await names(), await strays()]).toEqual([[], 2]);
    await upload.abort();
    expect(await strays()).toBe(0);
  });

  it("whose sender fell silent, or whose process ended, is cleared away; one that goes on is not", async () => {
    const { core, datasets } = here.platform.domain;
    here.platform.clock.set("2026-01-01T00:00:00Z");
    const upload = await datasets.receive(new Map([["a", "int"]]));
    await upload.append([{ data: { a: 1 } }]);
    here.platform.clock.advance("14m");
    await purgeAbandonedUploads(core);
    await upload.append([{ data: { a: 2 } }]);
    here.platform.clock.advance("14m");
    const ended = await StagedUpload.begin(core, "ended");
    await core.store.db
      .updateTable("staged_uploads")
      .set((row) => ({
        process: row.fn("replace", ["process", row.val(`"pid":${process.pid}`), row.val('"pid":4194999')]),
      }))
      .where("owner", "=", "ended")
      .execute();
    await purgeAbandonedUploads(core);
    await expect(core.store.transaction((tx) => ended.touch(tx))).rejects.toThrow(/given up/);
    expect(await strays()).toBe(3);
    here.platform.clock.advance("16m");
    await purgeAbandonedUploads(core);
    expect(await strays()).toBe(0);
    await expect(upload.append([{ data: { a: 3 } }])).rejects.toThrow(/Send it again/);
  });

  it("that was finished keeps its examples, when it is aborted or was found silent just before", async () => {
    const { core, datasets } = here.platform.domain;
    const { entity: space } = (await locate(core.store.db, "space", here.world.spaces.main)) ?? {};
    if (space === undefined) throw new TypeError("no space");
    const begun = async () => {
      const upload = await datasets.receive(new Map([["a", "int"]]));
      await upload.append([{ data: { a: 1 } }]);
      return upload;
    };
    const aborted = await begun();
    await aborted.finishAsDataset(space, "aborted");
    await aborted.abort();
    expect((await read("aborted")).numRows).toBe(1);

    const silent = await begun();
    here.platform.clock.advance("16m");
    const { store } = core;
    const racing = Object.assign(Object.create(store), {
      transaction: async (work: (tx: Db) => Promise<void>) => {
        await silent.finishAsDataset(space, "silent");
        return store.transaction(work);
      },
    });
    await purgeAbandonedUploads({ ...core, store: racing });
    expect((await read("silent")).numRows).toBe(1);
  });
});

it("versions come in the order in which their uploads ended", async () => {
  const { domain } = here.platform;
  const made = await here.world.as("member").post("/v2/datasets", { name: "d", space_id: here.world.spaces.main, examples: [{ a: 0 }] }); // prettier-ignore
  const { id } = made.read(Dataset);
  const dataset = await domain.core.store.db.selectFrom("datasets").selectAll().where("id", "=", id).executeTakeFirstOrThrow(); // prettier-ignore
  const [early, late] = [await domain.datasets.receive(new Map()), await domain.datasets.receive(new Map())];
  await early.append([{ data: { a: "began first" } }]);
  await late.append([{ data: { a: "began last" } }]);
  await late.finishAsVersion(dataset);
  await early.finishAsVersion(dataset);
  expect(values(await read("d"), "a")).toEqual(["began first"]);
  expect((await domain.datasets.versions(dataset)).map(({ name }) => name)).toEqual(["v3", "v2", "v1"]);
});
