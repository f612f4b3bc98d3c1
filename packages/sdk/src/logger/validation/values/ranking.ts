import { DataType } from "apache-arrow";

import type { ColumnUse } from "../../schema/columns.js";
import { columnData, isNull, itemsOf, numberAt, rangeOf } from "./column-data.js";
import { Offenders, shown } from "./rule.js";
import type { ValueRule } from "./rule.js";

/** Ranks are 1–100 (`Invalid_Rank_Value`, §8.4). */
export function rankRange({ column, field }: ColumnUse): ValueRule {
  const offenders = new Offenders();
  return {
    check(batch, firstRow) {
      const data = columnData(batch, column);
      if (data === undefined) return;
      for (let row = 0; row < data.length; row++) {
        const rank = numberAt(data, row);
        if ((rank < 1 || rank > 100) && !isNull(data, row)) offenders.add(firstRow + row, String(rank));
      }
    },
    violations: () =>
      offenders.report(
        "Invalid_Rank_Value",
        `${shown(column, field)} holds ranks out of range`,
        { column, field },
        "Ranks are 1–100.",
      ),
  };
}

/** Relevance labels hold no empty text and no empty list (`Invalid_Ranking_Relevance_Labels_Value`, §8.4). */
export function relevanceLabels({ column, field }: ColumnUse): ValueRule {
  const emptyTexts = new Offenders();
  const emptyLists = new Offenders();
  return {
    check(batch, firstRow) {
      const data = columnData(batch, column);
      if (data === undefined || DataType.isNull(data.type)) return;
      const items = DataType.isList(data.type) ? itemsOf(data) : undefined;
      for (let row = 0; row < data.length; row++) {
        if (isNull(data, row)) continue;
        const [start, end] = rangeOf(data, row);
        if (items === undefined) {
          if (start === end) emptyTexts.add(firstRow + row);
        } else if (start === end) emptyLists.add(firstRow + row);
        else if (hasEmptyText(start, end, items)) emptyTexts.add(firstRow + row);
      }
    },
    violations: () => [
      ...emptyTexts.report(
        "Invalid_Ranking_Relevance_Labels_Value",
        `${shown(column, field)} holds empty labels`,
        { column, field },
        "Give each label a name, or null for a row without labels.",
      ),
      ...emptyLists.report(
        "Invalid_Missing_Value",
        `${shown(column, field)} holds empty lists of labels`,
        { column, field },
        "Give at least one label, or null for a row without labels.",
      ),
    ],
  };
}

function hasEmptyText(start: number, end: number, items: NonNullable<ReturnType<typeof itemsOf>>): boolean {
  for (let item = start; item < end; item++) {
    const [first, last] = rangeOf(items, item);
    if (first === last) return true;
  }
  return false;
}
