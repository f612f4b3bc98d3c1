import {
  boolColumn,
  float32s,
  float64s,
  int64s,
  listColumn,
  listOf,
  nullColumn,
  structColumn,
  utf8Column,
} from "@axlab/wire/arrow";
import type { ColumnMemory } from "@axlab/wire/arrow";
import { Float32, Float64, Int64, makeData, TimestampMillisecond, Vector } from "apache-arrow";

import type { Kind } from "./kinds.js";

/**
 * An Arrow column of values whose kind has been inferred over them (`arrow/infer.ts`), so every value is of that kind,
 * null or undefined. NaN outside a list is a missing value and becomes null. Large columns lie in `memory` when it is given,
 * and are then valid until it is reset.
 */
export function buildColumn(kind: Kind, values: readonly unknown[], memory?: ColumnMemory): Vector {
  switch (kind.type) {
    case "null":
      return nullColumn(values.length);
    case "bool":
      return boolColumn(values.map((value) => (typeof value === "boolean" ? value : null)));
    case "int64":
      return new Vector([makeData({ type: new Int64(), ...integers(values, identity, memory) })]);
    case "float32":
      return floats(new Float32(), float32s(values.length, memory), values);
    case "float64":
      return floats(new Float64(), float64s(values.length, memory), values);
    case "text":
      return utf8Column(values as readonly (string | null | undefined)[], memory); // boundary: inferred over these values
    case "timestamp":
      return new Vector([
        makeData({ type: new TimestampMillisecond("UTC"), ...integers(values, milliseconds, memory) }),
      ]);
    case "list":
      if (kind.item.type === "float32") return listColumn(values as readonly NumberList[], "float32", memory); // boundary: as above
      if (kind.item.type === "float64") return listColumn(values as readonly NumberList[], "float64", memory); // boundary: as above
      return listOf(values as readonly (readonly unknown[] | null)[], (items) => buildColumn(kind.item, items)); // boundary: as above
    case "struct":
      return structOf(kind.fields, values);
  }
}

type NumberList = ArrayLike<number | null> | null | undefined;

const identity = (value: unknown): unknown => value;
const milliseconds = (value: unknown): unknown => (value instanceof Date ? value.getTime() : null);

// Numbers go straight into the column's memory: a million rows would otherwise leave as many boxed numbers to collect.
function floats(type: Float32 | Float64, data: Float64Array | Float32Array, values: readonly unknown[]): Vector {
  const nulls = new Nulls(values.length);
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    if (typeof value === "number" && value === value) data[row] = value;
    else if (typeof value === "bigint") data[row] = Number(value);
    else {
      data[row] = 0;
      nulls.add(row);
    }
  }
  return new Vector([makeData({ type, length: values.length, ...nulls.parts(), data })]);
}

const TWO_32 = 4_294_967_296;

/** 64-bit integers, written as two halves: a BigInt for each would be the slowest part of a large upload. */
function integers(values: readonly unknown[], convert: (value: unknown) => unknown, memory?: ColumnMemory) {
  const data = int64s(values.length, memory);
  const halves = new Uint32Array(data.buffer, data.byteOffset, 2 * values.length);
  const nulls = new Nulls(values.length);
  for (let row = 0; row < values.length; row++) {
    const value = convert(values[row]);
    if (typeof value === "number" && value === value) {
      halves[2 * row] = value >>> 0;
      halves[2 * row + 1] = Math.floor(value / TWO_32);
    } else if (typeof value === "bigint") data[row] = value;
    else {
      data[row] = 0n;
      nulls.add(row);
    }
  }
  return { length: values.length, ...nulls.parts(), data };
}

/** A validity bitmap that exists only once a null does. */
class Nulls {
  private bitmap: Uint8Array | null = null;
  private count = 0;

  constructor(private readonly length: number) {}

  add(row: number): void {
    this.bitmap ??= new Uint8Array((this.length + 7) >> 3).fill(0xff);
    this.bitmap[row >> 3] = (this.bitmap[row >> 3] ?? 0) & ~(1 << (row & 7));
    this.count++;
  }

  parts(): { nullBitmap: Uint8Array | null; nullCount: number } {
    return { nullBitmap: this.bitmap, nullCount: this.count };
  }
}

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

const memberOf = (value: unknown, name: string): unknown => (isObject(value) ? Reflect.get(value, name) : null);

function structOf(fields: ReadonlyMap<string, Kind>, values: readonly unknown[]): Vector {
  const columns: Record<string, Vector> = {};
  for (const [name, kind] of fields)
    columns[name] = buildColumn(
      kind,
      values.map((value) => memberOf(value, name)),
    );
  const nulls = values.flatMap((value, row) => (isObject(value) ? [] : [row]));
  return structColumn(columns, nulls);
}
