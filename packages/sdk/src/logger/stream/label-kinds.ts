import type {
  InstanceSegmentationLabel,
  MultiClassActual,
  MultiClassPrediction,
  ObjectDetectionLabel,
  RankingPrediction,
  SegmentationLabel,
} from "./record.js";

// Labels are told apart by their members, since the type of a label is what the caller wrote.
const has = (label: unknown, member: string): label is object =>
  typeof label === "object" && label !== null && member in label;

export const isRankingPrediction = (label: unknown): label is RankingPrediction =>
  has(label, "groupId") && has(label, "rank");
export const isMultiClassPrediction = (label: unknown): label is MultiClassPrediction => has(label, "predictionScores");
export const isMultiClassActual = (label: unknown): label is MultiClassActual => has(label, "actualScores");
export const isObjectDetection = (label: unknown): label is ObjectDetectionLabel =>
  has(label, "boundingBoxesCoordinates") && !has(label, "polygonCoordinates");
export const isInstanceSegmentation = (label: unknown): label is InstanceSegmentationLabel =>
  has(label, "polygonCoordinates") && has(label, "instances");
export const isSegmentation = (label: unknown): label is SegmentationLabel =>
  has(label, "polygonCoordinates") && !has(label, "instances");
export const isPair = (label: unknown): label is readonly [string | boolean, number] =>
  Array.isArray(label) &&
  label.length === 2 &&
  (typeof label[0] === "string" || typeof label[0] === "boolean") &&
  typeof label[1] === "number";
export const isRankingActual = (
  label: unknown,
): label is { relevanceLabels?: readonly string[]; relevanceScore?: number } =>
  has(label, "relevanceLabels") || has(label, "relevanceScore");
