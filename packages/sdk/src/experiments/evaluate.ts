import { ValidationError } from "../errors/client.js";
import { truth } from "./evaluators.js";
import type { Evaluation, EvaluationValue, Evaluator, Evaluators } from "./types.js";

/**
 * Evaluators with their names.
 * @throws ValidationError for one without a name and for two of the same name
 */
export function namedEvaluators(evaluators: Evaluators = []): readonly Evaluator[] {
  const list = isList(evaluators)
    ? evaluators.map((each) => (typeof each === "function" ? { name: each.name, evaluate: each } : each))
    : Object.entries(evaluators).map(([name, evaluate]) => ({ name, evaluate }));
  const seen = new Set<string>();
  list.forEach(({ name }, index) => {
    const path = `evaluators[${index}]`;
    if (name.trim() === "")
      throw new ValidationError("Bad evaluators", [{ path, message: "has no name: give { name, evaluate }" }]);
    if (seen.has(name)) throw new ValidationError("Bad evaluators", [{ path, message: `repeats the name ${name}` }]);
    seen.add(name);
  });
  return list;
}

/** What an evaluator returned, as score, label and explanation; or as an error that says what would be right. */
export function toEvaluation(value: EvaluationValue): Evaluation {
  if (typeof value === "boolean") return truth(value);
  const result = typeof value === "number" ? { score: value } : typeof value === "string" ? { label: value } : value;
  if (typeof result !== "object" || result === null)
    return { error: "returned nothing: a number, boolean, string or { score, label } is needed" };
  const { score, label, explanation } = result;
  if (score != null && !Number.isFinite(score))
    return { error: `returned the score ${score}, which is not a finite number` };
  if (score == null && label == null) return { error: "returned neither a score nor a label" };
  return {
    ...(score == null ? {} : { score }),
    ...(label == null ? {} : { label }),
    ...(explanation == null ? {} : { explanation }),
  };
}

function isList(evaluators: Evaluators): evaluators is Extract<Evaluators, readonly unknown[]> {
  return Array.isArray(evaluators);
}
