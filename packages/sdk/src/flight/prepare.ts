import type { Table } from "apache-arrow";

import { tableFromRows } from "../adapters/rows.js";
import { ValidationError } from "../errors/index.js";

export type JsonRow = Readonly<Record<string, unknown>>;

const JSON_COLUMNS = new Set([
  "document.metadata",
  "llm.function_call",
  "llm.invocation_parameters",
  "llm.prompt_template.variables",
  "message.function_call_arguments_json",
  "metadata",
  "tool.parameters",
  "tool_call.function.arguments",
  "result",
  "output",
]);

/** Columns whose objects travel as JSON text (`spec/flight.md §5.2`); readers turn them back. */
const isJsonColumn = (name: string): boolean =>
  JSON_COLUMNS.has(name) || (name.startsWith("eval.") && name.endsWith(".metadata"));

/**
 * Examples as the platform stores them: with `id`, `created_at` and `updated_at` (ms) where absent, and objects of JSON
 * columns as text. Booleans stay booleans, where the Python client writes the texts True and False: the type survives, as
 * it does by REST.
 */
export function datasetTable(examples: readonly JsonRow[], now: number, newId: () => string): Table {
  requireRows("examples", examples);
  const defaults = (row: JsonRow): JsonRow => ({
    ...row,
    id: row["id"] ?? newId(),
    created_at: row["created_at"] ?? now,
    updated_at: row["updated_at"] ?? now,
  });
  const rows = examples.map((row) => jsonTexts(defaults(row)));
  requireUniqueIds(rows);
  return tableFromRows(rows);
}

/** Runs as the platform stores them; each needs `example_id` and `output`. */
export function runsTable(runs: readonly JsonRow[]): Table {
  requireRows("runs", runs);
  const issues = runs.flatMap((run, index) =>
    ["example_id", "output"]
      .filter((name) => !(name in run))
      .map((name) => ({
        path: `runs[${index}].${name}`,
        message: "is missing; every run names its example and holds an output",
      })),
  );
  if (issues.length > 0) throw new ValidationError("The runs cannot be uploaded", issues);
  return tableFromRows(runs.map(jsonTexts));
}

function jsonTexts(row: JsonRow): JsonRow {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => {
      const isText = !isJsonColumn(name) || typeof value !== "object" || value === null || Array.isArray(value);
      return [name, isText ? value : JSON.stringify(value)];
    }),
  );
}

function requireRows(subject: string, rows: readonly JsonRow[]): void {
  if (rows.length === 0)
    throw new ValidationError("Nothing to upload", [{ path: subject, message: "is empty; give at least one" }]);
}

function requireUniqueIds(rows: readonly JsonRow[]): void {
  const seen = new Map<unknown, number>();
  rows.forEach((row, index) => {
    const first = seen.get(row["id"]);
    if (first !== undefined)
      throw new ValidationError("Examples need ids of their own", [
        {
          path: `examples[${index}].id`,
          message: `is ${JSON.stringify(row["id"])}, the id of examples[${first}]; make it unique or leave ids out`,
        },
      ]);
    seen.set(row["id"], index);
  });
}
