import type { ArrowSchemaColumns, Environment, ModelType } from "@axlab/wire/ingest";
import { InvalidRequestError } from "../../errors.js";

interface Described {
  environment: Environment;
  modelType: ModelType;
  batchId: string;
  columns: ArrowSchemaColumns;
}

/** The column groups of computer vision, of which one table holds one. */
const VISION = {
  "object detection": ["predictionObjectDetectionLabelColumnNames", "actualObjectDetectionLabelColumnNames"],
  "semantic segmentation": [
    "predictionSemanticSegmentationLabelColumnNames",
    "actualSemanticSegmentationLabelColumnNames",
  ],
  "instance segmentation": [
    "predictionInstanceSegmentationLabelColumnNames",
    "actualInstanceSegmentationLabelColumnNames",
  ],
} as const;

/**
 * Which columns a model type needs and which it may not have (`spec/ingest.md §7.3`). Clients check it too, unless told not to.
 * @throws InvalidRequestError naming the columns that are missing or too many
 */
export function requireColumns(described: Described): void {
  const { environment, modelType, batchId, columns } = described;
  if (environment === "VALIDATION" && batchId.trim() === "")
    refuse(described, "a validation upload needs a batch id (constants.batch_id)");
  const vision = Object.entries(VISION).filter(
    ([, [prediction, actual]]) => columns[prediction] !== undefined || columns[actual] !== undefined,
  );
  const hasPrediction = columns.predictionLabelColumnName !== "" || columns.predictionScoreColumnName !== "";
  const hasActual = columns.actualLabelColumnName !== "" || columns.actualScoreColumnName !== "";
  const thresholds = columns.multiClassThresholdScoresColumnName !== "";
  const before = environment === "TRAINING" || environment === "VALIDATION";
  if (modelType !== "OBJECT_DETECTION" && vision.length > 0)
    refuse(described, `it may not have the columns of ${vision.map(([name]) => name).join(" or ")}`);
  if (modelType !== "MULTI_CLASS" && thresholds) refuse(described, "it may not have multi-class threshold scores");

  switch (modelType) {
    case "RANKING":
      if (
        (hasPrediction || columns.rankColumnName !== "" || columns.predictionGroupIdColumnName !== "") &&
        !(columns.rankColumnName !== "" && columns.predictionGroupIdColumnName !== "")
      ) {
        refuse(described, "it needs both a rank and a prediction group id column");
      }
      break;
    case "OBJECT_DETECTION":
      requireVision(described, before);
      break;
    case "MULTI_CLASS":
      if (columns.predictionLabelColumnName !== "" || columns.actualLabelColumnName !== "")
        refuse(described, "it has scores instead of label columns");
      if (columns.predictionScoreColumnName === "" && columns.actualScoreColumnName === "")
        refuse(described, "it needs a prediction score or an actual score column");
      if (thresholds && columns.predictionScoreColumnName === "")
        refuse(described, "threshold scores need a prediction score column beside them");
      break;
    case "GENERATIVE_LLM":
      if (before && columns.actualLabelColumnName === "") refuse(described, "it needs an actual label column");
      break;
    default:
      if (before && !(hasPrediction && hasActual))
        refuse(described, "it needs a prediction label or score and an actual label or score column");
  }
  if (modelType !== "GENERATIVE_LLM" && isDelayed(modelType, columns) && columns.predictionIdColumnName === "") {
    refuse(
      described,
      "it brings actuals or SHAP values without predictions, and only a prediction id column can tell whose they are",
    );
  }
}

/** Brings something for predictions that were, or will be, sent apart from it. */
export function isDelayed(modelType: ModelType, columns: ArrowSchemaColumns): boolean {
  const {
    predictionLabelColumnName,
    predictionScoreColumnName,
    rankColumnName,
    predictionGroupIdColumnName,
    multiClassThresholdScoresColumnName,
  } = columns;
  const predicts = [
    predictionLabelColumnName,
    predictionScoreColumnName,
    rankColumnName,
    predictionGroupIdColumnName,
    multiClassThresholdScoresColumnName,
  ].some((name) => name !== "");
  if (predicts || Object.values(VISION).some(([prediction]) => columns[prediction] !== undefined)) return false;
  const completes =
    columns.actualLabelColumnName !== "" ||
    columns.actualScoreColumnName !== "" ||
    Object.keys(columns.shapValuesColumnNames).length > 0;
  return (
    completes ||
    (modelType === "OBJECT_DETECTION" && Object.values(VISION).some(([, actual]) => columns[actual] !== undefined))
  );
}

function requireVision(described: Described, both: boolean): void {
  const { columns } = described;
  const labels = [
    "predictionLabelColumnName",
    "predictionScoreColumnName",
    "actualLabelColumnName",
    "actualScoreColumnName",
    "rankColumnName",
    "predictionGroupIdColumnName",
  ] as const;
  if (labels.some((name) => columns[name] !== ""))
    refuse(described, "it may not have label, score, rank or group id columns");
  const families = Object.values(VISION).filter((sides) =>
    both ? sides.every((side) => columns[side] !== undefined) : sides.some((side) => columns[side] !== undefined),
  );
  if (families.length !== 1)
    refuse(
      described,
      `it needs the ${both ? "prediction and actual " : ""}columns of exactly one of ${Object.keys(VISION).join(", ")}`,
    );
}

function refuse({ environment, modelType }: Described, what: string): never {
  throw new InvalidRequestError(`arize-schema describes a ${modelType} model in ${environment}: ${what}.`);
}
