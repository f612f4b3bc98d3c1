import type { InferenceRecordInit } from "@axlab/wire/ingest";

import { isNumericModel } from "../model-types.js";
import type { ModelType } from "../model-types.js";
import {
  isInstanceSegmentation,
  isMultiClassActual,
  isMultiClassPrediction,
  isObjectDetection,
  isPair,
  isRankingActual,
  isRankingPrediction,
  isSegmentation,
} from "./label-kinds.js";
import type {
  ActualLabel,
  MultiClassPrediction,
  ObjectDetectionLabel,
  PredictionLabel,
  SegmentationLabel,
} from "./record.js";

type Fields<T> = Exclude<T, { $typeName: string } | undefined>;
type Prediction = Fields<Fields<InferenceRecordInit>["prediction"]>;
type Actual = Fields<Fields<InferenceRecordInit>["actual"]>;
export type PredictionLabelMessage = Fields<Prediction["predictionLabel"]>;
type MultiClassType = Fields<
  Extract<NonNullable<PredictionLabelMessage["data"]>, { case: "multiClass" }>["value"]
>["type"] &
  object;
export type ActualLabelMessage = Fields<Actual["actualLabel"]>;

/** The label's message; which of its forms is used follows from label and model type (`spec/ingest.md §4.2`). */
export function predictionLabel(label: PredictionLabel, modelType: ModelType): PredictionLabelMessage {
  if (isRankingPrediction(label)) {
    const { groupId, rank, score, label: text } = label;
    const value = {
      predictionGroupId: groupId,
      rank: BigInt(rank),
      label: text ?? "",
      ...(score === undefined ? {} : { predictionScore: score }),
    };
    return { data: { case: "ranking", value } };
  }
  if (isMultiClassPrediction(label)) return { data: { case: "multiClass", value: { type: multiClass(label) } } };
  if (isObjectDetection(label)) return { data: { case: "objectDetection", value: { boundingBoxes: boxes(label) } } };
  if (isInstanceSegmentation(label)) {
    const { scores, boundingBoxesCoordinates } = label;
    const shapes = polygons(label).map((polygon, index) => ({
      ...polygon,
      bboxCoordinates: [...(boundingBoxesCoordinates?.[index] ?? [])],
      ...(scores?.[index] === undefined ? {} : { score: scores[index] }),
    }));
    return {
      data: {
        case: "cvLabel",
        value: { data: { case: "predictionInstanceSegmentationLabel", value: { polygons: shapes } } },
      },
    };
  }
  if (isSegmentation(label))
    return {
      data: {
        case: "cvLabel",
        value: { data: { case: "semanticSegmentationLabel", value: { polygons: polygons(label) } } },
      },
    };
  return { data: simple(label, modelType) };
}

export function actualLabel(label: ActualLabel, modelType: ModelType): ActualLabelMessage {
  if (isRankingActual(label)) {
    const { relevanceLabels, relevanceScore } = label;
    const value = {
      ...(relevanceLabels === undefined ? {} : { category: { values: [...relevanceLabels] } }),
      ...(relevanceScore === undefined ? {} : { relevanceScore }),
    };
    return { data: { case: "ranking", value } };
  }
  if (isMultiClassActual(label)) {
    const actualLabels = Object.entries(label.actualScores).flatMap(([name, score]) => (score === 1 ? [name] : []));
    return { data: { case: "multiClass", value: { actualLabels } } };
  }
  if (isObjectDetection(label)) return { data: { case: "objectDetection", value: { boundingBoxes: boxes(label) } } };
  if (isInstanceSegmentation(label)) {
    const boxesOf = label.boundingBoxesCoordinates;
    const shapes = polygons(label).map((polygon, index) => ({
      ...polygon,
      bboxCoordinates: [...(boxesOf?.[index] ?? [])],
    }));
    return {
      data: {
        case: "cvLabel",
        value: { data: { case: "actualInstanceSegmentationLabel", value: { polygons: shapes } } },
      },
    };
  }
  if (isSegmentation(label))
    return {
      data: {
        case: "cvLabel",
        value: { data: { case: "semanticSegmentationLabel", value: { polygons: polygons(label) } } },
      },
    };
  return { data: simple(label, modelType) };
}

function simple(label: unknown, modelType: ModelType) {
  if (isNumericModel(modelType)) return { case: "numeric" as const, value: numberOf(label) };
  if (isPair(label)) {
    const [category, score] = label;
    return scoreCategorical({ case: "scoreCategory" as const, value: { category: categoryText(category), score } });
  }
  if (typeof label === "number") return scoreCategorical({ case: "scoreValue" as const, value: { value: label } });
  if (typeof label === "object") throw new TypeError(`the label of a ${modelType} model is an object`);
  return scoreCategorical({ case: "category" as const, value: { category: categoryText(label) } });
}

/** Another value than a number would arrive as NaN. */
function numberOf(label: unknown): number {
  const number = Number(label);
  if (!Number.isNaN(number) || typeof label === "number") return number;
  throw new TypeError(`the label of a numeric model is a ${typeof label}`);
}

const scoreCategorical = <T>(type: T) => ({ case: "scoreCategorical" as const, value: { type } });

/** Booleans travel as the texts that the official clients send. */
export const categoryText = (value: unknown): string =>
  typeof value === "boolean" ? (value ? "True" : "False") : String(value);

function multiClass({ predictionScores, thresholdScores }: MultiClassPrediction): MultiClassType {
  if (thresholdScores === undefined) {
    const scores = Object.entries(predictionScores).map(([name, value]) => [name, { value }] as const);
    return { case: "singleLabel" as const, value: { predictionScores: Object.fromEntries(scores) } };
  }
  const pairs = Object.entries(predictionScores).map(([name, predictionScore]) => {
    const thresholdScore = thresholdScores[name];
    return [name, { predictionScore, ...(thresholdScore === undefined ? {} : { thresholdScore }) }] as const;
  });
  return { case: "multiLabel" as const, value: { predictionThresholdScores: Object.fromEntries(pairs) } };
}

const boxes = ({ boundingBoxesCoordinates, categories, scores }: ObjectDetectionLabel) =>
  boundingBoxesCoordinates.map((coordinates, index) => ({
    coordinates: [...coordinates],
    category: categories[index] ?? "",
    ...(scores?.[index] === undefined ? {} : { score: scores[index] }),
  }));

const polygons = ({ polygonCoordinates, categories }: SegmentationLabel) =>
  polygonCoordinates.map((coordinates, index) => ({
    coordinates: [...coordinates],
    category: categories[index] ?? "",
  }));
