import type { CodeConfig, ManagedCodeEvaluator } from "@axlab/wire/rest";
import { InvalidRequestError } from "../../errors.js";

interface Arguments {
  variables: number;
  parameter?: { name: string; type: "REGEX" | "STRING_ARRAY" };
}

/**
 * What each managed evaluator takes: how many variables, and the static parameter it cannot do without. The API document names no parameters;
 * the names are ours (`decisions/0035`), so one of the right type under another name is taken as well.
 */
const ARGUMENTS: Record<ManagedCodeEvaluator, Arguments> = {
  MATCHES_REGEX: { variables: 1, parameter: { name: "regex", type: "REGEX" } },
  JSON_PARSEABLE: { variables: 1 },
  CONTAINS_ANY_KEYWORD: { variables: 1, parameter: { name: "keywords", type: "STRING_ARRAY" } },
  CONTAINS_ALL_KEYWORDS: { variables: 1, parameter: { name: "keywords", type: "STRING_ARRAY" } },
  EXACT_MATCH: { variables: 2 },
};

/** The static parameter of a managed evaluator. */
export function parameterOf(config: Extract<CodeConfig, { type: "MANAGED" }>): string | string[] | undefined {
  const wanted = ARGUMENTS[config.managed_evaluator].parameter;
  const fitting = config.static_params?.filter(
    ({ type }) => type === wanted?.type || (wanted?.type === "REGEX" && type === "STRING"),
  );
  return (fitting?.find(({ name }) => name === wanted?.name) ?? fitting?.[0])?.default_value;
}

/** @throws InvalidRequestError for a managed evaluator without the variables or the parameter it needs, or with a regular expression that is none */
export function requireRunnable(config: CodeConfig): void {
  if (config.type !== "MANAGED") return;
  const { variables, parameter } = ARGUMENTS[config.managed_evaluator];
  if (config.variables.length !== variables)
    throw new InvalidRequestError(
      `code_config.variables: ${config.managed_evaluator} takes ${variables === 1 ? "one" : "two"}, and ${config.variables.length} are given.`,
    );
  if (parameter === undefined) return;
  const value = parameterOf(config);
  if (value === undefined)
    throw new InvalidRequestError(
      `code_config.static_params: ${config.managed_evaluator} needs {name: "${parameter.name}", type: ${parameter.type}, default_value}.`,
    );
  if (parameter.type === "REGEX") requireRegex(value);
}

function requireRegex(pattern: string | string[]): void {
  try {
    new RegExp(String(pattern), "u");
  } catch (error) {
    throw new InvalidRequestError(
      `code_config.static_params: not a regular expression (${error instanceof Error ? error.message : "unreadable"}).`,
    );
  }
}
