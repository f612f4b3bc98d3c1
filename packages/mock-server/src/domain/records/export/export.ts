import { batchMessages, schemaMessage, type IpcMessage } from "@axlab/wire/arrow";
import type { Schema } from "apache-arrow";
import type { Core } from "../../../core.js";
import { exportSchema, resolveFilter, sameColumns, unionOf } from "./export-schema.js";
import type { RecordQuery } from "./query.js";
import { Rebuilder } from "./rebuild.js";
import { BatchReader, type BatchFacts } from "./segments.js";
import type { Snapshot } from "./snapshots.js";

/** How a batch goes out: as it lies in the store, or row by row. */
interface Step {
  facts: BatchFacts;
  /** every row is a record of its own, and every one fits the query */
  whole: boolean;
  /** `whole`, and the columns are the export's */
  asStored: boolean;
}

/**
 * An export of one project's environment, as of one upload: what came later is not in it. Memory stays at a few batches, however
 * many rows there are.
 */
export class RecordExport {
  private constructor(
    readonly schema: Schema,
    private readonly steps: readonly Step[],
    private readonly reader: BatchReader,
    private readonly rebuilder: Rebuilder,
    private readonly chunkRows: number | null,
  ) {}

  static plan(core: Core, { batches, repeats }: Snapshot, query: RecordQuery): RecordExport {
    const chosen = batches.filter((facts) => repeats.touched[facts.index] === 1 || mayFit(facts, query));
    const types = unionOf(chosen.map((facts) => facts.segment));
    // Where there is nothing to export, there are no columns to name wrongly.
    const schema = exportSchema(types, chosen.length === 0 ? { ...query, columns: [] } : query);
    const resolved = chosen.length === 0 ? query : { ...query, filter: resolveFilter(query.filter, types) };
    const reader = new BatchReader(core);
    // A batch that only completes others brings columns, but no record of its own.
    const steps = chosen
      .filter((facts) => repeats.firstsIn(facts) > 0)
      .map((facts): Step => {
        const whole = repeats.touched[facts.index] !== 1 && allFit(facts, query);
        return {
          facts,
          whole,
          asStored: whole && query.chunkRows === null && sameColumns(facts.segment.schema, schema),
        };
      });
    return new RecordExport(
      schema,
      steps,
      reader,
      new Rebuilder(reader, batches, repeats, resolved, types),
      query.chunkRows,
    );
  }

  /** How many records there are; opens only the batches of which not all rows may fit. */
  async count(): Promise<number> {
    let count = 0;
    for (const { facts, whole } of this.steps) count += whole ? facts.rows : await this.rebuilder.count(facts);
    return count;
  }

  /** The schema, then the batches. */
  async *messages(): AsyncGenerator<IpcMessage> {
    yield schemaMessage(this.schema);
    for (const { facts, asStored } of this.steps) {
      if (asStored) yield await this.reader.message(facts);
      else
        yield* batchMessages(
          await this.rebuilder.rebuild(facts, this.schema),
          this.chunkRows === null ? {} : { maxRows: this.chunkRows },
        );
    }
  }
}

/** Whether a batch that shares no id with another may hold anything that the query asks for. */
function mayFit({ segment: { upload }, minTime, maxTime }: BatchFacts, query: RecordQuery): boolean {
  if (upload.kind !== "records") return false;
  if (query.start !== null && maxTime < query.start) return false;
  if (query.end !== null && (query.endIncluded ? minTime > query.end : minTime >= query.end)) return false;
  return matchesConstants(upload, query);
}

function allFit({ segment: { upload }, minTime, maxTime }: BatchFacts, query: RecordQuery): boolean {
  if (query.filter !== null || !matchesConstants(upload, query)) return false;
  if (query.start !== null && minTime < query.start) return false;
  return query.end === null || (query.endIncluded ? maxTime <= query.end : maxTime < query.end);
}

const matchesConstants = (upload: BatchFacts["segment"]["upload"], query: RecordQuery): boolean =>
  (query.modelVersion === null || query.modelVersion === upload.model_version) &&
  (query.batchId === null || query.batchId === upload.batch_id);
