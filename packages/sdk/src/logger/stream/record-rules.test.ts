import { afterEach, beforeEach, expect, test } from "vitest";

import type { IngestServer } from "../../testing/ingest-server.js";
import { NOW, startLogger } from "../../testing/logging.js";
import { ValidationFailure } from "../index.js";
import type { Logger, StreamRecord } from "../index.js";

let server: IngestServer;
let logger: Logger;
beforeEach(async () => {
  ({ server, logger } = await startLogger(undefined, { maxPastYears: 10 }));
});
afterEach(() => server.close());

const record = {
  modelId: "m",
  modelType: "REGRESSION",
  environment: "PRODUCTION",
  predictionId: "a",
  predictionLabel: 1.5,
} satisfies StreamRecord;

const YEAR = 365 * 86_400;
const at = (seconds: number) => ({ predictionTimestamp: NOW / 1000 + seconds });
const late = { predictionLabel: undefined };
const llm = { modelType: "GENERATIVE_LLM", predictionLabel: "1" };
const texts = (length: number): string => "ö".repeat(length);
const embedding = (given: unknown) => ({ embeddingFeatures: { e: given } });
const embeddings = (count: number) => ({
  embeddingFeatures: Object.fromEntries(Array.from({ length: count }, (_unused, number) => [`e${number}`, {}])),
});
const category = (label: unknown) => ({ modelType: "SCORE_CATEGORICAL", predictionLabel: label });
const ranking = (label: object) => ({ modelType: "RANKING", predictionLabel: { groupId: "g", rank: 1, ...label } });
const relevance = (label: unknown) => ({ modelType: "RANKING", ...late, actualLabel: label });
const multi = (label: object) => ({ modelType: "MULTI_CLASS", predictionLabel: label });
const classes = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_unused, number) => [`c${number}`, 0.5]));
const multiActual = (actualScores: unknown) => ({ modelType: "MULTI_CLASS", ...late, actualLabel: { actualScores } });

const image = { modelType: "OBJECT_DETECTION", embeddingFeatures: { image: { vector: [1, 2] } } };
const box = { boundingBoxesCoordinates: [[0, 0, 1, 1]], categories: ["a"], scores: [0.5] };
const boxes = (label: object) => ({ ...image, predictionLabel: { ...box, ...label } });
const boxAt = (...coordinates: unknown[]) => boxes({ boundingBoxesCoordinates: [coordinates] });
const actualBoxes = (label: object) => ({ ...image, ...late, actualLabel: { ...box, scores: undefined, ...label } });
const square = [0, 0, 2, 0, 2, 2, 0, 2];
const area = (label: object) => ({
  ...image,
  predictionLabel: { polygonCoordinates: [square], categories: ["a"], ...label },
});
const polygon = (...coordinates: number[]) => area({ polygonCoordinates: [coordinates] });
const instances = (label: object) => area({ instances: true, ...label }); // prettier-ignore

/** What breaks a rule, its code and field, and what just does not. */
const RULES: readonly (readonly [what: string, bad: object, code: string, field: string, good: object])[] = [
  ["a blank model id", { modelId: " " }, "Invalid_Model_ID", "modelId", { modelId: "x" }],
  ["a model id that is no text", { modelId: 7 }, "Invalid_Model_ID", "modelId", { modelId: "7" }],
  ["an unknown model type", { modelType: "toString" }, "Invalid_Model_Type", "modelType", { modelType: "NUMERIC" }],
  ["a corpus", { environment: "CORPUS" }, "Invalid_Environment", "environment", { environment: "TRAINING", actualLabel: 0 }],
  ["an unknown environment", { environment: "valueOf" }, "Invalid_Environment", "environment", { environment: "VALIDATION", actualLabel: 0, batchId: "b" }],
  ["validation without a batch", { environment: "VALIDATION", actualLabel: 1, batchId: " " }, "Invalid_Batch_ID", "batchId", { environment: "VALIDATION", actualLabel: 1, batchId: "b" }],
  ["training without an actual", { environment: "TRAINING" }, "Missing_Label", "predictionLabel and actualLabel", { environment: "TRAINING", actualLabel: 0 }],
  ["validation without a prediction", { environment: "VALIDATION", ...late, actualLabel: 1, batchId: "b" }, "Missing_Label", "predictionLabel and actualLabel", { environment: "VALIDATION", actualLabel: 1, batchId: "b" }],
  ["nothing to say", late, "Missing_Content", "predictionLabel", { ...late, tags: { t: 1 } }],
  ["a misspelt field", { feature: { a: 1 } }, "Unknown_Field", "feature", { features: { a: 1 } }],
  ["a time that is a text", { predictionTimestamp: "2026-01-01" }, "Invalid_Timestamp_Value", "predictionTimestamp", { predictionTimestamp: null }],
  ["a feature beyond 64 bits", { features: { x: 2n ** 63n } }, "Invalid_Feature", "features.x", { features: { x: 2n ** 63n - 1n, y: undefined } }],
  ["a tag beyond 64 bits", { tags: { x: -(2n ** 63n) - 1n } }, "Invalid_Tag", "tags.x", { tags: { x: -(2n ** 63n), y: undefined } }],
  ["an id of 513 characters", { predictionId: texts(513) }, "Invalid_Length", "predictionId", { predictionId: texts(512) }],
  ["an empty id", { predictionId: "" }, "Invalid_Length", "predictionId", { predictionId: undefined }],
  ["a late actual without an id", { ...late, predictionId: undefined, actualLabel: 1 }, "Missing_Prediction_Id", "predictionId", { ...late, actualLabel: 0 }],
  ["late SHAP values without an id", { ...late, predictionId: undefined, shapValues: { x: 1 } }, "Missing_Prediction_Id", "predictionId", { ...late, shapValues: { x: 1 } }],
  ["a time in milliseconds", { predictionTimestamp: NOW }, "Invalid_Timestamp_Value", "predictionTimestamp", at(0)],
  ["a time with a fraction", at(0.5), "Invalid_Timestamp_Value", "predictionTimestamp", { predictionTimestamp: new Date(NOW + 500) }],
  ["more than five years ago, whatever batches may", at(-5 * YEAR - 1), "Invalid_Timestamp_Value", "predictionTimestamp", at(-5 * YEAR)],
  ["more than a year ahead", at(YEAR + 1), "Invalid_Timestamp_Value", "predictionTimestamp", at(YEAR)],
  ["no date", { predictionTimestamp: new Date(Number.NaN) }, "Invalid_Timestamp_Value", "predictionTimestamp", { predictionTimestamp: new Date(NOW) }],
  ["a feature ending in _shap", { features: { x_shap: 1 } }, "Invalid_SHAP_Suffix", "features.x_shap", { features: { shap: 1 } }],
  ["a tag ending in _shap", { tags: { x_shap: 1 } }, "Invalid_SHAP_Suffix", "tags.x_shap", { tags: { shap: 1 } }],
  ["an embedding ending in _shap", { embeddingFeatures: { x_shap: {} } }, "Invalid_SHAP_Suffix", "embeddingFeatures.x_shap", { embeddingFeatures: { shap: {} } }],
  ["a SHAP value ending in _shap", { shapValues: { x_shap: 1 } }, "Invalid_SHAP_Suffix", "shapValues.x_shap", { shapValues: { shap: 1 } }],
  ["a parameter ending in _shap", { ...llm, llmParams: { x_shap: 1 } }, "Invalid_SHAP_Suffix", "llmParams.x_shap", { ...llm, llmParams: { shap: ["a"] } }],
  ["a parameter that is an object", { ...llm, llmParams: { x: {} } }, "Invalid_LLM_Param", "llmParams.x", { ...llm, llmParams: { x: true } }],
  ["a feature that is an object", { features: { x: {} } }, "Invalid_Feature", "features.x", { features: { x: null, y: true, z: Number.NaN } }],
  ["a feature that is a list of numbers", { features: { x: [1] } }, "Invalid_Feature", "features.x", { features: { x: ["a"], y: [] } }],
  ["a tag that is a list", { tags: { x: ["a"] } }, "Invalid_Tag", "tags.x", { tags: { x: null, y: false } }],
  ...["total_token_count", "prompt_token_count", "response_token_count", "response_latency_ms"].map((name) =>
    [`a tag called ${name}`, { tags: { [name]: 1 } }, "Reserved_Tag", `tags.${name}`, { features: { [name]: 1 } }] as const),
  ["a tag of 20 001 characters", { tags: { x: texts(20_001) } }, "Invalid_Length", "tags.x", { tags: { x: texts(20_000) } }],
  ["a SHAP value that is a text", { shapValues: { x: "1" } }, "Invalid_SHAP_Value", "shapValues.x", { shapValues: { x: 0 } }],
  ["31 embeddings", embeddings(31), "Invalid_Number_Of_Embeddings", "embeddingFeatures", embeddings(30)],
  ["two embeddings of an image", { ...boxes({}), ...embeddings(2) }, "Invalid_Number_Of_Embeddings", "embeddingFeatures", boxes({})],
  ["boxes without an embedding", { ...boxes({}), embeddingFeatures: {} }, "Invalid_Number_Of_Embeddings", "embeddingFeatures", { modelType: "OBJECT_DETECTION", ...late, tags: { t: 1 } }],
  ["an embedding that is a list", embedding(null), "Invalid_Embedding", "embeddingFeatures.e", embedding({})],
  ["a vector of one dimension", embedding({ vector: [1] }), "Invalid_Vector", "embeddingFeatures.e.vector", embedding({ vector: [] })],
  ["a vector that is an object", embedding({ vector: {} }), "Invalid_Vector", "embeddingFeatures.e.vector", embedding({ vector: Float32Array.of(1, 2) })],
  ["a vector of texts", embedding({ vector: ["1", "2"] }), "Invalid_Vector", "embeddingFeatures.e.vector", embedding({ vector: new Array(20_001).fill(1) })],
  ["a vector with NaN", embedding({ vector: [1, Number.NaN] }), "Invalid_Vector", "embeddingFeatures.e.vector", embedding({ vector: [1, -0] })],
  ["raw data that is a number", embedding({ data: 7 }), "Invalid_Raw_Data", "embeddingFeatures.e.data", embedding({ data: ["a", "b"] })],
  ["raw data of 2 000 001 characters", embedding({ data: texts(2_000_001) }), "Invalid_Length", "embeddingFeatures.e.data", embedding({ data: texts(2_000_000) })],
  ["tokens of 2 000 001 characters", embedding({ data: [texts(2_000_000), "x"] }), "Invalid_Length", "embeddingFeatures.e.data", embedding({ data: [texts(1_000_000), texts(1_000_000)] })],
  ["a link that is an object", embedding({ linkToData: new URL("file:///x") }), "Invalid_Link", "embeddingFeatures.e.linkToData", embedding({ linkToData: "file:///x" })],
  ["an embedding called prompt", { ...llm, embeddingFeatures: { prompt: {} } }, "Reserved_Embedding", "embeddingFeatures.prompt", { embeddingFeatures: { prompt: {} } }],
  ["an embedding called response", { ...llm, embeddingFeatures: { response: {} } }, "Reserved_Embedding", "embeddingFeatures.response", { embeddingFeatures: { response: {} } }],
  ["a prompt of a regression", { prompt: "hi" }, "Invalid_Prompt_Response", "prompt", { ...llm, prompt: "hi" }],
  ["a response of a regression", { response: "hi" }, "Invalid_Prompt_Response", "response", { ...llm, response: { vector: [1, 2], data: "hi" } }],
  ["a prompt of 2 000 001 characters", { ...llm, prompt: texts(2_000_001) }, "Invalid_Length", "prompt", { ...llm, prompt: texts(2_000_000) }],
  ["a prompt's vector of one dimension", { ...llm, prompt: { vector: [1] } }, "Invalid_Vector", "prompt.vector", { ...llm, prompt: { vector: [1, 2] } }],
  ["a template of 50 001 characters", { ...llm, promptTemplate: texts(50_001) }, "Invalid_Length", "promptTemplate", { ...llm, promptTemplate: texts(50_000) }],
  ["a template version of 20 001 characters", { ...llm, promptTemplateVersion: texts(20_001) }, "Invalid_Length", "promptTemplateVersion", { ...llm, promptTemplateVersion: texts(20_000) }],
  ["a model name of 20 001 characters", { ...llm, llmModelName: texts(20_001) }, "Invalid_Length", "llmModelName", { ...llm, llmModelName: texts(20_000) }],
  ["a text for a number", { predictionLabel: "1" }, "Invalid_Label_Type", "predictionLabel", { predictionLabel: true }],
  ["a list for a category", category(["a"]), "Invalid_Label_Type", "predictionLabel", category(["a", 0])],
  ["a pair for an LLM", { ...llm, predictionLabel: ["a", 1] }, "Invalid_Label_Type", "predictionLabel", { ...llm, predictionLabel: false }],
  ["a number for a ranking", { modelType: "RANKING", predictionLabel: 1 }, "Invalid_Label_Type", "predictionLabel", ranking({})],
  ["a rank of 0", ranking({ rank: 0 }), "Invalid_Rank_Value", "predictionLabel.rank", ranking({ rank: 1 })],
  ["a rank of 101", ranking({ rank: 101 }), "Invalid_Rank_Value", "predictionLabel.rank", ranking({ rank: 100 })],
  ["a rank with a fraction", ranking({ rank: 1.5 }), "Invalid_Rank_Value", "predictionLabel.rank", ranking({ rank: 2 })],
  ["a group id of 37 characters", ranking({ groupId: texts(37) }), "Invalid_Length", "predictionLabel.groupId", ranking({ groupId: texts(36) })],
  ["an empty group id", ranking({ groupId: "" }), "Invalid_Length", "predictionLabel.groupId", ranking({ groupId: "g" })],
  ["a group id that is a number", ranking({ groupId: 1 }), "Invalid_Group_Id", "predictionLabel.groupId", ranking({ groupId: "1" })],
  ["an empty label of a rank", ranking({ label: "" }), "Invalid_Label", "predictionLabel.label", ranking({ label: "a" })],
  ["a ranking's score that is a text", ranking({ score: "1" }), "Invalid_Label", "predictionLabel.score", ranking({ score: 0 })],
  ["an empty relevance label", relevance({ relevanceLabels: ["a", ""] }), "Invalid_Ranking_Relevance_Labels_Value", "actualLabel.relevanceLabels", relevance({ relevanceLabels: ["a"] })],
  ["no relevance label", relevance({ relevanceLabels: [] }), "Invalid_Ranking_Relevance_Labels_Value", "actualLabel.relevanceLabels", relevance({ relevanceScore: 0 })],
  ["a relevance label by itself", relevance({ relevanceLabels: "a" }), "Invalid_Ranking_Relevance_Labels_Value", "actualLabel.relevanceLabels", relevance({ relevanceLabels: ["a"] })],
  ["a relevance score that is a text", relevance({ relevanceScore: "1" }), "Invalid_Label", "actualLabel.relevanceScore", relevance({ relevanceScore: 1 })],
  ["a label of another kind of model", multi({ groupId: "g", rank: 1 }), "Invalid_Label_Type", "predictionLabel", multi({ predictionScores: { a: 1 } })],
  ["class scores that are missing", multi({ predictionScores: null }), "Invalid_Label_Type", "predictionLabel", multi({ predictionScores: { a: 0 } })],
  ["a class score of 1.01", multi({ predictionScores: { a: 1.01 } }), "Invalid_Multi_Class_Score_Value", "predictionLabel.predictionScores.a", multi({ predictionScores: { a: 1 } })],
  ["a class score that is NaN", multi({ predictionScores: { a: Number.NaN } }), "Invalid_Multi_Class_Score_Value", "predictionLabel.predictionScores.a", multi({ predictionScores: { a: 0 } })],
  ["a class score that is a text", multi({ predictionScores: { a: "0.5" } }), "Invalid_Multi_Class_Score_Value", "predictionLabel.predictionScores.a", multi({ predictionScores: { a: 0.5 } })],
  ["no class", multi({ predictionScores: {} }), "Invalid_Num_classes_Multi_Class_Map", "predictionLabel.predictionScores", multi({ predictionScores: classes(1) })],
  ["501 classes", multi({ predictionScores: classes(501) }), "Invalid_Num_classes_Multi_Class_Map", "predictionLabel.predictionScores", multi({ predictionScores: classes(500) })],
  ["a class of 101 characters", multi({ predictionScores: { [texts(101)]: 1 } }), "Invalid_Length", "predictionLabel.predictionScores", multi({ predictionScores: { [texts(100)]: 1 } })],
  ["a class without a name", multi({ predictionScores: { "": 1 } }), "Invalid_Length", "predictionLabel.predictionScores", multi({ predictionScores: { a: 1 } })],
  ["thresholds of other classes", multi({ predictionScores: { toString: 1 }, thresholdScores: { b: 1 } }), "Invalid_Multi_Class_Threshold_Classes", "predictionLabel.thresholdScores", multi({ predictionScores: { a: 1 }, thresholdScores: { a: 1 } })],
  ["a threshold above 1", multi({ predictionScores: { a: 1 }, thresholdScores: { a: 1.5 } }), "Invalid_Multi_Class_Score_Value", "predictionLabel.thresholdScores.a", multi({ predictionScores: { a: 1 }, thresholdScores: { a: 0 } })],
  ["an actual class score of 0.5", multiActual({ a: 0.5 }), "Invalid_Multi_Class_Score_Value", "actualLabel.actualScores.a", multiActual({ a: 0 })],
  ["an actual without a class", multiActual({}), "Invalid_Num_classes_Multi_Class_Map", "actualLabel.actualScores", multiActual({ a: 1, b: 0 })],
  ["predicted boxes without scores", boxes({ scores: undefined }), "Invalid_Scores", "predictionLabel", boxes({ scores: [0] })],
  ["a box's score above 1", boxes({ scores: [1.1] }), "Invalid_Scores", "predictionLabel", boxes({ scores: [1] })],
  ["actual boxes with scores", actualBoxes({ scores: [1] }), "Invalid_Scores", "actualLabel", actualBoxes({})],
  ["a box of 3 numbers", boxAt(0, 0, 1), "Invalid_Coordinates", "predictionLabel shape 0", boxAt(0, 0, 1, 1)],
  ["a box of 5 numbers", boxAt(0, 0, 1, 1, 1), "Invalid_Coordinates", "predictionLabel shape 0", boxAt(0, 0, 1, 1)],
  ["a box of texts", boxAt("0", "0", "1", "1"), "Invalid_Coordinates", "predictionLabel shape 0", boxAt(0, 0, 0.1, 0.1)],
  ["a box without width", boxAt(1, 0, 1, 1), "Invalid_Coordinates", "predictionLabel shape 0", boxAt(0, 0, 1, 1)],
  ["a box without height", boxAt(0, 1, 1, 1), "Invalid_Coordinates", "predictionLabel shape 0", boxAt(0, 0, 1, 1)],
  ["a negative coordinate", boxAt(-1, 0, 1, 1), "Invalid_Coordinates", "predictionLabel shape 0", boxAt(0, 0, 1, 1)],
  ["two categories for one box", boxes({ categories: ["a", "b"] }), "Invalid_Count", "predictionLabel", boxes({ categories: [""] })],
  ["two scores for one box", boxes({ scores: [1, 1] }), "Invalid_Count", "predictionLabel", boxes({})],
  ["a category that is null", boxes({ categories: [null] }), "Invalid_Categories", "predictionLabel", boxes({ categories: [""] })],
  ["no box", boxes({ boundingBoxesCoordinates: [], categories: [], scores: [] }), "Invalid_Coordinates", "predictionLabel", boxes({})],
  ["an open polygon", polygon(0, 0, 1, 1), "Invalid_Coordinates", "predictionLabel shape 0", polygon(0, 0, 1, 1, 1, 0)],
  ["a polygon of 7 numbers", polygon(0, 0, 1, 1, 1, 0, 5), "Invalid_Coordinates", "predictionLabel shape 0", polygon(...square)],
  ["a polygon with a negative number", polygon(0, 0, 1, 1, 1, -1), "Invalid_Coordinates", "predictionLabel shape 0", polygon(...square)],
  ["a polygon with a vertex twice", polygon(0, 0, 1, 0, 1, 1, 0, 0), "Invalid_Coordinates", "predictionLabel shape 0", polygon(...square)],
  ["a polygon that crosses itself", polygon(0, 0, 2, 2, 2, 0, 0, 2), "Invalid_Coordinates", "predictionLabel shape 0", polygon(...square)],
  ["no polygon", area({ polygonCoordinates: [], categories: [] }), "Invalid_Coordinates", "predictionLabel", area({})],
  ["two categories for one polygon", area({ categories: ["a", "b"] }), "Invalid_Count", "predictionLabel", area({})],
  ["areas with scores", area({ scores: [1] }), "Invalid_Label_Type", "predictionLabel", instances({ scores: [1] })],
  ["an instance's score above 1", instances({ scores: [2] }), "Invalid_Scores", "predictionLabel", instances({})],
  ["two boxes for one instance", instances({ boundingBoxesCoordinates: [[0, 0, 1, 1], [0, 0, 1, 1]] }), "Invalid_Count", "predictionLabel", instances({ boundingBoxesCoordinates: [[0, 0, 1, 1]] })],
  ["features that are a text", { features: "abc" }, "Invalid_Type", "features", { features: {} }],
  ["tags that are a list", { tags: ["a"] }, "Invalid_Type", "tags", { tags: {} }],
  ["features in a Map", { features: new Map([["a", 1]]) }, "Invalid_Type", "features", { features: { a: 1 } }],
  ["SHAP values that are a number", { shapValues: 5 }, "Invalid_Type", "shapValues", { shapValues: {} }],
  ["embeddings that are a list", { embeddingFeatures: [{}] }, "Invalid_Type", "embeddingFeatures", { embeddingFeatures: {} }],
  ["parameters that are a text", { ...llm, llmParams: "hot" }, "Invalid_Type", "llmParams", { ...llm, llmParams: {} }],
  ["nothing but SHAP values that are none", { ...late, shapValues: {} }, "Missing_Content", "shapValues", { ...late, shapValues: { x: 0 } }],
  ["a SHAP value that is NaN", { shapValues: { x: Number.NaN } }, "Invalid_SHAP_Value", "shapValues.x", { shapValues: { x: -1 } }],
  ["a version that is a number", { modelVersion: 2 }, "Invalid_Type", "modelVersion", { modelVersion: "2" }],
  ["a batch that is a number", { environment: "VALIDATION", actualLabel: 1, batchId: 7 }, "Invalid_Batch_ID", "batchId", { batchId: "7" }],
  ["a template that is a number", { ...llm, promptTemplate: 5 }, "Invalid_Type", "promptTemplate", { ...llm, promptTemplate: "5" }],
  ["a count that is a text", { ...llm, llmRunMetadata: { totalTokenCount: "1" } }, "Invalid_LLM_Run_Metadata", "llmRunMetadata.totalTokenCount", { ...llm, llmRunMetadata: { totalTokenCount: 1, promptTokenCount: null } }],
  ["a count that is misspelt", { ...llm, llmRunMetadata: { total_token_count: 1 } }, "Unknown_Field", "llmRunMetadata.total_token_count", { ...llm, llmRunMetadata: {} }],
  ["a label that is NaN", { predictionLabel: Number.NaN }, "Invalid_Label_Type", "predictionLabel", { predictionLabel: Infinity }],
  ["a category that is NaN", category(Number.NaN), "Invalid_Label_Type", "predictionLabel", category(-Infinity)],
  ["a list of numbers for an embedding", embedding([1, 2]), "Invalid_Embedding", "embeddingFeatures.e", embedding({ vector: [1, 2], data: null })],
  ["a misspelt link", embedding({ link_to_data: "x" }), "Unknown_Field", "embeddingFeatures.e.link_to_data", embedding({ linkToData: null })],
  ["a prompt that is a list", { ...llm, prompt: ["a"] }, "Invalid_Embedding", "prompt", { ...llm, prompt: { vector: null, data: "a" } }],
  ["a misspelt score of a ranking", ranking({ predictionScore: 1 }), "Unknown_Field", "predictionLabel.predictionScore", ranking({ score: null, label: null })],
  ["a misspelt relevance", relevance({ relevanceScore: 1, labels: ["a"] }), "Unknown_Field", "actualLabel.labels", relevance({ relevanceScore: 1, relevanceLabels: null })],
  ["misspelt thresholds", multi({ predictionScores: { a: 1 }, thresholds: { a: 1 } }), "Unknown_Field", "predictionLabel.thresholds", multi({ predictionScores: { a: 1 }, thresholdScores: null })],
  ["boxes with a misspelt field", boxes({ labels: ["a"] }), "Unknown_Field", "predictionLabel.labels", boxes({})],
  ["boxes whose categories are null", boxes({ categories: null }), "Invalid_Categories", "predictionLabel", boxes({})],
  ["boxes that are null", actualBoxes({ boundingBoxesCoordinates: null }), "Invalid_Label_Type", "actualLabel", actualBoxes({ scores: null })],
  ["an instance's box without area", instances({ boundingBoxesCoordinates: [[0, 0, 0, 1]] }), "Invalid_Coordinates", "predictionLabel shape 0", instances({ boundingBoxesCoordinates: [[0, 0, 1, 1]] })],
]; // prettier-ignore

test.each(RULES)("%s is refused before it is queued (§8.5)", async (_what, bad, code, field, good) => {
  const log = (changes: object) => logger.stream({ ...record, ...changes });
  const failure: unknown = await log(bad).catch((thrown: unknown) => thrown);
  expect(failure).toBeInstanceOf(ValidationFailure);
  const { message, violations } = failure as ValidationFailure; // boundary: asserted in the line above
  expect(violations.map((violation) => violation.code)).toEqual([code]);
  expect(violations[0]?.field).toContain(field);
  expect(message).toContain(`[${code}]`);
  await log(good);
  await logger.flush();
  expect(server.texts).toHaveLength(1);
});

test("an id travels as it is when it is a text, and as a text without spaces otherwise", async () => {
  for (const predictionId of [" a ", 7, 7n, undefined]) {
    await logger.stream({ ...record, predictionId });
    await logger.flush();
  }
  const sent = server.texts.map((text): unknown => Reflect.get(Object(JSON.parse(text)), "prediction_id"));
  expect(sent).toEqual([" a ", "7", "7", undefined]);
});

test("fields that are null are left out", async () => {
  const nothing = {
    features: null,
    tags: null,
    actualLabel: null,
    shapValues: null,
    batchId: null,
    modelVersion: null,
  };
  await logger.stream({ ...record, ...(nothing as object) }); // boundary: a caller without types
  await logger.flush();
  expect(JSON.parse(server.texts[0] ?? "")).toEqual({
    model_id: "m",
    prediction_id: "a",
    prediction: { prediction_label: { numeric: 1.5 } },
    environment_params: { production: {} },
    is_generative_llm_record: false,
  });
});

test.each([[undefined], [null], ["a record"]])("%s is no record", async (given) => {
  const log = logger.stream(given as unknown as StreamRecord); // boundary: a caller without types
  await expect(log).rejects.toThrow(ValidationFailure);
});

test("embeddings called prompt and response, and names that objects have, are values like any other", async () => {
  const own = JSON.parse('{"__proto__":"x"}') as Record<string, string>; // boundary: an own member of that name
  const embeddingFeatures = { prompt: { vector: [1, 2] }, response: { vector: [3, 4] } };
  await logger.stream({ ...record, features: own, tags: own, embeddingFeatures });
  await logger.flush();
  const { features, tags } = Object(JSON.parse(server.texts[0] ?? "")).prediction as Record<string, object>; // boundary: what was sent
  expect(Object.keys(features ?? {}).sort()).toEqual(["__proto__", "prompt", "response"]);
  expect(Object.keys(tags ?? {})).toEqual(["__proto__"]);
});

test.each([
  ["a text for a number", { predictionLabel: "a" }],
  ["an object for a category", category({ a: 1 })],
  ["a list of objects", { features: { x: { a: 1 } } }],
  ["a time that is a text", { predictionTimestamp: "now" }],
  ["a version that is a number", { modelVersion: 1 }],
])("%s cannot be written, also when no rule is asked", async (_what, given) => {
  const log = logger.stream({ ...record, ...(given as object) }, { validate: false });
  await expect(log).rejects.toThrow(ValidationFailure);
  await logger.flush();
  expect(server.texts).toEqual([]);
});

test("run metadata of an actual that comes alone is not lost", async () => {
  const late = { ...record, modelType: "GENERATIVE_LLM", predictionLabel: undefined, actualLabel: "x" } as const;
  await logger.stream({ ...late, tags: { t: 1 }, llmRunMetadata: { totalTokenCount: 7 } });
  await logger.flush();
  const sent: unknown = JSON.parse(server.texts[0] ?? "");
  expect(sent).toMatchObject({ actual: { tags: { t: { int: "1" }, total_token_count: { int: "7" } } } });
});
