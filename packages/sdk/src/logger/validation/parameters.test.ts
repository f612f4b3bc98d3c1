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

const data = {
  id: ["a"],
  when: [new Date(NOW)],
  price: [1.5],
  truth: [2.5],
  rooms: [3],
  label: ["x"],
  tokens: [1],
  vec: [[1, 2]],
  text: ["t"],
};
const schema = { predictionIdColumnName: "id", predictionScoreColumnName: "price", featureColumnNames: ["rooms"] };
const base = {
  modelId: "m",
  modelVersion: "1",
  modelType: "REGRESSION",
  environment: "PRODUCTION",
  schema,
} satisfies LogOptions;

/** Codes of the violations, none when the call went through; nothing may have been sent unless it did. */
async function codes(changes: object, input: object = data): Promise<readonly string[]> {
  try {
    await logger.log(input as typeof data, { ...base, ...changes }); // boundary: tests give wrong arguments on purpose
    return [];
  } catch (error) {
    if (!(error instanceof ValidationFailure)) throw error;
    expect(server.uploads).toHaveLength(0);
    return error.violations.map((violation) => violation.code);
  }
}

const withSchema = (changes: object) => ({ schema: { ...schema, ...changes } });

test("the base call of these tests is right", async () => {
  expect(await codes({})).toEqual([]);
});

describe("required", () => {
  test.each([
    ["an unknown schema field", withSchema({ predictionScore: "price" }), "Invalid_Schema_Type"],
    ["a name that is no text", withSchema({ rankColumnName: 5 }), "Invalid_Schema_Type"],
    [
      "an embedding without a vector",
      withSchema({ embeddingFeatureColumnNames: { e: { dataColumnName: "text" } } }),
      "Invalid_Schema_Type",
    ],
    ["a corpus schema outside CORPUS", { schema: { documentIdColumnName: "id" } }, "Invalid_Schema_Type"],
    ["a record schema in CORPUS", { environment: "CORPUS" }, "Invalid_Schema_Type"],
  ])("%s is refused, even without validation", async (_name, changes, code) => {
    expect(await codes(changes)).toEqual([code]);
    expect(await codes({ ...changes, validate: false })).toEqual([code]);
  });
});

describe("parameters", () => {
  const ranking = { modelType: "RANKING" };
  const multi = { modelType: "MULTI_CLASS", schema: { predictionIdColumnName: "id" } };
  const vision = { modelType: "OBJECT_DETECTION" };
  const boxes = { boundingBoxesCoordinatesColumnName: "vec", categoriesColumnName: "label" };
  const areas = { polygonCoordinatesColumnName: "vec", categoriesColumnName: "label" };
  test.each<[string, object, string[]]>([
    ["a blank model id", { modelId: " " }, ["Invalid_Model_ID"]],
    ["a blank model version", { modelVersion: "" }, ["Invalid_Model_Version"]],
    ["an unknown model type", { modelType: "CLUSTERING" }, ["Invalid_Model_Type"]],
    ["an unknown environment", { environment: "TRACING" }, ["Invalid_Environment"]],
    ["VALIDATION without a batch", { environment: "VALIDATION", ...withSchema({ actualScoreColumnName: "truth" }) }, ["Invalid_Batch_ID"]],
    ["an empty column name", withSchema({ timestampColumnName: "" }), ["Invalid_Column_Name_Empty_String"]],
    ["a missing column", withSchema({ featureColumnNames: ["rooms", "nowhere"] }), ["Missing_Columns"]],
    ["actuals without an id", { schema: { actualScoreColumnName: "truth" } }, ["Missing_Prediction_Id_Column_For_Delayed_Records"]],
    ["a feature ending in _shap", withSchema({ featureColumnNames: ["rooms_shap"] }), ["Missing_Columns", "Invalid_SHAP_Suffix"]],
    ["a SHAP key ending in _shap", withSchema({ shapValuesColumnNames: { x_shap: "price" } }), ["Invalid_SHAP_Suffix"]],
    ["31 embeddings", withSchema({ embeddingFeatureColumnNames: Object.fromEntries(Array.from({ length: 31 }, (_x, i) => [`e${i}`, { vectorColumnName: "vec" }])) }), ["Invalid_Number_Of_Embeddings"]],
    ["a column in two typed lists", withSchema({ featureColumnNames: { toStr: ["rooms"], toInt: ["rooms"] } }), ["Invalid_Typed_Columns"]],
    ["training without an actual", { environment: "TRAINING" }, ["Missing_Preproduction_Pred_and_Act_Numeric_and_Categorical"]],
    ["LLM training without an actual", { modelType: "GENERATIVE_LLM", environment: "TRAINING" }, ["Missing_Preproduction_Act"]],
    ["ranking with a rank alone", { ...ranking, ...withSchema({ rankColumnName: "rooms" }) }, ["Missing_Required_Columns_For_Ranking_Model"]],
    ["multi-class without scores", multi, ["Missing_Required_Prediction_or_Actual_Column_Names_for_Multi_Class_Model_Type"]],
    ["multi-class with labels", { ...multi, schema: { ...multi.schema, predictionScoreColumnName: "price", predictionLabelColumnName: "label" } }, ["Invalid_Prediction_or_Actual_Column_Names_for_Model_Type"]],
    ["multi-class with vision", { ...multi, schema: { ...multi.schema, predictionScoreColumnName: "price", objectDetectionActualColumnNames: boxes } }, ["Invalid_Prediction_or_Actual_Column_Names_for_Model_Type"]],
    ["vision without columns", { ...vision, schema: { predictionIdColumnName: "id" } }, ["Missing_CV_Prediction_or_Actual"]],
    ["vision of two families", { ...vision, schema: { objectDetectionPredictionColumnNames: boxes, semanticSegmentationActualColumnNames: areas } }, ["Multiple_CV_Prediction_or_Actual"]],
    ["vision training without actuals", { ...vision, environment: "TRAINING", schema: { objectDetectionPredictionColumnNames: boxes } }, ["Missing_CV_Prediction_or_Actual"]],
    ["vision columns elsewhere", withSchema({ objectDetectionPredictionColumnNames: boxes }), ["Invalid_CV_Prediction_or_Actual_Column_Names_for_Model_Type"]],
    ["thresholds elsewhere", withSchema({ multiClassThresholdScoresColumnName: "price" }), ["Invalid_Prediction_or_Actual_Column_Names_for_Model_Type"]],
    ["ranking metrics of a regression", { metricsValidation: ["RANKING"] }, ["Invalid_ModelType_And_Metrics_Combination"]],
    ["no metric at all", { metricsValidation: [] }, ["Invalid_ModelType_And_Metrics_Combination"]],
    ["vision training with halves of two families", { ...vision, environment: "TRAINING", schema: { objectDetectionPredictionColumnNames: boxes, semanticSegmentationActualColumnNames: areas } }, ["Missing_CV_Prediction_or_Actual"]],
    ["vision training with two whole families", { ...vision, environment: "TRAINING", schema: { objectDetectionPredictionColumnNames: boxes, objectDetectionActualColumnNames: boxes, semanticSegmentationPredictionColumnNames: areas, semanticSegmentationActualColumnNames: areas } }, ["Multiple_CV_Prediction_or_Actual"]],
    ["classification without a label", { modelType: "BINARY_CLASSIFICATION", metricsValidation: ["CLASSIFICATION"] }, ["Missing_Columns_Required_By_Metrics_Validation"]],
  ])("%s is refused", async (_name, changes, expected) => {
    expect(await codes(changes)).toEqual(expected);
  }); // prettier-ignore

  test("a reserved name may only be run metadata of its own kind", async () => {
    const input = { ...data, total_token_count: [1] };
    const llm = { modelType: "GENERATIVE_LLM" };
    expect(await codes({ ...llm, ...withSchema({ tagColumnNames: ["total_token_count"] }) }, input)).toEqual([
      "Reserved_Columns",
    ]);
    expect(
      await codes(
        { ...llm, ...withSchema({ llmRunMetadataColumnNames: { promptTokenCountColumnName: "total_token_count" } }) },
        input,
      ),
    ).toEqual(["Reserved_Columns"]);
    expect(
      await codes(
        { ...llm, ...withSchema({ llmRunMetadataColumnNames: { totalTokenCountColumnName: "total_token_count" } }) },
        input,
      ),
    ).toEqual([]);
  });

  test("are skipped by validate: false", async () => {
    expect(
      await codes({ validate: false, modelVersion: "", ...withSchema({ featureColumnNames: ["nowhere"] }) }),
    ).toEqual([]);
    expect(server.uploads).toHaveLength(1);
  });

  test("metrics are not asked of documents", async () => {
    expect(
      await codes({
        environment: "CORPUS",
        schema: { documentIdColumnName: "id" },
        metricsValidation: ["RANKING"],
      }),
    ).toEqual([]);
  });

  test("metrics with their columns pass", async () => {
    expect(await codes({ metricsValidation: ["REGRESSION"] })).toEqual([]);
  });
});
