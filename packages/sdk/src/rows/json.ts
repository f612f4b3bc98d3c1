import { MAX_JSON_DEPTH, type JsonObject } from "@axlab/wire";

import { ValidationError, type ValidationIssue } from "../errors/client.js";

const ISSUES_KEPT = 100;

/**
 * Takes rows as JSON records, or says for each bad value where it is and what it is. Nothing is converted: a date or `NaN` would
 * otherwise change on its way without a word.
 * @param refused names that rows must not hold, with the reason
 * @throws ValidationError with up to 100 issues
 */
export function jsonRows<Row extends object>(
  subject: string,
  rows: readonly Row[],
  refused: Readonly<Record<string, string>> = {},
): readonly (Row & JsonObject)[] {
  const issues: ValidationIssue[] = [];
  if (rows.length === 0) issues.push({ path: subject, message: "must hold at least one row" });
  rows.forEach((row, index) => {
    if (issues.length >= ISSUES_KEPT) return;
    const at = `${subject}[${index}]`;
    const problem = nonJson(row, at);
    if (problem) issues.push(problem);
    else if (!isRecord(row)) issues.push({ path: at, message: "must be an object" });
    else if (Object.keys(row).length === 0) issues.push({ path: at, message: "must have at least one field" });
    if (!isRecord(row)) return;
    for (const [name, reason] of Object.entries(refused))
      if (Object.hasOwn(row, name)) issues.push({ path: `${at}.${name}`, message: reason });
  });
  if (issues.length > 0) throw new ValidationError(`Bad ${subject}`, issues);
  // boundary: every row was looked at above.
  return rows as readonly (Row & JsonObject)[];
}

/** The first value that JSON cannot carry, and where it is. */
export function nonJson(value: unknown, path: string, depth = MAX_JSON_DEPTH): ValidationIssue | undefined {
  if (value === null || typeof value === "string" || typeof value === "boolean") return undefined;
  if (typeof value === "number") {
    return Number.isFinite(value) ? undefined : { path, message: `is ${value}, which JSON cannot carry: use null` };
  }
  if (typeof value !== "object") return { path, message: `is ${kindOf(value)}, which JSON cannot carry` };
  if (depth === 0) return { path, message: `is nested deeper than ${MAX_JSON_DEPTH} levels` };
  if (Array.isArray(value)) return firstOf(value.entries(), (index) => `${path}[${index}]`, depth);
  if (!isRecord(value)) return { path, message: `is ${kindOf(value)}: write it as text or a plain object` };
  if (Object.hasOwn(value, "__proto__")) return { path, message: "must not have a field named __proto__" };
  return firstOf(Object.entries(value), (name) => `${path}.${name}`, depth);
}

function firstOf<Key>(
  entries: Iterable<[Key, unknown]>,
  where: (key: Key) => string,
  depth: number,
): ValidationIssue | undefined {
  for (const [key, item] of entries) {
    const problem = nonJson(item, where(key), depth - 1);
    if (problem) return problem;
  }
  return undefined;
}

function isRecord(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return !Array.isArray(value) && (prototype === null || prototype === Object.prototype);
}

function kindOf(value: unknown): string {
  if (typeof value === "object" && value !== null) return `a ${value.constructor.name || "object of a class"}`;
  return value === undefined ? "undefined" : `a ${typeof value}`;
}
