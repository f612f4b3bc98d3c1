import type { InferenceRecord } from "@axlab/wire/ingest";
import { double, text, type Cell, type Cells } from "./cells.js";

type PredictionLabel = NonNullable<NonNullable<InferenceRecord["prediction"]>["predictionLabel"]>;
type ActualLabel = NonNullable<NonNullable<InferenceRecord["actual"]>["actualLabel"]>;
type ScoreCategorical = Extract<PredictionLabel["data"], { case: "scoreCategorical" }>["value"];
type Side = "Prediction" | "Actual";

/** A single record does not say its model's type; its label does (`spec/ingest.md §4.2`). Null where even that leaves it open. */
export type InferredType = "NUMERIC" | "SCORE_CATEGORICAL" | "RANKING" | "OBJECT_DETECTION" | "MULTI_CLASS" | null;

export function modelTypeOf(label: PredictionLabel["data"]["case"]): InferredType {
  switch (label) {
    case "numeric":
      return "NUMERIC";
    case "binary":
    case "categorical":
    case "scoreCategorical":
      return "SCORE_CATEGORICAL";
    case "ranking":
      return "RANKING";
    case "objectDetection":
    case "cvLabel":
      return "OBJECT_DETECTION";
    case "multiClass":
      return "MULTI_CLASS";
    case undefined:
      return null;
  }
}

export function predictionCells({ data }: PredictionLabel, cells: Cells): void {
  switch (data.case) {
    case "ranking": {
      const { predictionGroupId, rank, predictionScore, label } = data.value;
      cells.set("predictionGroupID", text(predictionGroupId)).set("ranking:rank", { type: "int", value: rank });
      if (predictionScore !== undefined) cells.set("scorePredictionLabel", double(predictionScore));
      if (label !== "") cells.set("categoricalPredictionLabel", text(label));
      return;
    }
    case "multiClass": {
      const { type } = data.value;
      if (type.case === "singleLabel")
        cells.set(
          "multiClassPredictionScores",
          classes(Object.entries(type.value.predictionScores).map(([name, score]) => ({ name, score: score.value }))),
        );
      if (type.case !== "multiLabel") return;
      const scores = Object.entries(type.value.predictionThresholdScores);
      cells.set(
        "multiClassPredictionScores",
        classes(scores.map(([name, { predictionScore }]) => ({ name, score: predictionScore ?? Number.NaN }))),
      );
      cells.set(
        "multiClassThresholdScores",
        classes(scores.map(([name, { thresholdScore }]) => ({ name, score: thresholdScore ?? Number.NaN }))),
      );
      return;
    }
    case "objectDetection":
      return boxes("boxPrediction", "boxPredictionLabel", data.value.boundingBoxes, cells);
    case "cvLabel": {
      const label = data.value.data;
      if (label.case === "predictionObjectDetectionLabel")
        boxes("boxPrediction", "boxPredictionLabel", label.value.predictionBoundingBoxes, cells);
      if (label.case === "semanticSegmentationLabel")
        polygons("semanticSegmentationPolygonPrediction", label.value.polygons, cells);
      if (label.case !== "predictionInstanceSegmentationLabel") return;
      polygons("instanceSegmentationPolygonPrediction", label.value.polygons, cells);
      boxesAround("instanceSegmentationBoxPredictionCoordinates", label.value.polygons, cells);
      scores("instanceSegmentationPolygonPredictionScores", label.value.polygons, cells);
      return;
    }
    default:
      simpleCells("Prediction", data, cells);
  }
}

export function actualCells({ data }: ActualLabel, cells: Cells): void {
  switch (data.case) {
    case "ranking": {
      const { category, relevanceScore } = data.value;
      if (category !== undefined) cells.set("ranking:label", { type: "texts", value: category.values });
      if (relevanceScore !== undefined) cells.set("ranking:relevance", double(relevanceScore));
      return;
    }
    case "multiClass":
      cells.set("multiClassActualScores", classes(data.value.actualLabels.map((name) => ({ name, score: 1 }))));
      return;
    case "objectDetection":
      return boxes("boxActual", "boxActualLabels", data.value.boundingBoxes, cells);
    case "cvLabel": {
      const label = data.value.data;
      if (label.case === "actualObjectDetectionLabel")
        boxes("boxActual", "boxActualLabels", label.value.actualBoundingBoxes, cells);
      if (label.case === "semanticSegmentationLabel")
        polygons("semanticSegmentationPolygonActual", label.value.polygons, cells);
      if (label.case !== "actualInstanceSegmentationLabel") return;
      polygons("instanceSegmentationPolygonActual", label.value.polygons, cells);
      boxesAround("instanceSegmentationBoxActualCoordinates", label.value.polygons, cells);
      return;
    }
    default:
      simpleCells("Actual", data, cells);
  }
}

function simpleCells(
  side: Side,
  data:
    | { case: "binary"; value: boolean }
    | { case: "categorical"; value: string }
    | { case: "numeric"; value: number }
    | { case: "scoreCategorical"; value: ScoreCategorical }
    | { case: undefined },
  cells: Cells,
): void {
  if (data.case === "numeric") cells.set(`numeric${side}Label`, double(data.value));
  if (data.case === "binary") cells.set(`categorical${side}Label`, text(data.value ? "True" : "False"));
  if (data.case === "categorical") cells.set(`categorical${side}Label`, text(data.value));
  if (data.case !== "scoreCategorical") return;
  const { type } = data.value;
  if (type.case === "category") cells.set(`categorical${side}Label`, text(type.value.category));
  if (type.case === "scoreCategory")
    cells.set(`categorical${side}Label`, text(type.value.category)).set(`score${side}Label`, double(type.value.score));
  if (type.case === "scoreValue") cells.set(`score${side}Label`, double(type.value.value));
}

interface Shape {
  coordinates: readonly number[];
  category: string;
  score?: number | undefined;
}

function boxes(prefix: string, labels: string, found: readonly Shape[], cells: Cells): void {
  cells
    .set(`${prefix}Coordinates`, coordinates(found.map((box) => box.coordinates)))
    .set(labels, { type: "texts", value: found.map((box) => box.category) });
  scores(`${prefix}Scores`, found, cells);
}

function polygons(prefix: string, found: readonly Shape[], cells: Cells): void {
  cells.set(`${prefix}Coordinates`, coordinates(found.map((polygon) => polygon.coordinates)));
  cells.set(`${prefix}Labels`, { type: "texts", value: found.map((polygon) => polygon.category) });
}

/** Where no polygon has its box there is no column, as in a batch. */
function boxesAround(name: string, found: readonly { bboxCoordinates: readonly number[] }[], cells: Cells): void {
  if (found.some(({ bboxCoordinates }) => bboxCoordinates.length > 0))
    cells.set(name, coordinates(found.map(({ bboxCoordinates }) => bboxCoordinates)));
}

function scores(name: string, found: readonly Shape[], cells: Cells): void {
  if (found.some((shape) => shape.score !== undefined))
    cells.set(name, { type: "doubles", value: found.map((shape) => shape.score ?? null) });
}

const coordinates = (value: readonly (readonly number[])[]): Cell => ({ type: "coordinates", value });
const classes = (value: readonly { name: string; score: number }[]): Cell => ({ type: "classes", value });
