import type { CodeConfig } from "@axlab/wire/rest";
import { matchesWithin } from "./bounded-regex.js";
import { parameterOf } from "../evaluators/managed-arguments.js";

type Managed = Extract<CodeConfig, { type: "MANAGED" }>;

/** Reads a field of a record by the name that a variable is mapped to; null or undefined when the record has none. */
export type ReadField = (name: string) => unknown;

/** What a managed evaluator says of one record: whether it holds; null when the record lacks what it looks at. */
export function evaluate(config: Managed, mappings: Record<string, string> | null, read: ReadField): boolean | null {
  const values = config.variables.map((variable) => read(mappings?.[variable] ?? variable));
  if (values.some((value) => value === null || value === undefined)) return null;
  const [text = "", other = ""] = values.map(asText);
  const parameter = parameterOf(config) ?? [];
  const keywords = typeof parameter === "string" ? [parameter] : parameter;
  switch (config.managed_evaluator) {
    case "MATCHES_REGEX":
      return matchesWithin(keywords[0] ?? "", text);
    case "JSON_PARSEABLE":
      return isJson(text);
    case "CONTAINS_ANY_KEYWORD":
      return keywords.some((keyword) => text.includes(keyword));
    case "CONTAINS_ALL_KEYWORDS":
      return keywords.every((keyword) => text.includes(keyword));
    case "EXACT_MATCH":
      return text === other;
  }
}

const asText = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
