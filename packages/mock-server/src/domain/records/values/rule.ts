import { DataType, type Data, type RecordBatch } from "apache-arrow";
import { InvalidRequestError } from "../../../errors.js";
import { offsetsOf } from "../arrow-access.js";

/** The columns of a stored batch, by their exported names. */
export type Columns = (name: string) => Data | undefined;

/** Says what is wrong with a row of the batch it was made for; null: nothing. */
export type RowCheck = (row: number) => string | null;

/**
 * A rule about values that clients check too, unless told not to (`spec/ingest.md §8.4–8.6`). It reads columns as they are stored and
 * makes no rows.
 */
export interface ValueRule {
  /** the official clients' name for it */
  code: string;
  /** as the client named it; several for a rule about rows */
  columns: readonly string[];
  /** what would be right, as a sentence */
  wants: string;
  /** null: there is nothing to look for in this batch */
  checkOf(columns: Columns): RowCheck | null;
}

const SHOWN_ROWS = 5;

/** @throws InvalidRequestError naming the column, the rule, the first offending rows and what would be right */
export function checkValues(rules: readonly ValueRule[], batch: RecordBatch, firstRow: number): void {
  if (batch.numRows === 0) return;
  const columns: Columns = (name) => {
    const index = batch.schema.fields.findIndex((field) => field.name === name);
    return batch.data.children[index];
  };
  for (const rule of rules) {
    const check = rule.checkOf(columns);
    if (check === null) continue;
    const rows: number[] = [];
    let first = "";
    for (let row = 0; row < batch.numRows && rows.length < SHOWN_ROWS; row++) {
      const problem = check(row);
      if (problem === null) continue;
      if (rows.length === 0) first = problem;
      rows.push(firstRow + row);
    }
    if (rows.length > 0) throw broken(rule, `row ${rows[0]} ${first}`, rows);
  }
}

export function broken(
  { code, columns, wants }: Pick<ValueRule, "code" | "columns" | "wants">,
  problem: string,
  rows: readonly number[],
): InvalidRequestError {
  const named = columns.map((column) => `"${column}"`).join(", ");
  const others =
    rows.length > 1
      ? ` So do rows ${rows.slice(1).join(", ")}${rows.length === SHOWN_ROWS ? ", and maybe more" : ""}.`
      : "";
  return new InvalidRequestError(
    `${code}: ${columns.length === 1 ? "column" : "columns"} ${named}, ${problem}.${others} ${wants} Rows count from 0. Nothing was stored.`,
  );
}

export const isMissing = (data: Data, row: number): boolean =>
  DataType.isNull(data.type) || (data.nullCount > 0 && !data.getValid(row));

/** Start and end of a text or list in its values. */
export function rangeOf(data: Data): (row: number) => readonly [start: number, end: number] {
  const offsets = offsetsOf(data);
  return (row) => [offsets[row] ?? 0, offsets[row + 1] ?? 0];
}

/** The items of a list column; undefined for any other. */
export function itemsOf(data: Data | undefined): Data | undefined {
  return data !== undefined && DataType.isList(data.type) ? data.children[0] : undefined;
}
