import { DataType, TimeUnit } from "apache-arrow";
import type { Data } from "apache-arrow";

import { offsetsOf, typeOf, valuesOf } from "./memory.js";

/** Whether values of a type are times or have times inside. */
export const holdsTimes = (type: DataType): boolean => isTime(type) || insideOf(type).some(holdsTimes);

const isTime = (type: DataType): boolean => DataType.isTimestamp(type) || DataType.isDate(type);

const insideOf = (type: DataType): readonly DataType[] => fieldsOf(type).map(typeOf);
const fieldsOf = (type: DataType) => (DataType.isDictionary(type) ? [] : (type.children ?? [])); // boundary: apache-arrow says so for nested types only

/** Values of a chunk: lists and structs that hold times as arrays and objects, and all else as `leaf` reads it. */
export function nestedValues(data: Data, leaf: (data: Data) => readonly unknown[]): readonly unknown[] {
  const { type, length, children } = data;
  const [items] = children;
  if (!holdsTimes(type)) return leaf(data);
  if (DataType.isList(type) && items !== undefined) {
    const offsets = offsetsOf(data);
    return rows(data, nestedValues(items, leaf), (row) => [offsets[row] ?? 0, offsets[row + 1] ?? 0]);
  }
  if (DataType.isFixedSizeList(type) && items !== undefined) {
    const size = type.listSize;
    return rows(data, nestedValues(items, leaf), (row) => [row * size, (row + 1) * size]);
  }
  if (!DataType.isStruct(type)) return leaf(data);
  const columns = fieldsOf(type).map(({ name }, index) => {
    const child = children[index];
    return [name, child === undefined ? [] : nestedValues(child, leaf)] as const;
  });
  return Array.from({ length }, (_unused, row) =>
    data.getValid(row) ? Object.fromEntries(columns.map(([name, values]) => [name, values[row]])) : null,
  );
}

const rows = (data: Data, items: readonly unknown[], range: (row: number) => [number, number]): unknown[] =>
  Array.from({ length: data.length }, (_unused, row) => (data.getValid(row) ? items.slice(...range(row)) : null));

const PER_MS = new Map([
  [TimeUnit.MICROSECOND, 1000n],
  [TimeUnit.NANOSECOND, 1_000_000n],
]);

/** The Dates of a column of timestamps: the millisecond in which each lies. apache-arrow's own numbers are rounded, into the next one too. */
export function datesOf(data: Data): (Date | null)[] {
  const { type, length } = data;
  const values = valuesOf(data);
  const perMs = DataType.isTimestamp(type) ? PER_MS.get(type.unit) : undefined;
  const factor = DataType.isTimestamp(type) && type.unit === TimeUnit.SECOND ? 1000 : 1;
  return Array.from({ length }, (_unused, row) => {
    if (!data.getValid(row)) return null;
    const value = values[row] ?? 0;
    return perMs === undefined ? new Date(Number(value) * factor) : dateOf(BigInt(value), perMs);
  });
}

/** The millisecond in which an instant lies. @param perMs how many of its units one has */
export function dateOf(instant: bigint, perMs: bigint): Date {
  const within = instant % perMs;
  return new Date(Number((instant - (within < 0n ? within + perMs : within)) / perMs));
}
