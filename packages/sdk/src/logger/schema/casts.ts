import type { RecordBatch, Vector } from "apache-arrow";
import { float64Column, int64Column, tableFromColumns, utf8Column } from "@axlab/wire/arrow";
import { DataType } from "apache-arrow";

import { ValidationFailure } from "../errors.js";
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
      const column = batch.getChildAt(index);
      if (column === null) return [];
      const target = targets.get(field.name);
      return [[field.name, target === undefined ? column : cast(column, target, field.name, firstRow)]];
    });
    return tableFromColumns(columns).batches[0] ?? batch;
  };
}

function cast(column: Vector, target: Target, name: string, firstRow: number): Vector {
  const values: unknown[] = Array.from(column);
  if (target === "toStr")
    return DataType.isUtf8(column.type) ? utf8Column(values.map(missingText)) : utf8Column(values.map(toText));
  const numbers = values.map((value, index) => {
    const number = toNumber(value);
    if (number !== undefined && (number === null || target === "toFloat" || isWhole(number))) return number;
    throw badCast(name, target, firstRow + index, value);
  });
  return target === "toInt"
    ? int64Column(numbers)
    : float64Column(numbers.map((number) => (number === null ? null : Number(number))));
}

/** The texts that data frames write for a missing value. */
const missingText = (value: unknown): string | null =>
  typeof value === "string" && value !== "nan" && value !== "NaN" ? value : null;

function toText(value: unknown): string | null {
  if (value === null || value === undefined || Number.isNaN(value)) return null;
  if (typeof value === "boolean") return value ? "True" : "False";
  return typeof value === "string" || typeof value === "number" || typeof value === "bigint"
    ? String(value)
    : JSON.stringify(value);
}

/** Null for a missing value, undefined for one that is no number. */
function toNumber(value: unknown): number | bigint | null | undefined {
  if (value === null || value === undefined || Number.isNaN(value)) return null;
  if (typeof value === "number" || typeof value === "bigint") return value;
  if (typeof value === "boolean") return value ? 1 : 0;
  if (typeof value !== "string") return undefined;
  if (value === "nan" || value === "NaN") return null;
  const number = value.trim() === "" ? Number.NaN : Number(value);
  return Number.isNaN(number) ? undefined : number;
}

const isWhole = (number: number | bigint): boolean => typeof number === "bigint" || Number.isSafeInteger(number);

function badCast(name: string, target: Target, row: number, value: unknown): ValidationFailure {
  const wanted = target === "toInt" ? "a whole number" : "a number";
  return new ValidationFailure("Typed columns cannot be cast", "types", [
    {
      code: "Invalid_Typed_Columns",
      column: name,
      rows: [row],
      count: 1,
      message: `Row ${row} of column "${name}" holds ${JSON.stringify(String(value))}, which ${target} cannot make ${wanted}; correct it or move the column to another list.`,
    },
  ]);
}
