import type * as z from "zod";
import { redactSecrets } from "@axlab/auth";

/** The part of a request that a schema looked at. */
export type RequestPart = "body" | "query" | "path";

const SUBJECT: Readonly<Record<RequestPart, string>> = { body: "Request body", query: "Query string", path: "Path" };
const SHOWN = 8;
const NOUN: Readonly<Record<string, string>> = {
  int: "a whole number",
  number: "a number",
  string: "a string",
  boolean: "true or false",
  array: "an array",
  object: "an object",
  record: "an object",
  null: "null",
};

/**
 * Turns a failed zod parse into the one `detail` text of a problem document: which field, what was wrong, what would be right, e.g.
 * `Request body: name is required (a string); organizations[0].role.name must be one of ADMIN, MEMBER`. The first eight faults are named and the
 * rest counted. Values are never repeated, since one may be a secret.
 */
export function explainZodError(error: z.core.$ZodError, where: RequestPart): string {
  const texts = error.issues.map((issue) => describe(issue, where));
  const rest = texts.length - SHOWN;
  return `${SUBJECT[where]}: ${texts.slice(0, SHOWN).join("; ")}${rest > 0 ? `; and ${rest} more` : ""}`;
}

function describe(issue: z.core.$ZodIssue, where: RequestPart): string {
  const field = pathText(issue.path) || "it";
  switch (issue.code) {
    case "invalid_type":
      return isMissing(issue)
        ? `${field} is required (${noun(issue.expected, where)})`
        : `${field} must be ${noun(issue.expected, where)}`;
    case "invalid_value":
      return `${field} must be ${oneOf(issue.values)}`;
    case "too_small":
      return `${field} ${size(issue.origin, issue.minimum, "least")}`;
    case "too_big":
      return `${field} ${size(issue.origin, issue.maximum, "most")}`;
    case "unrecognized_keys":
      return unknownFields(issue);
    case "invalid_format":
      return issue.format === "email"
        ? `${field} must be an e-mail address`
        : `${field} has the wrong format: ${issue.message}`;
    case "invalid_union":
      return issue.discriminator !== undefined && "options" in issue
        ? `${field} must be ${oneOf(issue.options ?? [])}`
        : `${field} fits none of the allowed forms`;
    default:
      return `${field} ${issue.message}`;
  }
}

/** Zod keeps the received type only in its message. */
function isMissing(issue: z.core.$ZodIssueInvalidType): boolean {
  return issue.message.endsWith("received undefined");
}

function unknownFields(issue: z.core.$ZodIssueUnrecognizedKeys): string {
  const names = issue.keys.slice(0, SHOWN).map((key) => pathText([...issue.path, key]));
  const rest = issue.keys.length - SHOWN;
  const hint = issue.message.startsWith("Unrecognized key") ? "remove it" : issue.message;
  return `${names.join(", ")}${rest > 0 ? ` and ${rest} more` : ""} ${names.length > 1 ? "are not known fields" : "is not a known field"}: ${hint}`;
}

function size(origin: string, bound: number | bigint, direction: "least" | "most"): string {
  const plural = bound === 1 ? "" : "s";
  if (origin === "string")
    return direction === "least" && bound === 1
      ? "must not be empty"
      : `must have at ${direction} ${bound} character${plural}`;
  if (origin === "array" || origin === "set") return `must have at ${direction} ${bound} item${plural}`;
  return `must be at ${direction} ${bound}`;
}

/** Query strings hold no fractions: a number there is `limit`. */
function noun(expected: string, where: RequestPart): string {
  return NOUN[expected === "number" && where === "query" ? "int" : expected] ?? expected;
}

function oneOf(values: readonly unknown[]): string {
  const known = values.map(String);
  const shown = known.length > 12 ? [...known.slice(0, 12), `… (${known.length} values)`] : known;
  return known.length === 1 ? String(known[0]) : `one of ${shown.join(", ")}`;
}

/** Names come from the caller too, so that a key pasted in the wrong place must not come back, nor a text without end. */
function pathText(path: readonly PropertyKey[]): string {
  const name = (part: PropertyKey) => redactSecrets(String(part)).slice(0, 60);
  return path
    .map((part, index) => (typeof part === "number" ? `[${part}]` : `${index > 0 ? "." : ""}${name(part)}`))
    .join("");
}
