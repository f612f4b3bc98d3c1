import { makeData, RecordBatch, Struct, Vector, type Data, type DataType, type Schema } from "apache-arrow";
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
import { cast } from "./unify.js";

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
  readonly #casts = new WeakMap<Data, Data>();
  readonly #vectors = new WeakMap<Data, Vector>();

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
    const batch = await this.reader.batch(facts);
    const records: RecordRows[] = [];
    for (let row = 0; row < facts.rows; row++) {
      if (this.snapshot.repeats.isRepeat(facts.firstRow + row)) continue;
      const own: Place = { facts, batch, row };
      const chain = this.snapshot.repeats.chain(facts.firstRow + row);
      if (chain.length === 1) records.push([own]);
      else
        for (const record of (await this.#split([own, ...(await this.#places(chain.slice(1)))])).values())
          records.push(record);
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

  async #places(rows: readonly number[]): Promise<Place[]> {
    const places: Place[] = [];
    for (const row of rows) {
      const facts = batchOf(this.batches, row);
      places.push({ facts, batch: await this.reader.batch(facts), row: row - facts.firstRow });
    }
    return places;
  }

  /** Rows of one hash are almost always rows of one id; here the ids themselves are compared. */
  async #split(places: readonly Place[]): Promise<Map<string, Place[]>> {
    const idColumn = idColumnOf(this.query.environment);
    const records = new Map<string, Place[]>();
    for (const place of places) {
      const id = String(this.#value(place, idColumn));
      const rows = records.get(id);
      if (rows === undefined) records.set(id, [place]);
      else rows.push(place);
    }
    return records;
  }

  #fits(record: RecordRows): boolean {
    const { query } = this;
    if (!within(query, this.#time(record))) return false;
    const value = (column: string): unknown => {
      const place = this.#source(record, column);
      return place === null ? null : this.#value(place, column);
    };
    if (query.modelVersion !== null && value("modelVersion") !== query.modelVersion) return false;
    if (query.batchId !== null && value("batchID") !== query.batchId) return false;
    return query.filter === null || query.filter.holds(value);
  }

  #time(record: RecordRows): number {
    const place = this.#source(record, TIME_COLUMN);
    const data = place === null ? null : this.#data(place, TIME_COLUMN);
    const instants = data === null ? null : longsOf(data);
    if (place === null || instants === null) return Number.NaN;
    return toNumbers(instants.subarray(place.row, place.row + 1), 1)[0] ?? Number.NaN;
  }

  #column(records: readonly RecordRows[], name: string, type: DataType): Data {
    const runs: Run[] = [];
    for (const record of records) {
      const place = this.#source(record, name);
      if (place === null) pushRow(runs, null, 0);
      else pushRow(runs, this.#data(place, name), place.row);
    }
    return gather(type, runs);
  }

  /** Which of a record's rows says what this column holds: the last that says anything. */
  #source(record: RecordRows, column: string): Place | null {
    const [only] = record;
    if (record.length === 1 && only !== undefined) return this.#data(only, column) === null ? null : only;
    let source: Place | null = null;
    for (const place of record) {
      const data = this.#data(place, column);
      if (data === null || (data.nullCount > 0 && !data.getValid(place.row))) continue;
      const outranked =
        column === TIME_COLUMN &&
        source !== null &&
        place.facts.segment.upload.time_rank < source.facts.segment.upload.time_rank;
      if (!outranked) source = place;
    }
    return source;
  }

  #value(place: Place, column: string): unknown {
    const data = this.#data(place, column);
    if (data === null) return null;
    let vector = this.#vectors.get(data);
    if (vector === undefined) {
      vector = new Vector([data]);
      this.#vectors.set(data, vector);
    }
    return vector.get(place.row);
  }

  /** A stored column in the export's type; null where the upload did not have it. */
  #data({ batch }: Place, column: string): Data | null {
    const index = columnIndex(batch.schema, column);
    const stored = index === undefined ? undefined : batch.data.children[index];
    if (stored === undefined) return null;
    const type = this.types.get(column) ?? stored.type;
    if (type === stored.type) return stored;
    const known = this.#casts.get(stored);
    if (known !== undefined) return known;
    const converted = cast(stored, type);
    this.#casts.set(stored, converted);
    return converted;
  }
}

const indexes = new WeakMap<Schema, Map<string, number>>();

function columnIndex(schema: Schema, column: string): number | undefined {
  let known = indexes.get(schema);
  if (known === undefined) {
    known = new Map(schema.fields.map((field, index) => [field.name, index]));
    indexes.set(schema, known);
  }
  return known.get(column);
}
