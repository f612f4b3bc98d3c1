import type { Kind, Spool } from "./spool.js";
import { textOf } from "./value.js";

const ROW_GROUP = 10_000;

/** One column for every field that any record has: numbers are doubles, mixed and nested values are text, as in the CSV. */
export async function parquetOf(spool: Spool): Promise<Blob> {
  const { ByteWriter, ParquetWriter } = await import("hyparquet-writer");
  const columns = [...spool.columns].map(([name, kind]) => ({ name, kind, waiting: new Array<unknown>() }));
  const bytes = new ByteWriter();
  const schema = [{ name: "schema", num_children: columns.length }, ...columns.map(elementOf)];
  const writer = new ParquetWriter({ writer: bytes, schema, createdBy: "axlab" });
  const parts: Blob[] = [];
  const drain = (): void => {
    parts.push(new Blob([bytes.getBytes()]));
    bytes.index = 0;
  };
  const flush = async (): Promise<void> => {
    const rowGroupSize = columns[0]?.waiting.length ?? 0;
    if (rowGroupSize === 0) return;
    await writer.write({ columnData: columns.map(({ name, waiting }) => ({ name, data: waiting })), rowGroupSize });
    for (const { waiting } of columns) waiting.length = 0;
    drain();
  };
  for await (const page of spool.pages()) {
    for (const { name, kind, waiting } of columns)
      for (const record of page) waiting.push(cellOf(record[name] ?? null, kind));
    if ((columns[0]?.waiting.length ?? 0) >= ROW_GROUP) await flush();
  }
  await flush();
  await writer.finish();
  drain();
  return new Blob(parts, { type: "application/vnd.apache.parquet" });
}

const cellOf = (value: unknown, kind: Kind): unknown =>
  value === null || kind === "number" || kind === "boolean" ? value : textOf(value);

function elementOf({ name, kind }: { name: string; kind: Kind }) {
  const optional = { name, repetition_type: "OPTIONAL" } as const;
  if (kind === "number") return { ...optional, type: "DOUBLE" } as const;
  if (kind === "boolean") return { ...optional, type: "BOOLEAN" } as const;
  return { ...optional, type: "BYTE_ARRAY", converted_type: "UTF8" } as const;
}
