import type { StreamRecord } from "@axlab/sdk/logger";

import type { OfficialClient, RecordCase } from "./case.js";

const SECONDS = Math.floor(Date.now() / 1000) - 600;
const boxes = { boundingBoxesCoordinates: [[0.5, 1.5, 2.5, 3.5]], categories: ["car"] };
const areas = { polygonCoordinates: [[0.5, 0.5, 4.5, 0.5, 4.5, 4.5]], categories: ["car"] };
const rich = {
  modelVersion: "1",
  predictionTimestamp: SECONDS,
  features: { age: 31, weight: 60.5, city: "Köln", member: true, words: ["a", "b"], missing: null },
  tags: { plan: "free", level: 2 },
  embeddingFeatures: {
    note: { vector: [0.5, 1.5], data: "text", linkToData: "l1" },
    words: { vector: [0.5, 1.5], data: ["a", "b"] },
  },
  shapValues: { age: 0.5 },
} as const;

type Spec = readonly [string, Partial<StreamRecord> & Pick<StreamRecord, "modelType">, (readonly OfficialClient[])?];

const SPECS: readonly Spec[] = [
  ["NUMERIC, a prediction with everything", { modelType: "NUMERIC", predictionLabel: 1.5, ...rich }],
  ["REGRESSION, prediction and actual", { modelType: "REGRESSION", predictionLabel: 2, actualLabel: 2.5, tags: { plan: "free" } }],
  ["REGRESSION, an actual that comes later", { modelType: "REGRESSION", actualLabel: 2.5 }],
  ["REGRESSION, tags alone", { modelType: "REGRESSION", tags: { plan: "free" } }],
  ["REGRESSION, SHAP values alone", { modelType: "REGRESSION", shapValues: { age: 0.5 } }],
  ["REGRESSION, a prediction of zero", { modelType: "REGRESSION", predictionLabel: 0 }],
  ["REGRESSION, training", { modelType: "REGRESSION", environment: "TRAINING", predictionLabel: 1.5, actualLabel: 2.5 }],
  ["REGRESSION, validation", { modelType: "REGRESSION", environment: "VALIDATION", batchId: "first", predictionLabel: 1.5, actualLabel: 2.5 }],
  ["REGRESSION, without an id", { modelType: "REGRESSION", predictionId: undefined, predictionLabel: 1.5 }],
  ["SCORE_CATEGORICAL, labels", { modelType: "SCORE_CATEGORICAL", predictionLabel: "x", actualLabel: "y" }],
  ["SCORE_CATEGORICAL, label and score", { modelType: "SCORE_CATEGORICAL", predictionLabel: ["x", 0.5], actualLabel: ["y", 1.5] }],
  ["SCORE_CATEGORICAL, a score of zero", { modelType: "SCORE_CATEGORICAL", predictionLabel: ["x", 0.0] }],
  ["BINARY_CLASSIFICATION, boolean", { modelType: "BINARY_CLASSIFICATION", predictionLabel: true, actualLabel: true }],
  ["BINARY_CLASSIFICATION, score", { modelType: "BINARY_CLASSIFICATION", predictionLabel: 0.5 }],
  ["RANKING", { modelType: "RANKING", predictionLabel: { groupId: "g", rank: 3, score: 0.5, label: "l" }, actualLabel: { relevanceLabels: ["a", "b"], relevanceScore: 0.5 } }],
  ["MULTI_CLASS, single label", { modelType: "MULTI_CLASS", predictionLabel: { predictionScores: { cat: 0.5, dog: 0.25 } }, actualLabel: { actualScores: { cat: 1, dog: 0 } } }],
  ["MULTI_CLASS, thresholds", { modelType: "MULTI_CLASS", predictionLabel: { predictionScores: { cat: 0.5 }, thresholdScores: { cat: 0.25 } } }],
  ["OBJECT_DETECTION, boxes", { modelType: "OBJECT_DETECTION", predictionLabel: { ...boxes, scores: [0.5] }, actualLabel: boxes, embeddingFeatures: { image: { vector: [0.5, 1.5], linkToData: "l" } } }],
  ["OBJECT_DETECTION, areas", { modelType: "OBJECT_DETECTION", predictionLabel: areas, actualLabel: areas, embeddingFeatures: { image: { vector: [0.5, 1.5], linkToData: "l" } } }],
  ["OBJECT_DETECTION, instances", { modelType: "OBJECT_DETECTION", predictionLabel: { ...areas, instances: true, scores: [0.5], boundingBoxesCoordinates: boxes.boundingBoxesCoordinates }, actualLabel: { ...areas, instances: true }, embeddingFeatures: { image: { vector: [0.5, 1.5], linkToData: "l" } } }],
  ["GENERATIVE_LLM", { modelType: "GENERATIVE_LLM", predictionLabel: "x", prompt: "why?", response: { vector: [0.5, 1.5], data: "so" }, promptTemplate: "t {x}", promptTemplateVersion: "1", llmModelName: "small", llmParams: { temperature: 0.5, stop: "x" }, llmRunMetadata: { totalTokenCount: 7, promptTokenCount: 5, responseTokenCount: 2, responseLatencyMs: 20.5 }, tags: { plan: "free" } }, ["v7"]],
]; // prettier-ignore

/** Single records of every model type that can be logged one at a time. */
export const RECORDS: readonly RecordCase[] = SPECS.map(([name, record, only]) => ({
  call: "stream",
  id: `record: ${name}`,
  record: { environment: "PRODUCTION", predictionId: "one", ...record },
  ...(only && { only }),
}));
