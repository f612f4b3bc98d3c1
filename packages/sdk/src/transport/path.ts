import { ValidationError } from "../errors/client.js";

/**
 * Builds a request path: `` path`/v2/datasets/${id}/examples` ``. Every value is percent-encoded, so that it stays one
 * segment, as the official clients do (`spec/rest.md` §1.3).
 * @throws ValidationError for an empty value and for one that climbs (`..`), which would reach another resource.
 */
export function path(literals: TemplateStringsArray, ...values: readonly string[]): string {
  return literals.reduce(
    (built, literal, index) => `${built}${segment(values[index - 1], literals[index - 1] ?? "")}${literal}`,
  );
}

function segment(value: string | undefined, before: string): string {
  const problem = problemOf(value);
  if (value === undefined || problem) throw new ValidationError("Bad path", [{ path: before, message: problem ?? "" }]);
  return encodeURIComponent(value);
}

function problemOf(value: unknown): string | undefined {
  if (typeof value !== "string") return `an id is missing (got ${String(value)})`;
  if (value.trim() === "") return "an id is empty";
  if (value.split(/[/\\]/).some((part) => part === "." || part === ".."))
    return `${JSON.stringify(value)} is not an id`;
  return undefined;
}
