import {
  float64Column,
  int32Column,
  int64Column,
  listColumn,
  listOf,
  nullColumn,
  structColumn,
  timestampColumn,
  utf8Column,
} from "@axlab/wire/arrow";
import { WireEnvironment, WireModelType, type ArizeSchemaInit } from "@axlab/wire/ingest";
import type { Table, Vector } from "apache-arrow";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Listening } from "../../node/listen.js";
import { suite } from "../../testing/suite.js";
import { described, FIRST_AT, spansDescription, streamOf, upload } from "../../testing/uploads.js";

const here = suite({ limits: { pastYears: 5 } });
let listening: Listening;
beforeAll(async () => {
  listening = await here.platform.listen({ port: 0 });
});
afterAll(() => listening.close());

type Columns = Parameters<typeof described>[0];
type Schema = Extract<NonNullable<ArizeSchemaInit["schema"]>, { case: "arrowSchema" }>["value"];
interface Where {
  type?: WireModelType;
  environment?: WireEnvironment;
}

const records = (
  columns: Columns,
  schema: Schema,
  { type = WireModelType.NUMERIC, environment = WireEnvironment.PRODUCTION }: Where = {},
): Table =>
  described(columns, {
    constants: { modelId: "m", modelVersion: "1", environment, modelType: type },
    schema: { case: "arrowSchema", value: schema },
  });
const spans = (columns: Columns): Table => described(columns, spansDescription("p"));

const send = (table: Table, maxRows?: number) =>
  upload(listening.url, here.world.keys.pipeline, here.world.spaces.main, streamOf(table, maxRows));
const stored = async (): Promise<number> => {
  const { count } = await here.platform.domain.core.store.db
    .selectFrom("record_uploads")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where("account_id", "=", here.world.accountId)
    .executeTakeFirstOrThrow();
  return Number(count);
};

/** Two rows of predictions, with a further column. */
const withColumn = (name: string, column: Vector, schema: Schema, where?: Where): Table =>
  records({ p: float64Column([1, 2]), [name]: column }, { predictionLabelColumnName: "p", ...schema }, where);
const long = (characters: number): string => "é".repeat(characters);
const embedding = (vector: string, data = ""): Schema => ({
  embeddingFeatureColumnNamesMap: { e: { vectorColumnName: vector, dataColumnName: data } },
});
const vectors = (...rows: (number[] | null)[]): Table => withColumn("v", listColumn(rows, "float64"), embedding("v"));

const classes = (rows: (readonly (readonly [string, number])[] | null)[]) =>
  listOf(rows, (items) =>
    structColumn({
      class_name: utf8Column(items.map(([name]) => name)),
      score: float64Column(items.map(([, score]) => score)),
    }),
  );
const scored = (first: readonly (readonly [string, number])[], side: "prediction" | "actual" = "prediction"): Table =>
  records(
    { id: utf8Column(["x", "y"]), c: classes([first, [["a", 1]]]) },
    {
      predictionIdColumnName: "id",
      ...(side === "prediction" ? { predictionScoreColumnName: "c" } : { actualScoreColumnName: "c" }),
    },
    { type: WireModelType.MULTI_CLASS },
  );
const thresholds = (names: string[]): Table =>
  records(
    {
      c: classes([
        [
          ["a", 0.5],
          ["b", 0.5],
        ],
      ]),
      t: classes([names.map((name) => [name, 0.5] as const)]),
    },
    { predictionScoreColumnName: "c", multiClassThresholdScoresColumnName: "t" },
    { type: WireModelType.MULTI_CLASS },
  );

const ranking = (columns: Columns, schema: Schema = {}): Table =>
  records(
    { g: utf8Column(["g", "g"]), r: int32Column([1, 2]), ...columns },
    { predictionGroupIdColumnName: "g", rankColumnName: "r", ...schema },
    { type: WireModelType.RANKING },
  );

const shapes = (rows: (readonly (readonly number[])[] | null)[]) =>
  listOf(rows, (items) => listColumn(items, "float64"));
const vision = { type: WireModelType.OBJECT_DETECTION };
const boxes = (
  first: (readonly number[])[] | null,
  categories: ("c" | null)[] | null = ["c"],
  scores: (number | null)[] | null = [0.5],
): Table =>
  records(
    {
      b: shapes([first, [[0, 0, 1, 1]]]),
      c: listColumn([categories, ["c"]], "utf8"),
      s: listColumn([scores, [1]], "float64"),
    },
    {
      predictionObjectDetectionLabelColumnNames: {
        bboxesCoordinatesColumnName: "b",
        bboxesCategoriesColumnName: "c",
        bboxesScoresColumnName: "s",
      },
    },
    vision,
  );
const polygons = (...first: number[]): Table =>
  records(
    { b: shapes([[first]]), c: listColumn([["c"]], "utf8") },
    {
      predictionSemanticSegmentationLabelColumnNames: {
        polygonsCoordinatesColumnName: "b",
        polygonsCategoriesColumnName: "c",
      },
    },
    vision,
  );

const document = (id: string | null): Table =>
  records(
    { d: utf8Column(["doc", id]), t: utf8Column(["x", "y"]) },
    { documentColumnNames: { idColumnName: "d", textColumnName: { vectorColumnName: "", dataColumnName: "t" } } },
    { type: WireModelType.GENERATIVE_LLM, environment: WireEnvironment.CORPUS },
  );
const at = (...years: number[]): Table =>
  withColumn("t", timestampColumn(years.map((year) => new Date(Date.now() + year * 365 * 86_400_000))), {
    timestampColumnName: "t",
  });
const training = (predictions: (number | null)[], actuals: (number | null)[]): Table =>
  records(
    { p: float64Column(predictions), a: float64Column(actuals) },
    { predictionLabelColumnName: "p", actualLabelColumnName: "a" },
    { environment: WireEnvironment.TRAINING },
  );
const llm = (column: string, text: string): Table => {
  const schema: Record<string, Schema> = {
    model: { llmConfigColumnNames: { modelColumnName: "x" } },
    template: { promptTemplateColumnNames: { templateColumnName: "x" } },
    version: { promptTemplateColumnNames: { templateVersionColumnName: "x" } },
  };
  return withColumn("x", utf8Column(["ok", text]), schema[column] ?? {}, { type: WireModelType.GENERATIVE_LLM });
};

/** Rule, what breaks it, the row it names, and what just does not. */
const ML: [code: string, bad: () => Table, says: string, good: () => Table][] = [
  ["Invalid_Missing_Value", () => withColumn("id", utf8Column(["a", null]), { predictionIdColumnName: "id" }), 'column "id", row 1 is null', () => withColumn("id", utf8Column(["a", "b"]), { predictionIdColumnName: "id" })],
  ["Invalid_Missing_Value", () => document(null), 'column "d", row 1 is null', () => document("b")],
  ["Invalid_Missing_Value", () => withColumn("t", int64Column([1_790_000_000n, null]), { timestampColumnName: "t" }), 'column "t", row 1 is null', () => withColumn("t", int64Column([1_790_000_000n, 1_790_000_000n]), { timestampColumnName: "t" })],
  ["Invalid_Timestamp_Value", () => at(0, 1.01), 'column "t", row 1 is at', () => at(0, 0.99)],
  ["Invalid_Timestamp_Value", () => at(-5.01, 0), 'column "t", row 0 is at', () => at(-4.99, 0)],
  ["Invalid_Timestamp_Value", () => withColumn("t", int64Column([FIRST_AT, FIRST_AT].map(BigInt)), { timestampColumnName: "t" }), "numbers are seconds", () => withColumn("t", int64Column([FIRST_AT / 1000, FIRST_AT / 1000].map(BigInt)), { timestampColumnName: "t" })],
  ["Invalid_String_Length_In_Column", () => withColumn("id", utf8Column(["a", long(513)]), { predictionIdColumnName: "id" }), "row 1 has a text of 513 characters", () => withColumn("id", utf8Column(["a", long(512)]), { predictionIdColumnName: "id" })],
  ["Invalid_String_Length_In_Column", () => withColumn("id", utf8Column(["a", ""]), { predictionIdColumnName: "id" }), "row 1 has a text of 0 characters", () => withColumn("id", utf8Column(["a", "b"]), { predictionIdColumnName: "id" })],
  ["Invalid_String_Length_In_Column", () => document(long(129)), "row 1 has a text of 129 characters", () => document(long(128))],
  ["Invalid_String_Length_In_Column", () => ranking({ g: utf8Column(["g", long(513)]) }), 'column "g", row 1', () => ranking({ g: utf8Column(["g", long(512)]) })],
  ["Invalid_Value_Embedding_Vector_Dimensionality", () => vectors([1, 2], [1]), "row 1 has a vector of 1 numbers", () => vectors([1, 2], null)],
  ["Invalid_Value_Embedding_Vector_Dimensionality", () => vectors(Array.from({ length: 20_001 }, () => 1), [1, 2]), "20001 numbers", () => vectors(Array.from({ length: 20_000 }, () => 1), [1, 2])],
  ["Invalid_Value_Embedding_Vector_Has_No_Values", () => vectors([1, 2], []), "row 1 has a vector without numbers", () => vectors([1, 2], [3, 4])],
  ["Invalid_Value_Embedding_Vector_Has_No_Values", () => vectors([1, Number.NaN], [1, 2]), "row 0 has a vector with NaN", () => vectors([1, -0], [1, 2])],
  ["Invalid_Value_Embedding_Vector_Has_No_Values", () => vectors(null, []), "row 1 has a vector without numbers", () => vectors(null, null)],
  ["Invalid_Value_Embedding_Raw_Data_Too_Long", () => withColumn("x", utf8Column(["a", "x".repeat(2_000_001)]), embedding("", "x")), "row 1 holds 2000001 characters", () => withColumn("x", utf8Column(["a", "é".repeat(2_000_000)]), embedding("", "x"))],
  ["Invalid_Value_Embedding_Raw_Data_Too_Long", () => withColumn("x", listColumn([["a"], ["x".repeat(1_000_001), "x".repeat(1_000_000)]], "utf8"), embedding("", "x")), "row 1 holds", () => withColumn("x", listColumn([["a"], ["x".repeat(1_000_000), "x".repeat(1_000_000)]], "utf8"), embedding("", "x"))],
  ["Invalid_Tag_Length", () => withColumn("x", utf8Column(["a", long(20_001)]), { tagColumnNames: ["x"] }), "row 1 has a text of 20001", () => withColumn("x", utf8Column([null, long(20_000)]), { tagColumnNames: ["x"] })],
  ["Invalid_Record", () => records({ p: float64Column([1, null]), f: float64Column([1, 2]) }, { predictionLabelColumnName: "p", featureColumnNames: ["f"] }), "row 1 has a value in none", () => records({ p: float64Column([1, null]), s: float64Column([1, 2]) }, { predictionLabelColumnName: "p", shapValuesColumnNames: { f: "s" } })],
  ["Invalid_Record", () => records({ p: float64Column([1, Number.NaN]) }, { predictionLabelColumnName: "p" }), "row 1 has a value in none", () => records({ p: float64Column([1, 0]) }, { predictionLabelColumnName: "p" })],
  ["Invalid_Record", () => training([1, null], [1, 2]), 'column "p", row 1', () => training([1, 2], [1, 2])],
  ["Invalid_Record", () => training([1, 2], [1, null]), 'column "a", row 1', () => training([1, 2], [0, 2])],
  ["Invalid_Rank_Value", () => ranking({ r: int32Column([1, 101]) }), "row 1 has the rank 101", () => ranking({ r: int32Column([1, 100]) })],
  ["Invalid_Rank_Value", () => ranking({ r: int32Column([0, 1]) }), "row 0 has the rank 0", () => ranking({ r: int32Column([1, 1]) })],
  ["Invalid_Ranking_Relevance_Labels_Value", () => ranking({ l: utf8Column(["a", ""]) }, { actualLabelColumnName: "l" }), "row 1 has an empty label", () => ranking({ l: utf8Column(["a", null]) }, { actualLabelColumnName: "l" })],
  ["Invalid_Missing_Value", () => ranking({ r: int32Column([1, null]) }), 'column "r", row 1 is null', () => ranking({ r: int32Column([1, 2]) })],
  ["Invalid_Ranking_Relevance_Labels_Value", () => ranking({ l: listColumn([["a"], ["b", ""]], "utf8") }, { actualLabelColumnName: "l" }), "row 1 has an empty label", () => ranking({ l: listColumn([["a"], ["b", "c"]], "utf8") }, { actualLabelColumnName: "l" })],
  ["Invalid_Missing_Value", () => ranking({ l: listColumn([["a"], []], "utf8") }, { actualLabelColumnName: "l" }), "row 1 has an empty list", () => ranking({ l: listColumn([["a"], null], "utf8") }, { actualLabelColumnName: "l" })],
  ["Invalid_Num_classes_Multi_Class_Map", () => scored(Array.from({ length: 501 }, (_, number) => [`c${number}`, 0] as const)), "row 0 has 501 classes", () => scored(Array.from({ length: 500 }, (_, number) => [`c${number}`, 0] as const))],
  ["Invalid_Num_classes_Multi_Class_Map", () => scored([]), "row 0 has 0 classes", () => scored([["a", 0]])],
  ["Invalid_Multi_Class_Class_Name_Length", () => scored([[long(101), 1]]), "a name of 101 characters", () => scored([[long(100), 1]])],
  ["Invalid_Multi_Class_Pred_Score_Value", () => scored([["a", 1.01]]), "row 0 has the score 1.01", () => scored([["a", 1]])],
  ["Invalid_Multi_Class_Act_Score_Value", () => scored([["a", 0.5]], "actual"), "row 0 has the score 0.5", () => scored([["a", 0]], "actual")],
  ["Invalid_Multi_Class_Threshold_Classes", () => thresholds(["a", "c"]), "row 0 has thresholds for a, c", () => thresholds(["b", "a"])],
  ["Invalid_Bounding_Boxes_Coordinates", () => boxes([[0, 0, 1]]), "row 0 has a box of 3 numbers", () => boxes([[0, 0, 1, 2]])],
  ["Invalid_Bounding_Boxes_Coordinates", () => boxes([[0, -1, 1, 1]]), "negative", () => boxes([])],
  ["Invalid_Bounding_Boxes_Coordinates", () => boxes([[1, 0, 1, 1]]), "not x1 < x2", () => boxes([[0, 0, 0.1, 1]])],
  ["Invalid_Bounding_Boxes_Coordinates", () => boxes(null), "row 0 is null", () => boxes([[0, 0, 1, 1]])],
  ["Invalid_Bounding_Boxes_Categories", () => boxes([[0, 0, 1, 1]], [null]), "row 0 has a null", () => boxes([[0, 0, 1, 1]], ["c"])],
  ["Invalid_Bounding_Boxes_Categories", () => boxes([[0, 0, 1, 1]], null), "row 0 is null", () => boxes([[0, 0, 1, 1]], [])],
  ["Invalid_Bounding_Boxes_Scores", () => boxes([[0, 0, 1, 1]], ["c"], [1.5]), "row 0 has the score 1.5", () => boxes([[0, 0, 1, 1]], ["c"], [0])],
  ["Invalid_Bounding_Boxes_Scores", () => boxes([[0, 0, 1, 1]], ["c"], null), "row 0 is null", () => boxes([[0, 0, 1, 1]], ["c"], [1])],
  ["Invalid_Polygon_Coordinates", () => polygons(0, 0, 1, 0), "a polygon of 4 numbers", () => polygons(0, 0, 1, 0, 1, 1)],
  ["Invalid_Polygon_Coordinates", () => polygons(0, 0, 1, 0, 1, 1, 0, 0), "one vertex twice", () => polygons(0, 0, 1, 0, 1, 1, 0, 1)],
  ["Invalid_Polygon_Coordinates", () => polygons(0, 0, 2, 2, 2, 0, 0, 2), "edges cross", () => polygons(0, 0, 2, 0, 2, 2, 0, 2)],
  ["Invalid_String_Length_In_Column", () => llm("model", long(20_001)), "row 1", () => llm("model", long(20_000))],
  ["Invalid_String_Length_In_Column", () => llm("template", long(50_001)), "row 1", () => llm("template", long(50_000))],
  ["Invalid_String_Length_In_Column", () => llm("version", long(20_001)), "row 1", () => llm("version", long(20_000))],
]; // prettier-ignore

const refusedAndAccepted = async (code: string, bad: Table, says: string, good: Table): Promise<void> => {
  const refused = await send(bad);
  expect([refused.status, refused.detail]).toEqual([400, expect.stringContaining(`${code}: `)]);
  expect(refused.detail).toContain(says);
  expect(await stored()).toBe(0);
  const taken = await send(good);
  expect([taken.status, taken.text]).toEqual([200, expect.stringContaining("realTimeIngestionUri")]);
};

describe("records that a client's own validation would refuse (§8.4)", () => {
  it.each(ML)("%s", (code, bad, says, good) => refusedAndAccepted(code, bad(), says, good()));

  it.each<[string, () => Table]>([
    [
      "late relevance of a ranking, in training",
      () =>
        records(
          { id: utf8Column(["x", "y"]), l: utf8Column(["a", "b"]) },
          { predictionIdColumnName: "id", actualLabelColumnName: "l" },
          { type: WireModelType.RANKING, environment: WireEnvironment.TRAINING },
        ),
    ],
    [
      "a whole vision family in training, and half of another",
      () => {
        const areas = { polygonsCoordinatesColumnName: "b", polygonsCategoriesColumnName: "c" };
        return records(
          { b: shapes([[[0, 0, 1, 0, 1, 1]]]), c: listColumn([["c"]], "utf8") },
          {
            predictionSemanticSegmentationLabelColumnNames: areas,
            actualSemanticSegmentationLabelColumnNames: areas,
            actualInstanceSegmentationLabelColumnNames: areas,
          },
          { ...vision, environment: WireEnvironment.TRAINING },
        );
      },
    ],
    [
      "a feature and a tag that are named twice",
      () => withColumn("x", float64Column([1, 2]), { featureColumnNames: ["x", "x"], tagColumnNames: ["x", "x"] }),
    ],
  ])("takes what the clients send: %s", async (_name, table) => {
    expect((await send(table())).status).toBe(200);
  });

  it("refuses times in whole numbers of 32 bits, as the clients do", async () => {
    const reply = await send(withColumn("t", int32Column([1, 2]), { timestampColumnName: "t" }));
    expect([reply.status, reply.detail]).toEqual([400, expect.stringContaining("int64 or double in seconds")]);
  });

  it("names the first rows of the upload, whichever batch they came in, and changes nothing", async () => {
    const many = Array.from({ length: 3000 }, (_, row) => (row % 400 === 399 ? 101 : 1));
    const reply = await send(
      records(
        { g: utf8Column(many.map(() => "g")), r: int32Column(many) },
        { predictionGroupIdColumnName: "g", rankColumnName: "r" },
        { type: WireModelType.RANKING },
      ),
      1000,
    );
    expect(reply.detail).toContain("row 399 has the rank 101. So do rows 799.");
    const later = many.map((rank, row) => (row < 2500 ? 1 : rank));
    const second = await send(
      records(
        { g: utf8Column(many.map(() => "g")), r: int32Column(later) },
        { predictionGroupIdColumnName: "g", rankColumnName: "r" },
        { type: WireModelType.RANKING },
      ),
      1000,
    );
    expect(second.detail).toContain("row 2799 has the rank 101.");
    expect(await stored()).toBe(0);
  });
});

const text = (value: string | null) => utf8Column([value]);
const ns = (years: number): bigint => BigInt(Date.now() + Math.round(years * 365 * 86_400_000)) * 1_000_000n;
const span = (columns: Columns = {}): Table =>
  spans({
    "context.trace_id": text("trace-0000-0001"),
    "context.span_id": text("span-0000-0001"),
    name: text("step"),
    start_time: int64Column([ns(0) - 1_000_000_000n]),
    end_time: int64Column([ns(0)]),
    ...columns,
  });
const attribute = (name: string, value: string) => () => span({ [`attributes.${name}`]: text(value) });
const item =
  (name: string, ...values: (object | string)[]) =>
  () =>
    span({
      [name]: listColumn([values.map((value) => (typeof value === "string" ? value : JSON.stringify(value)))], "utf8"),
    });
const evaluations = (columns: Columns): Table => spans({ "context.span_id": text("span-0000-0001"), ...columns });

const SPANS: [code: string, bad: () => Table, says: string, good: () => Table][] = [
  ["Invalid_String_Length_In_Column", () => span({ "context.span_id": text("short") }), '"context.span_id", row 0', () => span({ "context.span_id": text("a".repeat(12)) })],
  ["Invalid_Missing_Value", () => span({ "context.span_id": text(null) }), '"context.span_id", row 0', () => span()],
  ["Invalid_Missing_Value", () => span({ "context.trace_id": nullColumn(1) }), '"context.trace_id", row 0', () => span()],
  ["Invalid_Missing_Value", () => span({ name: text(null) }), '"name", row 0', () => span({ name: text("") })],
  ["Invalid_String_Length_In_Column", () => span({ "context.trace_id": text(long(129)) }), "129", () => span({ "context.trace_id": text(long(128)) })],
  ["Invalid_String_Length_In_Column", () => span({ parent_id: text(long(129)) }), '"parent_id"', () => span({ parent_id: text("") })],
  ["Invalid_String_Length_In_Column", () => span({ name: text(long(51)) }), '"name"', () => span({ name: text(long(50)) })],
  ["Invalid_String_Value_Not_Allowed_In_Column", () => span({ status_code: text("FINE") }), '"FINE"', () => span({ status_code: text("ok") })],
  ["Invalid_String_Length_In_Column", () => span({ status_message: text(long(10_001)) }), "10001", () => span({ status_message: text(long(10_000)) })],
  ["Invalid_Timestamp_Value_In_Column", () => span({ start_time: int64Column([ns(-5.01)]) }), '"start_time"', () => span({ start_time: int64Column([ns(-4.99)]) })],
  ["Invalid_Timestamp_Value_In_Column", () => span({ end_time: int64Column([ns(1.01)]) }), '"end_time"', () => span({ end_time: int64Column([ns(0.99)]) })],
  ["Invalid_Start_And_End_Times", () => span({ start_time: int64Column([ns(0)]), end_time: int64Column([ns(0) - 10_000_000_000n]) }), "ends before it starts", () => span()],
  ["Invalid_String_Length_In_Column", attribute("openinference.span.kind", long(129)), "129", attribute("openinference.span.kind", "LLM")],
  ["Invalid_String_Length_In_Column", attribute("exception.message", long(101)), "101", attribute("exception.message", long(100))],
  ["Invalid_String_Length_In_Column", attribute("exception.stacktrace", long(10_001)), "10001", attribute("exception.stacktrace", long(10_000))],
  ["Invalid_String_Length_In_Column", attribute("input.mime_type", long(101)), "101", attribute("input.mime_type", "text/plain")],
  ["Invalid_String_Length_In_Column", attribute("llm.model_name", long(101)), "101", attribute("llm.model_name", "m")],
  ["Invalid_String_Length_In_Column", attribute("tool.description", long(1001)), "1001", attribute("tool.description", long(1000))],
  ["Invalid_String_Length_In_Column", attribute("reranker.query", long(10_001)), "10001", attribute("reranker.query", "q")],
  ["Invalid_String_Length_In_Column", attribute("session.id", long(129)), "129", attribute("session.id", long(128))],
  ["Invalid_Json_String_In_Column", attribute("llm.invocation_parameters", "{a:1}"), "not JSON", attribute("llm.invocation_parameters", '{"a":1}')],
  ["Invalid_Json_String_In_Column", attribute("tool.parameters", "x"), "not JSON", attribute("tool.parameters", "")],
  ["Invalid_Item_In_Column", item("events", "no json"), "not a JSON object", item("events", { name: "e" })],
  ["Invalid_Item_In_Column", item("events", { name: long(101) }), "a name of 101", item("events", { name: long(100) })],
  ["Invalid_Item_In_Column", item("events", { name: "e", attributes: [1] }), "attributes that is not an object", item("events", { name: "e", attributes: "{}" })],
  ["Invalid_Item_In_Column", item("attributes.llm.input_messages", { "message.role": long(101) }), "message.role", item("attributes.llm.input_messages", { "message.role": "user" })],
  ["Invalid_Item_In_Column", item("attributes.llm.output_messages", { "message.tool_calls": [{ "tool_call.function.arguments": "{" }] }), "arguments are not JSON", item("attributes.llm.output_messages", { "message.tool_calls": [{ "tool_call.function.arguments": "{}" }] })],
  ["Invalid_Item_In_Column", item("attributes.llm.output_messages", { "message.tool_calls": [{ "tool_call.function.name": long(501) }] }), "501", item("attributes.llm.output_messages", { "message.tool_calls": [{ "tool_call.function.name": "f" }] })],
  ["Invalid_Item_In_Column", item("attributes.retrieval.documents", { "document.id": long(101) }), "document.id", item("attributes.retrieval.documents", { "document.id": "d", "document.metadata": '{"a":1}' })],
  ["Invalid_Item_In_Column", item("attributes.embedding.embeddings", { "embedding.vector": [1] }), "a vector of 1 numbers", item("attributes.embedding.embeddings", { "embedding.vector": [1, 2] })],
  ["Invalid_Item_In_Column", item("attributes.embedding.embeddings", { "embedding.vector": new Array(20_001).fill(1) }), "a vector of 20001", item("attributes.embedding.embeddings", { "embedding.vector": new Array(20_000).fill(1) })],
  ["Invalid_Item_In_Column", item("attributes.retrieval.documents", { "document.metadata": { a: { b: 1 } } }), 'whose "a" is nested', item("attributes.retrieval.documents", { "document.metadata": { a: [1, "x"], b: '{"c":1}' } })],
  ["Invalid_String_Length_In_Column", () => evaluations({ "eval.q.label": text(long(101)) }), "101", () => evaluations({ "eval.q.label": text(long(100)) })],
  ["Invalid_String_Length_In_Column", () => evaluations({ "eval.q.label": text("") }), "0 characters", () => evaluations({ "eval.q.label": text(null) })],
  ["Invalid_String_Length_In_Column", () => evaluations({ "eval.q.label": text("a"), "eval.q.explanation": text(long(10_001)) }), "10001", () => evaluations({ "eval.q.label": text("a"), "eval.q.explanation": text(long(10_000)) })],
  ["Invalid_Null_Eval_Label_And_Score", () => evaluations({ "eval.q.label": text(null), "eval.q.explanation": text("why") }), "neither label nor score", () => evaluations({ "eval.q.score": float64Column([1]), "eval.q.explanation": text("why") })],
  ["Invalid_Float_Value_In_Column", () => evaluations({ "eval.q.score": float64Column([Infinity]) }), "score Infinity", () => evaluations({ "eval.q.score": float64Column([Number.NaN]) })],
  ["Invalid_String_Length_In_Column", () => spans({ "context.span_id": text("short"), "eval.q.label": text("a") }), "5 characters", () => evaluations({ "trace_eval.q.label": text("a") })],
]; // prettier-ignore

describe("spans and evaluations that a client's own validation would refuse (§8.6)", () => {
  it.each(SPANS)("%s", (code, bad, says, good) => refusedAndAccepted(code, bad(), says, good()));
});
