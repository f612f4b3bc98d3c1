import { utf8Column } from "@axlab/wire/arrow";
import {
  DateDay,
  Float32,
  Float64,
  Int16,
  Int32,
  Int64,
  Int8,
  makeData,
  Timestamp,
  TimeUnit,
  Uint16,
  Uint32,
  Uint64,
  Uint8,
  Vector,
} from "apache-arrow";
import type { DataType } from "apache-arrow";
import type { SchemaElement, SchemaTree } from "hyparquet";

import { buildColumn } from "../../arrow/build.js";
import type { Kind } from "../../arrow/kinds.js";

/** Values as hyparquet hands them over: an array with nulls, or a typed array of a column that has none. */
export type Values = ArrayLike<unknown>;
export type ColumnBuilder = (values: Values) => Vector;

/**
 * How values of a Parquet column become an Arrow column of the same type: widths, signs, units and zones are kept.
 * Decimals become doubles, UUIDs and JSON become text, lists and structs keep their shape.
 * @returns undefined for what no column can hold: maps, raw bytes, times inside lists
 */
export function columnBuilder(node: SchemaTree): ColumnBuilder | undefined {
  if (node.children.length === 0 && node.element.repetition_type !== "REPEATED") return leafBuilder(node.element);
  const kind = nestedKind(node);
  return kind && ((values) => buildColumn(kind, Array.from(values)));
}

function leafBuilder(element: SchemaElement): ColumnBuilder | undefined {
  const { type, converted_type: converted, logical_type: logical } = element;
  if (converted === "DECIMAL" || logical?.type === "DECIMAL") return (values) => fixed(new Float64(), new Float64Array(values.length), values); // prettier-ignore
  if (converted === "DATE" || logical?.type === "DATE") return (values) => fixed(new DateDay(), new Int32Array(values.length), values); // prettier-ignore
  const time = timestampType(element);
  if (time !== undefined) return (values) => fixed(time, new BigInt64Array(values.length), values, wide);
  if (isText(element)) return (values) => utf8Column(Array.from(values, textOrNull));
  if (type === "BOOLEAN") return booleans;
  if (type === "DOUBLE") return (values) => fixed(new Float64(), new Float64Array(values.length), values);
  if (type === "FLOAT" || logical?.type === "FLOAT16") return (values) => fixed(new Float32(), new Float32Array(values.length), values); // prettier-ignore
  if (type === "INT32" || type === "INT64") return integerBuilder(element);
  return undefined;
}

function integerBuilder({ type, converted_type: converted, logical_type: logical }: SchemaElement): ColumnBuilder {
  const given = logical?.type === "INTEGER" ? logical : undefined;
  const bits = given?.bitWidth ?? Number(/INT_(\d+)$/.exec(converted ?? "")?.[1] ?? (type === "INT32" ? 32 : 64));
  const signed = given?.isSigned ?? converted?.startsWith("UINT") !== true;
  switch (`${signed ? "int" : "uint"}${bits}`) {
    case "int8":
      return (values) => fixed(new Int8(), new Int8Array(values.length), values);
    case "int16":
      return (values) => fixed(new Int16(), new Int16Array(values.length), values);
    case "int32":
      return (values) => fixed(new Int32(), new Int32Array(values.length), values);
    case "uint8":
      return (values) => fixed(new Uint8(), new Uint8Array(values.length), values);
    case "uint16":
      return (values) => fixed(new Uint16(), new Uint16Array(values.length), values);
    case "uint32":
      return (values) => fixed(new Uint32(), new Uint32Array(values.length), values);
    case "uint64":
      return (values) => fixed(new Uint64(), new BigUint64Array(values.length), values, wide);
    default:
      return (values) => fixed(new Int64(), new BigInt64Array(values.length), values, wide);
  }
}

const UNITS = { MILLIS: TimeUnit.MILLISECOND, MICROS: TimeUnit.MICROSECOND, NANOS: TimeUnit.NANOSECOND } as const;

function timestampType({ type, converted_type: converted, logical_type: logical }: SchemaElement) {
  if (logical?.type === "TIMESTAMP")
    return new Timestamp(UNITS[logical.unit], logical.isAdjustedToUTC ? "UTC" : undefined);
  if (converted === "TIMESTAMP_MILLIS") return new Timestamp(TimeUnit.MILLISECOND, "UTC");
  if (converted === "TIMESTAMP_MICROS") return new Timestamp(TimeUnit.MICROSECOND, "UTC");
  return type === "INT96" ? new Timestamp(TimeUnit.NANOSECOND) : undefined;
}

/** Bytes without any annotation are text in files of older writers. */
const isText = ({ type, converted_type: converted, logical_type: logical }: SchemaElement): boolean =>
  logical?.type === "UUID" || (type === "BYTE_ARRAY" && converted !== "BSON" && converted !== "INTERVAL");

const textOrNull = (value: unknown): string | null => (typeof value === "string" ? value : null);
const wide = (value: unknown): bigint => (typeof value === "bigint" ? value : BigInt(Number(value)));

/** Fills the column's memory. Unlike in rows, NaN is a value here: Parquet knows nulls. */
function fixed<Item extends number | bigint>(
  type: DataType,
  data: { [index: number]: Item; readonly length: number },
  values: Values,
  convert: (value: unknown) => Item = (value) => value as Item, // boundary: hyparquet decoded the column's physical type
): Vector {
  let nullBitmap: Uint8Array | null = null;
  let nullCount = 0;
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    if (value !== null && value !== undefined) data[row] = convert(value);
    else {
      nullBitmap ??= allValid(values.length);
      nullBitmap[row >> 3] = (nullBitmap[row >> 3] ?? 0) & ~(1 << (row & 7));
      nullCount += 1;
    }
  }
  // boundary: makeData has an overload a type; which array goes with which type is written above.
  const props = { type, length: values.length, nullCount, nullBitmap, data } as Parameters<typeof makeData>[0];
  return new Vector([makeData(props)]);
}

const allValid = (length: number): Uint8Array => new Uint8Array((length + 7) >> 3).fill(0xff);

const booleans: ColumnBuilder = (values) => buildColumn({ type: "bool" }, Array.from(values));

/** Lists and structs of plain values. */
function nestedKind(node: SchemaTree): Kind | undefined {
  const { element, children } = node;
  if (children.length === 0) return element.repetition_type === "REPEATED" ? listOf(leafKind(element)) : leafKind(element); // prettier-ignore
  if (element.converted_type === "MAP" || element.logical_type?.type === "MAP") return undefined;
  if (element.converted_type === "LIST" || element.logical_type?.type === "LIST") return listKind(node);
  const fields = new Map<string, Kind>();
  for (const child of children) {
    const kind = nestedKind(child);
    if (kind === undefined) return undefined;
    fields.set(child.element.name, kind);
  }
  const struct: Kind = { type: "struct", fields };
  return element.repetition_type === "REPEATED" ? listOf(struct) : struct;
}

/** Three levels (list, its repeated group, the item), or two in files of older writers. */
function listKind({ children }: SchemaTree): Kind | undefined {
  const [repeated] = children;
  const [item] = repeated?.children ?? [];
  if (repeated === undefined) return undefined;
  if (item === undefined) return listOf(leafKind(repeated.element));
  if (repeated.children.length === 1) return listOf(nestedKind(item));
  return nestedKind(repeated);
}

const listOf = (item: Kind | undefined): Kind | undefined => item && { type: "list", item };

function leafKind(element: SchemaElement): Kind | undefined {
  const { type, converted_type: converted, logical_type: logical } = element;
  if (timestampType(element) !== undefined || converted === "DATE" || logical?.type === "DATE") return undefined;
  if (converted === "DECIMAL" || logical?.type === "DECIMAL" || type === "DOUBLE") return { type: "float64" };
  if (type === "FLOAT" || logical?.type === "FLOAT16") return { type: "float32" };
  if (type === "BOOLEAN") return { type: "bool" };
  if (type === "INT32" || type === "INT64") return { type: "int64" };
  return isText(element) ? { type: "text" } : undefined;
}
