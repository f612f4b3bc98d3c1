import { batchMessages, schemaMessage, type IpcMessage } from "@axlab/wire/arrow";
import type { Schema } from "apache-arrow";
import type { Core } from "../../../core.js";
import { sameColumns } from "./export-schema.js";
import { allFit, layOut } from "./layout.js";
import type { RecordQuery } from "./query.js";
import type { Rebuilder } from "./rebuild.js";
import type { BatchFacts, BatchReader } from "./segments.js";
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

  /** @throws InvalidRequestError when the query names a column that there is not */
  static plan(core: Core, snapshot: Snapshot, query: RecordQuery): RecordExport {
    const { batches, schema, reader, rebuilder } = layOut(core, snapshot, query);
    const steps = batches.map((facts): Step => {
      const whole = snapshot.repeats.touched[facts.index] !== 1 && allFit(facts, query, snapshot);
      return {
        facts,
        whole,
        asStored: whole && query.chunkRows === null && sameColumns(facts.segment.schema, schema),
      };
    });
    return new RecordExport(schema, steps, reader, rebuilder, query.chunkRows);
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
