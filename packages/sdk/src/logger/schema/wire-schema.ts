import { environmentToWire, modelTypeToWire } from "@axlab/wire/ingest";
import type { ArizeSchemaInit } from "@axlab/wire/ingest";

import { isNumericModel } from "../model-types.js";
import { recordSchema } from "../validation/context.js";
import type { LogContext } from "../validation/context.js";
import { isCorpusSchema, namesOf } from "./schema.js";
import type {
  EmbeddingColumnNames,
  InstanceSegmentationColumnNames,
  ObjectDetectionColumnNames,
  Schema,
  SemanticSegmentationColumnNames,
} from "./schema.js";

// A message init is a message or its fields; only the fields can be spread.
type Content = Exclude<
  Extract<NonNullable<ArizeSchemaInit["schema"]>, { case: "arrowSchema" }>["value"],
  { $typeName: string } | undefined
>;

/** The protobuf `public.Schema` of one call: which column plays which part (`spec/ingest.md §5.2`). */
export function wireSchema(context: LogContext): ArizeSchemaInit {
  if (isCorpusSchema(context.schema)) return corpusWireSchema(context);
  const constants = {
    modelId: context.modelId,
    modelVersion: context.modelVersion ?? "",
    batchId: context.batchId ?? "",
    environment: environmentToWire(context.environment),
    modelType: modelTypeToWire(context.modelType),
  };
  return { constants, schema: { case: "arrowSchema", value: recordColumns(context) } };
}

/** Corpus documents always travel as GENERATIVE_LLM, without version or batch (§3.3). */
function corpusWireSchema(context: LogContext): ArizeSchemaInit {
  const schema = isCorpusSchema(context.schema) ? context.schema : {};
  const text = schema.documentTextEmbeddingColumnNames;
  const document = {
    idColumnName: schema.documentIdColumnName ?? "",
    versionColumnName: schema.documentVersionColumnName ?? "",
    ...(text === undefined ? {} : { textColumnName: embedding(text) }),
  };
  return {
    constants: {
      modelId: context.modelId,
      environment: environmentToWire("CORPUS"),
      modelType: modelTypeToWire("GENERATIVE_LLM"),
    },
    schema: { case: "arrowSchema", value: { documentColumnNames: document } },
  };
}

function recordColumns(context: LogContext): Content {
  const schema = recordSchema(context);
  return {
    predictionIdColumnName: schema.predictionIdColumnName ?? "",
    timestampColumnName: schema.timestampColumnName ?? "",
    featureColumnNames: [...namesOf(schema.featureColumnNames)],
    tagColumnNames: [...namesOf(schema.tagColumnNames)],
    embeddingFeatureColumnNamesMap: embeddings(schema),
    shapValuesColumnNames: { ...schema.shapValuesColumnNames },
    predictionGroupIdColumnName: schema.predictionGroupIdColumnName ?? "",
    rankColumnName: schema.rankColumnName ?? "",
    ...labelsAndScores(context, schema),
    ...(context.modelType === "OBJECT_DETECTION" ? visionColumns(schema) : {}),
    ...(context.modelType === "GENERATIVE_LLM" ? llmColumns(schema) : {}),
    ...(context.modelType === "MULTI_CLASS"
      ? { multiClassThresholdScoresColumnName: schema.multiClassThresholdScoresColumnName ?? "" }
      : {}),
  };
}

/** Numeric models put scores into the label fields; ranking models put relevance into the actual ones. */
function labelsAndScores({ modelType }: LogContext, schema: Schema): Content {
  const ranking = modelType === "RANKING";
  const relevanceLabels = ranking ? (schema.relevanceLabelsColumnName ?? schema.attributionsColumnName) : undefined;
  const actualLabel = relevanceLabels ?? schema.actualLabelColumnName ?? "";
  const actualScore = (ranking ? schema.relevanceScoreColumnName : undefined) ?? schema.actualScoreColumnName;
  if (isNumericModel(modelType))
    return {
      predictionLabelColumnName: schema.predictionScoreColumnName ?? schema.predictionLabelColumnName ?? "",
      actualLabelColumnName: actualScore ?? actualLabel,
    };
  return {
    predictionLabelColumnName: schema.predictionLabelColumnName ?? "",
    predictionScoreColumnName: schema.predictionScoreColumnName ?? "",
    actualLabelColumnName: actualLabel,
    actualScoreColumnName: actualScore ?? "",
  };
}

const embedding = (columns: EmbeddingColumnNames) => ({
  vectorColumnName: columns.vectorColumnName,
  dataColumnName: columns.dataColumnName ?? "",
  linkToDataColumnName: columns.linkToDataColumnName ?? "",
});

/** Display name → columns; prompt and response are embeddings of those names. */
function embeddings(schema: Schema): NonNullable<Content["embeddingFeatureColumnNamesMap"]> {
  const map = Object.fromEntries(
    Object.entries(schema.embeddingFeatureColumnNames ?? {}).map(([name, columns]) => [name, embedding(columns)]),
  );
  const texts = { prompt: schema.promptColumnNames, response: schema.responseColumnNames };
  for (const [name, columns] of Object.entries(texts)) {
    if (typeof columns === "string")
      map[name] = { vectorColumnName: "", dataColumnName: columns, linkToDataColumnName: "" };
    else if (columns !== undefined) map[name] = { ...embedding(columns), linkToDataColumnName: "" };
  }
  return map;
}

function llmColumns(schema: Schema): Content {
  const template = schema.promptTemplateColumnNames;
  const config = schema.llmConfigColumnNames;
  return {
    retrievedDocumentIdsColumnName: schema.retrievedDocumentIdsColumnName ?? "",
    ...(template === undefined
      ? {}
      : {
          promptTemplateColumnNames: {
            templateColumnName: template.templateColumnName ?? "",
            templateVersionColumnName: template.templateVersionColumnName ?? "",
          },
        }),
    ...(config === undefined
      ? {}
      : {
          llmConfigColumnNames: {
            modelColumnName: config.modelColumnName ?? "",
            paramsMapColumnName: config.paramsColumnName ?? "",
          },
        }),
  };
}

function visionColumns(schema: Schema): Content {
  const { objectDetectionPredictionColumnNames: boxesPredicted, objectDetectionActualColumnNames: boxesActual } =
    schema;
  const {
    semanticSegmentationPredictionColumnNames: areasPredicted,
    semanticSegmentationActualColumnNames: areasActual,
  } = schema;
  const {
    instanceSegmentationPredictionColumnNames: instancesPredicted,
    instanceSegmentationActualColumnNames: instancesActual,
  } = schema;
  return {
    ...(boxesPredicted && { predictionObjectDetectionLabelColumnNames: boxes(boxesPredicted) }),
    ...(boxesActual && { actualObjectDetectionLabelColumnNames: boxes(boxesActual) }),
    ...(areasPredicted && { predictionSemanticSegmentationLabelColumnNames: areas(areasPredicted) }),
    ...(areasActual && { actualSemanticSegmentationLabelColumnNames: areas(areasActual) }),
    ...(instancesPredicted && { predictionInstanceSegmentationLabelColumnNames: instances(instancesPredicted) }),
    ...(instancesActual && { actualInstanceSegmentationLabelColumnNames: instances(instancesActual) }),
  };
}

const boxes = (columns: ObjectDetectionColumnNames) => ({
  bboxesCoordinatesColumnName: columns.boundingBoxesCoordinatesColumnName,
  bboxesCategoriesColumnName: columns.categoriesColumnName,
  bboxesScoresColumnName: columns.scoresColumnName ?? "",
});

const areas = (columns: SemanticSegmentationColumnNames) => ({
  polygonsCoordinatesColumnName: columns.polygonCoordinatesColumnName,
  polygonsCategoriesColumnName: columns.categoriesColumnName,
});

const instances = (columns: InstanceSegmentationColumnNames) => ({
  polygonsCoordinatesColumnName: columns.polygonCoordinatesColumnName,
  polygonsCategoriesColumnName: columns.categoriesColumnName,
  polygonsScoresColumnName: columns.scoresColumnName ?? "",
  bboxesCoordinatesColumnName: columns.boundingBoxesCoordinatesColumnName ?? "",
});
