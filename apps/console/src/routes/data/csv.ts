import { textOf } from "./value.js";

/** As RFC 4180 has it, one column for every field that any record has; what is no text, number or boolean is JSON. */
export function csvOf(records: readonly Record<string, unknown>[]): string {
  const columns = [...new Set(records.flatMap((record) => Object.keys(record)))];
  const lines = [columns, ...records.map((record) => columns.map((column) => textOf(record[column])))];
  return lines.map((cells) => `${cells.map(quoted).join(",")}\r\n`).join("");
}

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
