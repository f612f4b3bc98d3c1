import type { ArrowSchemaColumns, ModelType } from "@axlab/wire/ingest";
import type { ColumnRole } from "./roles.js";

/** A column of an upload: where it comes from, what it is called in an export, what it is for. */
export interface UploadColumn {
  source: string;
  name: string;
  role: ColumnRole;
}

/** Names that an export gives a meaning of its own (`spec/flight.md §4.3`); a feature called so is exported as `<name>__feature`. */
export const ACTUAL_COLUMNS: ReadonlySet<string> = new Set([
  "numericActualLabel",
  "categoricalActualLabel",
  "scoreActualLabel",
  "ranking:label",
  "ranking:relevance",
  "multiClassActualScores",
  "boxActualCoordinates",
  "boxActualLabels",
  "boxActualScores",
  "semanticSegmentationPolygonActualCoordinates",
  "semanticSegmentationPolygonActualLabels",
  "instanceSegmentationPolygonActualCoordinates",
  "instanceSegmentationPolygonActualLabels",
  "instanceSegmentationBoxActualCoordinates",
]);
const RESERVED: ReadonlySet<string> = new Set([
  ...ACTUAL_COLUMNS,
  "time",
  "predictionID",
  "modelVersion",
  "batchID",
  "predictionGroupID",
  "ranking:rank",
  "numericPredictionLabel",
  "categoricalPredictionLabel",
  "scorePredictionLabel",
  "multiClassPredictionScores",
  "multiClassThresholdScores",
]);

/** What a feature is called in an export. */
export const featureName = (name: string): string => (RESERVED.has(name) ? `${name}__feature` : name);

/** Everything that the description of an ML upload names besides prediction id and timestamp, in the order of an export. */
export function mlColumns(modelType: ModelType, columns: ArrowSchemaColumns): UploadColumn[] {
  const found: UploadColumn[] = [];
  const add = (source: string | undefined, name: string, role: ColumnRole): void => {
    if (source !== undefined && source !== "") found.push({ source, name, role });
  };
  for (const feature of new Set(columns.featureColumnNames)) add(feature, featureName(feature), "feature");
  for (const [name, embedding] of sorted(columns.embeddingFeatureColumnNamesMap)) {
    add(embedding.vectorColumnName, `${name}__embVector`, "vector");
    add(embedding.dataColumnName, `${name}__rawData`, "text");
    add(embedding.linkToDataColumnName, `${name}__linkToData`, "string");
  }
  for (const tag of new Set(columns.tagColumnNames)) add(tag, `${tag}__tag`, "tag");
  add(columns.promptTemplateColumnNames?.templateColumnName, "promptTemplate", "string");
  add(columns.promptTemplateColumnNames?.templateVersionColumnName, "promptTemplateVersion", "string");
  add(columns.llmConfigColumnNames?.modelColumnName, "llmModelName", "string");
  add(columns.llmConfigColumnNames?.paramsMapColumnName, "llmParams", "string");
  add(columns.retrievedDocumentIdsColumnName, "retrievedDocumentIDs", "strings");
  labelColumns(modelType, columns, add);
  visionColumns(columns, add);
  for (const [feature, column] of sorted(columns.shapValuesColumnNames)) add(column, `${feature}__shap`, "shap");
  return found;
}

type Add = (source: string | undefined, name: string, role: ColumnRole) => void;

function labelColumns(modelType: ModelType, columns: ArrowSchemaColumns, add: Add): void {
  const { predictionLabelColumnName, predictionScoreColumnName, actualLabelColumnName, actualScoreColumnName } =
    columns;
  if (modelType === "NUMERIC" || modelType === "REGRESSION") {
    // A score is what a number is; the official clients put it in the label's place (`spec/ingest.md §5.2`).
    add(predictionLabelColumnName || predictionScoreColumnName, "numericPredictionLabel", "number");
    add(actualLabelColumnName || actualScoreColumnName, "numericActualLabel", "number");
    return;
  }
  if (modelType === "MULTI_CLASS") {
    add(predictionScoreColumnName, "multiClassPredictionScores", "classes");
    add(columns.multiClassThresholdScoresColumnName, "multiClassThresholdScores", "classes");
    add(actualScoreColumnName, "multiClassActualScores", "classes");
    return;
  }
  add(predictionLabelColumnName, "categoricalPredictionLabel", "label");
  add(predictionScoreColumnName, "scorePredictionLabel", "number");
  if (modelType === "RANKING") {
    add(columns.predictionGroupIdColumnName, "predictionGroupID", "id");
    add(columns.rankColumnName, "ranking:rank", "rank");
    add(actualLabelColumnName, "ranking:label", "relevance");
    add(actualScoreColumnName, "ranking:relevance", "number");
    return;
  }
  add(actualLabelColumnName, "categoricalActualLabel", "label");
  add(actualScoreColumnName, "scoreActualLabel", "number");
}

function visionColumns(columns: ArrowSchemaColumns, add: Add): void {
  const boxes = columns.predictionObjectDetectionLabelColumnNames;
  add(boxes?.bboxesCoordinatesColumnName, "boxPredictionCoordinates", "coordinates");
  add(boxes?.bboxesCategoriesColumnName, "boxPredictionLabel", "strings");
  add(boxes?.bboxesScoresColumnName, "boxPredictionScores", "scores");
  const actualBoxes = columns.actualObjectDetectionLabelColumnNames;
  add(actualBoxes?.bboxesCoordinatesColumnName, "boxActualCoordinates", "coordinates");
  add(actualBoxes?.bboxesCategoriesColumnName, "boxActualLabels", "strings");
  add(actualBoxes?.bboxesScoresColumnName, "boxActualScores", "scores");
  const polygons = columns.predictionSemanticSegmentationLabelColumnNames;
  add(polygons?.polygonsCoordinatesColumnName, "semanticSegmentationPolygonPredictionCoordinates", "coordinates");
  add(polygons?.polygonsCategoriesColumnName, "semanticSegmentationPolygonPredictionLabels", "strings");
  const actualPolygons = columns.actualSemanticSegmentationLabelColumnNames;
  add(actualPolygons?.polygonsCoordinatesColumnName, "semanticSegmentationPolygonActualCoordinates", "coordinates");
  add(actualPolygons?.polygonsCategoriesColumnName, "semanticSegmentationPolygonActualLabels", "strings");
  const instances = columns.predictionInstanceSegmentationLabelColumnNames;
  add(instances?.polygonsCoordinatesColumnName, "instanceSegmentationPolygonPredictionCoordinates", "coordinates");
  add(instances?.polygonsCategoriesColumnName, "instanceSegmentationPolygonPredictionLabels", "strings");
  add(instances?.polygonsScoresColumnName, "instanceSegmentationPolygonPredictionScores", "scores");
  add(instances?.bboxesCoordinatesColumnName, "instanceSegmentationBoxPredictionCoordinates", "coordinates");
  const actualInstances = columns.actualInstanceSegmentationLabelColumnNames;
  add(actualInstances?.polygonsCoordinatesColumnName, "instanceSegmentationPolygonActualCoordinates", "coordinates");
  add(actualInstances?.polygonsCategoriesColumnName, "instanceSegmentationPolygonActualLabels", "strings");
  add(actualInstances?.bboxesCoordinatesColumnName, "instanceSegmentationBoxActualCoordinates", "coordinates");
}

const sorted = <T>(map: Readonly<Record<string, T>>): [string, T][] =>
  Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1));
