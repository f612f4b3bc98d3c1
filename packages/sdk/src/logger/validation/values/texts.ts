import { DataType } from "apache-arrow";
import type { Data } from "apache-arrow";

import { bytesOf } from "../../../arrow/memory.js";
import type { ColumnUse } from "../../schema/columns.js";
import { columnData, isLongerThan, isNull, itemsOf, rangeOf } from "./column-data.js";
import { Offenders, shown } from "./rule.js";
import type { ValueRule } from "./rule.js";

interface TextLimits {
  readonly code: string;
  readonly min?: number;
  readonly max: number;
}

/** Length of texts in characters. Columns of another type than text are left to the type rules. */
export function textLength({ column, field }: ColumnUse, { code, min = 0, max }: TextLimits): ValueRule {
  const offenders = new Offenders();
  return {
    check(batch, firstRow) {
      const data = columnData(batch, column);
      if (data === undefined || !DataType.isUtf8(data.type)) return;
      for (let row = 0; row < data.length; row++) {
        const [start, end] = rangeOf(data, row);
        const length = end - start;
        if (length >= min && length <= max) continue;
        if (isNull(data, row)) continue;
        if (length < min || isLongerThan(data, row, max))
          offenders.add(firstRow + row, `${charactersIn(data, row)} characters long`);
      }
    },
    violations: () =>
      offenders.report(
        code,
        `${shown(column, field)} holds texts of a length that is not allowed`,
        { column, field },
        `The length must be ${min}–${max} characters.`,
      ),
  };
}

const MAX_RAW_DATA = 2_000_000;

/** Raw data of an embedding: one text, or tokens counted together (`Invalid_Value_Embedding_Raw_Data_Too_Long`, §8.4). */
export function rawDataLength({ column, field }: ColumnUse): ValueRule {
  const offenders = new Offenders();
  return {
    check(batch, firstRow) {
      const data = columnData(batch, column);
      if (data === undefined) return;
      for (let row = 0; row < data.length; row++)
        if (!isNull(data, row) && isTooLong(data, row)) offenders.add(firstRow + row);
    },
    violations: () =>
      offenders.report(
        "Invalid_Value_Embedding_Raw_Data_Too_Long",
        `${shown(column, field)} holds raw data that is too long`,
        { column, field },
        `At most ${MAX_RAW_DATA} characters a row, tokens counted together.`,
      ),
  };
}

function isTooLong(data: Data, row: number): boolean {
  if (DataType.isUtf8(data.type)) return isLongerThan(data, row, MAX_RAW_DATA);
  const tokens = itemsOf(data);
  if (tokens === undefined) return false;
  const [first, last] = rangeOf(data, row);
  let bytes = 0;
  for (let token = first; token < last; token++) {
    const [start, end] = rangeOf(tokens, token);
    bytes += end - start;
  }
  if (bytes <= MAX_RAW_DATA) return false;
  let characters = 0;
  for (let token = first; token < last; token++) characters += charactersIn(tokens, token);
  return characters > MAX_RAW_DATA;
}

/** Characters of UTF-8 text: bytes that do not continue another. */
function charactersIn(texts: Data, row: number): number {
  const [start, end] = rangeOf(texts, row);
  const bytes = bytesOf(texts);
  let characters = 0;
  for (let index = start; index < end; index++) if (((bytes[index] ?? 0) & 0xc0) !== 0x80) characters++;
  return characters;
}
