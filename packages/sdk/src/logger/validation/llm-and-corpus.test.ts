import { listOf, nullColumn, structColumn, tableFromColumns, utf8Column } from "@axlab/wire/arrow";
import { Field, RecordBatch, Schema, Table, Utf8 } from "apache-arrow";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import type { IngestServer } from "../../testing/ingest-server.js";
import { NOW, startLogger } from "../../testing/logging.js";
import { ValidationFailure } from "../index.js";
import type { Logger, LogOptions } from "../index.js";

let server: IngestServer;
let logger: Logger;
beforeEach(async () => {
  ({ server, logger } = await startLogger());
});
afterEach(() => server.close());

/** Violations of a call; nothing may have been sent unless it went through. */
async function violations(data: object, options: object) {
  try {
    const all = { modelId: "m", modelVersion: "1", environment: "PRODUCTION", ...options };
    await logger.log(data as Record<string, unknown[]>, all as LogOptions); // boundary: tests give wrong arguments on purpose
    return [];
  } catch (error) {
    if (!(error instanceof ValidationFailure)) throw error;
    expect(server.uploads).toHaveLength(0);
    return error.violations;
  }
}

const long = (length: number): string => "x".repeat(length);
const llm = (schema: object) => ({ modelType: "GENERATIVE_LLM", schema: { predictionIdColumnName: "id", ...schema } });
const corpus = (schema: object) => ({
  modelType: "REGRESSION",
  environment: "CORPUS",
  schema: { documentIdColumnName: "id", ...schema },
});
const areas = { polygonCoordinatesColumnName: "shapes", categoriesColumnName: "kinds", scoresColumnName: "x" };
const vision = {
  modelType: "OBJECT_DETECTION",
  schema: { predictionIdColumnName: "id", instanceSegmentationPredictionColumnNames: areas },
};
const shapes = { shapes: [0, 1, 2].map(() => [[0, 0, 4, 0, 4, 4]]), kinds: [["a"], ["a"], ["a"]] };
const vector = (column: string) => ({ vectorColumnName: column });

describe("values of language models, corpora and instances", () => {
  test.each<[string, object, object, string]>([
    ["an LLM name of 20 001 characters", { x: ["a", long(20_001), "b"] }, llm({ llmConfigColumnNames: { modelColumnName: "x" } }), "Invalid_String_Length_In_Column"],
    ["a template of 50 001 characters", { x: ["a", long(50_001), "b"] }, llm({ promptTemplateColumnNames: { templateColumnName: "x" } }), "Invalid_String_Length_In_Column"],
    ["a template version of 20 001 characters", { x: ["a", long(20_001), "b"] }, llm({ promptTemplateColumnNames: { templateVersionColumnName: "x" } }), "Invalid_String_Length_In_Column"],
    ["a prompt of 2 000 001 characters", { x: ["a", long(2_000_001), "b"] }, llm({ promptColumnNames: "x" }), "Invalid_Value_Embedding_Raw_Data_Too_Long"],
    ["a response of 2 000 001 characters", { x: ["a", long(2_000_001), "b"] }, llm({ responseColumnNames: "x" }), "Invalid_Value_Embedding_Raw_Data_Too_Long"],
    ["a prompt vector of one dimension", { x: [[1, 2], [1], null] }, llm({ promptColumnNames: vector("x") }), "Invalid_Value_Embedding_Vector_Dimensionality"],
    ["a response vector of one dimension", { x: [[1, 2], [1], null] }, llm({ responseColumnNames: vector("x") }), "Invalid_Value_Embedding_Vector_Dimensionality"],
    ["an empty document id", { id: ["a", "", "c"] }, corpus({}), "Invalid_String_Length_In_Column"],
    ["a document id of 129 characters", { id: ["a", long(129), "c"] }, corpus({}), "Invalid_String_Length_In_Column"],
    ["a null document id", { id: ["a", null, "c"] }, corpus({}), "Invalid_Missing_Value"],
    ["a document vector of one dimension", { x: [[1, 2], [1], null] }, corpus({ documentTextEmbeddingColumnNames: vector("x") }), "Invalid_Value_Embedding_Vector_Dimensionality"],
    ["a polygon score of 1.5", { ...shapes, x: [[0.5], [1.5], [0.5]] }, vision, "Invalid_Polygon_Scores"],
    ["a null list of polygon scores", { ...shapes, x: [[0.5], null, [0.5]] }, vision, "Invalid_Polygon_Scores"],
  ])("%s is refused, naming column, row and what would be right", async (_name, data, options, code) => {
    const found = await violations({ id: ["a", "b", "c"], ...data }, options);
    expect(found).toMatchObject([{ code, rows: [1], count: 1 }]);
    expect(found[0]?.column).toMatch(/^(id|x)$/);
    expect(found[0]?.message).toMatch(/row, first 1.*\. [A-Z]/s);
  }); // prettier-ignore

  test.each<[string, object, object, string?]>([
    ["run metadata of text", { x: ["1", "2", "3"] }, llm({ llmRunMetadataColumnNames: { totalTokenCountColumnName: "x" } })],
    ["retrieved documents of numbers", { x: [[1], [2], [3]] }, llm({ retrievedDocumentIdsColumnName: "x" }), "Invalid_Type"],
    ["a prompt that is a number", { x: [1, 2, 3] }, llm({ promptColumnNames: "x" })],
    ["a template that is a number", { x: [1, 2, 3] }, llm({ promptTemplateColumnNames: { templateColumnName: "x" } })],
    ["LLM parameters that are numbers", { x: [1, 2, 3] }, llm({ llmConfigColumnNames: { paramsColumnName: "x" } })],
    ["LLM parameters with a dictionary inside", { x: [{ a: { b: 1 } }, { a: { b: 1 } }, { a: { b: 1 } }] }, llm({ llmConfigColumnNames: { paramsColumnName: "x" } })],
    ["LLM parameters that are numbers, of a regression", { score: [1, 2, 3], x: [1, 2, 3] }, { modelType: "REGRESSION", schema: { predictionIdColumnName: "id", predictionScoreColumnName: "score", llmConfigColumnNames: { paramsColumnName: "x" } } }],
    ["a prompt vector of texts", { x: [["1"], ["2"], ["3"]] }, llm({ promptColumnNames: vector("x") })],
    ["a document version that is a number", { x: [1, 2, 3] }, corpus({ documentVersionColumnName: "x" })],
    ["polygon scores of text", { ...shapes, x: [["a"], ["b"], ["c"]] }, vision],
  ])("%s: the type is refused", async (_name, data, options, code = "Invalid_Type_Columns") => {
    const found = await violations({ id: ["a", "b", "c"], ...data }, options);
    expect(found).toMatchObject([{ code, column: "x" }]);
    expect(found[0]?.message).toMatch(/is .*; it must be /);
  }); // prettier-ignore
});

test("LLM parameters may hold lists that are all empty, as pandas writes them", async () => {
  const stop = listOf([[], []], (items) => nullColumn(items.length));
  const table = tableFromColumns({ id: utf8Column(["a", "b"]), x: structColumn({ stop }) });
  expect(await violations(table, llm({ llmConfigColumnNames: { paramsColumnName: "x" } }))).toEqual([]);
  expect(server.uploads).toHaveLength(1);
});

test("a column that occurs twice in an Arrow table is refused", async () => {
  const { schema, batches } = tableFromColumns({ id: utf8Column(["a"]), x: utf8Column(["b"]), y: utf8Column(["c"]) });
  const twice = new Schema(schema.fields.map((field) => (field.name === "y" ? new Field("x", new Utf8(), true) : field)));
  const failure = logger.log(new Table(twice, batches.map((batch) => new RecordBatch(twice, batch.data))), {
    modelId: "m",
    modelVersion: "1",
    modelType: "SCORE_CATEGORICAL",
    environment: "PRODUCTION",
    schema: { predictionIdColumnName: "id", predictionLabelColumnName: "x" },
  });
  await expect(failure).rejects.toMatchObject({ violations: [{ code: "Duplicate_Columns_In_Dataframe", column: "x" }] });
}); // prettier-ignore

test("how far back a time may lie is a setting", async () => {
  const year = 365 * 86_400_000;
  const data = { id: ["a"], score: [1.5], at: [new Date(NOW - 6 * year)] };
  const options = {
    modelId: "m",
    modelVersion: "1",
    modelType: "REGRESSION",
    environment: "PRODUCTION",
    schema: { predictionIdColumnName: "id", predictionScoreColumnName: "score", timestampColumnName: "at" },
  } satisfies LogOptions;
  expect(await violations(data, options)).toMatchObject([{ code: "Invalid_Timestamp_Value" }]);
  const patient = await startLogger(undefined, { maxPastYears: 7 });
  expect(await patient.logger.log(data, options)).toMatchObject({ rows: 1 });
  await patient.server.close();
});
