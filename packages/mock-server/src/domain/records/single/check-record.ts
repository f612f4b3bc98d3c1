import { InvalidRequestError } from "../../../errors.js";
import { charactersIn } from "../values/texts.js";
import { rankProblem } from "../values/records.js";
import { shapeProblem } from "../values/shapes.js";
import { timeProblem } from "../values/times.js";
import type { Cell } from "./cells.js";
import type { RecordFacts, SingleRecord } from "./read-record.js";

const MOST_EMBEDDINGS = 30;
const PAST_YEARS = 5;

/** The rules of `spec/ingest.md §8.5` as far as they are about values. @throws InvalidRequestError naming the field and what would be right */
export function checkRecord(record: SingleRecord, facts: RecordFacts, now: number): void {
  const { environment, id, ms, cells } = record;
  if (id !== null && length(id) > 512) refuse("prediction_id", `has ${length(id)} characters`, "1 to 512");
  const time = ms === null ? null : timeProblem(ms, { now, pastYears: PAST_YEARS });
  if (time !== null) refuse("timestamp", time, `at most ${PAST_YEARS} years back and one ahead, in seconds since 1970`);
  const names = [...cells.keys()];
  checkFacts(facts);
  for (const [name, cell] of cells) checkCell(name, cell);
  if (cells.has("boxPredictionCoordinates") && !cells.has("boxPredictionScores"))
    refuse("boxPredictionScores", "is missing", "a score from 0 to 1 for each predicted box");
  if (environment === "PRODUCTION") return;
  if (environment === "VALIDATION" && (cells.get("batchID")?.value ?? "") === "")
    refuse("environment_params.validation.batch_id", "is missing", "the batch that this record belongs to");
  for (const [side, label] of [
    ["prediction", PREDICTION],
    ["actual", ACTUAL],
  ] as const)
    // prettier-ignore
    if (!names.some((name) => label.test(name)))
      refuse(side, "is missing", `a ${environment.toLowerCase()} record has a prediction and an actual`);
}

function checkFacts({ embeddings, oddTags, llmParams, predictsVision }: RecordFacts): void {
  const count = embeddings.length;
  if (count > MOST_EMBEDDINGS) refuse("features", `holds ${count} embeddings`, `at most ${MOST_EMBEDDINGS}`);
  if (predictsVision && count !== 1)
    refuse("features", `holds ${count} embeddings`, "exactly one beside a label of boxes or polygons");
  const [tag] = oddTags;
  if (tag !== undefined) refuse(tag, "is a list or an object", "a tag that is a text, a boolean or a number");
  for (const name of [...embeddings, ...llmParams]) checkName(name);
}

const PREDICTION = /Prediction(Label|Scores|Coordinates)$|^ranking:rank$/;
const ACTUAL = /Actual(Label|Scores|Coordinates)$|^ranking:(label|relevance)$/;
const OURS = /__(tag|embVector|rawData|linkToData|shap|feature)$/;

function checkCell(name: string, cell: Cell): void {
  const key = name.replace(OURS, "");
  checkName(key);
  const problem = problemOf(name, cell);
  if (problem !== null) refuse(key, ...problem);
}

function checkName(key: string): void {
  if (key.endsWith("_shap")) refuse(key, "ends in _shap", "another name; that ending is reserved");
}

type Problem = readonly [found: string, wants: string];

function problemOf(name: string, cell: Cell): Problem | null {
  if (name.endsWith("__tag") && cell.type === "text") return atMost(length(cell.value), 20_000);
  if (name.endsWith("__embVector") && cell.type === "doubles")
    return cell.value.length === 1 ? ["has a vector of 1 number", "no number, or two at least"] : null;
  if (name.endsWith("__rawData"))
    return atMost(
      cell.type === "texts"
        ? cell.value.reduce((sum, token) => sum + length(token), 0)
        : cell.type === "text"
          ? length(cell.value)
          : 0,
      2_000_000,
    );
  if (name === "predictionGroupID" && cell.type === "text") {
    const characters = length(cell.value);
    return characters >= 1 && characters <= 36 ? null : [`has ${characters} characters`, "1 to 36"];
  }
  if (name === "ranking:rank" && cell.type === "int") return found(rankProblem(Number(cell.value)), "1 to 100");
  if (name === "ranking:label" && cell.type === "texts")
    return cell.value.length > 0 && !cell.value.includes("")
      ? null
      : ["has an empty label", "labels that are not empty"];
  if (cell.type === "classes") return classProblem(name, cell.value);
  if (cell.type === "coordinates") return shapesProblem(name, cell.value);
  if (/^(box|instance).*Scores$/.test(name) && cell.type === "doubles")
    return name === "boxActualScores"
      ? ["has scores", "none: an actual box has no confidence"]
      : cell.value.every((score) => score !== null && score >= 0 && score <= 1)
        ? null
        : ["has a score that is missing or not from 0 to 1", "a number from 0 to 1 for each shape"];
  return null;
}

function classProblem(name: string, classes: readonly { name: string; score: number }[]): Problem | null {
  // Of an actual only the classes whose score is 1 travel, and none may be.
  const fewest = name === "multiClassActualScores" ? 0 : 1;
  if (classes.length < fewest || classes.length > 500) return [`names ${classes.length} classes`, "1 to 500"];
  const odd = classes.find((one) => length(one.name) < 1 || length(one.name) > 100);
  if (odd !== undefined) return [`has a class with a name of ${length(odd.name)} characters`, "1 to 100"];
  const outside = classes.find(({ score }) => !(score >= 0 && score <= 1));
  return outside === undefined || name === "multiClassActualScores"
    ? null
    : [`has the score ${outside.score}`, "a number from 0 to 1 for each class"];
}

function shapesProblem(name: string, shapes: readonly (readonly number[])[]): Problem | null {
  const kind = name.includes("Polygon") ? "polygon" : "box";
  if (shapes.length === 0) return [`has no ${kind}`, "one at least"];
  // A polygon of an instance may come without the box around it.
  const given = name.startsWith("instanceSegmentationBox") ? shapes.filter((shape) => shape.length > 0) : shapes;
  const problem = given
    .map((shape) =>
      kind === "box" && shape.length < 4 ? `has a box of ${shape.length} numbers` : shapeProblem(kind, shape),
    )
    .find((one) => one !== null);
  return found(
    problem ?? null,
    kind === "box"
      ? "[x1, y1, x2, y2], x1 < x2, y1 < y2, none negative"
      : "three vertices or more, none twice, no edges that cross",
  );
}

const found = (problem: string | null, wants: string): Problem | null => (problem === null ? null : [problem, wants]);
const atMost = (characters: number, most: number): Problem | null =>
  characters <= most ? null : [`has ${characters} characters`, `at most ${most}`];

const encoder = new TextEncoder();
function length(text: string): number {
  if (text.length <= 36) return [...text].length;
  const bytes = encoder.encode(text);
  return charactersIn(bytes, 0, bytes.length);
}

function refuse(field: string, problem: string, wants: string): never {
  throw new InvalidRequestError(`"${field}" ${problem}; right would be: ${wants}. The record was not stored.`);
}
