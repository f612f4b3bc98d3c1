import { Vector, type RecordBatch } from "apache-arrow";
import type { Core } from "../../../core.js";
import { hashId } from "../ids.js";
import { idColumnOf } from "../shape.js";
import { TIME_COLUMN } from "../time-column.js";
import { erases } from "./erasures.js";
import { BatchReader, loadBatches, newestUpload } from "./segments.js";

/**
 * Finds records by id without reading any others: the hashes that were kept at reception say which batches to open.
 * @param column whose newest value is wanted
 * @param upTo the last upload to look at; without it, the newest
 * @returns by id, the value (null where there is none); ids of no record are not in the map
 */
export async function findRecords(
  core: Core,
  projectId: string,
  environment: string,
  ids: Iterable<string>,
  column?: string,
  upTo?: number,
): Promise<Map<string, unknown>> {
  const wanted = new Set(ids);
  const hashes = new Set([...wanted].map(hashId));
  const found = new Map<string, unknown>();
  const values = new Map<string, unknown>();
  const times = new Map<string, number>();
  const forget = (id: string): void => {
    for (const known of [found, values, times]) known.delete(id);
  };
  const reader = new BatchReader(core);
  const idColumn = idColumnOf(environment);
  const { batches, keys, erasures } = await loadBatches(
    core,
    projectId,
    environment,
    upTo ?? (await newestUpload(core, projectId, environment)),
  );
  const eraseUpTo = (seq: number): void => {
    for (let next = erasures[0]; next !== undefined && next.seq < seq; next = erasures[0]) {
      for (const [id, ms] of times) if (erases(next, ms)) forget(id);
      erasures.shift();
    }
  };
  for (const facts of batches) {
    const { kind, seq } = facts.segment.upload;
    eraseUpTo(seq);
    const rows: number[] = [];
    keys[facts.index]?.forEach((hash, row) => {
      if (hashes.has(hash)) rows.push(row);
    });
    if (rows.length === 0) continue;
    const batch = await reader.batch(facts);
    for (const row of rows) {
      const id = String(cell(batch, idColumn, row));
      if (!wanted.has(id)) continue;
      if (kind === "deletion") {
        forget(id);
        continue;
      }
      if (kind === "records") {
        found.set(id, null);
        times.set(id, Number(cell(batch, TIME_COLUMN, row)));
      }
      // What completes a span has the instant of its writing there.
      const says = column !== TIME_COLUMN || kind === "records";
      const value = column === undefined || !says ? null : cell(batch, column, row);
      if (value !== null) values.set(id, value);
    }
  }
  eraseUpTo(Number.POSITIVE_INFINITY);
  for (const id of found.keys()) found.set(id, values.get(id) ?? null);
  return found;
}

function cell(batch: RecordBatch, column: string, row: number): unknown {
  const index = batch.schema.fields.findIndex((field) => field.name === column);
  const data = batch.data.children[index];
  return data === undefined ? null : new Vector([data]).get(row);
}
