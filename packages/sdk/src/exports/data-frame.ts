import type { RecordBatch, Schema } from "apache-arrow";

import { columnValues } from "./values.js";

/** A pandas-js `DataFrame`, as far as the SDK knows it. */
export interface PandasDataFrame {
  readonly length: number;
  readonly columns: unknown;
  get(column: string): { readonly values: { toArray(): unknown[] } };
}

/**
 * Batches as a pandas-js DataFrame, built column by column: from rows it would take minutes for what takes seconds.
 * @param announced tells the columns where there are no batches
 */
export async function dataFrame(
  batches: AsyncIterable<RecordBatch>,
  spans: boolean,
  announced?: Schema,
): Promise<PandasDataFrame> {
  const columns = new Map<string, unknown[]>();
  for await (const batch of batches)
    for (const [name, values] of columnValues(batch, spans)) {
      const sofar = columns.get(name);
      if (sofar === undefined) columns.set(name, values);
      else for (const value of values) sofar.push(value);
    }
  const { DataFrame, Series } = await import("pandas-js");
  if (columns.size === 0) for (const { name } of announced?.fields ?? []) columns.set(String(name), []);
  if (columns.size === 0) return new DataFrame([]);
  // The frame takes an Immutable map of its own copy of that library, which its lists lead to.
  let entries = new Series([]).values.clear();
  for (const [name, values] of columns) entries = entries.push([name, new Series(values, { name })]);
  return new DataFrame(entries.fromEntrySeq().toOrderedMap());
}
