import { DataType, Vector, type Data } from "apache-arrow";
import { numberAt, offsetsOf, bytesOf } from "../arrow-access.js";
import { isMissing, itemsOf, rangeOf, type ValueRule } from "./rule.js";
import { charactersIn, type Named } from "./texts.js";

const MOST_CLASSES = 500;
const LONGEST_NAME = 100;

/** The classes of a multi-class row: how many, how they are called, how they score. */
export function classRules({ column, name }: Named, side: "prediction" | "actual"): ValueRule[] {
  const rule = (
    code: string,
    wants: string,
    problem: (classes: ClassColumn, first: number, last: number) => string | null,
  ): ValueRule => ({
    code,
    columns: [column],
    wants,
    checkOf(columns) {
      const classes = classColumn(columns(name));
      if (classes === null) return null;
      return (row) => {
        if (isMissing(classes.data, row)) return null;
        return problem(classes, ...classes.range(row));
      };
    },
  });
  return [
    rule("Invalid_Num_classes_Multi_Class_Map", `A row names 1 to ${MOST_CLASSES} classes.`, (_, first, last) =>
      last > first && last - first <= MOST_CLASSES ? null : `has ${last - first} classes`,
    ),
    rule(
      "Invalid_Multi_Class_Class_Name_Length",
      `A class's name has 1 to ${LONGEST_NAME} characters.`,
      (classes, first, last) =>
        firstProblem(first, last, (item) => {
          const length = classes.nameLength(item);
          return length >= 1 && length <= LONGEST_NAME ? null : `has a class with a name of ${length} characters`;
        }),
    ),
    side === "actual"
      ? rule("Invalid_Multi_Class_Act_Score_Value", "An actual score is 0 or 1.", (classes, first, last) =>
          firstProblem(first, last, (item) => {
            const score = classes.score(item);
            return score === 0 || score === 1 ? null : `has the score ${score}`;
          }),
        )
      : rule("Invalid_Multi_Class_Pred_Score_Value", "A score is a number from 0 to 1.", (classes, first, last) =>
          firstProblem(first, last, (item) => {
            const score = classes.score(item);
            return score >= 0 && score <= 1 ? null : `has the score ${score}`;
          }),
        ),
  ];
}

/** Thresholds are given for exactly the classes that are predicted. */
export function thresholdClasses(thresholds: Named, predictions: Named): ValueRule {
  return {
    code: "Invalid_Multi_Class_Threshold_Classes",
    columns: [thresholds.column, predictions.column],
    wants: "A row's thresholds name exactly the classes that its prediction scores name.",
    checkOf(columns) {
      const [limits, scores] = [classColumn(columns(thresholds.name)), classColumn(columns(predictions.name))];
      if (limits === null || scores === null) return null;
      return (row) => {
        if (isMissing(limits.data, row) || isMissing(scores.data, row)) return null;
        const [a, b] = [limits.names(row), scores.names(row)];
        return a.size === b.size && [...a].every((name) => b.has(name))
          ? null
          : `has thresholds for ${[...a].slice(0, 5).join(", ")} and scores for ${[...b].slice(0, 5).join(", ")}`;
      };
    },
  };
}

interface ClassColumn {
  data: Data;
  range: (row: number) => readonly [number, number];
  nameLength: (item: number) => number;
  /** NaN for a missing one */
  score: (item: number) => number;
  names: (row: number) => Set<unknown>;
}

function classColumn(data: Data | undefined): ClassColumn | null {
  const [names, scores] = itemsOf(data)?.children ?? [];
  if (data === undefined || names === undefined || scores === undefined || !DataType.isUtf8(names.type)) return null;
  const range = rangeOf(data);
  const offsets = offsetsOf(names);
  const bytes = bytesOf(names);
  const texts = new Vector([names]);
  return {
    data,
    range,
    nameLength: (item) =>
      isMissing(names, item) ? 0 : charactersIn(bytes, offsets[item] ?? 0, offsets[item + 1] ?? 0),
    score: (item) => (isMissing(scores, item) ? Number.NaN : numberAt(scores, item)),
    names(row) {
      const [first, last] = range(row);
      return new Set(Array.from({ length: last - first }, (_, at): unknown => texts.get(first + at)));
    },
  };
}

function firstProblem(first: number, last: number, problem: (item: number) => string | null): string | null {
  for (let item = first; item < last; item++) {
    const found = problem(item);
    if (found !== null) return found;
  }
  return null;
}
