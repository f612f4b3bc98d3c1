import { makeData, RecordBatch, Struct, type Data, type DataType, type Schema } from "apache-arrow";
import { longsOf, typeOf } from "../arrow-access.js";
import { idColumnOf } from "../shape.js";
import { toNumbers } from "../int64.js";
import { TIME_COLUMN } from "../time-column.js";
import { gather, pushRow, type Run } from "./gather.js";
import { within, type RecordQuery } from "./query.js";
import { erases } from "./erasures.js";
import { batchOf } from "./repeats.js";
import type { BatchFacts, BatchReader } from "./segments.js";
import type { Snapshot } from "./snapshots.js";
import { StoredColumn } from "./stored-column.js";

/** A stored row. */
interface Place {
  facts: BatchFacts;
  batch: RecordBatch;
  row: number;
}

/** A record: the rows of one id, in order of acceptance. Mostly it is one row. */
type RecordRows = readonly Place[];

/** A record's place among all: its time, and the number of its first row. */
export interface Position {
  ms: number;
  row: number;
}

const rowOf = ([first]: RecordRows): number => (first === undefined ? -1 : first.facts.firstRow + first.row);
const kindOf = ({ facts }: Place): string => facts.segment.upload.kind;
const isRecord = (rows: RecordRows): boolean => rows.some((place) => kindOf(place) === "records");

/** What was said of an id after it was last deleted. */
function sinceDeletion(record: RecordRows): RecordRows {
  const last = record.findLastIndex((place) => kindOf(place) === "deletion");
  return last === -1 ? record : record.slice(last + 1);
}

/**
 * Makes records of stored rows: later rows of an id complete and overwrite earlier ones, column by column, and what does not fit the
 * query is left out.
 */
export class Rebuilder {
  readonly #columns = new Map<string, StoredColumn>();

  constructor(
    private readonly reader: BatchReader,
    private readonly batches: readonly BatchFacts[],
    private readonly snapshot: Pick<Snapshot, "repeats" | "erasures">,
    private readonly query: RecordQuery,
    private readonly types: ReadonlyMap<string, DataType>,
  ) {}

  /**
   * The records whose first row lies in this batch, under `schema`.
   * @param rows only those that have these positions, in their order
   */
  async rebuild(facts: BatchFacts, schema: Schema, rows?: ReadonlySet<number>): Promise<RecordBatch> {
    const fitting = (await this.#records(facts)).filter((record) => this.#fits(record));
    const records =
      rows === undefined
        ? fitting
        : fitting.filter((record) => rows.has(rowOf(record))).sort((a, b) => rowOf(a) - rowOf(b));
    const children = schema.fields.map((field) => this.#column(records, field.name, typeOf(field)));
    return new RecordBatch(
      schema,
      makeData({ type: new Struct(schema.fields), length: records.length, nullCount: 0, children }),
    );
  }

  async count(facts: BatchFacts): Promise<number> {
    return (await this.#records(facts)).filter((record) => this.#fits(record)).length;
  }

  /** Where the records that `rebuild` would give stand. */
  async positions(facts: BatchFacts): Promise<Position[]> {
    return (await this.#records(facts))
      .filter((record) => this.#fits(record))
      .map((record) => ({ ms: this.#time(record), row: rowOf(record) }));
  }

  async #records(facts: BatchFacts): Promise<RecordRows[]> {
    const { repeats } = this.snapshot;
    const batches = new Map([[facts, await this.reader.batch(facts)]]);
    const records: RecordRows[] = [];
    for (let row = 0; row < facts.rows; row++) {
      if (repeats.isRepeat(facts.firstRow + row)) continue;
      const places: Place[] = [];
      for (const number of repeats.chain(facts.firstRow + row)) {
        const of = number === facts.firstRow + row ? facts : batchOf(this.batches, number);
        const batch = batches.get(of) ?? (await this.reader.batch(of));
        batches.set(of, batch);
        places.push({ facts: of, batch, row: number - of.firstRow });
      }
      if (places.length === 1) records.push(places);
      else records.push(...this.#split(places));
    }
    return records.map((record) => this.#sinceErasure(sinceDeletion(record))).filter(isRecord);
  }

  /** What was said of an id after a window was deleted in which it lay. */
  #sinceErasure(record: RecordRows): RecordRows {
    let left = record;
    for (const erasure of this.snapshot.erasures) {
      const before = left.filter(({ facts }) => facts.segment.upload.seq < erasure.seq);
      if (isRecord(before) && erases(erasure, this.#time(before))) left = left.slice(before.length);
    }
    return left;
  }

  /** Rows of one hash are almost always rows of one id; here the ids themselves are compared. */
  #split(places: readonly Place[]): Iterable<RecordRows> {
    const ids = this.#stored(idColumnOf(this.query.environment));
    const [first] = places;
    const text = first === undefined ? null : ids.textAt(first.batch, first.row);
    const same = ({ batch, row }: Place): boolean => {
      const other = ids.textAt(batch, row);
      return text !== null && other !== null && equalBytes(text, other);
    };
    if (places.slice(1).every(same)) return [places];
    const records = new Map<string, Place[]>();
    for (const place of places) {
      const id = String(ids.valueAt(place.batch, place.row));
      const rows = records.get(id);
      if (rows === undefined) records.set(id, [place]);
      else rows.push(place);
    }
    return records.values();
  }

  #fits(record: RecordRows): boolean {
    const { query } = this;
    if (!within(query, this.#time(record))) return false;
    const value = (name: string): unknown => {
      const column = this.#stored(name);
      const place = source(record, column);
      return place === null ? null : column.valueAt(place.batch, place.row);
    };
    if (query.modelVersion !== null && value("modelVersion") !== query.modelVersion) return false;
    if (query.batchId !== null && value("batchID") !== query.batchId) return false;
    return query.filter === null || query.filter.holds(value);
  }

  #time(record: RecordRows): number {
    const column = this.#stored(TIME_COLUMN);
    const place = source(record, column);
    const data = place === null ? null : column.of(place.batch);
    const instants = data === null ? null : longsOf(data);
    if (place === null || instants === null) return Number.NaN;
    return toNumbers(instants.subarray(place.row, place.row + 1), 1)[0] ?? Number.NaN;
  }

  #column(records: readonly RecordRows[], name: string, type: DataType): Data {
    const column = this.#stored(name);
    const runs: Run[] = [];
    for (const record of records) {
      const place = source(record, column);
      if (place === null) pushRow(runs, null, 0);
      else pushRow(runs, column.of(place.batch), place.row);
    }
    return gather(type, runs);
  }

  #stored(name: string): StoredColumn {
    const known = this.#columns.get(name) ?? new StoredColumn(name, this.types.get(name) ?? null);
    this.#columns.set(name, known);
    return known;
  }
}

/** Which of a record's rows says what this column holds: the last that says anything; of times, the last of the highest rank. */
function source(record: RecordRows, column: StoredColumn): Place | null {
  let found: Place | null = null;
  for (let at = record.length - 1; at >= 0; at--) {
    const place = record[at];
    if (place === undefined) continue;
    const data = column.of(place.batch);
    if (data === null) continue;
    if (record.length > 1 && data.nullCount > 0 && !data.getValid(place.row)) continue;
    if (column.name !== TIME_COLUMN) return place;
    if (found === null || rankOf(place) > rankOf(found)) found = place;
  }
  return found;
}

const rankOf = ({ facts }: Place): number => facts.segment.upload.time_rank;

function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.byteLength !== b.byteLength) return false;
  for (let index = 0; index < a.byteLength; index++) if (a[index] !== b[index]) return false;
  return true;
}
