import type { DataType, RecordBatch, Vector } from "apache-arrow";
import { float64Column, int64Column, tableFromColumns, utf8Column } from "@axlab/wire/arrow";

import { ValidationFailure } from "../errors.js";
import { floatOf, integerOf, textOf } from "./cast-values.js";
import type { Cast } from "./cast-values.js";
import { isNameList } from "./schema.js";
import type { Schema } from "./schema.js";

type Target = "toStr" | "toInt" | "toFloat";

/** Casts asked for by typed feature and tag lists; a batch without such columns passes untouched. */
export function typedCasts(schema: Schema): (batch: RecordBatch, firstRow: number) => RecordBatch {
  const targets = new Map<string, Target>();
  for (const list of [schema.featureColumnNames, schema.tagColumnNames]) {
    if (list === undefined || isNameList(list)) continue;
    for (const target of ["toStr", "toInt", "toFloat"] as const)
      for (const name of list[target] ?? []) targets.set(name, target);
  }
  if (targets.size === 0) return (batch) => batch;
  return (batch, firstRow) => {
    const columns = batch.schema.fields.flatMap((field, index): (readonly [string, Vector])[] => {
      const column: Vector<DataType> | null = batch.getChildAt(index);
      if (column === null) return [];
      const target = targets.get(field.name);
      return [[field.name, target === undefined ? column : cast(column, target, field.name, firstRow)]];
    });
    return tableFromColumns(columns).batches[0] ?? batch;
  };
}

function cast(column: Vector<DataType>, target: Target, name: string, firstRow: number): Vector {
  const all = <T>(one: Cast<T>): (T | null)[] =>
    Array.from(column, (value: unknown, index) => {
      const found = value === null || value === undefined ? null : one(value, column.type);
      if (found === undefined) throw badCast(name, target, firstRow + index, value);
      return found;
    });
  if (target === "toStr") return utf8Column(all(textOf));
  return target === "toInt" ? int64Column(all(integerOf)) : float64Column(all(floatOf));
}

const WANTED: Readonly<Record<Target, string>> = {
  toStr: "a text",
  toInt: "a whole number of 64 bits",
  toFloat: "a number",
};

function badCast(name: string, target: Target, row: number, value: unknown): ValidationFailure {
  return new ValidationFailure("Typed columns cannot be cast", "types", [
    {
      code: "Invalid_Typed_Columns",
      column: name,
      rows: [row],
      count: 1,
      message: `Row ${row} of column "${name}" holds ${JSON.stringify(String(value))}, which ${target} cannot make ${WANTED[target]}; correct it or move the column to another list.`,
    },
  ]);
}
