import {
  holdsEvaluationsOnly,
  parseEvaluationColumn,
  REQUIRED_SPAN_COLUMNS,
  SPAN_COLUMNS,
  SPAN_ID_COLUMN,
  type SpanColumnKind,
} from "@axlab/wire/ingest";
import { InvalidRequestError } from "../../errors.js";
import type { UploadColumn } from "./ml-columns.js";
import type { ColumnRole } from "./roles.js";
import { TIME_COLUMN } from "./time-column.js";

const ROLES: Record<SpanColumnKind, ColumnRole> = {
  string: "string",
  nanoseconds: "nanoseconds",
  bool: "bool",
  number: "number",
  json: "text",
  "json list": "texts",
};
const ORDER = new Map(Object.keys(SPAN_COLUMNS).map((name, index) => [name, index]));

/** What a TRACING table brings: spans, or only evaluations of spans sent before or after (`spec/ingest.md §3.3`). */
export interface SpanTable {
  kind: "records" | "overlay";
  columns: UploadColumn[];
}

/** @throws InvalidRequestError when it is neither spans nor evaluations */
export function spanColumns(names: readonly string[]): SpanTable {
  const overlay = holdsEvaluationsOnly(names);
  const missing = overlay ? [] : REQUIRED_SPAN_COLUMNS.filter((name) => !names.includes(name));
  if (missing.length > 0) {
    throw new InvalidRequestError(
      `The table lacks ${missing.join(", ")}: spans need ${REQUIRED_SPAN_COLUMNS.join(", ")}, evaluations ${SPAN_ID_COLUMN} and columns such as eval.<name>.label.`,
    );
  }
  const columns = names
    .filter((name) => name !== SPAN_ID_COLUMN && name !== TIME_COLUMN)
    .map((name): UploadColumn => ({ source: name, name, role: roleOf(name) }))
    .sort(
      (a, b) => (ORDER.get(a.name) ?? ORDER.size) - (ORDER.get(b.name) ?? ORDER.size) || (a.name < b.name ? -1 : 1),
    );
  return { kind: overlay ? "overlay" : "records", columns };
}

function roleOf(name: string): ColumnRole {
  const kind = SPAN_COLUMNS[name];
  if (kind !== undefined) return ROLES[kind];
  const evaluation = parseEvaluationColumn(name);
  if (evaluation === null) return "any";
  return evaluation.field === "score" ? "number" : "string";
}
