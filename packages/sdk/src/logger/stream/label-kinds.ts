import type {
  InstanceSegmentationLabel,
  MultiClassActual,
  MultiClassPrediction,
  ObjectDetectionLabel,
  RankingPrediction,
  SegmentationLabel,
} from "./record.js";

// Labels are told apart by their members, since the type of a label is what the caller wrote.
const has = <Member extends string>(label: unknown, member: Member): label is Record<Member, unknown> =>
  typeof label === "object" && label !== null && member in label;
const isMap = (value: unknown): boolean => value === undefined || (typeof value === "object" && value !== null);
const hasMap = (label: unknown, member: string): boolean =>
  has(label, member) && isMap(label[member]) && label[member] !== undefined;

export const isRankingPrediction = (label: unknown): label is RankingPrediction =>
  has(label, "groupId") && has(label, "rank");
export const isMultiClassPrediction = (label: unknown): label is MultiClassPrediction =>
  hasMap(label, "predictionScores") && (!has(label, "thresholdScores") || isMap(label.thresholdScores));
export const isMultiClassActual = (label: unknown): label is MultiClassActual => hasMap(label, "actualScores");
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
