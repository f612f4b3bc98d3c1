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

/** A text, where the field is given at all. */
export const textProblems = (field: string, value: unknown): Problem[] =>
  value === undefined || typeof value === "string"
    ? []
    : [problem("Invalid_Type", field, `is ${kindOf(value)}, not a text.`)];

/** Values by name: a list, a Map or a scalar has no names of its own, and would travel as nothing. */
export const mapProblems = (field: string, value: unknown): Problem[] =>
  value === undefined || isNamed(value)
    ? []
    : [problem("Invalid_Type", field, `is ${kindOf(value)}; give an object with a value for each name.`)];

export const isNamed = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !(Symbol.iterator in value);

/** What is misspelt inside a label or an embedding would be lost without a word. */
export const memberProblems = (field: string, value: object, members: readonly string[]): Problem[] =>
  Object.entries(value)
    .filter(([name, member]) => member !== undefined && !members.includes(name))
    .map(([name]) =>
      problem("Unknown_Field", `${field}.${name}`, `is not known; the fields are ${members.join(", ")}.`),
    );

const kindOf = (value: unknown): string =>
  value === null ? "null" : Array.isArray(value) ? "a list" : value instanceof Map ? "a Map" : `a ${typeof value}`;

/** Names of features, tags, embeddings, SHAP values and parameters. */
export function nameProblems(field: string, name: string): Problem[] {
  if (!name.endsWith("_shap")) return [];
  return [problem("Invalid_SHAP_Suffix", `${field}.${name}`, 'ends in "_shap", a suffix kept for SHAP values.')];
}
