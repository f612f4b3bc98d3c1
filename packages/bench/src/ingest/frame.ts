import {
  float64Column,
  int64Column,
  listColumn,
  tableFromColumns,
  timestampColumn,
  utf8Column,
} from "@axlab/wire/arrow";
import type { LogOptions } from "@axlab/sdk/logger";
import type { Table } from "apache-arrow";

/** 20 columns: an id and 4 more texts, 10 doubles, 3 integers, a timestamp, a vector of 32 floats. The Python side makes the same. */
export const VECTOR = 32;
const START = Date.now() - 3_600_000;
const CITIES = ["Rome", "Paris", "Köln", "東京", "Oslo", "Lima", "New York", "Cairo"];

export interface FrameRow {
  readonly [column: string]: string | number | Date | Float32Array;
}

const text = (column: number, n: number): string =>
  column === 0 ? `row-${n}` : `${CITIES[(n * (column + 3)) % CITIES.length]}-${(n * column) % 977}`;
const double = (column: number, n: number): number => ((n * (column + 7)) % 10_007) / 7 + 0.01;
const integer = (column: number, n: number): number => (n * (column + 11)) % 100_003;
const at = (n: number): Date => new Date(START + (n % 3_000) * 1000);

function vector(n: number): Float32Array {
  const values = new Float32Array(VECTOR);
  for (let item = 0; item < VECTOR; item++) values[item] = ((n + item * 31) % 1009) / 1009;
  return values;
}

export const frameRows = (count: number): FrameRow[] =>
  Array.from({ length: count }, (_unused, n) => ({
    s0: text(0, n), s1: text(1, n), s2: text(2, n), s3: text(3, n), s4: text(4, n),
    f0: double(0, n), f1: double(1, n), f2: double(2, n), f3: double(3, n), f4: double(4, n),
    f5: double(5, n), f6: double(6, n), f7: double(7, n), f8: double(8, n), f9: double(9, n),
    i0: integer(0, n), i1: integer(1, n), i2: integer(2, n),
    at: at(n),
    vec: vector(n),
  })); // prettier-ignore

export function frameTable(count: number): Table {
  const column = <T>(make: (n: number) => T): T[] => Array.from({ length: count }, (_unused, n) => make(n));
  const named = <V>(prefix: string, size: number, make: (index: number) => V): [string, V][] =>
    Array.from({ length: size }, (_unused, index) => [`${prefix}${index}`, make(index)]);
  return tableFromColumns([
    ...named("s", 5, (index) => utf8Column(column((n) => text(index, n)))),
    ...named("f", 10, (index) => float64Column(Float64Array.from({ length: count }, (_unused, n) => double(index, n)))),
    ...named("i", 3, (index) => int64Column(column((n) => integer(index, n)))),
    ["at", timestampColumn(column(at))],
    ["vec", listColumn(column(vector), "float32")],
  ]);
}

export const LOG_OPTIONS = {
  modelVersion: "1",
  modelType: "REGRESSION",
  environment: "PRODUCTION",
  schema: {
    predictionIdColumnName: "s0",
    timestampColumnName: "at",
    predictionLabelColumnName: "f0",
    featureColumnNames: ["f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9", "i0", "i1", "i2", "s1", "s2", "s3"],
    tagColumnNames: ["s4"],
    embeddingFeatureColumnNames: { picture: { vectorColumnName: "vec" } },
  },
} satisfies Omit<LogOptions, "modelId">;
