import { DataType, Precision, TimeUnit, Vector } from "apache-arrow";
import type { Data, Field } from "apache-arrow";
import type { SchemaElement } from "hyparquet-writer";

import { typeOf, valuesOf } from "../../arrow/memory.js";
import { holdsTimes, nestedValues } from "../../arrow/nested-times.js";

/** A column of a Parquet file: its schema, depth first, and how values of the Arrow column become those that are written. */
export interface ParquetColumn {
  readonly name: string;
  readonly elements: readonly SchemaElement[];
  values(chunk: Data): unknown[];
}

/** @returns undefined for types that are not written: decimals, durations, unions, maps */
export function parquetColumn(field: Field): ParquetColumn | undefined {
  const type = typeOf(field);
  const elements = elementsOf(field.name, type, "OPTIONAL");
  if (elements === undefined) return undefined;
  return {
    name: field.name,
    elements,
    values: holdsTimes(type) ? valuesWithTimes : (chunk) => plainValues(chunk, type),
  };
}

type Repetition = "OPTIONAL" | "REQUIRED";

function elementsOf(name: string, type: DataType, repetition: Repetition): readonly SchemaElement[] | undefined {
  const leaf = leafOf(type);
  if (leaf !== undefined) return [{ name, repetition_type: repetition, ...leaf }];
  if (DataType.isList(type) || DataType.isFixedSizeList(type)) return listOf(name, childTypes(type)[0], repetition);
  if (!DataType.isStruct(type)) return undefined;
  const children = childTypes(type).map((child) => elementsOf(child.name, typeOf(child), "OPTIONAL"));
  if (children.length === 0 || !children.every((child) => child !== undefined)) return undefined;
  return [{ name, repetition_type: repetition, num_children: children.length }, ...children.flat()];
}

/** The three levels that readers agree on. */
function listOf(name: string, item: Field | undefined, repetition: Repetition): readonly SchemaElement[] | undefined {
  const element = item && elementsOf("element", typeOf(item), "OPTIONAL");
  if (element === undefined) return undefined;
  return [
    { name, repetition_type: repetition, converted_type: "LIST", logical_type: { type: "LIST" }, num_children: 1 },
    { name: "list", repetition_type: "REPEATED", num_children: 1 },
    ...element,
  ];
}

const childTypes = (type: DataType): readonly Field[] => type.children ?? []; // boundary: apache-arrow says so for nested types only

type Leaf = Pick<SchemaElement, "type" | "converted_type" | "logical_type">;

function leafOf(type: DataType): Leaf | undefined {
  if (DataType.isDictionary(type)) return leafOf(type.dictionary as DataType); // boundary: typed as any by apache-arrow
  if (DataType.isUtf8(type) || DataType.isLargeUtf8(type) || DataType.isUtf8View(type))
    return { type: "BYTE_ARRAY", converted_type: "UTF8", logical_type: { type: "STRING" } };
  if (DataType.isBool(type)) return { type: "BOOLEAN" };
  // A column that holds nothing must have some type; a text's nulls are nulls to every reader.
  if (DataType.isNull(type)) return { type: "BYTE_ARRAY", converted_type: "UTF8", logical_type: { type: "STRING" } };
  if (DataType.isFloat(type)) return { type: type.precision === Precision.DOUBLE ? "DOUBLE" : "FLOAT" };
  if (DataType.isDate(type)) return { type: "INT32", converted_type: "DATE", logical_type: { type: "DATE" } };
  if (DataType.isTimestamp(type)) {
    const unit = UNITS[type.unit];
    return { type: "INT64", logical_type: { type: "TIMESTAMP", isAdjustedToUTC: Boolean(type.timezone), unit } };
  }
  if (!DataType.isInt(type)) return undefined;
  const { bitWidth, isSigned } = type;
  const physical = bitWidth === 64 ? "INT64" : "INT32";
  if (isSigned && bitWidth >= 32) return { type: physical };
  // The older annotation: the library writes the newer one in a way that Arrow C++ does not read.
  return { type: physical, converted_type: `${isSigned ? "" : "U"}INT_${bitWidth}` };
}

/** Parquet knows no seconds. */
const UNITS: Readonly<Record<TimeUnit, "MILLIS" | "MICROS" | "NANOS">> = {
  [TimeUnit.SECOND]: "MILLIS",
  [TimeUnit.MILLISECOND]: "MILLIS",
  [TimeUnit.MICROSECOND]: "MICROS",
  [TimeUnit.NANOSECOND]: "NANOS",
};

/** Times are written as the numbers they are, in their own unit; apache-arrow would give milliseconds. */
const valuesWithTimes = (chunk: Data): unknown[] => [
  ...nestedValues(chunk, (leaf) =>
    DataType.isTimestamp(leaf.type) && leaf.type.unit !== TimeUnit.SECOND
      ? rawValues(leaf)
      : plainValues(leaf, leaf.type),
  ),
];

function rawValues(chunk: Data): unknown[] {
  const values = valuesOf(chunk);
  return Array.from({ length: chunk.length }, (_unused, row) => (chunk.getValid(row) ? values[row] : null));
}

const plainValues = (chunk: Data, type: DataType): unknown[] =>
  Array.from(new Vector([chunk]), (value: unknown) => plain(value, type));

function plain(value: unknown, type: DataType): unknown {
  if (value === null || value === undefined) return null;
  if (DataType.isTimestamp(type) || DataType.isDate(type)) return new Date(Number(value));
  const [item] = childTypes(type);
  if (item !== undefined && value instanceof Vector) return Array.from(value, (each: unknown) => plain(each, typeOf(item))); // prettier-ignore
  if (!DataType.isStruct(type) || typeof value !== "object") return value;
  return Object.fromEntries(
    childTypes(type).map((child) => [child.name, plain(Reflect.get(value, child.name), typeOf(child))]),
  );
}
