import { isCategoricalModel } from "../model-types.js";
import type { ColumnUse } from "../schema/columns.js";
import { recordSchema } from "./context.js";
import type { LogContext } from "./context.js";

/**
 * Fields that only uploads of language models carry; prompts and responses travel as embeddings of any model. Parameters are
 * looked at for every model all the same (§8.1).
 */
const LLM_FIELD = /^(promptTemplate|llm)/;

/**
 * The uses whose types and values are looked at: like the official clients, those that mean something to a model of the
 * call's type (`spec/ingest.md §8.3–8.4`). Others travel as columns that nothing names.
 */
export function checkedUses(context: LogContext, uses: readonly ColumnUse[]): readonly ColumnUse[] {
  const { modelType } = context;
  const relevance = relevanceField(context);
  return uses.flatMap((use): readonly ColumnUse[] => {
    if (LLM_FIELD.test(use.field) && use.role !== "llmParams") return modelType === "GENERATIVE_LLM" ? [use] : [];
    if (modelType === "RANKING" && (use.role === "relevanceLabels" || use.role === "actualLabel"))
      return use.field === relevance ? [{ ...use, role: "relevanceLabels" }] : [];
    switch (use.role) {
      case "groupId":
      case "rank":
      case "relevanceLabels":
        return modelType === "RANKING" ? [use] : [];
      case "relevanceScore":
        return modelType === "RANKING" || modelType === "GENERATIVE_LLM" || isCategoricalModel(modelType) ? [use] : [];
      default:
        return [use];
    }
  });
}

/** Of the columns that can name a ranking's relevance labels, the one that travels as such (`spec/ingest.md §5.2`, field 6). */
function relevanceField(context: LogContext): string {
  const schema = recordSchema(context);
  if (schema.relevanceLabelsColumnName !== undefined) return "relevanceLabelsColumnName";
  return schema.attributionsColumnName !== undefined ? "attributionsColumnName" : "actualLabelColumnName";
}
