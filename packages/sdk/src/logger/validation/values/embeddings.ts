import type { Data } from "apache-arrow";

import type { ColumnUse } from "../../schema/columns.js";
import { columnData, isNull, itemsOf, numberAt, rangeOf } from "./column-data.js";
import { Offenders, shown } from "./rule.js";
import type { ValueRule } from "./rule.js";

const MAX_DIMENSIONS = 20_000;

/** A vector has 0 or 2–20 000 dimensions; null counts as 0 (`Invalid_Value_Embedding_Vector_Dimensionality`, §8.4). */
export function vectorDimensions({ column, field }: ColumnUse): ValueRule {
  const offenders = new Offenders();
  return {
    check(batch, firstRow) {
      const data = columnData(batch, column);
      if (data === undefined) return;
      for (let row = 0; row < data.length; row++) {
        const [start, end] = rangeOf(data, row);
        const length = end - start;
        if (length !== 1 && length <= MAX_DIMENSIONS) continue;
        if (!isNull(data, row)) offenders.add(firstRow + row, `${length} long`);
      }
    },
    violations: () =>
      offenders.report(
        "Invalid_Value_Embedding_Vector_Dimensionality",
        `${shown(column, field)} holds vectors of a length that is not allowed`,
        { column, field },
        `A vector has between 2 and ${MAX_DIMENSIONS} dimensions; null or empty means no vector.`,
      ),
  };
}

/** Vectors hold finite numbers only, and a column holds at least one: on others the platform drops the file (§8.4, v8). */
export function usableVectors({ column, field }: ColumnUse, whole: boolean): ValueRule {
  const offenders = new Offenders();
  let rows = 0;
  let usable = 0;
  return {
    check(batch, firstRow) {
      const data = columnData(batch, column);
      const items = data === undefined ? undefined : itemsOf(data);
      if (data === undefined || items === undefined) return;
      const allFinite = isAllFinite(data, items);
      for (let row = 0; row < data.length; row++) {
        rows++;
        if (isNull(data, row)) continue;
        const [start, end] = rangeOf(data, row);
        let finite = end > start;
        if (allFinite && finite) {
          usable++;
          continue;
        }
        for (let item = start; item < end && finite; item++)
          finite = Number.isFinite(numberAt(items, item)) && !isNull(items, item);
        if (finite) usable++;
        else offenders.add(firstRow + row, start === end ? "an empty vector" : "a vector with NaN, Infinity or null");
      }
    },
    violations() {
      const code = "Invalid_Value_Embedding_Vector_Has_No_Values";
      const advice = "Give finite numbers, or null for a row without a vector.";
      if (whole && rows > 0 && usable === 0 && offenders.count === 0)
        return [
          {
            code,
            column,
            field,
            message: `${shown(column, field)} holds no vector at all. Leave the embedding out of the schema.`,
          },
        ];
      return offenders.report(
        code,
        `${shown(column, field)} holds vectors that cannot be used`,
        { column, field },
        advice,
      );
    },
  };
}

/** One pass over all items of a chunk; the rows are looked at one by one only when it fails. */
function isAllFinite(data: Data, items: Data): boolean {
  const values: unknown = items.values;
  if (items.nullCount > 0 || !(values instanceof Float32Array || values instanceof Float64Array)) return false;
  const [start] = rangeOf(data, 0);
  const [end] = rangeOf(data, data.length);
  for (let item = start; item < end; item++) if (!Number.isFinite(values[item])) return false;
  return true;
}
