import type { ColumnUse } from "../../schema/columns.js";
import { isNameList } from "../../schema/schema.js";
import { isDelayed, recordSchema } from "../context.js";
import type { LogContext } from "../context.js";
import type { RuleViolation } from "../violation.js";

const RESERVED = ["total_token_count", "prompt_token_count", "response_token_count", "response_latency_ms"];
const MAX_EMBEDDINGS = 30;

/** Rules about the names of columns (`spec/ingest.md §8.2`). `present` holds the columns of the data, with repeats. */
export function columnNameRules(
  context: LogContext,
  uses: readonly ColumnUse[],
  present: readonly string[],
): RuleViolation[] {
  return [
    ...emptyNames(uses),
    ...duplicates(uses, present),
    ...missing(uses, present),
    ...reserved(context, uses),
    ...delayedWithoutId(context),
    ...tooManyEmbeddings(context),
    ...shapSuffix(context),
    ...typedLists(context),
  ];
}

const emptyNames = (uses: readonly ColumnUse[]): RuleViolation[] =>
  uses
    .filter((use) => use.column === "")
    .map(({ field }) => ({
      code: "Invalid_Column_Name_Empty_String",
      field,
      message: `schema.${field} holds an empty column name; give the name of a column or leave the field out.`,
    }));

function duplicates(uses: readonly ColumnUse[], present: readonly string[]): RuleViolation[] {
  const used = new Set(uses.map((use) => use.column));
  const repeated = new Set(present.filter((name, index) => used.has(name) && present.indexOf(name) !== index));
  return [...repeated].map((column) => ({
    code: "Duplicate_Columns_In_Dataframe",
    column,
    message: `Column "${column}" occurs more than once in the data; rename or drop all but one.`,
  }));
}

function missing(uses: readonly ColumnUse[], present: readonly string[]): RuleViolation[] {
  const there = new Set(present);
  // Run metadata columns are not checked by the official clients: a model may not report them (§8.2).
  return uses
    .filter((use) => use.column !== "" && use.role !== "runMetadata" && !there.has(use.column))
    .map(({ column, field }) => ({
      code: "Missing_Columns",
      column,
      field,
      message: `schema.${field} names column "${column}", which the data does not have. Columns of the data: ${listed(present)}.`,
    }));
}

function reserved(context: LogContext, uses: readonly ColumnUse[]): RuleViolation[] {
  if (context.modelType !== "GENERATIVE_LLM") return [];
  return RESERVED.flatMap((name) => {
    const named = uses.filter((use) => use.column === name);
    const own = named.filter((use) => use.role === "runMetadata" && use.field.endsWith(`${camel(name)}ColumnName`));
    if (named.length === 0 || (named.length === 1 && own.length === 1)) return [];
    const fields = named.map((use) => use.field).join(", ");
    return [
      {
        code: "Reserved_Columns",
        column: name,
        message: `Column name "${name}" is reserved: it may only be named once, by llmRunMetadataColumnNames.${camel(name)}ColumnName (named by ${fields}).`,
      },
    ];
  });
}

function delayedWithoutId(context: LogContext): RuleViolation[] {
  const schema = recordSchema(context);
  if (context.modelType === "GENERATIVE_LLM" || !isDelayed(schema) || schema.predictionIdColumnName !== undefined)
    return [];
  return [
    {
      code: "Missing_Prediction_Id_Column_For_Delayed_Records",
      field: "predictionIdColumnName",
      message:
        "The schema holds actuals or SHAP values and no prediction, so these rows join predictions logged earlier: name predictionIdColumnName.",
    },
  ];
}

function tooManyEmbeddings(context: LogContext): RuleViolation[] {
  const count = Object.keys(recordSchema(context).embeddingFeatureColumnNames ?? {}).length;
  if (count <= MAX_EMBEDDINGS) return [];
  return [
    {
      code: "Invalid_Number_Of_Embeddings",
      field: "embeddingFeatureColumnNames",
      message: `${count} embeddings are named; at most ${MAX_EMBEDDINGS} are allowed.`,
    },
  ];
}

function shapSuffix(context: LogContext): RuleViolation[] {
  const schema = recordSchema(context);
  const names = [
    ...listOf(schema.featureColumnNames).map((name) => ({ name, field: "featureColumnNames" })),
    ...listOf(schema.tagColumnNames).map((name) => ({ name, field: "tagColumnNames" })),
    ...Object.values(schema.embeddingFeatureColumnNames ?? {}).flatMap((columns) =>
      Object.values(columns).flatMap((name) =>
        name === undefined ? [] : [{ name, field: "embeddingFeatureColumnNames" }],
      ),
    ),
    ...Object.keys(schema.shapValuesColumnNames ?? {}).map((name) => ({ name, field: "shapValuesColumnNames" })),
  ];
  return names
    .filter(({ name }) => name.endsWith("_shap"))
    .map(({ name, field }) => ({
      code: "Invalid_SHAP_Suffix",
      column: name,
      field,
      message: `"${name}" in schema.${field} ends in "_shap", a suffix kept for SHAP values; rename it.`,
    }));
}

function typedLists(context: LogContext): RuleViolation[] {
  const schema = recordSchema(context);
  return (["featureColumnNames", "tagColumnNames"] as const).flatMap((field) => {
    const typed = schema[field];
    if (typed === undefined || isNameList(typed)) return [];
    const names = listOf(typed);
    const repeated = [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
    const problem =
      names.length === 0
        ? "names no column at all"
        : repeated.length > 0
          ? `names ${listed(repeated)} in more than one of inferred, toStr, toInt, toFloat`
          : undefined;
    if (problem === undefined) return [];
    return [
      {
        code: "Invalid_Typed_Columns",
        field,
        message: `schema.${field} ${problem}; name each column in exactly one list.`,
      },
    ];
  });
}

function listOf(list: Parameters<typeof isNameList>[0] | undefined): readonly string[] {
  if (list === undefined) return [];
  return isNameList(list) ? list : Object.values(list).flatMap((names) => names ?? []);
}

const camel = (name: string): string => name.replace(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase());

const listed = (names: readonly string[]): string =>
  names.length === 0
    ? "none"
    : names
        .slice(0, 20)
        .map((name) => `"${name}"`)
        .join(", ") + (names.length > 20 ? ", …" : "");
