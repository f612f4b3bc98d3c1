import { parseJson } from "@axlab/wire";
import { spanItemProblem } from "@axlab/wire/ingest";
import { DataType } from "apache-arrow";

import { valuesOf } from "../../arrow/memory.js";
import { columnData, isNull, itemsOf, rangeOf, textAt } from "../validation/values/column-data.js";
import { Offenders } from "../validation/values/rule.js";
import type { ValueRule } from "../validation/values/rule.js";

const YEAR_NS = 365 * 86_400 * 1e9;

/** Texts that are JSON, or empty. */
export function jsonTexts(column: string): ValueRule {
  const offenders = new Offenders();
  return {
    check(batch, firstRow) {
      const data = columnData(batch, column);
      if (data === undefined || !DataType.isUtf8(data.type)) return;
      for (let row = 0; row < data.length; row++) {
        const value = isNull(data, row) ? "" : textAt(data, row);
        if (value !== "" && !isJson(value)) offenders.add(firstRow + row, value.slice(0, 40));
      }
    },
    violations: () =>
      offenders.report("Invalid_Json_String_In_Column", `Column "${column}" holds texts that are not JSON`, { column }),
  };
}

function isJson(value: string): boolean {
  try {
    parseJson(value);
    return true;
  } catch {
    return false;
  }
}

/** Lists of JSON objects: messages, documents, events, embeddings. Each item is looked at by itself. */
export function spanItems(column: string): ValueRule {
  const offenders = new Offenders();
  let found = "";
  return {
    check(batch, firstRow) {
      const data = columnData(batch, column);
      if (data === undefined || DataType.isNull(data.type)) return;
      const items = DataType.isUtf8(data.type) ? undefined : itemsOf(data);
      const texts = items ?? data;
      if (!DataType.isUtf8(texts.type)) return;
      for (let row = 0; row < data.length; row++) {
        if (isNull(data, row)) continue;
        const [first, last] = items === undefined ? [row, row + 1] : rangeOf(data, row);
        let problem: string | null = null;
        for (let item = first; item < last && problem === null; item++)
          if (!isNull(texts, item)) problem = spanItemProblem(column, textAt(texts, item));
        if (problem === null) continue;
        found ||= problem;
        offenders.add(firstRow + row);
      }
    },
    violations: () =>
      offenders.report(
        "Invalid_Item_In_Column",
        `Column "${column}" ${found}`,
        { column },
        "Each item is an object, or the JSON text of one, within the limits of spans.",
      ),
  };
}

/** Texts out of a fixed set, whatever their case. */
export function allowedTexts(column: string, allowed: readonly string[]): ValueRule {
  const offenders = new Offenders();
  return {
    check(batch, firstRow) {
      const data = columnData(batch, column);
      if (data === undefined || !DataType.isUtf8(data.type)) return;
      for (let row = 0; row < data.length; row++) {
        if (isNull(data, row)) continue;
        const value = textAt(data, row);
        if (!allowed.includes(value.toUpperCase())) offenders.add(firstRow + row, JSON.stringify(value.slice(0, 40)));
      }
    },
    violations: () =>
      offenders.report(
        "Invalid_String_Value_Not_Allowed_In_Column",
        `Column "${column}" holds other texts than ${allowed.join(", ")}`,
        { column },
      ),
  };
}

/** Times between five years ago and one year ahead. */
export function nanosecondRange(column: string, now: number): ValueRule {
  const offenders = new Offenders();
  const low = now * 1e6 - 5 * YEAR_NS;
  const high = now * 1e6 + YEAR_NS;
  return {
    check(batch, firstRow) {
      const data = columnData(batch, column);
      if (data === undefined || DataType.isNull(data.type)) return;
      const values = valuesOf(data);
      for (let row = 0; row < data.length; row++) {
        const time = Number(values[row] ?? 0);
        if ((time < low || time > high) && !isNull(data, row)) offenders.add(firstRow + row, String(values[row]));
      }
    },
    violations: () =>
      offenders.report(
        "Invalid_Timestamp_Value_In_Column",
        `Column "${column}" holds times outside the allowed range`,
        { column },
        "Give Dates, ISO texts, or whole nanoseconds since 1970, at most 5 years back and 1 ahead.",
      ),
  };
}

/** No span ends before it starts. */
export function startBeforeEnd(): ValueRule {
  const offenders = new Offenders();
  return {
    check(batch, firstRow) {
      const start = columnData(batch, "start_time");
      const end = columnData(batch, "end_time");
      if (start === undefined || end === undefined || DataType.isNull(start.type) || DataType.isNull(end.type)) return;
      const [starts, ends] = [valuesOf(start), valuesOf(end)];
      for (let row = 0; row < batch.numRows; row++) {
        const before = (ends[row] ?? 0) < (starts[row] ?? 0);
        if (before && !isNull(start, row) && !isNull(end, row)) offenders.add(firstRow + row);
      }
    },
    violations: () =>
      offenders.report("Invalid_Start_And_End_Time_Values_In_Column", "Spans end before they start", {
        column: "end_time",
      }),
  };
}
