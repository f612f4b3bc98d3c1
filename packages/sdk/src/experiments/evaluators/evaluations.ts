import { nonJson } from "../../rows/json.js";
import type { Evaluation, EvaluationParts, EvaluationValue } from "../types.js";
import type { Writable } from "../writable.js";

/** What an evaluator returned, as score, label and explanation; or as an error that says what would be right. */
export function toEvaluation(value: EvaluationValue): Evaluation {
  const parts = partsOf(value);
  if (typeof parts === "string") return { error: `returned ${parts}` };
  const { explanation, metadata } = parts;
  const score = typeof parts.score === "boolean" ? Number(parts.score) : parts.score;
  const label = parts.label ?? (typeof parts.score === "boolean" ? truth(parts.score).label : undefined);
  if (score != null && !Number.isFinite(score))
    return {
      error: `returned the score ${typeof score === "number" ? score : shown(score)}, which is not a finite number`,
    };
  if (label != null && typeof label !== "string")
    return { error: `returned the label ${shown(label)}, which is not text` };
  if (explanation != null && typeof explanation !== "string")
    return { error: `returned the explanation ${shown(explanation)}, which is not text` };
  if (score == null && label == null) return { error: "returned neither a score nor a label" };
  if (metadata != null && (typeof metadata !== "object" || Array.isArray(metadata)))
    return { error: `returned the metadata ${shown(metadata)}, which is no object` };
  const bad = metadata == null ? undefined : nonJson(metadata, "metadata");
  if (bad) return { error: `returned metadata that is not JSON: ${bad.path} ${bad.message}` };
  const evaluation: Writable<Evaluation> = {};
  if (score != null) evaluation.score = score;
  if (label != null) evaluation.label = label;
  if (explanation != null) evaluation.explanation = explanation;
  if (metadata != null) evaluation.metadata = metadata;
  return evaluation;
}

/** The API's form of a verdict, as the official clients write it. */
export function truth(verdict: boolean): { score: number; label: string } {
  return verdict ? { score: 1, label: "True" } : { score: 0, label: "False" };
}

/** The value as an object; or, as text, what was returned instead of one. */
function partsOf(value: EvaluationValue): EvaluationParts | string {
  if (typeof value === "boolean") return truth(value);
  if (typeof value === "number") return { score: value };
  if (typeof value === "string") return { label: value };
  if (isTuple(value)) {
    if (value.length === 2) return { score: value[0], explanation: value[1] };
    if (value.length === 3) return { score: value[0], label: value[1], explanation: value[2] };
    return `a list: [score, explanation] or [score, label, explanation] is needed`;
  }
  if (typeof value !== "object" || value === null)
    return `${value === undefined || value === null ? "nothing" : shown(value)}: a number, boolean, string or { score, label } is needed`;
  return value;
}

function shown(value: unknown): string {
  return typeof value === "bigint" ? `${value}` : (JSON.stringify(value) ?? typeof value);
}

function isTuple(value: EvaluationValue): value is Extract<EvaluationValue, readonly unknown[]> {
  return Array.isArray(value);
}
