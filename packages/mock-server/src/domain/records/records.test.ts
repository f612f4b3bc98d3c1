import {
  BatchDecoder,
  float64Column,
  int64Column,
  messagesFromTable,
  tableFromColumns,
  utf8Column,
  type IpcMessage,
} from "@axlab/wire/arrow";
import { ARIZE_SCHEMA_KEY, encodeArizeSchema, WireEnvironment, WireModelType } from "@axlab/wire/ingest";
import {
  DateDay,
  DateMillisecond,
  Field,
  Int32,
  LargeUtf8,
  List,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  Table,
  Timestamp,
  TimeUnit,
  type Vector,
  type Data,
  type DataType,
} from "apache-arrow";
import fc from "fast-check";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import type { Caller } from "../../access/gate.js";
import { Platform } from "../../platform.js";
import { suite } from "../../testing/suite.js";
import { delays } from "../../testing/uploads.js";
import { everyRecord, type RecordQuery } from "./export/query.js";

const here = suite();
let caller: Caller;
beforeEach(async () => {
  caller = {
    principal: await here.platform.authenticator.authenticate(here.world.keys.pipeline),
    surface: "ingest",
    client: null,
    requestId: "test",
    address: "test",
  };
});

async function* streamed(messages: Iterable<IpcMessage>): AsyncGenerator<IpcMessage> {
  yield* messages;
}

const receive = (table: Table, maxRows = 8192) =>
  here.platform.domain.records.receive(caller, here.world.spaces.main, streamed(messagesFromTable(table, { maxRows })));

const ALL = everyRecord("PRODUCTION");

async function exported(model: string, query: Partial<RecordQuery> = {}): Promise<Table> {
  const { export: planned } = await here.platform.domain.records.plan(caller, here.world.spaces.main, model, {
    ...ALL,
    ...query,
  });
  let decoder: BatchDecoder | undefined;
  const batches: RecordBatch[] = [];
  for await (const message of planned.messages()) {
    const batch = decoder?.decode(message);
    decoder ??= new BatchDecoder(message);
    if (batch) batches.push(batch);
  }
  const table = new Table(decoder?.schema ?? new Schema([]), batches);
  expect(await planned.count()).toBe(table.numRows);
  return table;
}

const metadata = (value: object, model = "m") =>
  new Map([
    [
      ARIZE_SCHEMA_KEY,
      encodeArizeSchema({
        constants: { modelId: model, environment: WireEnvironment.PRODUCTION, modelType: WireModelType.NUMERIC },
        schema: { case: "arrowSchema", value },
      }),
    ],
  ]);

/** A table of columns in types that our own builders do not make. */
function tableOf(columns: Record<string, Data>, value: object): Table {
  const schema = new Schema(
    Object.entries(columns).map(([name, { type }]) => new Field(name, type, true)),
    metadata(value),
  );
  const children = Object.values(columns);
  return new Table(schema, [
    new RecordBatch(
      schema,
      makeData({ type: new Struct(schema.fields), length: children[0]?.length ?? 0, nullCount: 0, children }),
    ),
  ]);
}

describe("the time of a record", () => {
  const at = Date.parse("2026-11-01T10:00:00.123Z");
  const ns = BigInt(at) * 1_000_000n + 999_999n;
  it.each<[string, Data, number]>([
    [
      "seconds",
      makeData({ type: new Timestamp(TimeUnit.SECOND), data: BigInt64Array.of(BigInt(Math.floor(at / 1000))) }),
      Math.floor(at / 1000) * 1000,
    ],
    ["milliseconds", makeData({ type: new Timestamp(TimeUnit.MILLISECOND), data: BigInt64Array.of(BigInt(at)) }), at],
    [
      "microseconds",
      makeData({ type: new Timestamp(TimeUnit.MICROSECOND), data: BigInt64Array.of(BigInt(at) * 1000n + 999n) }),
      at,
    ],
    ["nanoseconds", makeData({ type: new Timestamp(TimeUnit.NANOSECOND), data: BigInt64Array.of(ns) }), at],
    [
      "nanoseconds before 1970",
      makeData({ type: new Timestamp(TimeUnit.NANOSECOND), data: BigInt64Array.of(-1n) }),
      -1,
    ],
    ["days", makeData({ type: new DateDay(), data: Int32Array.of(20_000) }), 20_000 * 86_400_000],
    [
      "days in milliseconds",
      makeData({ type: new DateMillisecond(), data: BigInt64Array.of(86_400_000n * 3n) }),
      86_400_000 * 3,
    ],
    ["a whole number of seconds", data(int64Column([1_790_000_000n])), 1_790_000_000_000],
    ["a fraction of seconds", data(float64Column([1_790_000_000.5])), 1_790_000_000_500],
  ])("is read from %s", async (_unit, time, expected) => {
    await receive(
      tableOf({ p: data(float64Column([1])), t: time }, { predictionLabelColumnName: "p", timestampColumnName: "t" }),
    );
    expect((await exported("m")).getChild("time")?.toJSON()).toEqual([expected]);
  });

  it("is the instant of reception where none was sent", async () => {
    here.platform.clock.set("2026-12-24T18:00:00Z");
    await receive(
      tableOf(
        { p: data(float64Column([1, 2])), t: data(int64Column([5n, 6n])) },
        { predictionLabelColumnName: "p", timestampColumnName: "t" },
      ),
    );
    await receive(tableOf({ p: data(float64Column([3])) }, { predictionLabelColumnName: "p" }));
    expect((await exported("m")).getChild("time")?.toJSON()).toEqual([5000, 6000, Date.parse("2026-12-24T18:00:00Z")]);
  });

  it("must be one", async () => {
    await expect(
      receive(
        tableOf(
          { p: data(float64Column([1, 2])), t: data(float64Column([1, Infinity])) },
          { predictionLabelColumnName: "p", timestampColumnName: "t" },
        ),
      ),
    ).rejects.toThrow('Column "t", row 1: not an instant');
    await expect(
      receive(
        tableOf(
          { p: data(float64Column([1])), t: data(utf8Column(["today"])) },
          { predictionLabelColumnName: "p", timestampColumnName: "t" },
        ),
      ),
    ).rejects.toThrow('Column "t", exported as "time", is of Arrow type Utf8; it must be timestamp');
  });
});

describe("large_string, as pandas 3 sends it", () => {
  const large = (...texts: string[]): Data => {
    const bytes = texts.map((text) => new TextEncoder().encode(text));
    const offsets = BigInt64Array.from(
      [0, ...bytes.map((_, index) => bytes.slice(0, index + 1).reduce((sum, part) => sum + part.length, 0))],
      BigInt,
    );
    return makeData({
      type: new LargeUtf8(),
      length: texts.length,
      nullCount: 0,
      valueOffsets: offsets,
      data: Uint8Array.from(bytes.flatMap((part) => [...part])),
    });
  };

  it("is taken as string, as a column, an id and inside a list", async () => {
    const items = large("a", "bb", "héé");
    const list = makeData({
      type: new List<DataType>(new Field("item", new LargeUtf8(), true)),
      length: 2,
      nullCount: 0,
      valueOffsets: Int32Array.of(0, 2, 3),
      child: items,
    });
    await receive(
      tableOf(
        { id: large("x", "ÿz"), f: large("", "😀"), l: list, p: data(float64Column([1, 2])) },
        { predictionIdColumnName: "id", predictionLabelColumnName: "p", featureColumnNames: ["f", "l"] },
      ),
    );
    const table = await exported("m");
    expect(Object.fromEntries(table.schema.fields.map(({ name, type }) => [name, String(type)]))).toMatchObject({
      predictionID: "Utf8",
      f: "Utf8",
      l: "List<Utf8>",
    });
    expect(JSON.parse(JSON.stringify(table.toArray()))).toMatchObject([
      { predictionID: "x", f: "", l: ["a", "bb"] },
      { predictionID: "ÿz", f: "😀", l: ["héé"] },
    ]);
  });
});

describe("what is refused", () => {
  it.each<[string, Table, string]>([
    [
      "an unsigned feature",
      tableOf(
        {
          p: data(float64Column([1])),
          f: makeData({ type: new Int32(), data: Int32Array.of(1) }),
          d: makeData({ type: new DateDay(), data: Int32Array.of(1) }),
        },
        { predictionLabelColumnName: "p", featureColumnNames: ["f", "d"] },
      ),
      'Column "d", exported as "d", is of Arrow type',
    ],
    ["two columns of one name", tableFromTwice(), 'two columns named "p"'],
    [
      "two meanings under one name",
      tableOf(
        { p: data(float64Column([1])), a: data(float64Column([1])), a__tag: data(float64Column([1])) },
        { predictionLabelColumnName: "p", featureColumnNames: ["a__tag"], tagColumnNames: ["a"] },
      ),
      'would both be exported as "a__tag"',
    ],
    [
      "SHAP values of nobody",
      tableOf({ s: data(float64Column([1])) }, { shapValuesColumnNames: { a: "s" } }),
      "only a prediction id column can tell whose they are",
    ],
    [
      "a multi-class threshold for a number",
      tableOf(
        { p: data(float64Column([1])) },
        { predictionLabelColumnName: "p", multiClassThresholdScoresColumnName: "p" },
      ),
      "may not have multi-class threshold scores",
    ],
  ])("%s", async (_what, table, text) => {
    await expect(receive(table)).rejects.toThrow(text);
    const { db } = here.platform.domain.core.store;
    expect(
      await db.selectFrom("record_uploads").select("id").where("account_id", "=", here.world.accountId).execute(),
    ).toEqual([]);
  });

  function tableFromTwice(): Table {
    const schema = new Schema(
      [1, 2].map(() => new Field("p", float64Column([1]).type, true)),
      metadata({ predictionLabelColumnName: "p" }),
    );
    const children = [data(float64Column([1])), data(float64Column([1]))];
    return new Table(schema, [
      new RecordBatch(schema, makeData({ type: new Struct(schema.fields), length: 1, nullCount: 0, children })),
    ]);
  }
});

describe("merging", () => {
  const cell = fc.option(fc.integer({ min: 0, max: 9 }), { nil: null });
  const row = fc.record({ id: fc.integer({ min: 0, max: 6 }).map((id) => `id${id}`), a: cell, b: cell });
  const upload = fc.record({
    rows: fc.array(row, { minLength: 1, maxLength: 12 }),
    columns: fc.subarray(["a", "b"], { minLength: 1 }),
    maxRows: fc.integer({ min: 1, max: 4 }),
  });

  it("gives, for any uploads, each id once, with the last value that each column was given", async () => {
    let round = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(upload, { minLength: 1, maxLength: 4 }), async (uploads) => {
        const model = `merge${round++}`;
        const expected = new Map<string, { a: number | null; b: number | null }>();
        for (const { rows, columns, maxRows } of uploads) {
          const table = tableFromColumns(
            [
              ["id", utf8Column(rows.map(({ id }) => id))],
              ...columns.map(
                (name) => [name, float64Column(rows.map((cells) => (name === "a" ? cells.a : cells.b)))] as const,
              ),
            ],
            metadata({ predictionIdColumnName: "id", featureColumnNames: columns }, model),
          );
          await receive(table, maxRows);
          for (const { id, ...cells } of rows) {
            const record = expected.get(id) ?? { a: null, b: null };
            for (const name of columns) {
              if (name === "a") record.a = cells.a ?? record.a;
              if (name === "b") record.b = cells.b ?? record.b;
            }
            expected.set(id, record);
          }
        }
        const table = await exported(model);
        const found = new Map(
          Array.from({ length: table.numRows }, (_, at) => [at, table.get(at)?.toJSON()] as const).map(([, record]) => [
            record?.["predictionID"],
            { a: record?.["a"] ?? null, b: record?.["b"] ?? null },
          ]),
        );
        expect(found).toEqual(expected);
        expect(table.getChild("predictionID")?.toJSON()).toEqual([...expected.keys()]);
      }),
      { numRuns: 25 },
    );
  });
});

describe("two ids of one hash", () => {
  it("stay two records", async () => {
    const { db } = here.platform.domain.core.store;
    const send = (id: string, value: number) =>
      receive(
        tableFromColumns(
          { id: utf8Column([id]), p: float64Column([value]) },
          metadata({ predictionIdColumnName: "id", predictionLabelColumnName: "p" }),
        ),
      );
    await send("a", 1);
    await send("b", 2);
    await send("a", 3);
    const ours = db.selectFrom("record_uploads").select("id").where("account_id", "=", here.world.accountId);
    await db
      .updateTable("record_batches")
      .set({ keys: Buffer.from(Float64Array.of(7).buffer) })
      .where("upload_id", "in", ours)
      .execute();
    const table = await exported("m");
    expect(JSON.parse(JSON.stringify(table.toArray()))).toMatchObject([
      { predictionID: "a", numericPredictionLabel: 3 },
      { predictionID: "b", numericPredictionLabel: 2 },
    ]);
  });
});

describe("an upload that never ended", () => {
  it("is gone after a restart, and what was whole is still there", async () => {
    const folder = await mkdtemp(join(tmpdir(), "axlab-records-"));
    try {
      const db = `file:${join(folder, "axlab.db")}`;
      const first = await Platform.create({ db });
      const whole: Caller = {
        ...caller,
        principal: await first.authenticator.authenticate(first.seeded.keys["member"] ?? undefined),
      };
      await first.domain.records.receive(whole, first.seeded.space?.id ?? "", streamed(messagesFromTable(delays(5))));
      const [schema, batch] = messagesFromTable(delays(5, { model: "cut" }));
      // the process ends between two batches: nobody is left to clean up
      const hanging = (async function* () {
        if (schema !== undefined && batch !== undefined) yield* [schema, batch];
        await new Promise(() => undefined);
      })();
      void first.domain.records.receive(whole, first.seeded.space?.id ?? "", hanging);
      await expect
        .poll(
          async () =>
            (await first.domain.core.store.db.selectFrom("record_batches").select("upload_id").execute()).length,
        )
        .toBe(2);
      await first.close();

      const second = await Platform.create({ db });
      const { db: kept } = second.domain.core.store;
      expect(await kept.selectFrom("record_uploads").select(["state", "rows"]).execute()).toEqual([
        { state: "ready", rows: 5 },
      ]);
      expect(await kept.selectFrom("record_batches").select("rows").execute()).toEqual([{ rows: 5 }]);
      expect(await kept.selectFrom("projects").select("name").execute()).toEqual([{ name: "delays" }]);
      await second.close();
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

function data(vector: Vector<DataType>): Data {
  const [chunk] = vector.data;
  if (chunk === undefined) throw new TypeError("a column of one chunk");
  return chunk;
}

it("an upload that was cleared away while it came is refused, not said to be stored", async () => {
  const { records, core } = here.platform.domain;
  async function* interrupted(): AsyncGenerator<IpcMessage> {
    yield* streamed(messagesFromTable(delays(10), { maxRows: 5 }));
    here.platform.clock.advance("2d");
    await records.purgeAbandoned();
  }
  const batches = () => core.store.db.selectFrom("record_batches").select(["upload_id", "ordinal"]).execute();
  const before = await batches();
  await expect(records.receive(caller, here.world.spaces.main, interrupted())).rejects.toThrow(/Send it again/);
  expect(await batches()).toEqual(before);
});
