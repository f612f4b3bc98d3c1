import type { Spool } from "./spool.js";
import { textOf } from "./value.js";

/** As RFC 4180 has it, one column for every field that any record has; what is no text, number or boolean is JSON. */
export async function csvOf(spool: Spool): Promise<Blob> {
  const columns = [...spool.columns.keys()];
  const parts = [new Blob([lineOf(columns)])];
  for await (const page of spool.pages())
    parts.push(new Blob(page.map((record) => lineOf(columns.map((column) => textOf(record[column]))))));
  return new Blob(parts, { type: "text/csv" });
}

const lineOf = (cells: readonly string[]): string => `${cells.map(quoted).join(",")}\r\n`;
const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
