import type { BatchCase, Columns } from "./case.js";

const SECONDS = Math.floor(Date.now() / 1000) - 600;
const base = {
  id: ["a", "b", "c"],
  at: [SECONDS, SECONDS + 1, SECONDS + 2],
  age: [31, 42, 53],
  weight: [60.5, null, 80.25],
  city: ["Rome", "Köln", null],
  plan: ["free", "paid", "日本"],
};
const common = {
  predictionIdColumnName: "id",
  timestampColumnName: "at",
  featureColumnNames: ["age", "weight", "city"],
  tagColumnNames: ["plan"],
};
const twice = [0.25, 0.5, 0.75];
const scores = (first: number) => [
  { class_name: "cat", score: first },
  { class_name: "dog", score: 0.125 },
];
const boxes = { boundingBoxesCoordinatesColumnName: "boxes", categoriesColumnName: "kinds" };
const areas = { polygonCoordinatesColumnName: "shapes", categoriesColumnName: "kinds" };
const vision = {
  boxes: [[[0.5, 1.5, 2.5, 3.5]], [[1.5, 1.5, 4.5, 4.5]], [[0.5, 0.5, 9.5, 9.5]]],
  shapes: [[[0.5, 0.5, 4.5, 0.5, 4.5, 4.5]], [[1.5, 0.5, 4.5, 0.5, 4.5, 4.5]], [[2.5, 0.5, 4.5, 0.5, 4.5, 4.5]]],
  kinds: [["car"], ["bus"], ["tram"]],
  sure: [[0.5], [0.25], [0.75]],
};

type Kind = Pick<BatchCase, "columns" | "modelType" | "schema" | "only"> & { readonly name: string };

const numeric = (modelType: "NUMERIC" | "REGRESSION"): Kind => ({
  name: modelType,
  modelType,
  columns: { ...base, predicted: [1.5, 2.5, 3.5], truth: [1.25, 2.25, 3.25] },
  schema: { ...common, predictionLabelColumnName: "predicted", actualLabelColumnName: "truth" },
});
const categorical = (modelType: "SCORE_CATEGORICAL" | "BINARY_CLASSIFICATION"): Kind => ({
  name: modelType,
  modelType,
  columns: { ...base, label: ["x", "y", "x"], score: twice, truth: ["x", "x", "y"], truth_score: [1.5, 0.5, 0.25] },
  schema: {
    ...common,
    predictionLabelColumnName: "label",
    predictionScoreColumnName: "score",
    actualLabelColumnName: "truth",
    actualScoreColumnName: "truth_score",
  },
});
const visionKind = (name: string, schema: object, columns: Columns = {}): Kind => ({
  name: `OBJECT_DETECTION, ${name}`,
  modelType: "OBJECT_DETECTION",
  columns: { ...base, ...vision, ...columns },
  schema: { ...common, ...schema },
});

/** One frame for every model type, with predictions and actuals, so that it is right in every environment. */
const KINDS: readonly Kind[] = [
  numeric("NUMERIC"),
  numeric("REGRESSION"),
  categorical("SCORE_CATEGORICAL"),
  categorical("BINARY_CLASSIFICATION"),
  {
    name: "RANKING",
    modelType: "RANKING",
    columns: { ...base, query: ["q1", "q1", "q2"], rank: [1, 2, 1], score: twice, labels: [["click"], ["click", "buy"], ["view"]], gain: twice },
    schema: {
      ...common,
      predictionGroupIdColumnName: "query",
      rankColumnName: "rank",
      predictionScoreColumnName: "score",
      relevanceLabelsColumnName: "labels",
      relevanceScoreColumnName: "gain",
    },
  },
  visionKind("boxes", {
    objectDetectionPredictionColumnNames: { ...boxes, scoresColumnName: "sure" },
    objectDetectionActualColumnNames: boxes,
  }),
  visionKind("areas", { semanticSegmentationPredictionColumnNames: areas, semanticSegmentationActualColumnNames: areas }),
  visionKind("instances", {
    instanceSegmentationPredictionColumnNames: { ...areas, scoresColumnName: "sure", boundingBoxesCoordinatesColumnName: "boxes" },
    instanceSegmentationActualColumnNames: { ...areas, boundingBoxesCoordinatesColumnName: "boxes" },
  }),
  {
    name: "MULTI_CLASS, single label",
    modelType: "MULTI_CLASS",
    columns: { ...base, predicted: twice.map(scores), truth: [1.0, 0.0, 1.0].map((score) => [{ class_name: "cat", score }]) },
    schema: { ...common, predictionScoreColumnName: "predicted", actualScoreColumnName: "truth" },
  },
  {
    name: "MULTI_CLASS, thresholds",
    modelType: "MULTI_CLASS",
    columns: { ...base, predicted: twice.map(scores), limits: twice.map(scores), truth: [1, 0, 1].map((score) => [{ class_name: "cat", score }]) },
    schema: {
      ...common,
      predictionScoreColumnName: "predicted",
      multiClassThresholdScoresColumnName: "limits",
      actualScoreColumnName: "truth",
    },
  },
  {
    name: "GENERATIVE_LLM",
    modelType: "GENERATIVE_LLM",
    only: ["v7"],
    columns: {
      ...base,
      ask: ["why?", "how?", "who?"],
      ask_vector: [[0.5, 1.5], [1.5, 2.5], [2.5, 3.5]],
      answer: ["because", "so", "me"],
      template: ["t {x}", "t {x}", "t {x}"],
      version: ["1", "1", "2"],
      llm: ["small", "large", "small"],
      settings: [{ temperature: 0.5 }, { temperature: 0.25 }, { temperature: 0.75 }],
      tokens: [5, 6, 7],
      reply_tokens: [2, 3, 4],
      latency: [20.5, 30.5, 40.5],
      truth: ["good", "bad", "good"],
    },
    schema: {
      ...common,
      promptColumnNames: { vectorColumnName: "ask_vector", dataColumnName: "ask" },
      responseColumnNames: "answer",
      promptTemplateColumnNames: { templateColumnName: "template", templateVersionColumnName: "version" },
      llmConfigColumnNames: { modelColumnName: "llm", paramsColumnName: "settings" },
      llmRunMetadataColumnNames: {
        totalTokenCountColumnName: "tokens",
        promptTokenCountColumnName: "tokens",
        responseTokenCountColumnName: "reply_tokens",
        responseLatencyMsColumnName: "latency",
      },
      actualLabelColumnName: "truth",
    },
  },
]; // prettier-ignore

const ENVIRONMENTS = ["PRODUCTION", "TRAINING", "VALIDATION"] as const;

const everywhere: readonly BatchCase[] = KINDS.flatMap(({ name, ...kind }) =>
  ENVIRONMENTS.map((environment) => ({
    call: "log" as const,
    id: `${name}, ${environment}`,
    ...kind,
    environment,
    ...(environment === "VALIDATION" ? { batchId: "first" } : {}),
  })),
);

const regression = { call: "log", modelType: "REGRESSION", environment: "PRODUCTION" } as const;
const scored = { predictionIdColumnName: "id", predictionScoreColumnName: "score" };

/** Further shapes of columns and schemas, each once. */
const SHAPES: readonly BatchCase[] = [
  {
    ...regression,
    id: "embeddings and SHAP values",
    columns: { ...base, score: twice, vector: [[0.5, 1.5], [2.5, 3.5], null], text: ["a", "b", null], tokens: [["a", "b"], ["c"], ["d"]], link: ["l1", "l2", "l3"], age_shap: [0.1, 0.2, 0.3] },
    schema: {
      ...scored,
      featureColumnNames: ["age"],
      shapValuesColumnNames: { age: "age_shap" },
      embeddingFeatureColumnNames: {
        note: { vectorColumnName: "vector", dataColumnName: "text", linkToDataColumnName: "link" },
        words: { vectorColumnName: "vector", dataColumnName: "tokens" },
      },
    },
  },
  {
    ...regression,
    id: "actuals that come later",
    columns: { id: ["a", "b"], truth: [1.5, 2.5] },
    schema: { predictionIdColumnName: "id", actualScoreColumnName: "truth" },
  },
  {
    ...regression,
    id: "SHAP values that come later",
    columns: { id: ["a", "b"], s: [1.5, 2.5] },
    schema: { predictionIdColumnName: "id", shapValuesColumnNames: { age: "s" } },
  },
  {
    ...regression,
    id: "columns that are cast",
    columns: { ...base, score: twice, code: [7, 8, 9], count: ["1", "2", null], share: ["1.5", "2.5", "0.5"] },
    schema: { ...scored, featureColumnNames: { toStr: ["code"], toInt: ["count"], toFloat: ["share"], inferred: ["city"] } },
  },
  {
    ...regression,
    id: "booleans, lists of texts, and nothing at all",
    columns: { ...base, score: twice, flag: [true, false, true], words: [["a"], ["b", "c"], []], empty: [null, null, null] },
    schema: { ...scored, featureColumnNames: ["flag", "words", "empty"] },
  },
  {
    ...regression,
    id: "integers with gaps",
    columns: { ...base, score: twice, rooms: [3, null, 4] },
    schema: { ...scored, featureColumnNames: ["rooms"] },
  },
  {
    ...regression,
    id: "times",
    columns: { ...base, score: twice, when: [0, 1, 2].map((n) => new Date((SECONDS + n) * 1000).toISOString()) },
    times: ["when"],
    schema: { ...scored, timestampColumnName: "when" },
  },
  {
    ...regression,
    id: "ids that are numbers",
    columns: { id: [1, 2, 3], score: twice },
    schema: scored,
  },
  {
    ...regression,
    id: "corpus",
    environment: "CORPUS",
    columns: { id: ["d1", "d2"], edition: ["1", "2"], vector: [[0.5, 1.5], [2.5, 3.5]], text: ["one", "two"], link: ["l1", "l2"] },
    schema: {
      documentIdColumnName: "id",
      documentVersionColumnName: "edition",
      documentTextEmbeddingColumnNames: { vectorColumnName: "vector", dataColumnName: "text", linkToDataColumnName: "link" },
    },
  },
]; // prettier-ignore

export const BATCHES: readonly BatchCase[] = [...everywhere, ...SHAPES];
