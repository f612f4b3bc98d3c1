import { makeData, RecordBatch, Struct, type Data, type DataType, type Schema } from "apache-arrow";
import { longsOf, typeOf } from "../arrow-access.js";
import { idColumnOf } from "../shape.js";
import { toNumbers } from "../int64.js";
import { TIME_COLUMN } from "../time-column.js";
import type { Position } from "./batch-orders.js";
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

/** Where a record stands, and how to find it again. */
export interface RecordPosition extends Position {
  /** the first row of its id; `row` is a later one where the record was deleted and logged again */
  head: number;
}

const rowsOf = ({ firstRow, rows }: BatchFacts): number[] => Array.from({ length: rows }, (_, row) => firstRow + row);
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
   * The records whose id comes first in this batch, under `schema`.
   * @param chosen only these, of which it is known that they fit, by the number of their first row
   */
  async rebuild(facts: BatchFacts, schema: Schema, chosen?: readonly RecordPosition[]): Promise<RecordBatch> {
    const records = chosen === undefined ? await this.#fitting(facts) : await this.#chosen(facts, chosen);
    const children = schema.fields.map((field) => this.#column(records, field.name, typeOf(field)));
    return new RecordBatch(
      schema,
      makeData({ type: new Struct(schema.fields), length: records.length, nullCount: 0, children }),
    );
  }

  async count(facts: BatchFacts): Promise<number> {
    return (await this.#fitting(facts)).length;
  }

  /** Where all records of the batch stand, whether they fit the query or not. */
  async positions(facts: BatchFacts): Promise<RecordPosition[]> {
    const positions: RecordPosition[] = [];
    await this.#each(facts, rowsOf(facts), (record, head) => {
      positions.push({ ms: this.#time(record), row: rowOf(record), head });
    });
    return positions;
  }

  /** Those of these records of the batch that fit, in the same order; opens the batch only where their times do not tell. */
  async fitting(facts: BatchFacts, positions: readonly RecordPosition[]): Promise<readonly RecordPosition[]> {
    const { query } = this;
    const inTime = positions.filter(({ ms }) => within(query, ms));
    const byTimeAlone = query.modelVersion === null && query.batchId === null && query.filter === null;
    if (byTimeAlone || inTime.length === 0) return inTime;
    const fit = new Set((await this.#chosen(facts, inTime)).filter((record) => this.#fits(record)).map(rowOf));
    return inTime.filter(({ row }) => fit.has(row));
  }

  async #fitting(facts: BatchFacts): Promise<RecordRows[]> {
    const records: RecordRows[] = [];
    await this.#each(facts, rowsOf(facts), (record) => {
      if (this.#fits(record)) records.push(record);
    });
    return records;
  }

  async #chosen(facts: BatchFacts, positions: readonly RecordPosition[]): Promise<RecordRows[]> {
    const rows = new Set(positions.map(({ row }) => row));
    const records: RecordRows[] = [];
    await this.#each(facts, new Set(positions.map(({ head }) => head)), (record) => {
      if (rows.has(rowOf(record))) records.push(record);
    });
    return records.sort((a, b) => rowOf(a) - rowOf(b));
  }

  /** The records of those rows of the batch that are the first of their hash. */
  async #each(
    facts: BatchFacts,
    rows: Iterable<number>,
    take: (record: RecordRows, head: number) => void,
  ): Promise<void> {
    const { repeats } = this.snapshot;
    const batches = new Map([[facts, await this.reader.batch(facts)]]);
    for (const head of rows) {
      if (repeats.isRepeat(head)) continue;
      const places: Place[] = [];
      for (const number of repeats.chain(head)) {
        const of = number === head ? facts : batchOf(this.batches, number);
        const batch = batches.get(of) ?? (await this.reader.batch(of));
        batches.set(of, batch);
        places.push({ facts: of, batch, row: number - of.firstRow });
      }
      for (const record of places.length === 1 ? [places] : this.#split(places)) {
        const left = this.#sinceErasure(sinceDeletion(record));
        if (isRecord(left)) take(left, head);
      }
    }
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
