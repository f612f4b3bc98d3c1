import type { RecordBatch } from "apache-arrow";
import type { ProjectRow } from "../../store/tables/index.js";
import { everyRecord } from "../records/export/query.js";
import { Instant, scalarOf } from "../records/filter/compare.js";
import type { Records } from "../records/records.js";
import { TIME_COLUMN } from "../records/time-column.js";

/** What a metric reads of one record. */
export interface MetricRow {
  /** milliseconds since 1970 */
  time: number;
  /** of a column by the name it was logged under: a feature, a tag, or a column of an export; null when there is none */
  value(column: string): string | number | boolean | null;
}

/** Which records a metric is computed over: from `start` on, before `end`. */
export interface MetricScope {
  environment: string;
  start: number;
  end: number;
  /** only records of which this holds */
  keep?: (row: MetricRow) => boolean;
}

/** Asks nothing about who may see them: the caller was asked already. */
export async function metricRows(records: Records, project: ProjectRow, scope: MetricScope): Promise<MetricRow[]> {
  const { environment, start, end, keep } = scope;
  const query = { ...everyRecord(environment), start, end };
  const rows: MetricRow[] = [];
  for await (const batch of records.scan(project.id, query))
    for (const row of rowsIn(batch)) if (keep === undefined || keep(row)) rows.push(row);
  return rows;
}

function rowsIn(batch: RecordBatch): MetricRow[] {
  const names = new Set(batch.schema.fields.map((field) => String(field.name)));
  const columnOf = (name: string) =>
    batch.getChild(
      [name, `${name}__tag`, `${name}__feature`, `attributes.${name}`].find((known) => names.has(known)) ?? name,
    );
  const columns = new Map<string, ReturnType<typeof columnOf>>();
  const cell = (name: string, row: number): string | number | boolean | null => {
    if (!columns.has(name)) columns.set(name, columnOf(name));
    const value = scalarOf(columns.get(name)?.get(row));
    const plain = value instanceof Instant ? value.ns : value;
    return typeof plain === "bigint" ? Number(plain) : plain;
  };
  return Array.from({ length: batch.numRows }, (_, row) => ({
    time: Number(cell(TIME_COLUMN, row)),
    value: (column: string) => cell(column, row),
  }));
}
