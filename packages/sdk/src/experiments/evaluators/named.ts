import { ValidationError, type ValidationIssue } from "../../errors/client.js";
import type { Evaluator, EvaluatorFunction, Evaluators } from "../types.js";

/**
 * Evaluators with their names, however they are given. Their methods keep their objects.
 * @throws ValidationError for those without a name or a function, and for two of the same name
 */
export function namedEvaluators(evaluators: Evaluators = []): readonly Evaluator[] {
  const issues: ValidationIssue[] = [];
  const seen = new Set<string>();
  const named = given(evaluators).flatMap(({ path, name: wanted, evaluator }): Evaluator[] => {
    const evaluate = functionOf(evaluator);
    const name = wanted ?? nameOf(evaluator);
    if (evaluate === undefined) issues.push({ path, message: "has no function evaluate" });
    else if (name === "__proto__") issues.push({ path, message: "must not be named __proto__" });
    else if (name.trim() === "") issues.push({ path, message: "has no name: give { name, evaluate }" });
    else if (seen.has(name)) issues.push({ path, message: `repeats the name ${name}` });
    seen.add(name);
    return evaluate === undefined ? [] : [{ name, evaluate }];
  });
  if (issues.length > 0) throw new ValidationError("Bad evaluators", issues);
  return named;
}

/** Callers without types may give anything for one. */
interface Given {
  readonly path: string;
  readonly name?: string;
  readonly evaluator: unknown;
}

function given(evaluators: object): Given[] {
  if (isList(evaluators)) return evaluators.map((evaluator, index) => ({ path: `evaluators[${index}]`, evaluator }));
  if (functionOf(evaluators) !== undefined) return [{ path: "evaluators", evaluator: evaluators }];
  return Object.entries(evaluators).map(([name, evaluator]: [string, unknown]) => ({
    path: `evaluators.${name}`,
    name,
    evaluator,
  }));
}

const isList = (evaluators: unknown): evaluators is readonly unknown[] => Array.isArray(evaluators);

/** Undefined for what is no evaluator. */
function functionOf(evaluator: unknown): EvaluatorFunction | undefined {
  // boundary: what a function answers is looked at when it has answered.
  if (typeof evaluator === "function") return evaluator as EvaluatorFunction;
  if (typeof evaluator !== "object" || evaluator === null || !("evaluate" in evaluator)) return undefined;
  const { evaluate } = evaluator;
  // boundary: as above.
  return typeof evaluate === "function" ? (evaluate.bind(evaluator) as EvaluatorFunction) : undefined;
}

function nameOf(evaluator: unknown): string {
  const name: unknown = Object(evaluator) === evaluator ? Reflect.get(Object(evaluator), "name") : undefined;
  return typeof name === "string" ? name : "";
}
