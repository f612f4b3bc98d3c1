import { DataType, type Data } from "apache-arrow";
import { numberAt, offsetsOf } from "../arrow-access.js";
import { isMissing, itemsOf, rangeOf, type ValueRule } from "./rule.js";
import type { Named } from "./texts.js";

/** A row says something in at least one of these columns, if there are any. NaN says nothing, as in a data frame. */
export function saysSomething(named: readonly Named[], what: string): ValueRule[] {
  if (named.length === 0) return [];
  return [
    {
      code: "Invalid_Record",
      columns: named.map(({ column }) => column),
      wants: `Every row has a value in at least one of them: ${what}.`,
      checkOf(columns) {
        const found = named.flatMap(({ name }) => columns(name) ?? []);
        if (found.some((data) => data.nullCount === 0 && !holdsNaN(data))) return null;
        return (row) => (found.some((data) => !isNothing(data, row)) ? null : "has a value in none of them");
      },
    },
  ];
}

function holdsNaN(data: Data): boolean {
  const values: unknown = data.values;
  if (!(values instanceof Float64Array || values instanceof Float32Array)) return false;
  for (let row = 0; row < data.length; row++) if (Number.isNaN(values[row])) return true;
  return false;
}

const isNothing = (data: Data, row: number): boolean =>
  isMissing(data, row) || (DataType.isFloat(data.type) && Number.isNaN(numberAt(data, row)));

const MOST_RANK = 100;

export function rankProblem(rank: number): string | null {
  return rank >= 1 && rank <= MOST_RANK ? null : `has the rank ${rank}`;
}

export function ranks({ column, name }: Named): ValueRule {
  return {
    code: "Invalid_Rank_Value",
    columns: [column],
    wants: `A rank is a whole number from 1 to ${MOST_RANK}.`,
    checkOf(columns) {
      const data = columns(name);
      if (data === undefined) return null;
      return (row) => (isMissing(data, row) ? null : rankProblem(numberAt(data, row)));
    },
  };
}

/** Labels of relevance: no empty text, no empty list. */
export function relevanceLabels({ column, name }: Named): ValueRule[] {
  const rule = (code: string, problem: (data: Data, first: number, last: number) => string | null): ValueRule => ({
    code,
    columns: [column],
    wants: "A row has a text, or a list of at least one, none of them empty; or null.",
    checkOf(columns) {
      const data = columns(name);
      if (data === undefined || (itemsOf(data) === undefined && !DataType.isUtf8(data.type))) return null;
      const range = rangeOf(data);
      return (row) => (isMissing(data, row) ? null : problem(data, ...range(row)));
    },
  });
  return [
    rule("Invalid_Missing_Value", (data, first, last) =>
      itemsOf(data) !== undefined && first === last ? "has an empty list of labels" : null,
    ),
    rule("Invalid_Ranking_Relevance_Labels_Value", (data, first, last) => {
      const items = itemsOf(data);
      if (items === undefined) return first === last ? "has an empty label" : null;
      const offsets = offsetsOf(items);
      for (let item = first; item < last; item++) if (offsets[item] === offsets[item + 1]) return "has an empty label";
      return null;
    }),
  ];
}
