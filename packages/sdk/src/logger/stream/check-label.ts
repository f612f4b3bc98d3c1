import { isCategoricalModel, isNumericModel } from "../model-types.js";
import { boxProblem, polygonProblem } from "../validation/values/geometry.js";
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
import { lengthProblem, memberProblems, problem } from "./problems.js";
import type { Problem } from "./problems.js";
import type { MultiClassPrediction, RankingPrediction, StreamRecord } from "./record.js";

/** Of many classes or shapes that break one rule, the first are told. */
const SHOWN = 3;

type Side = "predictionLabel" | "actualLabel";

/** Whether a label fits its model type and holds allowed values (`spec/ingest.md §4.2, §8.5`). */
export function labelProblems(record: StreamRecord, side: Side): Problem[] {
  const label: unknown = record[side];
  if (label === undefined) return [];
  const { modelType } = record;
  if (isNumericModel(modelType))
    return isNumber(label) || typeof label === "boolean" ? [] : [misfit(side, modelType, "a number that is not NaN")];
  if (isCategoricalModel(modelType))
    return isSimple(label) || isPair(label)
      ? []
      : [misfit(side, modelType, "a text, boolean, number, or [category, score]")];
  if (modelType === "GENERATIVE_LLM")
    return isSimple(label) ? [] : [misfit(side, modelType, "a text, boolean or number")];
  if (modelType === "RANKING") return side === "predictionLabel" ? rankingPrediction(label) : rankingActual(label);
  if (modelType === "MULTI_CLASS")
    return side === "predictionLabel" ? multiClassPrediction(label) : multiClassActual(label);
  return modelType === "OBJECT_DETECTION" ? vision(label, side) : [];
}

const isSimple = (label: unknown): boolean =>
  typeof label === "string" || typeof label === "boolean" || isNumber(label);

const isNumber = (label: unknown): boolean => typeof label === "number" && !Number.isNaN(label);

const misfit = (side: string, modelType: string, wanted: string): Problem =>
  problem("Invalid_Label_Type", side, `does not fit a ${modelType} model; give ${wanted}.`);

function rankingPrediction(label: unknown): Problem[] {
  if (!isRankingPrediction(label)) return [misfit("predictionLabel", "RANKING", "{ groupId, rank, score?, label? }")];
  const { groupId, rank, score, label: text }: RankingPrediction = label;
  return [
    ...memberProblems("predictionLabel", label, ["groupId", "rank", "score", "label"]),
    ...(typeof groupId === "string"
      ? lengthProblem("predictionLabel.groupId", groupId, 1, 36)
      : [problem("Invalid_Group_Id", "predictionLabel.groupId", "is no text; give one of 1–36 characters.")]),
    ...(score === undefined || typeof score === "number"
      ? []
      : [problem("Invalid_Label", "predictionLabel.score", "is no number; give one or leave it out.")]),
    ...(Number.isInteger(rank) && rank >= 1 && rank <= 100
      ? []
      : [problem("Invalid_Rank_Value", "predictionLabel.rank", `is ${rank}; ranks are whole numbers 1–100.`)]),
    ...(text !== undefined && (typeof text !== "string" || text === "")
      ? [problem("Invalid_Label", "predictionLabel.label", "is no text or empty; give one or leave it out.")]
      : []),
  ];
}

function rankingActual(label: unknown): Problem[] {
  if (!isRankingActual(label)) return [misfit("actualLabel", "RANKING", "{ relevanceLabels?, relevanceScore? }")];
  const { relevanceLabels: texts, relevanceScore: score } = label;
  const isNamed = (text: unknown): boolean => typeof text === "string" && text !== "";
  return [
    ...memberProblems("actualLabel", label, ["relevanceLabels", "relevanceScore"]),
    ...(texts === undefined || (Array.isArray(texts) && texts.length > 0 && texts.every(isNamed))
      ? []
      : [problem("Invalid_Ranking_Relevance_Labels_Value", "actualLabel.relevanceLabels", "must be a list of texts, none empty.")]),
    ...(score === undefined || typeof score === "number"
      ? []
      : [problem("Invalid_Label", "actualLabel.relevanceScore", "is no number; give one or leave it out.")]),
  ]; // prettier-ignore
}

function multiClassPrediction(label: unknown): Problem[] {
  if (!isMultiClassPrediction(label))
    return [misfit("predictionLabel", "MULTI_CLASS", "{ predictionScores, thresholdScores? }")];
  const { predictionScores, thresholdScores }: MultiClassPrediction = label;
  const problems = [
    ...memberProblems("predictionLabel", label, ["predictionScores", "thresholdScores"]),
    ...classProblems("predictionLabel.predictionScores", predictionScores, inRange, "between 0 and 1"),
  ];
  if (thresholdScores === undefined) return problems;
  const names = Object.keys(predictionScores);
  const same =
    names.length === Object.keys(thresholdScores).length && names.every((name) => Object.hasOwn(thresholdScores, name));
  return [
    ...problems,
    ...classProblems("predictionLabel.thresholdScores", thresholdScores, inRange, "between 0 and 1"),
    ...(same
      ? []
      : [
          problem(
            "Invalid_Multi_Class_Threshold_Classes",
            "predictionLabel.thresholdScores",
            "names other classes than predictionScores.",
          ),
        ]),
  ];
}

const inRange = (score: unknown): boolean => typeof score === "number" && score >= 0 && score <= 1;

function multiClassActual(label: unknown): Problem[] {
  if (!isMultiClassActual(label)) return [misfit("actualLabel", "MULTI_CLASS", "{ actualScores }")];
  const isOneOrZero = (score: unknown): boolean => score === 0 || score === 1;
  return [
    ...memberProblems("actualLabel", label, ["actualScores"]),
    ...classProblems("actualLabel.actualScores", label.actualScores, isOneOrZero, "0 or 1"),
  ];
}

function classProblems(
  field: string,
  scores: Readonly<Record<string, number>>,
  fits: (score: number) => boolean,
  wanted: string,
): Problem[] {
  const entries = Object.entries(scores);
  const count = entries.length >= 1 && entries.length <= 500;
  return [
    ...(count
      ? []
      : [problem("Invalid_Num_classes_Multi_Class_Map", field, `holds ${entries.length} classes; 1–500 are allowed.`)]),
    ...entries
      .flatMap(([name]) => lengthProblem(`${field} class ${JSON.stringify(name.slice(0, 20))}`, name, 1, 100))
      .slice(0, SHOWN),
    ...entries
      .filter(([, score]) => !fits(score))
      .slice(0, SHOWN)
      .map(([name, score]) =>
        problem("Invalid_Multi_Class_Score_Value", `${field}.${name}`, `is ${score}; a score is ${wanted}.`),
      ),
  ];
}

const INSTANCE_MEMBERS = ["polygonCoordinates", "categories", "scores", "boundingBoxesCoordinates", "instances"];

function vision(label: unknown, side: Side): Problem[] {
  if (isObjectDetection(label)) {
    const { boundingBoxesCoordinates: shapes, categories, scores } = label;
    return [
      ...memberProblems(side, label, ["boundingBoxesCoordinates", "categories", "scores"]),
      ...shapesProblems(side, shapes, boxProblem),
      ...categoryProblems(side, categories),
      ...countProblems(side, shapes, categories, scores),
      ...scoreProblems(side, scores, true),
    ];
  }
  if (isInstanceSegmentation(label)) {
    const { polygonCoordinates: shapes, categories, scores, boundingBoxesCoordinates: boxes } = label;
    return [
      ...memberProblems(side, label, INSTANCE_MEMBERS),
      ...shapesProblems(side, shapes, polygonProblem),
      ...(boxes === undefined ? [] : shapesProblems(side, boxes, boxProblem)),
      ...categoryProblems(side, categories),
      ...countProblems(side, shapes, categories, scores, boxes),
      ...scoreProblems(side, scores, false),
    ];
  }
  if (isSegmentation(label))
    return [
      ...memberProblems(side, label, INSTANCE_MEMBERS),
      ...shapesProblems(side, label.polygonCoordinates, polygonProblem),
      ...categoryProblems(side, label.categories),
      ...countProblems(side, label.polygonCoordinates, label.categories),
      ...("scores" in label || "boundingBoxesCoordinates" in label
        ? [problem("Invalid_Label_Type", side, "has scores or boxes, which only instances have; add instances: true.")]
        : []),
    ];
  return [
    misfit(
      side,
      "OBJECT_DETECTION",
      "{ boundingBoxesCoordinates, categories, scores } or { polygonCoordinates, categories }",
    ),
  ];
}

function shapesProblems(
  side: Side,
  shapes: readonly (readonly number[])[],
  problemOf: (shape: readonly number[]) => string | undefined,
): Problem[] {
  if (!Array.isArray(shapes) || shapes.length === 0)
    return [problem("Invalid_Coordinates", side, "holds no shape; give at least one.")];
  const problems = shapes.flatMap((shape: unknown, index) => {
    const found = isNumbers(shape) ? problemOf(shape) : "no list of numbers";
    return found === undefined ? [] : [problem("Invalid_Coordinates", `${side} shape ${index}`, `is ${found}.`)];
  });
  return problems.slice(0, SHOWN);
}

const isNumbers = (shape: unknown): shape is readonly number[] =>
  Array.isArray(shape) && shape.every((value) => typeof value === "number");

function categoryProblems(side: Side, categories: readonly unknown[]): Problem[] {
  if (Array.isArray(categories) && categories.every((category) => typeof category === "string")) return [];
  return [problem("Invalid_Categories", side, "needs categories: a text for each shape, which may be empty.")];
}

/** Lists that are no lists are told elsewhere. */
function countProblems(side: Side, shapes: unknown, ...lists: readonly unknown[]): Problem[] {
  const counts = lists.flatMap((list) => (Array.isArray(list) ? [list.length] : []));
  const odd = Array.isArray(shapes) ? counts.find((count) => count !== shapes.length) : undefined;
  return odd === undefined || !Array.isArray(shapes)
    ? []
    : [
        problem(
          "Invalid_Count",
          side,
          `has ${shapes.length} shapes and ${odd} categories, scores or boxes; give one a shape.`,
        ),
      ];
}

function scoreProblems(side: Side, scores: readonly number[] | undefined, needed: boolean): Problem[] {
  if (side === "actualLabel")
    return scores === undefined ? [] : [problem("Invalid_Scores", side, "holds scores, which only predictions have.")];
  if (scores === undefined)
    return needed ? [problem("Invalid_Scores", side, "has no scores; give one between 0 and 1 a box.")] : [];
  return Array.isArray(scores) && scores.every(inRange)
    ? []
    : [problem("Invalid_Scores", side, "holds a score outside 0–1.")];
}
