import { parseJson } from "@axlab/wire";
import { charactersOf, PATCH_DOCUMENT_COLUMN, SPAN_ID_COLUMN } from "@axlab/wire/ingest";
import { DataType } from "apache-arrow";
import type { Schema } from "apache-arrow";

import { columnData, isNull, textAt } from "../validation/values/column-data.js";
import { Offenders } from "../validation/values/rule.js";
import type { ValueRule } from "../validation/values/rule.js";
import type { RuleViolation } from "../validation/violation.js";
import { FIELD_PREFIX, isPatchColumn } from "./metadata.js";
import { spanIdMissing } from "./span-rules.js";

const MAX_CHARACTERS = 1_000_000;
const MAX_LEVELS = 10;

/** Columns of a metadata table (`spec/ingest.md §8.6`). */
export function patchFormRules(given: Schema): RuleViolation[] {
  const names = given.fields.map((field) => field.name);
  const hasPatch = names.some((name) => isPatchColumn(name) && name !== SPAN_ID_COLUMN);
  return [
    ...spanIdMissing(names, "it names the span of each patch"),
    ...names.filter(isNameless).map((column) => ({
      code: "Invalid_Metadata_Field",
      column,
      message: `Column "${column}" names no field; write it ${FIELD_PREFIX}<field>.`,
    })),
    ...(hasPatch
      ? []
      : [{ code: "Invalid_DataFrame_Missing_Columns", message: `There is nothing to set; give attributes.metadata.<field> columns or "${PATCH_DOCUMENT_COLUMN}".` }]),
  ]; // prettier-ignore
}

const isNameless = (column: string): boolean => column.startsWith(FIELD_PREFIX) && column.trim() === FIELD_PREFIX;

export const patchValueRules = (): readonly ValueRule[] => [spanIdGiven(), patchDocuments()];

/** A patch needs an id, of whatever length: one that no span has is told in the answer. */
function spanIdGiven(): ValueRule {
  const offenders = new Offenders();
  return {
    check(batch, firstRow) {
      const data = columnData(batch, SPAN_ID_COLUMN);
      if (data === undefined) return;
      const isText = DataType.isUtf8(data.type);
      for (let row = 0; row < data.length; row++)
        if (isNull(data, row) || (isText && textAt(data, row).trim() === "")) offenders.add(firstRow + row);
    },
    violations: () =>
      offenders.report(
        "Invalid_Missing_Value",
        `Column "${SPAN_ID_COLUMN}" is null or blank`,
        { column: SPAN_ID_COLUMN },
        "Name the span of each patch.",
      ),
  };
}

/** Each patch is a JSON object of limited length and depth. */
function patchDocuments(): ValueRule {
  const offenders = new Offenders();
  return {
    check(batch, firstRow) {
      const data = columnData(batch, PATCH_DOCUMENT_COLUMN);
      if (data === undefined) return;
      for (let row = 0; row < data.length; row++) {
        const problem = problemOf(textAt(data, row));
        if (problem !== undefined) offenders.add(firstRow + row, problem);
      }
    },
    violations: () =>
      offenders.report(
        "Invalid_Patch_Document_Format",
        `Column "${PATCH_DOCUMENT_COLUMN}" holds patches that cannot be applied`,
        { column: PATCH_DOCUMENT_COLUMN },
        `A patch is an object, or the JSON text of one, of at most ${MAX_CHARACTERS} characters and ${MAX_LEVELS} levels.`,
      ),
  };
}

function problemOf(patch: string): string | undefined {
  if (patch.length > MAX_CHARACTERS && charactersOf(patch) > MAX_CHARACTERS)
    return `${charactersOf(patch)} characters long`;
  try {
    const value = parseJson(patch);
    if (typeof value !== "object" || value === null || Array.isArray(value)) return `no object: ${patch.slice(0, 40)}`;
    const deep = levels(value);
    return deep > MAX_LEVELS ? `${deep} levels deep` : undefined;
  } catch {
    return `no JSON: ${patch.slice(0, 40)}`;
  }
}

/** As the official clients count: `{"a": 1}` has two levels. */
function levels(value: unknown): number {
  if (typeof value !== "object" || value === null) return 1;
  return 1 + Math.max(0, ...Object.values(value).map(levels));
}
