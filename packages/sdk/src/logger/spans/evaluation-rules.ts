import { parseEvaluationColumn, SPAN_ID_COLUMN } from "@axlab/wire/ingest";
import { DataType } from "apache-arrow";
import type { Field, Schema } from "apache-arrow";

import { typeOf, valuesOf } from "../../arrow/memory.js";
import { describeType, floats, integers, nulls, oneOf, text } from "../validation/arrow-types.js";
import type { TypeSet } from "../validation/arrow-types.js";
import { columnData, isNull } from "../validation/values/column-data.js";
import { Offenders } from "../validation/values/rule.js";
import type { ValueRule } from "../validation/values/rule.js";
import { textLength } from "../validation/values/texts.js";
import type { RuleViolation } from "../validation/violation.js";
import { contentViolation, spanIdMissing, spanIdRules } from "./span-rules.js";

/** Columns of an evaluation table and their types (`spec/ingest.md §8.6`). */
export function evaluationFormRules(schema: Schema): RuleViolation[] {
  const names = schema.fields.map((field) => field.name);
  return [
    ...spanIdMissing(names, "it names the span of each evaluation"),
    ...(names.some((name) => parseEvaluationColumn(name) !== null)
      ? []
      : [{ code: "Invalid_DataFrame_Missing_Columns", message: "There is no evaluation column; name them eval.<name>.label, .score or .explanation." }]),
    ...schema.fields.filter(({ name }) => name === SPAN_ID_COLUMN).flatMap((field) => typeProblems(field, text)),
    ...evaluationColumnForms(schema),
  ]; // prettier-ignore
}

/** Types of the evaluations in a table, which may be one of spans. */
export const evaluationColumnForms = (schema: Schema): RuleViolation[] =>
  schema.fields.flatMap((field) => {
    const evaluation = parseEvaluationColumn(field.name);
    if (evaluation === null) return [];
    return typeProblems(field, evaluation.field === "score" ? oneOf(integers, floats) : text);
  });

function typeProblems(field: Field, wanted: TypeSet): RuleViolation[] {
  const type = typeOf(field);
  if (wanted.accepts(type) || nulls.accepts(type)) return [];
  return [contentViolation(field.name, describeType(type), wanted.expected)];
}

/** Rules about the values of evaluations in the given columns. */
export const evaluationValueRules = (columns: readonly string[]): readonly ValueRule[] => [
  ...spanIdRules(),
  ...evaluationColumnRules(columns),
];

/** Rules about the values of evaluations, which may stand in a table of spans. */
export function evaluationColumnRules(columns: readonly string[]): readonly ValueRule[] {
  const place = (column: string) => ({ column, field: "", role: "text" as const });
  const code = "Invalid_String_Length_In_Column";
  return columns.flatMap((column) => {
    const field = parseEvaluationColumn(column)?.field;
    if (field === "label") return [textLength(place(column), { code, min: 1, max: 100 })];
    if (field === "explanation") return [textLength(place(column), { code, min: 0, max: 10_000 }), explained(column)];
    return field === "score" ? [finite(column)] : [];
  });
}

/** Scores are finite. */
export function finite(column: string): ValueRule {
  const offenders = new Offenders();
  return {
    check(batch, firstRow) {
      const data = columnData(batch, column);
      if (data === undefined || !DataType.isFloat(data.type)) return;
      const values = valuesOf(data);
      for (let row = 0; row < data.length; row++)
        if (Math.abs(Number(values[row] ?? 0)) === Infinity && !isNull(data, row)) offenders.add(firstRow + row);
    },
    violations: () =>
      offenders.report("Invalid_Float_Value_In_Column", `Column "${column}" holds infinite scores`, { column }),
  };
}

/** An explanation explains something: a label or a score of the same evaluation in the same row. */
function explained(column: string): ValueRule {
  const offenders = new Offenders();
  const evaluation = column.replace(/\.explanation$/, "");
  return {
    check(batch, firstRow) {
      const explanation = columnData(batch, column);
      if (explanation === undefined) return;
      const others = ["label", "score"].flatMap((field) => columnData(batch, `${evaluation}.${field}`) ?? []);
      for (let row = 0; row < batch.numRows; row++) {
        if (isNull(explanation, row)) continue;
        if (others.every((data) => isNull(data, row) || Number.isNaN(valuesOf(data)[row])))
          offenders.add(firstRow + row);
      }
    },
    violations: () =>
      offenders.report(
        "Invalid_Null_Eval_Label_And_Score",
        `Column "${column}" explains evaluations that have neither label nor score`,
        { column },
        "Give a label or a score, or leave the explanation out.",
      ),
  };
}
