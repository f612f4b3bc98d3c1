import type { Table } from "apache-arrow";

import { tableFromRows } from "../adapters/rows.js";
import { ValidationError } from "../errors/index.js";
import { isJsonColumn } from "../rows/json-columns.js";

export type JsonRow = Readonly<Record<string, unknown>>;

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
