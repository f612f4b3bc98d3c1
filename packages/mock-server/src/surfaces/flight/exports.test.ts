import {
  boolColumn,
  endOfStream,
  float64Column,
  int64Column,
  listColumn,
  nullColumn,
  timestampColumn,
  utf8Column,
} from "@axlab/wire/arrow";
import { RecordQueryDescriptor_Environment as Environment, timestampFromMs } from "@axlab/wire/flight";
import { WireEnvironment, WireModelType, type ArizeSchemaInit } from "@axlab/wire/ingest";
import { tableFromIPC, type Table } from "apache-arrow";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Listening } from "../../node/listen.js";
import { FlightClient } from "../../testing/flight-client.js";
import { suite } from "../../testing/suite.js";
import { delays, described, FIRST_AT, streamOf, upload } from "../../testing/uploads.js";

const here = suite();
let listening: Listening;
beforeAll(async () => {
  listening = await here.platform.listen({ port: 0 });
});
afterAll(() => listening.close());

type Query = Parameters<FlightClient["info"]>[0];
type Columns = Parameters<typeof described>[0];
type Described = NonNullable<Extract<ArizeSchemaInit["schema"], { case: "arrowSchema" }>>["value"];

async function send(table: Table): Promise<void> {
  const reply = await upload(listening.url, here.world.keys.pipeline, here.world.spaces.main, streamOf(table));
  expect(reply.text).toContain("realTimeIngestionUri");
}

const log = (
  columns: Columns,
  value: Described,
  model = "m",
  modelType = WireModelType.NUMERIC,
  version = "",
): Promise<void> =>
  send(
    described(columns, {
      constants: { modelId: model, modelVersion: version, environment: WireEnvironment.PRODUCTION, modelType },
      schema: { case: "arrowSchema", value },
    }),
  );

async function exported(
  query: Query = {},
  who: "reader" | "pipeline" | "outsider" | "uiOnly" = "reader",
): Promise<Table> {
  const flight = new FlightClient(listening, here.world.keys[who]);
  try {
    return await flight.export({
      spaceId: here.world.spaces.main,
      modelId: "m",
      environment: Environment.PRODUCTION,
      includeActuals: true,
      ...query,
    });
  } finally {
    flight.close();
  }
}

const rowsOf = (table: Table, ...columns: string[]): unknown[] =>
  Array.from({ length: table.numRows }, (_, row) =>
    Object.fromEntries(columns.map((name) => [name, plain(table.getChild(name)?.get(row))])),
  );
const plain = (value: unknown): unknown =>
  typeof value === "bigint"
    ? Number(value)
    : typeof value === "object" && value !== null
      ? JSON.parse(JSON.stringify(value))
      : value;
const names = (table: Table): string[] => table.schema.fields.map((field) => field.name);
const ids = (table: Table): unknown[] => table.getChild("predictionID")?.toJSON() ?? [];

describe("records of one id", () => {
  it("are one record: actuals, tags and SHAP values that come later complete it, and change nothing else", async () => {
    await log(
      {
        id: utf8Column(["a", "b", "c"]),
        p: float64Column([1, 2, 3]),
        f: float64Column([10, 20, 30]),
        t: timestampColumn([FIRST_AT, FIRST_AT + 1, FIRST_AT + 2].map((at) => new Date(at))),
      },
      {
        predictionIdColumnName: "id",
        predictionLabelColumnName: "p",
        featureColumnNames: ["f"],
        timestampColumnName: "t",
      },
    );
    await log(
      { id: utf8Column(["c", "a"]), y: float64Column([33, 11]) },
      { predictionIdColumnName: "id", actualLabelColumnName: "y" },
    );
    await log(
      { id: utf8Column(["b"]), s: float64Column([0.5]), late: utf8Column(["tag"]) },
      { predictionIdColumnName: "id", shapValuesColumnNames: { f: "s" }, tagColumnNames: ["late"] },
    );
    const table = await exported();
    expect(
      rowsOf(
        table,
        "predictionID",
        "time",
        "f",
        "numericPredictionLabel",
        "numericActualLabel",
        "f__shap",
        "late__tag",
      ),
    ).toEqual([
      {
        predictionID: "a",
        time: FIRST_AT,
        f: 10,
        numericPredictionLabel: 1,
        numericActualLabel: 11,
        f__shap: null,
        late__tag: null,
      },
      {
        predictionID: "b",
        time: FIRST_AT + 1,
        f: 20,
        numericPredictionLabel: 2,
        numericActualLabel: null,
        f__shap: 0.5,
        late__tag: "tag",
      },
      {
        predictionID: "c",
        time: FIRST_AT + 2,
        f: 30,
        numericPredictionLabel: 3,
        numericActualLabel: 33,
        f__shap: null,
        late__tag: null,
      },
    ]);
  });

  it("overwrite what came before, so that sending the same again changes nothing", async () => {
    await send(delays(50, { model: "m" }));
    await send(delays(50, { model: "m" }));
    expect((await exported()).numRows).toBe(50);
    await log(
      { id: utf8Column(["f0"]), g: float64Column([99]) },
      { predictionIdColumnName: "id", predictionLabelColumnName: "g" },
    );
    const [first] = rowsOf(await exported(), "predictionID", "numericPredictionLabel", "distance");
    expect(first).toEqual({ predictionID: "f0", numericPredictionLabel: 99, distance: 100 });
  });

  it("are found when the actual came first, and keep the prediction's time", async () => {
    await log(
      { id: utf8Column(["a"]), y: float64Column([5]) },
      { predictionIdColumnName: "id", actualLabelColumnName: "y" },
    );
    await log(
      { id: utf8Column(["a"]), p: float64Column([4]), t: timestampColumn([new Date(FIRST_AT)]) },
      { predictionIdColumnName: "id", predictionLabelColumnName: "p", timestampColumnName: "t" },
    );
    await log(
      { id: utf8Column(["a"]), y: float64Column([6]), t: timestampColumn([new Date(FIRST_AT + 5000)]) },
      { predictionIdColumnName: "id", actualLabelColumnName: "y", timestampColumnName: "t" },
    );
    expect(rowsOf(await exported(), "time", "numericPredictionLabel", "numericActualLabel")).toEqual([
      { time: FIRST_AT, numericPredictionLabel: 4, numericActualLabel: 6 },
    ]);
    const range = { startTime: timestampFromMs(FIRST_AT - 1000), endTime: timestampFromMs(FIRST_AT + 1000) };
    expect((await exported(range)).numRows).toBe(1);
    expect((await exported({ startTime: timestampFromMs(FIRST_AT + 1000) })).numRows).toBe(0);
  });

  it("are the same whether their id was sent as a number or as text", async () => {
    await log(
      { id: int64Column([7]), p: float64Column([1]) },
      { predictionIdColumnName: "id", predictionLabelColumnName: "p" },
    );
    await log(
      { id: utf8Column(["7"]), y: float64Column([2]) },
      { predictionIdColumnName: "id", actualLabelColumnName: "y" },
    );
    expect(rowsOf(await exported(), "predictionID", "numericPredictionLabel", "numericActualLabel")).toEqual([
      { predictionID: "7", numericPredictionLabel: 1, numericActualLabel: 2 },
    ]);
  });

  it("that were sent without an id get one each", async () => {
    for (let time = 0; time < 2; time++) await log({ p: float64Column([1, 2, 3]) }, { predictionLabelColumnName: "p" });
    const given = ids(await exported());
    expect(new Set(given).size).toBe(6);
  });

  it("merge across many batches in another order", async () => {
    const count = 20_000;
    const each = Array.from({ length: count }, (_, row) => row);
    await send(delays(count, { model: "m" }));
    const reversed = [...each].reverse();
    await log(
      { id: utf8Column(reversed.map((row) => `f${row}`)), y: float64Column(reversed.map((row) => -row)) },
      { predictionIdColumnName: "id", actualLabelColumnName: "y" },
    );
    const table = await exported();
    expect(ids(table)).toEqual(each.map((row) => `f${row}`));
    expect(table.getChild("numericActualLabel")?.toJSON()).toEqual(each.map((row) => -row));
    expect(table.getChild("distance")?.toJSON()).toEqual(each.map((row) => 100 + row));
  });
});

describe("columns of several uploads", () => {
  it("come together, each in a type that holds all of them", async () => {
    await log(
      {
        p: float64Column([1]),
        a: int64Column([1n]),
        b: utf8Column(["x"]),
        c: boolColumn([true]),
        l: listColumn([["u", null]], "utf8"),
        n: nullColumn(1),
      },
      { predictionLabelColumnName: "p", featureColumnNames: ["a", "b", "c", "l", "n"] },
    );
    await log(
      {
        p: float64Column([2]),
        a: float64Column([1.5]),
        b: float64Column([2]),
        c: boolColumn([null]),
        l: listColumn([null], "utf8"),
        n: utf8Column(["late"]),
        d: int64Column([4n]),
      },
      { predictionLabelColumnName: "p", featureColumnNames: ["d", "n", "l", "c", "b", "a"] },
    );
    const table = await exported();
    expect(Object.fromEntries(table.schema.fields.map(({ name, type }) => [name, String(type)]))).toMatchObject({
      a: "Float64",
      b: "Utf8",
      c: "Bool",
      l: "List<Utf8>",
      n: "Utf8",
      d: "Int64",
    });
    expect(rowsOf(table, "numericPredictionLabel", "a", "b", "c", "l", "n", "d")).toEqual([
      { numericPredictionLabel: 1, a: 1, b: "x", c: true, l: ["u", null], n: null, d: null },
      { numericPredictionLabel: 2, a: 1.5, b: "2", c: null, l: null, n: "late", d: 4 },
    ]);
  });

  it("keep their meaning where a feature is called as an export's own column", async () => {
    await log(
      { p: float64Column([1]), time: float64Column([7]) },
      { predictionLabelColumnName: "p", featureColumnNames: ["time"] },
    );
    const table = await exported();
    expect(rowsOf(table, "time__feature")).toEqual([{ time__feature: 7 }]);
    expect(String(table.schema.fields[0]?.type)).toBe("Timestamp<MILLISECOND, UTC>");
    expect(table.schema.fields[0]?.nullable).toBe(false);
  });

  it("are named by model type", async () => {
    await log(
      {
        id: utf8Column(["a"]),
        p: utf8Column(["yes"]),
        s: float64Column([0.5]),
        y: utf8Column(["no"]),
        z: float64Column([0.1]),
      },
      {
        predictionIdColumnName: "id",
        predictionLabelColumnName: "p",
        predictionScoreColumnName: "s",
        actualLabelColumnName: "y",
        actualScoreColumnName: "z",
      },
      "m",
      WireModelType.SCORE_CATEGORICAL,
    );
    expect(names(await exported())).toEqual([
      "time",
      "predictionID",
      "categoricalPredictionLabel",
      "scorePredictionLabel",
      "categoricalActualLabel",
      "scoreActualLabel",
    ]);
    await log(
      { g: utf8Column(["q"]), r: int64Column([1n]), l: listColumn([["hit"]], "utf8"), v: float64Column([1]) },
      { predictionGroupIdColumnName: "g", rankColumnName: "r", actualLabelColumnName: "l", actualScoreColumnName: "v" },
      "ranked",
      WireModelType.RANKING,
    );
    expect(names(await exported({ modelId: "ranked" }))).toEqual([
      "time",
      "predictionID",
      "predictionGroupID",
      "ranking:rank",
      "ranking:label",
      "ranking:relevance",
    ]);
    await log(
      { v: listColumn([[1, 2]], "float32"), p: utf8Column(["x"]), raw: utf8Column(["words"]) },
      {
        predictionLabelColumnName: "p",
        embeddingFeatureColumnNamesMap: { e: { vectorColumnName: "v", dataColumnName: "raw" } },
      },
      "embedded",
      WireModelType.SCORE_CATEGORICAL,
    );
    expect(rowsOf(await exported({ modelId: "embedded" }), "e__embVector", "e__rawData")).toEqual([
      { e__embVector: [1, 2], e__rawData: "words" },
    ]);
  });
});

describe("what a query asks for", () => {
  it("a time range holds its start and not its end", async () => {
    await send(delays(10_000, { model: "m" }));
    const range = (from: number, to: number): Query => ({
      startTime: timestampFromMs(FIRST_AT + from * 1000),
      endTime: timestampFromMs(FIRST_AT + to * 1000),
    });
    expect(ids(await exported(range(8190, 8195)))).toEqual(["f8190", "f8191", "f8192", "f8193", "f8194"]);
    expect((await exported(range(0, 10_000))).numRows).toBe(10_000);
    expect((await exported(range(20_000, 30_000))).numRows).toBe(0);
  });

  it("columns, in the order asked for, with the time always first", async () => {
    await send(delays(3, { model: "m" }));
    const table = await exported({ projectedColumns: ["distance", "carrier", "predictionID"] });
    expect(names(table)).toEqual(["time", "distance", "carrier__tag", "predictionID"]);
    expect(rowsOf(table, "distance", "carrier__tag")).toEqual([
      { distance: 100, carrier__tag: null },
      { distance: 101, carrier__tag: "C1" },
      { distance: 102, carrier__tag: "C2" },
    ]);
    await expect(exported({ projectedColumns: ["nope"] })).rejects.toMatchObject({
      code: 3,
      details: expect.stringContaining(
        'projectedColumns: there is no column "nope". There are: time, predictionID, distance',
      ),
    });
  });

  it("actuals only when they are wanted, for production", async () => {
    await send(delays(3, { model: "m" }));
    expect(names(await exported({ includeActuals: false }))).not.toContain("numericActualLabel");
    await send(delays(3, { model: "m", environment: WireEnvironment.TRAINING }));
    expect(names(await exported({ includeActuals: false, environment: Environment.TRAINING }))).toContain(
      "numericActualLabel",
    );
  });

  it("a model version", async () => {
    await log(
      { id: utf8Column(["a"]), p: float64Column([1]) },
      { predictionIdColumnName: "id", predictionLabelColumnName: "p" },
      "m",
      WireModelType.NUMERIC,
      "1",
    );
    await log(
      { id: utf8Column(["b"]), p: float64Column([2]) },
      { predictionIdColumnName: "id", predictionLabelColumnName: "p" },
      "m",
      WireModelType.NUMERIC,
      "2",
    );
    await log(
      { id: utf8Column(["b"]), y: float64Column([2]) },
      { predictionIdColumnName: "id", actualLabelColumnName: "y" },
    );
    expect(ids(await exported({ modelVersion: "1" }))).toEqual(["a"]);
    expect(rowsOf(await exported({ modelVersion: "2" }), "predictionID", "numericActualLabel")).toEqual([
      { predictionID: "b", numericActualLabel: 2 },
    ]);
  });

  it("a filter over whole records, by the names that were sent", async () => {
    await send(delays(9000, { model: "m" }));
    await log(
      { id: utf8Column(["f5"]), late: utf8Column(["x"]) },
      { predictionIdColumnName: "id", tagColumnNames: ["late"] },
    );
    expect(ids(await exported({ filterExpression: "late = 'x'" }))).toEqual(["f5"]);
    expect(
      ids(await exported({ filterExpression: "distance >= 8900 and distance < 8903 and carrier in ('C1', 'C2')" })),
    ).toEqual(["f8800", "f8801"]);
    expect(ids(await exported({ filterExpression: "distance > 9097", projectedColumns: ["predictionID"] }))).toEqual([
      "f8998",
      "f8999",
    ]);
    await expect(exported({ filterExpression: "nope = 1" })).rejects.toMatchObject({
      code: 3,
      details: expect.stringContaining('filter: there is no column "nope"'),
    });
    await expect(exported({ filterExpression: "distance >" })).rejects.toMatchObject({
      code: 3,
      details: expect.stringContaining("at character 11"),
    });
  });

  it("names that only records outside the window have are missing inside it, not wrong", async () => {
    await send(delays(3, { model: "m" }));
    const later = Date.parse("2026-11-10T00:00:00Z");
    await log(
      { p: float64Column([9]), t: timestampColumn([new Date(later)]), lane: int64Column([7n]) },
      { predictionLabelColumnName: "p", timestampColumnName: "t", tagColumnNames: ["lane"] },
    );
    const first = { startTime: timestampFromMs(FIRST_AT), endTime: timestampFromMs(FIRST_AT + 60_000) };
    expect((await exported({ ...first, filterExpression: "lane = 7" })).numRows).toBe(0);
    expect((await exported({ ...first, filterExpression: "lane is null and distance > 100" })).numRows).toBe(2);
    const table = await exported({ ...first, projectedColumns: ["lane", "distance"] });
    expect(rowsOf(table, "lane__tag", "distance")).toEqual([100, 101, 102].map((distance) => ({ lane__tag: null, distance }))); // prettier-ignore
    expect(String(table.schema.fields[1]?.type)).toBe("Int64");
    expect(names(await exported(first))).not.toContain("lane__tag");
  });

  it("a chunk size", async () => {
    await send(delays(100, { model: "m" }));
    expect((await exported({ streamChunkSize: 30n })).batches.map((batch) => batch.numRows)).toEqual([30, 30, 30, 10]);
  });

  it.each<[string, Query, string]>([
    ["no environment", { environment: Environment.UNKNOWN }, "environment: missing"],
    ["no space", { spaceId: "" }, "spaceId: missing"],
    ["no model", { modelId: "" }, "modelId: missing"],
    [
      "an end before the start",
      { startTime: timestampFromMs(5), endTime: timestampFromMs(1) },
      "startTime: it lies after endTime",
    ],
  ])("%s is refused", async (_what, query, text) => {
    await send(delays(3, { model: "m" }));
    await expect(exported(query)).rejects.toMatchObject({ code: 3, details: expect.stringContaining(text) });
  });

  it("is described by its schema where it has no rows, which no client asks the stream for", async () => {
    await send(delays(3, { model: "m" }));
    const flight = new FlightClient(listening, here.world.keys.reader);
    const { totalRecords, schema } = await flight.info({
      spaceId: here.world.spaces.main,
      modelId: "m",
      environment: Environment.PRODUCTION,
      filterExpression: "distance < 0",
      projectedColumns: ["distance", "carrier"],
    });
    flight.close();
    expect(totalRecords).toBe(0n);
    const framed = Uint8Array.from([...schema, ...endOfStream()]);
    const columns = tableFromIPC(framed).schema.fields.map(({ name, type }) => `${name}: ${String(type)}`);
    expect(columns).toEqual(["time: Timestamp<MILLISECOND, UTC>", "distance: Float64", "carrier__tag: Utf8"]);
  });

  it("gives what was counted, though more came in between", async () => {
    await send(delays(3, { model: "m" }));
    const flight = new FlightClient(listening, here.world.keys.reader);
    const info = await flight.info({
      spaceId: here.world.spaces.main,
      modelId: "m",
      environment: Environment.PRODUCTION,
    });
    await log({ p: float64Column([1]) }, { predictionLabelColumnName: "p" });
    expect((await flight.get(info.endpoint[0]?.ticket?.ticket ?? new Uint8Array())).numRows).toBe(3);
    flight.close();
    expect((await exported()).numRows).toBe(4);
  });

  it("is answered with the schema alone where there is nothing", async () => {
    await send(delays(3, { model: "m" }));
    const table = await exported({
      environment: Environment.VALIDATION,
      projectedColumns: ["anything"],
      filterExpression: "any = 1",
    });
    expect([table.numRows, names(table)]).toEqual([0, ["time"]]);
  });
});

describe("who may read", () => {
  it("readers may, and hidden, restricted and absent are answered alike", async () => {
    await send(delays(3, { model: "m" }));
    await send(delays(3, { model: "locked" }));
    const locked = await here.platform.domain.core.store.db
      .selectFrom("projects")
      .select("id")
      .where("account_id", "=", here.world.accountId)
      .where("name", "=", "locked")
      .executeTakeFirstOrThrow();
    await here.world.as("admin").post("/v2/resource-restrictions", { resource_id: locked.id });
    expect((await exported()).numRows).toBe(3);
    const refusal = async (query: Query, who: "reader" | "outsider"): Promise<{ code: number; details: string }> =>
      exported(query, who).then(
        () => ({ code: 0, details: "" }),
        (error: { code: number; details: string }) => ({
          code: error.code,
          details: error.details.replace(/named "\w+"/, "named …"),
        }),
      );
    const absent = await refusal({ modelId: "absent" }, "reader");
    expect(absent.code).toBe(5);
    expect(await refusal({ modelId: "locked" }, "reader")).toEqual(absent);
    expect(await refusal({}, "outsider")).toEqual(absent);
    expect(await refusal({ spaceId: here.world.spaces.vault }, "reader")).toEqual(absent);
  });

  it("a ticket is worth nothing in other hands", async () => {
    await send(delays(3, { model: "m" }));
    const reader = new FlightClient(listening, here.world.keys.reader);
    const info = await reader.info({
      spaceId: here.world.spaces.main,
      modelId: "m",
      environment: Environment.PRODUCTION,
    });
    const ticket = info.endpoint[0]?.ticket?.ticket ?? new Uint8Array();
    const outsider = new FlightClient(listening, here.world.keys.outsider);
    await expect(outsider.get(ticket)).rejects.toMatchObject({ code: 5 });
    const nobody = new FlightClient(listening);
    await expect(nobody.get(ticket)).rejects.toMatchObject({ code: 16 });
    for (const client of [reader, outsider, nobody]) client.close();
  });
});
