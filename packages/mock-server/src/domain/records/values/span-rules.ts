import { isJsonObject } from "@axlab/wire";
import {
  ANNOTATION_NOTES_COLUMN,
  charactersOf,
  parseAnnotationColumn,
  parseEvaluationColumn,
  REQUIRED_SPAN_COLUMNS,
  SPAN_ID_COLUMN,
  SPAN_ITEM_COLUMNS,
  spanItemProblem,
  SPAN_TEXT_LENGTHS,
} from "@axlab/wire/ingest";
import { DataType } from "apache-arrow";
import { numberAt } from "../arrow-access.js";
import { isMissing, type ValueRule } from "./rule.js";
import { jsonText, oneOf, present, textLength, textRule, type Named } from "./texts.js";
import { spanTimes, startBeforeEnd, type TimeLimits } from "./times.js";

const MOST_NOTE = 10_000;
/** By so much a client's clock may be ahead of the platform's: the client compared with its own. */
const CLOCK_SKEW_MS = 60_000;

const named = (column: string): Named => ({ column, name: column });
const PAST_YEARS = 5;

/** The rules for a table of spans; columns that it does not have are not asked for. */
export function spanRules(columns: readonly string[], now: number): ValueRule[] {
  const limits: TimeLimits = { now, pastYears: PAST_YEARS };
  const has = (name: string): boolean => columns.includes(name);
  return [
    ...REQUIRED_SPAN_COLUMNS.map((column) => present(named(column))),
    ...Object.entries(SPAN_TEXT_LENGTHS)
      .filter(([column]) => has(column))
      .map(([column, [min, max]]) => textLength(named(column), min, max)),
    ...["attributes.llm.invocation_parameters", "attributes.tool.parameters"]
      .filter(has)
      .map((column) => jsonText(named(column))),
    ...(has("status_code") ? [oneOf(named("status_code"), ["UNSET", "OK", "ERROR"])] : []),
    ...["start_time", "end_time"].filter(has).map((column) => spanTimes(named(column), limits)),
    startBeforeEnd(named("start_time"), named("end_time")),
    ...SPAN_ITEM_COLUMNS.filter(has).map((column) => items(column, (text) => spanItemProblem(column, text))),
    ...evaluationRules(columns),
  ];
}

/** The rules for the columns of evaluations, beside spans or by themselves. */
export function evaluationRules(columns: readonly string[]): ValueRule[] {
  return columns.flatMap((column) => {
    switch (parseEvaluationColumn(column)?.field) {
      case "label":
        return [textLength(named(column), 1, 100)];
      case "explanation":
        return [textLength(named(column), 0, 10_000), explained(column)];
      case "score":
        return [finite(named(column))];
      default:
        return [];
    }
  });
}

export function annotationRules(columns: readonly string[], now: number): ValueRule[] {
  return columns.flatMap((column) => {
    if (column === ANNOTATION_NOTES_COLUMN) return [items(column, noteProblem)];
    switch (parseAnnotationColumn(column)?.field) {
      case "label":
      case "updated_by":
        return [textLength(named(column), 1, 100)];
      case "text":
        return [textLength(named(column), 1, 10_000)];
      case "score":
        return [finite(named(column))];
      case "updated_at":
        return [updatedAt(named(column), now)];
      default:
        return [];
    }
  });
}

/** Whose evaluations, annotations or patches these are. */
export const spanIdRules = (): ValueRule[] => [
  present(named(SPAN_ID_COLUMN)),
  textLength(named(SPAN_ID_COLUMN), 12, 128),
];

function finite({ column, name }: Named): ValueRule {
  return numbers({ column, name }, "Invalid_Float_Value_In_Column", "A score is finite.", (score) =>
    Math.abs(score) === Number.POSITIVE_INFINITY ? `has the score ${score}` : null,
  );
}

function updatedAt(column: Named, now: number): ValueRule {
  const wants = `It is in milliseconds since 1970, and not after ${new Date(now).toISOString()}.`;
  return numbers(column, "Invalid_Annotation_Updated_At", wants, (ms) =>
    ms > 0 && ms <= now + CLOCK_SKEW_MS ? null : `has the time ${ms}`,
  );
}

function numbers(
  { column, name }: Named,
  code: string,
  wants: string,
  problem: (value: number) => string | null,
): ValueRule {
  return {
    code,
    columns: [column],
    wants,
    checkOf(columns) {
      const data = columns(name);
      if (data === undefined || DataType.isNull(data.type)) return null;
      return (row) => (isMissing(data, row) ? null : problem(numberAt(data, row)));
    },
  };
}

/** An explanation explains a label or a score of the same row. */
function explained(column: string): ValueRule {
  const others = ["label", "score"].map((field) => column.replace(/explanation$/, field));
  return {
    code: "Invalid_Null_Eval_Label_And_Score",
    columns: [column],
    wants: "An explanation stands beside a label or a score.",
    checkOf(columns) {
      const explanation = columns(column);
      const found = others.flatMap((name) => columns(name) ?? []);
      if (explanation === undefined) return null;
      return (row) => {
        if (isMissing(explanation, row)) return null;
        const said = found.some(
          (data) => !isMissing(data, row) && !(DataType.isFloat(data.type) && Number.isNaN(numberAt(data, row))),
        );
        return said ? null : "explains neither label nor score";
      };
    },
  };
}

/** Lists of JSON objects as texts, each looked at by itself. */
const items = (column: string, problem: (text: string) => string | null): ValueRule =>
  textRule(
    named(column),
    "Invalid_Item_In_Column",
    "It is a list of JSON objects as texts, within the limits of spans.",
    problem,
  );

/** A note is `{"text": …}` as JSON. */
function noteProblem(stored: string): string | null {
  if (stored === "") return null;
  const note = parsed(stored);
  if (!isJsonObject(note)) return "has a note that is not a JSON object";
  const characters = typeof note["text"] === "string" ? charactersOf(note["text"]) : 0;
  return characters > MOST_NOTE ? `has a note of ${characters} characters, more than ${MOST_NOTE}` : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
