import type { ColumnUse } from "../../schema/columns.js";
import { columnData, isNull } from "./column-data.js";
import { Offenders, shown } from "./rule.js";
import type { ValueRule } from "./rule.js";

/** Ids, ranks and timestamps may not be null (`Invalid_Missing_Value`, §8.4). */
export function noNulls({ column, field }: ColumnUse): ValueRule {
  const offenders = new Offenders();
  return {
    check(batch, firstRow) {
      const data = columnData(batch, column);
      if (data === undefined || data.nullCount === 0) return;
      for (let row = 0; row < data.length; row++) if (isNull(data, row)) offenders.add(firstRow + row);
    },
    violations: () =>
      offenders.report(
        "Invalid_Missing_Value",
        `${shown(column, field)} holds nulls`,
        { column, field },
        "Give every row a value.",
      ),
  };
}
