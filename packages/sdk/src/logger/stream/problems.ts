import { charactersOf } from "@axlab/wire/ingest";

import type { RuleViolation } from "../validation/violation.js";

/** One broken rule of a single record (`spec/ingest.md §8.5`). */
export type Problem = Pick<RuleViolation, "code" | "message"> & { readonly field: string };

export const problem = (code: string, field: string, message: string): Problem => ({
  code,
  field,
  message: `${field} ${message}`,
});

/** A text of `min`–`max` characters. */
export function lengthProblem(field: string, text: string, min: number, max: number): Problem[] {
  const length = text.length > max ? charactersOf(text) : text.length;
  if (length >= min && length <= max) return [];
  return [problem("Invalid_Length", field, `is ${length} characters long; ${min}–${max} are allowed.`)];
}

/** Names of features, tags, embeddings, SHAP values and parameters. */
export function nameProblems(field: string, name: string): Problem[] {
  if (!name.endsWith("_shap")) return [];
  return [problem("Invalid_SHAP_Suffix", `${field}.${name}`, 'ends in "_shap", a suffix kept for SHAP values.')];
}
