import { tableFromColumns, utf8Column } from "@axlab/wire/arrow";
import { randomBytes } from "node:crypto";
import { Field, makeData, RecordBatch, Schema, Struct, Vector } from "apache-arrow";
import type { Caller } from "../../../access/gate.js";
import type { Core } from "../../../core.js";
import { hashIds, idColumn } from "../ids.js";
import { idColumnOf } from "../shape.js";
import { adoptProject, type Target } from "../target.js";
import { TIME_COLUMN, TIME_TYPE, timeData } from "../time-column.js";
import { storeUpload } from "../uploads.js";
import { columnOfCells, type Cell } from "./cells.js";
import type { SingleRecord } from "./read-record.js";

/** A group is stored when for so long nothing came. */
const QUIET_MS = 2;
/** Nobody waits longer than this for others. */
const LONGEST_WAIT_MS = 20;
const MOST_ROWS = 1000;

interface Waiting {
  record: SingleRecord;
  stored: () => void;
  failed: (error: unknown) => void;
}

/** Records of one model whose columns agree in their types. */
interface Group {
  target: Target;
  timeRank: 0 | 1 | 2;
  keyId: string | null;
  types: Map<string, Cell["type"]>;
  waiting: Waiting[];
}

/**
 * Gathers single records into small uploads, since an upload a record would cost a transaction each: those that arrive one soon
 * after another, and those that arrive while others are being stored. Nobody is answered before the record is in the store.
 */
export class RecordBuffer {
  #groups: Group[] = [];
  #timer: NodeJS.Timeout | undefined;
  #waitingSince = 0;
  #storing: Promise<void> | undefined;

  constructor(private readonly core: Core) {}

  /** Resolves when the record can be queried. */
  add(caller: Caller, target: Target, record: SingleRecord): Promise<void> {
    return new Promise((stored, failed) => {
      const group = this.#groupFor(caller, target, record);
      for (const [name, cell] of record.cells) group.types.set(name, cell.type);
      group.waiting.push({ record, stored, failed });
      if (group.waiting.length >= MOST_ROWS) void this.flush();
      // What comes while others are being stored is next.
      else if (this.#storing === undefined) this.#waitForMore();
    });
  }

  #waitForMore(): void {
    const now = performance.now();
    if (this.#timer === undefined) {
      this.#timer = setTimeout(() => void this.flush(), QUIET_MS);
      this.#waitingSince = now;
    } else if (now - this.#waitingSince < LONGEST_WAIT_MS - QUIET_MS) this.#timer.refresh();
  }

  /** Stores what is waiting, in the order in which it came. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#storing === undefined && this.#groups.length === 0) return Promise.resolve();
    this.#storing ??= this.#storeAll();
    return this.#storing;
  }

  async #storeAll(): Promise<void> {
    for (let group = this.#groups.shift(); group !== undefined; group = this.#groups.shift()) await this.#store(group);
    // In the same turn as the last look: whatever comes from now on starts a timer of its own.
    this.#storing = undefined;
  }

  #groupFor(caller: Caller, target: Target, { timeRank, cells }: SingleRecord): Group {
    const keyId = caller.principal.key?.id ?? null;
    const agrees = ({ types }: Group): boolean =>
      [...cells].every(([name, cell]) => (types.get(name) ?? cell.type) === cell.type);
    const found = this.#groups.find(
      (group) =>
        group.target.space.id === target.space.id &&
        group.target.name === target.name &&
        group.target.environment === target.environment &&
        group.target.modelType === target.modelType &&
        group.timeRank === timeRank &&
        group.keyId === keyId &&
        group.waiting.length < MOST_ROWS &&
        agrees(group),
    );
    if (found !== undefined) return found;
    const group: Group = { target, timeRank, keyId, types: new Map(), waiting: [] };
    this.#groups.push(group);
    return group;
  }

  async #store(group: Group): Promise<void> {
    try {
      await this.#write(group);
      for (const { stored } of group.waiting) stored();
    } catch (error) {
      for (const { failed } of group.waiting) failed(error);
    }
  }

  async #write({ target, timeRank, keyId, types, waiting }: Group): Promise<void> {
    const { clock } = this.core;
    const now = clock.now();
    const stem = randomBytes(8).toString("hex");
    const records = waiting.map(({ record }) => record);
    const ms = Float64Array.from(records, (record) => record.ms ?? now);
    const ids = new Vector([
      idColumn(onlyChunk(utf8Column(records.map((record, row) => record.id ?? `${stem}-${row}`))), () => ""),
    ]);
    const columns = [...types].map(
      ([name, type]) =>
        [
          name,
          columnOfCells(
            type,
            records.map((record) => record.cells.get(name)),
          ),
        ] as const,
    );
    const table = tableFromColumns([[idColumnOf(target.environment), ids], ...columns]);
    const schema = new Schema([new Field(TIME_COLUMN, TIME_TYPE, false), ...table.schema.fields]);
    const [rows] = table.batches;
    const children = [timeData(ms), ...(rows?.data.children ?? [])];
    const batch = new RecordBatch(
      schema,
      makeData({ type: new Struct(schema.fields), length: records.length, nullCount: 0, children }),
    );
    const single = (name: string): string | null => {
      const values = new Set(records.map((record) => record.cells.get(name)?.value));
      const [value] = values;
      return values.size === 1 && typeof value === "string" ? value : null;
    };
    const facts = {
      account_id: target.space.account_id,
      space_id: target.space.id,
      environment: target.environment,
      kind: "records" as const,
      time_rank: timeRank,
      model_version: single("modelVersion"),
      batch_id: single("batchID"),
      schema: "",
      key_id: keyId,
      received_at: now,
    };
    await storeUpload(this.core, facts, { batch, ms, keys: hashIds(onlyChunk(ids)) }, (tx) =>
      adoptProject(this.core, tx, target),
    );
  }
}

function onlyChunk<T extends Vector>({ data }: T): T["data"][number] {
  const [chunk] = data;
  if (chunk === undefined || data.length !== 1) throw new TypeError("A built column is one chunk.");
  return chunk;
}
