import type { ColumnSource } from "hyparquet-writer";
import { textOf } from "./value.js";

/** One column for every field that any record has: numbers are doubles, mixed and nested values are text, as in the CSV. */
export async function parquetOf(records: readonly Record<string, unknown>[]): Promise<ArrayBuffer> {
  const { parquetWriteBuffer } = await import("hyparquet-writer");
  const names = [...new Set(records.flatMap((record) => Object.keys(record)))];
  return parquetWriteBuffer({
    columnData: names.map((name) =>
      columnOf(
        name,
        records.map((record) => record[name] ?? null),
      ),
    ),
  });
}

function columnOf(name: string, values: unknown[]): ColumnSource {
  const present = values.filter((value) => value !== null);
  if (present.length > 0 && present.every((value) => typeof value === "number"))
    return { name, data: values, type: "DOUBLE" };
  if (present.length > 0 && present.every((value) => typeof value === "boolean"))
    return { name, data: values, type: "BOOLEAN" };
  return { name, data: values.map((value) => (value === null ? null : textOf(value))), type: "STRING" };
}
