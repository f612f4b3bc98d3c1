import type { DataType, Schema as ArrowSchema } from "apache-arrow";

import { typeOf } from "../../arrow/memory.js";
import { isNumericModel } from "../model-types.js";
import type { ModelType } from "../model-types.js";
import type { ColumnUse, Role } from "../schema/columns.js";
import * as arrow from "./arrow-types.js";
import type { TypeSet } from "./arrow-types.js";
import { checkedUses } from "./checked-uses.js";
import type { LogContext } from "./context.js";
import type { RuleViolation } from "./violation.js";

const { oneOf, listOf, text, integers, floats, numbers, nulls } = arrow;

const TYPES: Readonly<
  Record<Exclude<Role, "predictionLabel" | "actualLabel" | "predictionScore" | "actualScore">, TypeSet>
> = {
  predictionId: oneOf(text, integers),
  groupId: oneOf(text, integers),
  documentId: oneOf(text, integers),
  timestamp: oneOf(arrow.timestamps, arrow.dates, arrow.int64, arrow.double),
  feature: oneOf(floats, integers, text, arrow.bool, nulls, listOf(text)),
  tag: oneOf(floats, integers, text, arrow.bool, nulls),
  shap: oneOf(floats, arrow.int64, arrow.int32),
  embeddingVector: listOf(floats),
  embeddingData: oneOf(text, listOf(text)),
  embeddingLink: text,
  rank: integers,
  relevanceLabels: oneOf(listOf(text), text, nulls),
  relevanceScore: oneOf(numbers, nulls),
  boxCoordinates: listOf(listOf(numbers)),
  polygonCoordinates: listOf(listOf(numbers)),
  boxCategories: listOf(text),
  polygonCategories: listOf(text),
  boxScores: listOf(numbers),
  polygonScores: listOf(numbers),
  text,
  template: text,
  templateVersion: text,
  llmModel: text,
  // Dictionaries arrive as structs; they leave as JSON text beside the raw column.
  llmParams: oneOf(text, arrow.structOf(oneOf(arrow.bool, numbers, text, nulls, listOf(oneOf(text, nulls))))),
  runMetadata: oneOf(numbers, nulls),
  retrievedDocumentIds: oneOf(listOf(text), nulls),
  thresholds: arrow.classScores,
  documentVersion: text,
};

/** Types a role may have, by model type; undefined where the official clients do not check (§8.3). */
function allowed(role: Role, modelType: ModelType): TypeSet | undefined {
  if (role === "predictionLabel" || role === "actualLabel")
    return isNumericModel(modelType) ? oneOf(numbers, nulls) : oneOf(text, arrow.bool, numbers, nulls);
  if (role === "predictionScore" || role === "actualScore") {
    if (isNumericModel(modelType)) return undefined;
    return modelType === "MULTI_CLASS" ? arrow.classScores : oneOf(numbers, nulls);
  }
  return TYPES[role];
}

const CODES: Partial<Record<Role, string>> = {
  feature: "Invalid_Type_Features",
  tag: "Invalid_Type_Tags",
  shap: "Invalid_Type_SHAP_Values",
  boxCoordinates: "Invalid_Type_Columns",
  boxCategories: "Invalid_Type_Columns",
  boxScores: "Invalid_Type_Columns",
  polygonCoordinates: "Invalid_Type_Columns",
  polygonCategories: "Invalid_Type_Columns",
  polygonScores: "Invalid_Type_Columns",
  text: "Invalid_Type_Columns",
  template: "Invalid_Type_Columns",
  templateVersion: "Invalid_Type_Columns",
  llmModel: "Invalid_Type_Columns",
  llmParams: "Invalid_Type_Columns",
  runMetadata: "Invalid_Type_Columns",
  documentId: "Invalid_Type_Columns",
  documentVersion: "Invalid_Type_Columns",
};

/** The code the official clients give a wrong type. Embeddings are features, but for those of a prompt, a response or a document. */
const codeOf = ({ role, field }: ColumnUse): string =>
  role === "embeddingVector" || role === "embeddingData" || role === "embeddingLink"
    ? field.startsWith("embeddingFeatureColumnNames")
      ? "Invalid_Type_Features"
      : "Invalid_Type_Columns"
    : (CODES[role] ?? "Invalid_Type");

/** Arrow type of every column the schema names, against its role (`spec/ingest.md §8.3`). */
export function typeRules(context: LogContext, uses: readonly ColumnUse[], schema: ArrowSchema): RuleViolation[] {
  const types = new Map(schema.fields.map((field) => [field.name, typeOf(field)]));
  return checkedUses(context, uses).flatMap((use) => {
    const type = types.get(use.column);
    const set = allowed(use.role, context.modelType);
    if (type === undefined || set === undefined || set.accepts(type)) return [];
    return [
      {
        code: codeOf(use),
        column: use.column,
        field: use.field,
        message: `Column "${use.column}" (schema.${use.field}) is ${arrow.describeType(type)}; it must be ${set.expected}.${hint(use, type)}`,
      },
    ];
  });
}

/** Times that are texts are common in files, and so is what is to be done about them. */
const hint = ({ role, column }: ColumnUse, type: DataType): string =>
  role === "timestamp" && text.accepts(type)
    ? ` Give Dates; of a CSV or NDJSON file declare the column: columnTypes { ${JSON.stringify(column)}: "timestamp" }, or axlab log --column-type ${column}=timestamp.`
    : "";
