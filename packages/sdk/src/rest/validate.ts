import { NameInput } from "@axlab/wire";
import type * as z from "zod";

import { ValidationError, type ValidationIssue } from "../errors/client.js";

/**
 * Holds an input against the API document before it is sent.
 * @throws ValidationError listing every member that is wrong. Values are not repeated: one may be a secret
 */
export function validate(schema: z.ZodType, value: unknown, subject: string): void {
  const result = schema.safeParse(value);
  if (result.success) return;
  throw new ValidationError(
    subject,
    result.error.issues.map((issue) => ({ path: pathText(issue.path), message: issueText(issue) })),
  );
}

/** What is wrong with a `name`, of which callers without types may have given anything. @param what whose name: `the dataset` */
export function nameIssues(name: unknown, what: string): ValidationIssue[] {
  const issues = NameInput.safeParse(name).error?.issues ?? [];
  return issues.map(({ message }) => ({
    path: "name",
    message: typeof name === "string" ? message : `is required: the name of ${what}`,
  }));
}

function issueText(issue: z.core.$ZodIssue): string {
  if (issue.code === "unrecognized_keys") return `unknown: ${issue.keys.join(", ")} (${issue.message})`;
  if (issue.code === "invalid_type" && issue.message.endsWith("received undefined"))
    return `is required (${issue.expected})`;
  return issue.message;
}

function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((part, index) => (typeof part === "number" ? `[${part}]` : `${index > 0 ? "." : ""}${String(part)}`))
    .join("");
}
