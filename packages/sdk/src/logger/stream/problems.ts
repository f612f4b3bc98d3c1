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
  const length = text.length > max ? [...text].length : text.length;
  if (length >= min && length <= max) return [];
  return [problem("Invalid_Length", field, `is ${length} characters long; ${min}–${max} are allowed.`)];
}
