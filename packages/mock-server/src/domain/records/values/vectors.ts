import type { Data } from "apache-arrow";
import { numberAt, offsetsOf } from "../arrow-access.js";
import { isMissing, itemsOf, rangeOf, type ValueRule } from "./rule.js";
import { lengthsWithin, type Named } from "./texts.js";

const MOST_DIMENSIONS = 20_000;

export function vectorLengthProblem(length: number): string | null {
  return length !== 1 && length <= MOST_DIMENSIONS ? null : `has a vector of ${length} numbers`;
}

/** A vector has 2 to 20 000 numbers; a missing one has none. */
export function dimensions({ column, name }: Named): ValueRule {
  return {
    code: "Invalid_Value_Embedding_Vector_Dimensionality",
    columns: [column],
    wants: `A vector has 2 to ${MOST_DIMENSIONS} numbers; send null where there is none.`,
    checkOf(columns) {
      const data = columns(name);
      if (data === undefined || lengthsWithin(offsetsOf(data), data.length, 2, MOST_DIMENSIONS)) return null;
      const range = rangeOf(data);
      return (row) => {
        const [start, end] = range(row);
        return isMissing(data, row) ? null : vectorLengthProblem(end - start);
      };
    },
  };
}

/**
 * Vectors hold finite numbers: on others the real platform is said to drop the whole file (v8's check). That v8 also wants a vector in at least one
 * row is not asked here: v7 does not, and a request may be a part of a larger table.
 */
export function usable({ column, name }: Named): ValueRule {
  return {
    code: "Invalid_Value_Embedding_Vector_Has_No_Values",
    columns: [column],
    wants: "Send finite numbers, and null for a row without a vector.",
    checkOf(columns) {
      const data = columns(name);
      const items = itemsOf(data);
      if (data === undefined || items === undefined) return null;
      const range = rangeOf(data);
      const [start] = range(0);
      const [end] = range(data.length);
      const finite = allFinite(items, start, end);
      if (finite && data.nullCount === 0 && lengthsWithin(offsetsOf(data), data.length, 1, MOST_DIMENSIONS))
        return null;
      return (row) => {
        if (isMissing(data, row)) return null;
        const [from, to] = range(row);
        if (from === to) return "has a vector without numbers";
        if (!finite)
          for (let item = from; item < to; item++)
            if (isMissing(items, item) || !Number.isFinite(numberAt(items, item)))
              return "has a vector with NaN, Infinity or null in it";
        return null;
      };
    },
  };
}

/** One pass over all numbers of a batch; only where it fails are rows looked at one by one. */
function allFinite(items: Data, start: number, end: number): boolean {
  const values: unknown = items.values;
  if (items.nullCount > 0 || !(values instanceof Float32Array || values instanceof Float64Array)) return false;
  // What is not finite times zero is NaN, and stays it in a sum.
  let zero = 0;
  for (let item = start; item < end; item++) zero += (values[item] ?? 0) * 0;
  return zero === 0;
}
