import type { Data, Field } from "apache-arrow";
import { DataType, DateUnit, IntervalUnit, Precision, TimeUnit } from "apache-arrow";

/** How a column stores its values, after its validity bitmap. */
export type Layout =
  | { readonly kind: "null" }
  | { readonly kind: "bits" }
  /** `width` bytes a value */
  | { readonly kind: "fixed"; readonly width: number }
  | { readonly kind: "bytes"; readonly offsetWidth: 4 | 8 }
  /** Sixteen-byte views into any number of data buffers; read, never written. */
  | { readonly kind: "views" }
  | { readonly kind: "list"; readonly offsetWidth: 4 | 8 }
  | { readonly kind: "fixed list"; readonly size: number }
  | { readonly kind: "struct" };

/** The physical layout of a type; null for unions, which AX tables never hold, and for widths and units that do not exist. */
export function layoutOf(type: DataType): Layout | null {
  if (DataType.isNull(type)) return { kind: "null" };
  if (DataType.isBool(type)) return { kind: "bits" };
  if (DataType.isUtf8(type) || DataType.isBinary(type)) return { kind: "bytes", offsetWidth: 4 };
  if (DataType.isLargeUtf8(type) || DataType.isLargeBinary(type)) return { kind: "bytes", offsetWidth: 8 };
  if (DataType.isUtf8View(type) || DataType.isBinaryView(type)) return { kind: "views" };
  if (DataType.isList(type) || DataType.isMap(type)) return { kind: "list", offsetWidth: 4 };
  if (DataType.isLargeList(type)) return { kind: "list", offsetWidth: 8 };
  if (DataType.isFixedSizeList(type)) return { kind: "fixed list", size: type.listSize };
  if (DataType.isStruct(type)) return { kind: "struct" };
  const width = fixedWidth(type);
  return width === null ? null : { kind: "fixed", width };
}

// A schema from outside may hold any number as its unit.
const TIME_UNITS: ReadonlySet<number> = new Set([
  TimeUnit.SECOND,
  TimeUnit.MILLISECOND,
  TimeUnit.MICROSECOND,
  TimeUnit.NANOSECOND,
]);
const DATE_WIDTHS: ReadonlyMap<number, number> = new Map([
  [DateUnit.DAY, 4],
  [DateUnit.MILLISECOND, 8],
]);

function fixedWidth(type: DataType): number | null {
  if (DataType.isDictionary(type)) return fixedWidth(type.indices);
  if (DataType.isInt(type)) return wholeBytes(type.bitWidth, [8, 16, 32, 64]);
  if (DataType.isTime(type)) return TIME_UNITS.has(type.unit) ? wholeBytes(type.bitWidth, [32, 64]) : null;
  if (DataType.isDecimal(type)) return wholeBytes(type.bitWidth, [32, 64, 128, 256]);
  if (DataType.isFloat(type))
    return { [Precision.HALF]: 2, [Precision.SINGLE]: 4, [Precision.DOUBLE]: 8 }[type.precision];
  if (DataType.isTimestamp(type) || DataType.isDuration(type)) return TIME_UNITS.has(type.unit) ? 8 : null;
  if (DataType.isDate(type)) return DATE_WIDTHS.get(type.unit) ?? null;
  if (DataType.isFixedSizeBinary(type)) return type.byteWidth;
  if (DataType.isInterval(type)) {
    return { [IntervalUnit.YEAR_MONTH]: 4, [IntervalUnit.DAY_TIME]: 8, [IntervalUnit.MONTH_DAY_NANO]: 16 }[type.unit];
  }
  return null;
}

function wholeBytes(bits: number, known: readonly number[]): number | null {
  return known.includes(bits) ? bits / 8 : null;
}

/** Fields inside a type; none for a primitive, where apache-arrow keeps null against its own declaration. */
export function childFields(type: DataType): readonly Field<DataType>[] {
  return orNone(type.children);
}

function orNone(fields: readonly Field<DataType>[] | null): readonly Field<DataType>[] {
  return fields ?? [];
}

/** Offset `index` of a variable-length column; 0 where an empty column keeps no offsets at all. */
export function offsetAt(data: Data, index: number): number {
  return Number(offsetsOf(data)?.[index] ?? 0);
}

/** Offsets of a variable-length column, 64-bit ones for the large types. */
export function offsetsOf(data: Data): Int32Array | BigInt64Array | null {
  const offsets: unknown = data.valueOffsets;
  return offsets instanceof Int32Array || offsets instanceof BigInt64Array ? offsets : null;
}

/** Bytes of the values buffer. */
export function valueBytes(data: Data): Uint8Array {
  const values: unknown = data.values;
  return ArrayBuffer.isView(values) ? viewBytes(values) : new Uint8Array(0);
}

export function viewBytes(values: ArrayBufferView): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

/** A type as error texts name it, such as `List<Utf8>`. */
export function typeName(type: { toString(): string }): string {
  return type.toString();
}
