import type { RecordBatch } from "apache-arrow";

import type { ColumnUse } from "../../schema/columns.js";
import { columnData, isNull, itemsOf, numberAt, rangeOf, textAt } from "./column-data.js";
import { Offenders, shown } from "./rule.js";
import type { ValueRule } from "./rule.js";

const MAX_CLASSES = 500;
const MAX_NAME = 100;

interface ClassScore {
  readonly name: string;
  readonly score: number | null;
}

/** Class scores of one row, or null for a null row. */
function classScores(batch: RecordBatch, column: string, row: number): readonly ClassScore[] | null {
  const data = columnData(batch, column);
  const items = data === undefined ? undefined : itemsOf(data);
  const [names, scores] = items?.children ?? [];
  if (data === undefined || names === undefined || scores === undefined || isNull(data, row)) return null;
  const [start, end] = rangeOf(data, row);
  const entries: ClassScore[] = [];
  for (let item = start; item < end; item++)
    entries.push({
      name: isNull(names, item) ? "" : textAt(names, item),
      score: isNull(scores, item) ? null : numberAt(scores, item),
    });
  return entries;
}

/** Classes and scores of a MULTI_CLASS column (§8.4): predicted and threshold scores in [0, 1], actual scores 0 or 1. */
export function classScoreRule({ column, field }: ColumnUse, side: "prediction" | "actual"): ValueRule {
  const counts = new Offenders();
  const names = new Offenders();
  const scores = new Offenders();
  const isScore = (score: number | null): boolean =>
    side === "actual" ? score === 0 || score === 1 : score !== null && score >= 0 && score <= 1;
  return {
    check(batch, firstRow) {
      for (let row = 0; row < batch.numRows; row++) {
        const entries = classScores(batch, column, row);
        if (entries === null) {
          counts.add(firstRow + row, "null");
          continue;
        }
        if (entries.length < 1 || entries.length > MAX_CLASSES) counts.add(firstRow + row, `${entries.length} classes`);
        const badName = entries.find(
          ({ name }) => name === "" || (name.length > MAX_NAME && [...name].length > MAX_NAME),
        );
        if (badName !== undefined) names.add(firstRow + row, `${badName.name.length} characters`);
        const badScore = entries.find(({ score }) => !isScore(score));
        if (badScore !== undefined) scores.add(firstRow + row, `${badScore.name}: ${badScore.score}`);
      }
    },
    violations() {
      const place = { column, field };
      const where = `${shown(column, field)}`;
      return [
        ...counts.report(
          "Invalid_Num_classes_Multi_Class_Map",
          `${where} holds a wrong number of classes`,
          place,
          `Each row has 1–${MAX_CLASSES} classes.`,
        ),
        ...names.report(
          "Invalid_Multi_Class_Class_Name_Length",
          `${where} holds class names of a wrong length`,
          place,
          `A class name has 1–${MAX_NAME} characters.`,
        ),
        ...scores.report(
          side === "actual" ? "Invalid_Multi_Class_Act_Score_Value" : "Invalid_Multi_Class_Pred_Score_Value",
          `${where} holds scores out of range`,
          place,
          side === "actual" ? "An actual score is 0 or 1." : "A score lies between 0 and 1 and is not null.",
        ),
      ];
    },
  };
}

/** Thresholds name exactly the predicted classes of their row (`Invalid_Multi_Class_Threshold_Classes`, §8.4). */
export function thresholdClasses(thresholds: ColumnUse, prediction: string): ValueRule {
  const offenders = new Offenders();
  return {
    check(batch, firstRow) {
      for (let row = 0; row < batch.numRows; row++) {
        const predicted = new Set(classScores(batch, prediction, row)?.map(({ name }) => name));
        const limited = new Set(classScores(batch, thresholds.column, row)?.map(({ name }) => name));
        if (predicted.size !== limited.size || [...limited].some((name) => !predicted.has(name)))
          offenders.add(firstRow + row);
      }
    },
    violations: () =>
      offenders.report(
        "Invalid_Multi_Class_Threshold_Classes",
        `Column "${thresholds.column}" (schema.${thresholds.field}) names other classes than column "${prediction}"`,
        { column: thresholds.column, field: thresholds.field },
        "Give a threshold for every predicted class of the row and for no other.",
      ),
  };
}
