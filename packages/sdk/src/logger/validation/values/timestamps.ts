import { DataType, DateUnit, TimeUnit } from "apache-arrow";
import type { Data } from "apache-arrow";

import { valuesOf } from "../../../arrow/memory.js";
import type { ColumnUse } from "../../schema/columns.js";
import { columnData, isNull } from "./column-data.js";
import { Offenders, shown } from "./rule.js";
import type { ValueRule } from "./rule.js";

const DAY_MS = 86_400_000;

/** Timestamps lie between `maxPastYears` ago and one year ahead (`Invalid_Timestamp_Value`, §8.4). `now` is in ms. */
export function timestampRange({ column, field }: ColumnUse, now: number, maxPastYears: number): ValueRule {
  const offenders = new Offenders();
  const earliest = now - maxPastYears * 365 * DAY_MS;
  const latest = now + 365 * DAY_MS;
  return {
    check(batch, firstRow) {
      const data = columnData(batch, column);
      if (data === undefined) return;
      const values = valuesOf(data);
      const perMs = unitsPerMs(data);
      const low = earliest * perMs;
      const high = latest * perMs;
      for (let row = 0; row < data.length; row++) {
        const value = Number(values[row] ?? 0);
        if (value >= low && value <= high) continue;
        if (!isNull(data, row)) offenders.add(firstRow + row, `${values[row]} (${readable(value / perMs)})`);
      }
    },
    violations: () =>
      offenders.report(
        "Invalid_Timestamp_Value",
        `${shown(column, field)} holds times outside the allowed range`,
        { column, field },
        `They must lie between ${readable(earliest)} and ${readable(latest)}; plain numbers are read as seconds since 1970.`,
      ),
  };
}

/** How many of the column's units one millisecond is; plain numbers are seconds. */
function unitsPerMs(data: Data): number {
  if (DataType.isTimestamp(data.type))
    return {
      [TimeUnit.SECOND]: 1e-3,
      [TimeUnit.MILLISECOND]: 1,
      [TimeUnit.MICROSECOND]: 1e3,
      [TimeUnit.NANOSECOND]: 1e6,
    }[data.type.unit];
  if (DataType.isDate(data.type)) return data.type.unit === DateUnit.DAY ? 1 / DAY_MS : 1;
  return 1e-3;
}

function readable(ms: number): string {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? "no calendar date" : date.toISOString();
}
