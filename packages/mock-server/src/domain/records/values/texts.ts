import { parseJson } from "@axlab/wire";
import { DataType, type Data } from "apache-arrow";
import { bytesOf, offsetsOf } from "../arrow-access.js";
import { isMissing, itemsOf, rangeOf, type RowCheck, type ValueRule } from "./rule.js";

/** A column: as the client named it, and as it is stored. */
export interface Named {
  column: string;
  name: string;
}

export function present({ column, name }: Named): ValueRule {
  return {
    code: "Invalid_Missing_Value",
    columns: [column],
    wants: "Every row has a value here.",
    checkOf(columns) {
      const data = columns(name);
      if (data === undefined || data.nullCount === 0) return null;
      return (row) => (isMissing(data, row) ? "is null" : null);
    },
  };
}

/** How many characters (code points) UTF-8 bytes hold: those that do not continue another. */
export function charactersIn(bytes: Uint8Array, start: number, end: number): number {
  let characters = 0;
  for (let at = start; at < end; at++) if (((bytes[at] ?? 0) & 0xc0) !== 0x80) characters++;
  return characters;
}

/** Texts of `min` to `max` characters; numbers pass, missing ones too. */
export function textLength(
  { column, name }: Named,
  min: number,
  max: number,
  code = "Invalid_String_Length_In_Column",
): ValueRule {
  return {
    code,
    columns: [column],
    wants: `Texts here have ${min === 0 ? `at most ${max}` : `${min} to ${max}`} characters.`,
    checkOf(columns) {
      const data = columns(name);
      if (data === undefined || !DataType.isUtf8(data.type)) return null;
      const offsets = offsetsOf(data);
      if (lengthsWithin(offsets, data.length, 4 * min, max)) return null;
      const bytes = bytesOf(data);
      return (row) => {
        const start = offsets[row] ?? 0;
        const length = (offsets[row + 1] ?? 0) - start;
        // A character has one to four bytes.
        if ((length >= 4 * min && length <= max) || isMissing(data, row)) return null;
        const characters = charactersIn(bytes, start, start + length);
        return characters < min || characters > max ? `has a text of ${characters} characters` : null;
      };
    },
  };
}

/** Whether all texts or lists have `fewest` to `most` bytes or items. A loop of its own, since almost always they have. */
export function lengthsWithin(offsets: Int32Array, count: number, fewest: number, most: number): boolean {
  let before = offsets[0] ?? 0;
  for (let row = 1; row <= count; row++) {
    const end = offsets[row] ?? 0;
    const length = end - before;
    if (length < fewest || length > most) return false;
    before = end;
  }
  return true;
}

const MOST_RAW_DATA = 2_000_000;

/** What an embedding was made of: one text, or tokens that count together. */
export function rawDataLength({ column, name }: Named, most = MOST_RAW_DATA): ValueRule {
  return {
    code: "Invalid_Value_Embedding_Raw_Data_Too_Long",
    columns: [column],
    wants: `A text, or the tokens of a row together, have at most ${most} characters.`,
    checkOf(columns) {
      const data = columns(name);
      if (data === undefined) return null;
      const tokens = itemsOf(data);
      const texts = tokens ?? data;
      if (!DataType.isUtf8(texts.type)) return null;
      const range = rangeOf(data);
      const offsets = offsetsOf(texts);
      const bytes = bytesOf(texts);
      return (row) => {
        const [from, to] = range(row);
        const [start, end] = tokens === undefined ? [from, to] : [offsets[from] ?? 0, offsets[to] ?? 0];
        if (end - start <= most || isMissing(data, row)) return null;
        const characters = charactersIn(bytes, start, end);
        return characters > most ? `holds ${characters} characters` : null;
      };
    },
  };
}

/** Texts out of a fixed set, whatever their case; empty ones pass as missing. */
export function oneOf({ column, name }: Named, allowed: readonly string[]): ValueRule {
  return textRule(
    { column, name },
    "Invalid_String_Value_Not_Allowed_In_Column",
    `It is one of ${allowed.join(", ")}.`,
    (text) => (text === "" || allowed.includes(text.toUpperCase()) ? null : `has ${JSON.stringify(text.slice(0, 40))}`),
  );
}

export function jsonText(named: Named): ValueRule {
  return textRule(named, "Invalid_Json_String_In_Column", "It is JSON, or empty.", (text) =>
    text === "" || isJson(text) ? null : `has a text that is not JSON: ${JSON.stringify(text.slice(0, 40))}`,
  );
}

const decoder = new TextDecoder();

/** Looks at every text of a column, or at every text of its lists. */
export function textRule(
  { column, name }: Named,
  code: string,
  wants: string,
  problem: (text: string) => string | null,
): ValueRule {
  return {
    code,
    columns: [column],
    wants,
    checkOf(columns) {
      const data = columns(name);
      if (data === undefined) return null;
      const items = itemsOf(data);
      return DataType.isUtf8((items ?? data).type) ? eachText(data, items, problem) : null;
    },
  };
}

function eachText(data: Data, items: Data | undefined, problem: (text: string) => string | null): RowCheck {
  const texts = items ?? data;
  const offsets = offsetsOf(texts);
  const bytes = bytesOf(texts);
  const range = rangeOf(data);
  return (row) => {
    if (isMissing(data, row)) return null;
    const [first, last] = items === undefined ? [row, row + 1] : range(row);
    for (let item = first; item < last; item++) {
      if (isMissing(texts, item)) continue;
      const found = problem(decoder.decode(bytes.subarray(offsets[item] ?? 0, offsets[item + 1] ?? 0)));
      if (found !== null) return found;
    }
    return null;
  };
}

export function isJson(text: string): boolean {
  try {
    parseJson(text);
    return true;
  } catch {
    return false;
  }
}
