import type { Data, DataType } from "apache-arrow";
import { Field, makeData, RecordBatch, Schema, Struct, Table, Vector } from "apache-arrow";
import { ArrowEncodeError } from "./errors.js";

export type Columns =
  | Readonly<Record<string, Vector<DataType> | Data>>
  | Iterable<readonly [name: string, column: Vector<DataType> | Data]>;

/**
 * A table of named columns, every field nullable as the official SDKs declare them. Chunked columns are cut at common rows.
 * Pass entries instead of an object to keep an order in which names such as "1" would move.
 * @param metadata schema-level metadata, for instance `arize-schema`
 * @throws ArrowEncodeError when lengths differ or a name repeats
 */
export function tableFromColumns(columns: Columns, metadata: ReadonlyMap<string, string> = new Map()): Table {
  const entries = [...(isIterable(columns) ? columns : Object.entries(columns))].map(([name, column]) => ({
    name,
    vector: column instanceof Vector ? column : new Vector<DataType>([column]),
  }));
  const length = entries[0]?.vector.length ?? 0;
  const names = new Set<string>();
  for (const { name, vector } of entries) {
    if (names.has(name)) throw new ArrowEncodeError(`column ${JSON.stringify(name)} is given twice`);
    names.add(name);
    if (vector.length !== length) {
      throw new ArrowEncodeError(
        `column ${JSON.stringify(name)} has ${vector.length} rows where ${JSON.stringify(entries[0]?.name)} has ${length}`,
      );
    }
  }
  const schema = new Schema(
    entries.map(({ name, vector }) => new Field(name, vector.type, true)),
    new Map(metadata),
  );
  const cuts = commonCuts(entries.map(({ vector }) => vector));
  const batches = cuts.slice(1).map((end, i) => {
    const begin = cuts[i] ?? 0;
    const children = entries.map(({ vector }) => rows(vector, begin, end));
    return new RecordBatch(
      schema,
      makeData({ type: new Struct(schema.fields), length: end - begin, nullCount: 0, children }),
    );
  });
  return new Table(schema, batches);
}

function isIterable(columns: Columns): columns is Iterable<readonly [string, Vector<DataType> | Data]> {
  return Symbol.iterator in columns;
}

/** Row numbers where any column's chunk begins or ends. */
function commonCuts(vectors: readonly Vector<DataType>[]): number[] {
  const cuts = new Set([0]);
  for (const vector of vectors) {
    let row = 0;
    for (const chunk of vector.data) cuts.add((row += chunk.length));
  }
  return [...cuts].sort((a, b) => a - b);
}

function rows(vector: Vector<DataType>, begin: number, end: number): Data {
  let row = 0;
  for (const chunk of vector.data) {
    if (begin >= row && end <= row + chunk.length) {
      return begin === row && end === row + chunk.length ? chunk : chunk.slice(begin - row, end - begin);
    }
    row += chunk.length;
  }
  throw new ArrowEncodeError(`rows ${begin}..${end} span chunks`);
}
