import { z } from "zod";

// A name may be "" here: the rule Invalid_Column_Name_Empty_String reports it with its field, like any other rule.
const Column = z.string();

/** Columns of one embedding: the vector, and optionally the text it embeds and a link to the raw data. */
export const EmbeddingColumnNames = z.strictObject({
  vectorColumnName: Column.min(1, "an embedding needs the name of its vector column"),
  dataColumnName: Column.optional(),
  linkToDataColumnName: Column.optional(),
});
export type EmbeddingColumnNames = z.infer<typeof EmbeddingColumnNames>;

/** Boxes of one side (prediction or actual); scores only for predictions. */
export const ObjectDetectionColumnNames = z.strictObject({
  boundingBoxesCoordinatesColumnName: Column,
  categoriesColumnName: Column,
  scoresColumnName: Column.optional(),
});
export type ObjectDetectionColumnNames = z.infer<typeof ObjectDetectionColumnNames>;

export const SemanticSegmentationColumnNames = z.strictObject({
  polygonCoordinatesColumnName: Column,
  categoriesColumnName: Column,
});
export type SemanticSegmentationColumnNames = z.infer<typeof SemanticSegmentationColumnNames>;

export const InstanceSegmentationColumnNames = z.strictObject({
  polygonCoordinatesColumnName: Column,
  categoriesColumnName: Column,
  scoresColumnName: Column.optional(),
  boundingBoxesCoordinatesColumnName: Column.optional(),
});
export type InstanceSegmentationColumnNames = z.infer<typeof InstanceSegmentationColumnNames>;

export const PromptTemplateColumnNames = z.strictObject({
  templateColumnName: Column.optional(),
  templateVersionColumnName: Column.optional(),
});

export const LlmConfigColumnNames = z.strictObject({
  modelColumnName: Column.optional(),
  paramsColumnName: Column.optional(),
});

export const LlmRunMetadataColumnNames = z.strictObject({
  totalTokenCountColumnName: Column.optional(),
  promptTokenCountColumnName: Column.optional(),
  responseTokenCountColumnName: Column.optional(),
  responseLatencyMsColumnName: Column.optional(),
});

/** Columns to be cast before they travel: to text, to 64-bit integers, to doubles, or left as they are. */
export const TypedColumns = z.strictObject({
  inferred: z.array(Column).optional(),
  toStr: z.array(Column).optional(),
  toInt: z.array(Column).optional(),
  toFloat: z.array(Column).optional(),
});
export type TypedColumns = z.infer<typeof TypedColumns>;

/**
 * Which column of the data plays which part. Field names are those of the official Python `Schema` in camelCase
 * (`spec/ingest.md §7.2`); every field is optional, every value is the name of a column unless said otherwise.
 */
export const Schema = z.strictObject({
  predictionIdColumnName: Column.optional(),
  featureColumnNames: z.union([z.array(Column), TypedColumns]).optional(),
  tagColumnNames: z.union([z.array(Column), TypedColumns]).optional(),
  timestampColumnName: Column.optional(),
  predictionLabelColumnName: Column.optional(),
  predictionScoreColumnName: Column.optional(),
  actualLabelColumnName: Column.optional(),
  actualScoreColumnName: Column.optional(),
  /** Feature name → column of its SHAP values. */
  shapValuesColumnNames: z.record(z.string(), Column).optional(),
  /** Display name → columns of the embedding. */
  embeddingFeatureColumnNames: z.record(z.string(), EmbeddingColumnNames).optional(),
  predictionGroupIdColumnName: Column.optional(),
  rankColumnName: Column.optional(),
  /** Old name of `relevanceLabelsColumnName`. */
  attributionsColumnName: Column.optional(),
  relevanceScoreColumnName: Column.optional(),
  relevanceLabelsColumnName: Column.optional(),
  objectDetectionPredictionColumnNames: ObjectDetectionColumnNames.optional(),
  objectDetectionActualColumnNames: ObjectDetectionColumnNames.optional(),
  semanticSegmentationPredictionColumnNames: SemanticSegmentationColumnNames.optional(),
  semanticSegmentationActualColumnNames: SemanticSegmentationColumnNames.optional(),
  instanceSegmentationPredictionColumnNames: InstanceSegmentationColumnNames.optional(),
  instanceSegmentationActualColumnNames: InstanceSegmentationColumnNames.omit({ scoresColumnName: true })
    .strict()
    .optional(),
  promptColumnNames: z.union([Column, EmbeddingColumnNames]).optional(),
  responseColumnNames: z.union([Column, EmbeddingColumnNames]).optional(),
  promptTemplateColumnNames: PromptTemplateColumnNames.optional(),
  llmConfigColumnNames: LlmConfigColumnNames.optional(),
  llmRunMetadataColumnNames: LlmRunMetadataColumnNames.optional(),
  retrievedDocumentIdsColumnName: Column.optional(),
  multiClassThresholdScoresColumnName: Column.optional(),
});
export type Schema = z.infer<typeof Schema>;

/** Which columns hold the documents of a corpus (`Environment.CORPUS`). */
export const CorpusSchema = z.strictObject({
  documentIdColumnName: Column.optional(),
  documentVersionColumnName: Column.optional(),
  documentTextEmbeddingColumnNames: EmbeddingColumnNames.optional(),
});
export type CorpusSchema = z.infer<typeof CorpusSchema>;

export const isCorpusSchema = (schema: Schema | CorpusSchema): schema is CorpusSchema =>
  "documentIdColumnName" in schema ||
  "documentVersionColumnName" in schema ||
  "documentTextEmbeddingColumnNames" in schema;

/** Names in a feature or tag list, whichever way it was written. */
export function namesOf(list: readonly string[] | TypedColumns | undefined): readonly string[] {
  if (list === undefined) return [];
  if (isNameList(list)) return list;
  return [...(list.inferred ?? []), ...(list.toStr ?? []), ...(list.toInt ?? []), ...(list.toFloat ?? [])];
}

export const isNameList = (list: readonly string[] | TypedColumns): list is readonly string[] => Array.isArray(list);
