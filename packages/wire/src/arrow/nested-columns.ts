import type { Data, DataType, Utf8 } from "apache-arrow";
import { Field, Float32, Float64, List, makeData, Struct, Vector } from "apache-arrow";
import { ArrowEncodeError } from "./errors.js";
import { float32s, float64s, int32s, type ColumnMemory } from "./column-memory.js";
import { utf8Column } from "./utf8-column.js";
import { Validity, type Nullable } from "./validity.js";

type Numbers = ArrayLike<Nullable<number>>;
type Strings = ArrayLike<Nullable<string>>;

/**
 * A List column of numbers (embedding vectors may be typed arrays) or strings; a row may be null, so may an item.
 * @param memory where numbers may lie until it is reset; new memory when absent
 * @throws ArrowEncodeError naming row and item where an item has another type
 */
export function listColumn(
  values: readonly Nullable<Numbers>[],
  item: "float32",
  memory?: ColumnMemory,
): Vector<List<Float32>>;
export function listColumn(
  values: readonly Nullable<Numbers>[],
  item: "float64",
  memory?: ColumnMemory,
): Vector<List<Float64>>;
export function listColumn(values: readonly Nullable<Strings>[], item: "utf8"): Vector<List<Utf8>>;
export function listColumn(
  values: readonly Nullable<Numbers | Strings>[],
  item: "float32" | "float64" | "utf8",
  memory?: ColumnMemory,
): Vector<List> {
  if (item === "utf8")
    return listOf<Nullable<number | string>, Utf8>(values, (items) => utf8Column(items.map(expectString)));
  const rows = listRows(values, memory);
  return makeList(
    rows,
    item === "float32"
      ? floatItems(values, float32s(rows.total, memory))
      : floatItems(values, float64s(rows.total, memory)),
  );
}

/** A List column whose items are any column: the builder gets the items of all rows in one array. */
export function listOf<T, A extends DataType>(
  values: readonly Nullable<ArrayLike<T>>[],
  itemColumn: (items: T[]) => Vector<A>,
): Vector<List<A>> {
  const rows = listRows(values);
  const items: T[] = [];
  for (const value of values)
    if (value !== null && value !== undefined) for (const item of Array.from(value)) items.push(item);
  return makeList(rows, singleChunk(itemColumn(items), "list items"));
}

/**
 * A Struct column made of columns of equal length.
 * @param nulls rows that are null as a whole
 */
export function structColumn(columns: Readonly<Record<string, Vector>>, nulls: readonly number[] = []): Vector<Struct> {
  const entries = Object.entries<Vector<DataType>>(columns);
  const length = entries[0]?.[1].length ?? 0;
  for (const [name, column] of entries) {
    if (column.length !== length)
      throw new ArrowEncodeError(
        `struct field ${JSON.stringify(name)} has ${column.length} values, expected ${length}`,
      );
  }
  const validity = new Validity(length);
  for (const row of nulls) validity.setNull(row);
  const type = new Struct(entries.map(([name, column]) => new Field(name, column.type, true)));
  const children = entries.map(([name, column]) => singleChunk(column, `struct field ${JSON.stringify(name)}`));
  return new Vector([makeData({ type, length, ...validity.props(), children })]);
}

interface ListRows {
  readonly length: number;
  readonly total: number;
  readonly offsets: Int32Array;
  readonly validity: Validity;
}

function listRows(values: readonly Nullable<ArrayLike<unknown>>[], memory?: ColumnMemory): ListRows {
  const validity = new Validity(values.length);
  const offsets = int32s(values.length + 1, memory);
  offsets[0] = 0;
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value === null || value === undefined) validity.setNull(i);
    else total += value.length;
    if (total > 0x7fffffff)
      throw new ArrowEncodeError(
        `a list column may hold at most 2^31 - 1 items, exceeded at row ${i}; split the table`,
      );
    offsets[i + 1] = total;
  }
  return { length: values.length, total, offsets, validity };
}

function makeList<A extends DataType>({ length, offsets, validity }: ListRows, child: Data<A>): Vector<List<A>> {
  const type = new List(new Field("item", child.type, true));
  return new Vector([makeData({ type, length, ...validity.props(), valueOffsets: offsets, child })]);
}

function floatItems(
  lists: readonly Nullable<Numbers | Strings>[],
  data: Float32Array | Float64Array,
): Data<Float32 | Float64> {
  const validity = new Validity(data.length);
  let at = 0;
  for (const [row, list] of lists.entries()) {
    if (list === null || list === undefined) continue;
    if (list instanceof Float32Array || list instanceof Float64Array) {
      data.set(list, at);
      at += list.length;
      continue;
    }
    for (let i = 0; i < list.length; i++, at++) {
      const value = list[i];
      if (typeof value === "number") data[at] = value;
      else if (value === null || value === undefined) {
        data[at] = 0;
        validity.setNull(at);
      } else throw new ArrowEncodeError(`row ${row}, item ${i} is a ${typeof value}, expected a number`);
    }
  }
  const shared = { length: data.length, ...validity.props() };
  return data instanceof Float32Array
    ? makeData({ type: new Float32(), ...shared, data })
    : makeData({ type: new Float64(), ...shared, data });
}

function expectString(value: Nullable<number | string>, item: number): Nullable<string> {
  if (typeof value !== "number") return value;
  throw new ArrowEncodeError(`item ${item} of all list items is a number, expected a string`);
}

function singleChunk<A extends DataType>(column: Vector<A>, what: string): Data<A> {
  const [chunk] = column.data;
  if (chunk !== undefined && column.data.length === 1) return chunk;
  throw new ArrowEncodeError(`${what} must be one chunk, found ${column.data.length}`);
}
