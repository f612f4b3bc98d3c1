import { utf8Column, tableFromColumns } from "@axlab/wire/arrow";
import { makeData, Uint64, Vector } from "apache-arrow";
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

const call = { modelId: "m", modelVersion: "1", modelType: "REGRESSION", environment: "PRODUCTION" } satisfies Omit<
  LogOptions,
  "schema"
>;
const DAY = 86_400_000;

/** Violations of a call with three rows; none when it went through. Nothing may have been sent unless it did. */
async function violations(data: object, options: object) {
  try {
    await logger.log(data as Record<string, unknown[]>, { ...call, ...options } as LogOptions); // boundary: tests give wrong arguments on purpose
    return [];
  } catch (error) {
    if (!(error instanceof ValidationFailure)) throw error;
    expect(server.uploads).toHaveLength(0);
    return error.violations;
  }
}

const ids = { id: ["a", "b", "c"], score: [1, 2, 3.5] };
const schema = { predictionIdColumnName: "id", predictionScoreColumnName: "score" };
const single = (field: string) => ({ schema: { ...schema, [field]: "x" } });
const feature = { schema: { ...schema, featureColumnNames: ["x"] } };
const tag = { schema: { ...schema, tagColumnNames: ["x"] } };
const embedding = (columns: object) => ({
  schema: { ...schema, embeddingFeatureColumnNames: { e: { vectorColumnName: "v", ...columns } } },
});
const rank = {
  modelType: "RANKING",
  schema: { predictionIdColumnName: "id", rankColumnName: "x", predictionGroupIdColumnName: "g" },
};
const relevance = { modelType: "RANKING", schema: { predictionIdColumnName: "id", relevanceLabelsColumnName: "x" } };
const multi = (fields: object) => ({ modelType: "MULTI_CLASS", schema: { predictionIdColumnName: "id", ...fields } });
const boxes = (columns: object = {}) => ({
  modelType: "OBJECT_DETECTION",
  schema: {
    predictionIdColumnName: "id",
    objectDetectionPredictionColumnNames: {
      boundingBoxesCoordinatesColumnName: "x",
      categoriesColumnName: "c",
      ...columns,
    },
  },
});
const polygons = {
  modelType: "OBJECT_DETECTION",
  schema: {
    predictionIdColumnName: "id",
    semanticSegmentationActualColumnNames: { polygonCoordinatesColumnName: "x", categoriesColumnName: "c" },
  },
};
const scores = (...pairs: [string, number | null][]) => pairs.map(([class_name, score]) => ({ class_name, score }));
const box = [[1, 1, 2, 2]];
const triangle = [[0, 0, 4, 0, 4, 4]];
const categories = { c: [["p"], ["p"], ["p"]] };
const long = (length: number) => "x".repeat(length); // prettier-ignore

describe("types", () => {
  test.each<[string, object, object, string]>([
    ["a boolean prediction id", { ...ids, id: [true, false, true] }, { schema }, "Invalid_Type"],
    ["a text as timestamp", { ...ids, x: ["2026", "2026", "2026"] }, single("timestampColumnName"), "Invalid_Type"],
    ["a feature of objects", { ...ids, x: [{ a: 1 }, { a: 2 }, { a: 3 }] }, feature, "Invalid_Type_Features"],
    ["a tag of lists", { ...ids, x: [["a"], ["b"], ["c"]] }, tag, "Invalid_Type_Tags"],
    ["text SHAP values", { ...ids, x: ["1", "2", "3"] }, { schema: { ...schema, shapValuesColumnNames: { f: "x" } } }, "Invalid_Type_SHAP_Values"],
    ["a text vector", { ...ids, v: [["1"], ["2"], ["3"]] }, embedding({}), "Invalid_Type_Features"],
    ["a link that is a number", { ...ids, v: [[1, 2], [1, 2], [1, 2]], x: [1, 2, 3] }, embedding({ linkToDataColumnName: "x" }), "Invalid_Type_Features"],
    ["a numeric label of text", { ...ids, x: ["a", "b", "c"] }, { schema: { predictionIdColumnName: "id", predictionLabelColumnName: "x" } }, "Invalid_Type"],
    ["a categorical score of text", { ...ids, score: ["a", "b", "c"] }, { modelType: "SCORE_CATEGORICAL", schema }, "Invalid_Type"],
    ["a rank with a fraction", { ...ids, g: ["a", "b", "c"], x: [1, 2.5, 3] }, rank, "Invalid_Type"],
    ["relevance labels of numbers", { ...ids, x: [1, 2, 3] }, relevance, "Invalid_Type"],
    ["a ranking's actual label of numbers", { ...ids, x: [1, 2, 3] }, { modelType: "RANKING", schema: { predictionIdColumnName: "id", actualLabelColumnName: "x" } }, "Invalid_Type"],
    ["class scores that are all null", { ...ids, x: [null, null, null] }, multi({ predictionScoreColumnName: "x" }), "Invalid_Type"],
    ["class scores of another shape", { ...ids, score: [{ a: 1 }, { a: 1 }, { a: 1 }] }, multi({ predictionScoreColumnName: "score" }), "Invalid_Type"],
    ["boxes that are flat", { ...ids, ...categories, x: [[1, 2, 3, 4], [1, 2, 3, 4], [1, 2, 3, 4]] }, boxes(), "Invalid_Type_Columns"],
  ])("%s is refused", async (_name, data, options, code) => {
    const [violation, ...rest] = await violations(data, options);
    expect(rest).toEqual([]);
    expect(violation?.code).toBe(code);
    expect(violation?.column).toBeDefined();
    expect(violation?.message).toMatch(/is .*; it must be /);
  }); // prettier-ignore

  test.each<[string, object, object]>([
    ["a ranking's actual label of lists", { ...ids, x: [["a"], ["b"], ["c"]] }, { modelType: "RANKING", schema: { predictionIdColumnName: "id", actualLabelColumnName: "x" } }],
    ["attributions of numbers beside relevance labels", { ...ids, x: ["a", "b", "c"], y: [1, 2, 3] }, { modelType: "RANKING", schema: { predictionIdColumnName: "id", relevanceLabelsColumnName: "x", attributionsColumnName: "y" } }],
    ["a rank with a fraction of a regression", { ...ids, x: [0.5, 1.5, 200] }, single("rankColumnName")],
    ["a group id of a regression that is empty and null", { ...ids, x: ["a", "", null] }, single("predictionGroupIdColumnName")],
    ["a template of numbers of a regression", { ...ids, x: [1, 2, 3] }, { schema: { ...schema, promptTemplateColumnNames: { templateColumnName: "x" } } }],
    ["a relevance score of text of a regression", { ...ids, x: ["1", "2", "3"] }, single("relevanceScoreColumnName")],
  ])("%s is accepted: the model does not use it", async (_name, data, options) => {
    expect(await violations(data, options)).toEqual([]);
  }); // prettier-ignore

  test("unsigned integers of an Arrow table are refused", async () => {
    const n = new Vector([makeData({ type: new Uint64(), data: BigUint64Array.of(1n) })]);
    const failure = logger.log(tableFromColumns({ id: utf8Column(["a"]), n }), {
      ...call,
      schema: { predictionIdColumnName: "id", predictionScoreColumnName: "id", featureColumnNames: ["n"] },
    });
    await expect(failure).rejects.toThrow(/"n" \(schema.featureColumnNames\) is uint64/);
  });

  test("a column of two types is refused with the first row of each", async () => {
    const failure = logger.log([{ id: "a", score: 1 }, { id: "b", score: "2" }], { ...call, schema }); // prettier-ignore
    await expect(failure).rejects.toThrow(/column "score".*an integer \(row 0\) and a text \(row 1\)/);
  });
});

describe("values", () => {
  test.each<[string, object, object, string, number[]]>([
    ["a null prediction id", { ...ids, id: ["a", null, "c"] }, { schema }, "Invalid_Missing_Value", [1]],
    ["an empty prediction id", { ...ids, id: ["a", "", "c"] }, { schema }, "Invalid_String_Length_In_Column", [1]],
    ["a prediction id of 513 characters", { ...ids, id: ["a", "b", long(513)] }, { schema }, "Invalid_String_Length_In_Column", [2]],
    ["a null timestamp", { ...ids, x: [new Date(NOW), null, new Date(NOW)] }, single("timestampColumnName"), "Invalid_Missing_Value", [1]],
    ["a time over a year ahead", { ...ids, x: [new Date(NOW), new Date(NOW + 366 * DAY), new Date(NOW)] }, single("timestampColumnName"), "Invalid_Timestamp_Value", [1]],
    ["a time over five years back", { ...ids, x: [new Date(NOW - 1826 * DAY), new Date(NOW), new Date(NOW)] }, single("timestampColumnName"), "Invalid_Timestamp_Value", [0]],
    ["milliseconds where seconds belong", { ...ids, x: [NOW, NOW / 1000, NOW / 1000] }, single("timestampColumnName"), "Invalid_Timestamp_Value", [0]],
    ["a tag of 20 001 characters", { ...ids, x: ["a", long(20_001), null] }, tag, "Invalid_Tag_Length", [1]],
    ["a vector of one dimension", { ...ids, v: [[1, 2], [1], null] }, embedding({}), "Invalid_Value_Embedding_Vector_Dimensionality", [1]],
    ["a vector of 20 001 dimensions", { ...ids, v: [[1, 2], null, new Float32Array(20_001)] }, embedding({}), "Invalid_Value_Embedding_Vector_Dimensionality", [2]],
    ["a vector with NaN", { ...ids, v: [[1, 2], [1, Number.NaN], null] }, embedding({}), "Invalid_Value_Embedding_Vector_Has_No_Values", [1]],
    ["an empty vector", { ...ids, v: [[1, 2], [], null] }, embedding({}), "Invalid_Value_Embedding_Vector_Has_No_Values", [1]],
    ["raw data of 2 000 001 characters", { ...ids, v: [[1, 2], null, null], x: [long(2_000_001), "a", null] }, embedding({ dataColumnName: "x" }), "Invalid_Value_Embedding_Raw_Data_Too_Long", [0]],
    ["tokens of 2 000 001 characters", { ...ids, v: [[1, 2], null, null], x: [["a"], [long(2_000_000), "b"], null] }, embedding({ dataColumnName: "x" }), "Invalid_Value_Embedding_Raw_Data_Too_Long", [1]],
    ["a record that says nothing", { ...ids, score: [1, null, Number.NaN] }, { schema }, "Invalid_Record", [1, 2]],
    ["a null rank", { ...ids, g: ["a", "b", "c"], x: [1, null, 3] }, rank, "Invalid_Missing_Value", [1]],
    ["a rank of 101", { ...ids, g: ["a", "b", "c"], x: [1, 101, 0] }, rank, "Invalid_Rank_Value", [1, 2]],
    ["a group id of 513 characters", { ...ids, g: ["a", long(513), "c"], x: [1, 2, 3] }, rank, "Invalid_String_Length_In_Column", [1]],
    ["an empty relevance label", { ...ids, x: [["a"], ["b", ""], ["c"]] }, relevance, "Invalid_Ranking_Relevance_Labels_Value", [1]],
    ["an empty list of relevance labels", { ...ids, x: [["a"], [], ["c"]] }, relevance, "Invalid_Missing_Value", [1]],
    ["no classes", { ...ids, x: [scores(["a", 0.5]), [], scores(["a", 0.5])] }, multi({ predictionScoreColumnName: "x" }), "Invalid_Num_classes_Multi_Class_Map", [1]],
    ["class scores that are null", { ...ids, x: [scores(["a", 0.5]), null, scores(["a", 0.5])] }, multi({ predictionScoreColumnName: "x" }), "Invalid_Num_classes_Multi_Class_Map", [1]],
    ["501 classes", { ...ids, x: [scores(["a", 0.5]), scores(["a", 0.5]), scores(...Array.from({ length: 501 }, (_x, i): [string, number] => [`c${i}`, 0.5]))] }, multi({ predictionScoreColumnName: "x" }), "Invalid_Num_classes_Multi_Class_Map", [2]],
    ["a class name of 101 characters", { ...ids, x: [scores(["a", 0.5]), scores([long(101), 0.5]), scores(["", 0.5])] }, multi({ predictionScoreColumnName: "x" }), "Invalid_Multi_Class_Class_Name_Length", [1, 2]],
    ["a predicted score of 1.5", { ...ids, x: [scores(["a", 0.5]), scores(["a", 1.5]), scores(["a", null])] }, multi({ predictionScoreColumnName: "x" }), "Invalid_Multi_Class_Pred_Score_Value", [1, 2]],
    ["an actual score of 0.5", { ...ids, x: [scores(["a", 1]), scores(["a", 0.5]), scores(["a", 0])] }, multi({ actualScoreColumnName: "x" }), "Invalid_Multi_Class_Act_Score_Value", [1]],
    ["thresholds of other classes", { ...ids, p: Array.from({ length: 3 }, () => scores(["a", 0.5])), x: [scores(["a", 0.5]), scores(["b", 0.5]), scores(["a", 0.5])] }, multi({ predictionScoreColumnName: "p", multiClassThresholdScoresColumnName: "x" }), "Invalid_Multi_Class_Threshold_Classes", [1]],
    ["boxes that are null", { ...ids, ...categories, x: [box, null, box] }, boxes(), "Invalid_Bounding_Boxes_Coordinates", [1]],
    ["a box of three numbers", { ...ids, ...categories, x: [box, [[1, 2, 3]], box] }, boxes(), "Invalid_Bounding_Boxes_Coordinates", [1]],
    ["a negative box", { ...ids, ...categories, x: [box, [[-1, 2, 3, 4]], box] }, boxes(), "Invalid_Bounding_Boxes_Coordinates", [1]],
    ["a box inside out", { ...ids, ...categories, x: [box, [[3, 2, 1, 4]], box] }, boxes(), "Invalid_Bounding_Boxes_Coordinates", [1]],
    ["a null category", { ...ids, c: [["p"], ["p", null], ["p"]], x: [box, box, box] }, boxes(), "Invalid_Bounding_Boxes_Categories", [1]],
    ["a box score of 1.5", { ...ids, ...categories, x: [box, box, box], s: [[0.5], [1.5], null] }, boxes({ scoresColumnName: "s" }), "Invalid_Bounding_Boxes_Scores", [1, 2]],
    ["a polygon of two points", { ...ids, ...categories, x: [triangle, [[0, 0, 1, 1]], triangle] }, polygons, "Invalid_Polygon_Coordinates", [1]],
    ["a polygon with a repeated vertex", { ...ids, ...categories, x: [triangle, [[0, 0, 4, 0, 0, 0]], triangle] }, polygons, "Invalid_Polygon_Coordinates", [1]],
    ["a polygon that crosses itself", { ...ids, ...categories, x: [triangle, [[0, 0, 4, 4, 4, 0, 0, 4]], triangle] }, polygons, "Invalid_Polygon_Coordinates", [1]],
    ["a null polygon category list", { ...ids, c: [["p"], null, ["p"]], x: [triangle, triangle, triangle] }, polygons, "Invalid_Polygon_Categories", [1]],
  ])("%s is refused, naming its rows", async (_name, data, options, code, rows) => {
    const found = await violations(data, options);
    expect(found.map((violation) => violation.code)).toEqual([code]);
    expect(found[0]?.rows).toEqual(rows);
    expect(found[0]?.count).toBe(rows.length);
  }); // prettier-ignore

  test("training rows need a prediction and an actual each", async () => {
    const data = { ...ids, truth: [1.5, null, 2] };
    const options = { environment: "TRAINING", schema: { ...schema, actualScoreColumnName: "truth" } };
    expect(await violations(data, options)).toMatchObject([{ code: "Invalid_Record", rows: [1] }]);
  });

  test("only five offending rows are shown, all are counted", async () => {
    const data = { id: Array.from({ length: 20 }, () => ""), score: Array.from({ length: 20 }, () => 1) };
    expect(await violations(data, { schema })).toMatchObject([{ rows: [0, 1, 2, 3, 4], count: 20 }]);
  });

  test("a stream is checked batch by batch, and nothing of a bad batch is sent", async () => {
    function* rows() { for (let i = 0; i < 25_000; i++) yield { id: i === 20_005 ? "" : `id-${i}`, score: i + 0.5 }; } // prettier-ignore
    const failure = logger.log(rows(), { ...call, schema, rowsPerRequest: 10_000 });
    await expect(failure).rejects.toMatchObject({
      name: "PartialUploadError",
      landed: [{ start: 0, end: 20_000 }],
      missing: [{ start: 20_000, end: null }],
      cause: { violations: [{ code: "Invalid_String_Length_In_Column", rows: [20_005] }] },
    });
  });

  test("are skipped by validate: false", async () => {
    expect(await violations({ ...ids, id: ["", "", ""] }, { schema, validate: false })).toEqual([]);
    expect(server.uploads).toHaveLength(1);
  });
});
