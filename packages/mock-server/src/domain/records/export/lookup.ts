import { Vector, type RecordBatch } from "apache-arrow";
import type { Core } from "../../../core.js";
import { hashId } from "../ids.js";
import { idColumnOf } from "../shape.js";
import { TIME_COLUMN } from "../time-column.js";
import { BatchReader, loadBatches, newestUpload } from "./segments.js";

/**
 * Finds records by id without reading any others: the hashes that were kept at reception say which batches to open.
 * @param column whose newest value is wanted
 * @returns by id, the value (null where there is none); ids of no record are not in the map
 */
export async function findRecords(
  core: Core,
  projectId: string,
  environment: string,
  ids: Iterable<string>,
  column?: string,
): Promise<Map<string, unknown>> {
  const wanted = new Set(ids);
  const hashes = new Set([...wanted].map(hashId));
  const found = new Map<string, unknown>();
  const values = new Map<string, unknown>();
  const reader = new BatchReader(core);
  const idColumn = idColumnOf(environment);
  const { batches, keys } = await loadBatches(
    core,
    projectId,
    environment,
    await newestUpload(core, projectId, environment),
  );
  for (const facts of batches) {
    const rows: number[] = [];
    keys[facts.index]?.forEach((hash, row) => {
      if (hashes.has(hash)) rows.push(row);
    });
    if (rows.length === 0) continue;
    const batch = await reader.batch(facts);
    for (const row of rows) {
      const id = String(cell(batch, idColumn, row));
      if (!wanted.has(id)) continue;
      if (facts.segment.upload.kind === "deletion") {
        found.delete(id);
        values.delete(id);
        continue;
      }
      if (facts.segment.upload.kind === "records") found.set(id, null);
      // What completes a span has the instant of its writing there.
      const says = column !== TIME_COLUMN || facts.segment.upload.kind === "records";
      const value = column === undefined || !says ? null : cell(batch, column, row);
      if (value !== null) values.set(id, value);
    }
  }
  for (const id of found.keys()) found.set(id, values.get(id) ?? null);
  return found;
}

function cell(batch: RecordBatch, column: string, row: number): unknown {
  const index = batch.schema.fields.findIndex((field) => field.name === column);
  const data = batch.data.children[index];
  return data === undefined ? null : new Vector([data]).get(row);
}
