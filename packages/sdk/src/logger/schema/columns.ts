import { isCorpusSchema, namesOf } from "./schema.js";
import type { CorpusSchema, EmbeddingColumnNames, Schema } from "./schema.js";

/** The part a column plays. Types and value rules are looked up by it (`spec/ingest.md §8.3–8.4`). */
export type Role =
  | "predictionId"
  | "timestamp"
  | "feature"
  | "tag"
  | "predictionLabel"
  | "predictionScore"
  | "actualLabel"
  | "actualScore"
  | "shap"
  | "embeddingVector"
  | "embeddingData"
  | "embeddingLink"
  | "groupId"
  | "rank"
  | "relevanceLabels"
  | "relevanceScore"
  | "boxCoordinates"
  | "boxCategories"
  | "boxScores"
  | "polygonCoordinates"
  | "polygonCategories"
  | "polygonScores"
  | "text"
  | "template"
  | "templateVersion"
  | "llmModel"
  | "llmParams"
  | "runMetadata"
  | "retrievedDocumentIds"
  | "thresholds"
  | "documentId"
  | "documentVersion";

/** One use of one column. */
export interface ColumnUse {
  readonly column: string;
  /** Path of the schema field that names it, for messages. */
  readonly field: string;
  readonly role: Role;
}

/** Every column the schema names, in the order of its fields. A column used twice appears twice. */
export function columnUses(schema: Schema | CorpusSchema): readonly ColumnUse[] {
  return isCorpusSchema(schema) ? corpusUses(schema) : recordUses(schema);
}

function corpusUses(schema: CorpusSchema): readonly ColumnUse[] {
  const { uses, add, addEmbedding } = collector();
  add(schema.documentIdColumnName, "documentIdColumnName", "documentId");
  add(schema.documentVersionColumnName, "documentVersionColumnName", "documentVersion");
  addEmbedding(schema.documentTextEmbeddingColumnNames, "documentTextEmbeddingColumnNames");
  return uses;
}

function recordUses(schema: Schema): readonly ColumnUse[] {
  const { uses, add, addEmbedding } = collector();
  add(schema.predictionIdColumnName, "predictionIdColumnName", "predictionId");
  add(schema.timestampColumnName, "timestampColumnName", "timestamp");
  add(schema.predictionLabelColumnName, "predictionLabelColumnName", "predictionLabel");
  add(schema.predictionScoreColumnName, "predictionScoreColumnName", "predictionScore");
  add(schema.actualLabelColumnName, "actualLabelColumnName", "actualLabel");
  add(schema.actualScoreColumnName, "actualScoreColumnName", "actualScore");
  add(schema.predictionGroupIdColumnName, "predictionGroupIdColumnName", "groupId");
  add(schema.rankColumnName, "rankColumnName", "rank");
  add(schema.attributionsColumnName, "attributionsColumnName", "relevanceLabels");
  add(schema.relevanceLabelsColumnName, "relevanceLabelsColumnName", "relevanceLabels");
  add(schema.relevanceScoreColumnName, "relevanceScoreColumnName", "relevanceScore");
  add(schema.multiClassThresholdScoresColumnName, "multiClassThresholdScoresColumnName", "thresholds");
  for (const name of namesOf(schema.featureColumnNames)) add(name, "featureColumnNames", "feature");
  for (const [name, columns] of Object.entries(schema.embeddingFeatureColumnNames ?? {}))
    addEmbedding(columns, `embeddingFeatureColumnNames["${name}"]`);
  for (const name of namesOf(schema.tagColumnNames)) add(name, "tagColumnNames", "tag");
  for (const [feature, column] of Object.entries(schema.shapValuesColumnNames ?? {}))
    add(column, `shapValuesColumnNames["${feature}"]`, "shap");
  return [...uses, ...visionUses(schema), ...llmUses(schema)];
}

function visionUses(schema: Schema): readonly ColumnUse[] {
  const { uses, add } = collector();
  for (const side of ["Prediction", "Actual"] as const) {
    const boxes = schema[`objectDetection${side}ColumnNames`];
    const boxField = `objectDetection${side}ColumnNames`;
    add(boxes?.boundingBoxesCoordinatesColumnName, `${boxField}.boundingBoxesCoordinatesColumnName`, "boxCoordinates");
    add(boxes?.categoriesColumnName, `${boxField}.categoriesColumnName`, "boxCategories");
    add(boxes?.scoresColumnName, `${boxField}.scoresColumnName`, "boxScores");
    const semantic = schema[`semanticSegmentation${side}ColumnNames`];
    const semanticField = `semanticSegmentation${side}ColumnNames`;
    add(semantic?.polygonCoordinatesColumnName, `${semanticField}.polygonCoordinatesColumnName`, "polygonCoordinates");
    add(semantic?.categoriesColumnName, `${semanticField}.categoriesColumnName`, "polygonCategories");
    const instance = schema[`instanceSegmentation${side}ColumnNames`];
    const instanceField = `instanceSegmentation${side}ColumnNames`;
    add(instance?.polygonCoordinatesColumnName, `${instanceField}.polygonCoordinatesColumnName`, "polygonCoordinates");
    add(instance?.categoriesColumnName, `${instanceField}.categoriesColumnName`, "polygonCategories");
    add(
      instance?.boundingBoxesCoordinatesColumnName,
      `${instanceField}.boundingBoxesCoordinatesColumnName`,
      "boxCoordinates",
    );
  }
  const instance = schema.instanceSegmentationPredictionColumnNames;
  add(instance?.scoresColumnName, "instanceSegmentationPredictionColumnNames.scoresColumnName", "polygonScores");
  return uses;
}

function llmUses(schema: Schema): readonly ColumnUse[] {
  const { uses, add, addEmbedding } = collector();
  for (const field of ["promptColumnNames", "responseColumnNames"] as const) {
    const columns = schema[field];
    if (typeof columns === "string") add(columns, field, "text");
    else addEmbedding(columns, field);
  }
  const template = schema.promptTemplateColumnNames;
  add(template?.templateColumnName, "promptTemplateColumnNames.templateColumnName", "template");
  add(template?.templateVersionColumnName, "promptTemplateColumnNames.templateVersionColumnName", "templateVersion");
  const llm = schema.llmConfigColumnNames;
  add(llm?.modelColumnName, "llmConfigColumnNames.modelColumnName", "llmModel");
  add(llm?.paramsColumnName, "llmConfigColumnNames.paramsColumnName", "llmParams");
  for (const [field, column] of Object.entries(schema.llmRunMetadataColumnNames ?? {}))
    add(column, `llmRunMetadataColumnNames.${field}`, "runMetadata");
  add(schema.retrievedDocumentIdsColumnName, "retrievedDocumentIdsColumnName", "retrievedDocumentIds");
  return uses;
}

function collector() {
  const uses: ColumnUse[] = [];
  const add = (column: string | undefined, field: string, role: Role): void => {
    if (column !== undefined) uses.push({ column, field, role });
  };
  const addEmbedding = (columns: EmbeddingColumnNames | undefined, field: string): void => {
    add(columns?.vectorColumnName, `${field}.vectorColumnName`, "embeddingVector");
    add(columns?.dataColumnName, `${field}.dataColumnName`, "embeddingData");
    add(columns?.linkToDataColumnName, `${field}.linkToDataColumnName`, "embeddingLink");
  };
  return { uses, add, addEmbedding };
}
