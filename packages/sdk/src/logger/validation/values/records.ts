import { DataType } from "apache-arrow";
import type { Data } from "apache-arrow";

import { valuesOf } from "../../../arrow/memory.js";
import { isCategoricalModel, isNumericModel } from "../../model-types.js";
import type { Schema } from "../../schema/schema.js";
import { isPreproduction, recordSchema } from "../context.js";
import type { LogContext } from "../context.js";
import { columnData, isNull } from "./column-data.js";
import { Offenders } from "./rule.js";
import type { ValueRule } from "./rule.js";

const PREDICTION = ["predictionLabelColumnName", "predictionScoreColumnName"] as const;
const ACTUAL = ["actualLabelColumnName", "actualScoreColumnName"] as const;
const RANKING_PREDICTION = [...PREDICTION, "predictionGroupIdColumnName", "rankColumnName"] as const;
const RANKING_ACTUAL = [
  ...ACTUAL,
  "relevanceScoreColumnName",
  "relevanceLabelsColumnName",
  "attributionsColumnName",
] as const;

/** A record says something: not all its predictions, actuals and SHAP values are null (`Invalid_Record`, §8.4). */
export function recordRules(context: LogContext): readonly ValueRule[] {
  const ranking = context.modelType === "RANKING";
  if (!ranking && !isNumericModel(context.modelType) && !isCategoricalModel(context.modelType)) return [];
  const schema = recordSchema(context);
  const prediction = named(schema, ranking ? RANKING_PREDICTION : PREDICTION);
  const actual = named(schema, ranking ? RANKING_ACTUAL : ACTUAL);
  if (isPreproduction(context.environment)) return [notAllNull(prediction), notAllNull(actual)];
  return [notAllNull([...prediction, ...actual, ...Object.values(schema.shapValuesColumnNames ?? {})])];
}

const named = (
  schema: Schema,
  fields: readonly (typeof RANKING_PREDICTION | typeof RANKING_ACTUAL)[number][],
): readonly string[] => fields.flatMap((field) => schema[field] ?? []);

function notAllNull(columns: readonly string[]): ValueRule {
  const offenders = new Offenders();
  return {
    check(batch, firstRow) {
      const chunks = columns.flatMap((column) => columnData(batch, column) ?? []);
      if (chunks.length === 0 || chunks.some((data) => data.nullCount === 0 && !hasNaN(data))) return;
      for (let row = 0; row < batch.numRows; row++)
        if (chunks.every((data) => isMissing(data, row))) offenders.add(firstRow + row);
    },
    violations: () =>
      offenders.report(
        "Invalid_Record",
        `Rows hold nothing in ${columns.map((column) => `"${column}"`).join(", ")}`,
        {},
        "Give at least one of these columns a value in every row.",
      ),
  };
}

/** NaN counts as missing, as in a data frame. */
const isMissing = (data: Data, row: number): boolean => isNull(data, row) || Number.isNaN(valuesOf(data)[row]);

function hasNaN(data: Data): boolean {
  if (!DataType.isFloat(data.type)) return false;
  const values = valuesOf(data);
  for (let row = 0; row < data.length; row++) if (Number.isNaN(values[row])) return true;
  return false;
}
