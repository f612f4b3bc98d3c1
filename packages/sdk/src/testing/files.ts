import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import type { RecordBatch } from "apache-arrow";

import { openFile } from "../files/index.js";
import type { FileInput, ReadOptions } from "../files/index.js";

const folders: string[] = [];

/** Writes a file into a folder of its own, which `removeFiles` removes. */
export async function fileWith(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(await newFolder(), name);
  await writeFile(path, content);
  return path;
}

export async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "axlab-test-"));
  folders.push(folder);
  return folder;
}

export const removeFiles = async (): Promise<void> => {
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true, force: true })));
};

/** A data file of the vega-datasets package. */
export const vegaFile = (name: string): string =>
  join(dirname(createRequire(import.meta.url).resolve("vega-datasets")), "..", "data", name);

export interface Content {
  readonly types: string[];
  readonly rows: Record<string, unknown>[];
  readonly batches: number[];
}

/** Everything a file gives, with its types and the sizes of its batches. */
export async function contentOf(input: FileInput, options?: ReadOptions): Promise<Content> {
  const file = await openFile(input);
  const batches: RecordBatch[] = [];
  try {
    for await (const batch of file.batches(options)) batches.push(batch);
  } finally {
    await file.close();
  }
  return {
    types: batches[0]?.schema.fields.map((field) => `${field.name}: ${String(field.type)}`) ?? [],
    rows: batches.flatMap(rowsOf),
    batches: batches.map((batch) => batch.numRows),
  };
}

function rowsOf(batch: RecordBatch): Record<string, unknown>[] {
  return Array.from({ length: batch.numRows }, (_unused, row) =>
    Object.fromEntries(
      batch.schema.fields.map((field, index) => {
        const value: unknown = batch.getChildAt(index)?.get(row);
        const plain: unknown = typeof value === "object" && value !== null ? JSON.parse(JSON.stringify(value)) : value;
        return [field.name, plain];
      }),
    ),
  );
}
