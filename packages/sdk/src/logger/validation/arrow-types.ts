import { DataType, Precision, Type } from "apache-arrow";

import { typeOf } from "../../arrow/memory.js";

/** A set of Arrow types with the words that name it. */
export interface TypeSet {
  readonly expected: string;
  accepts(type: DataType): boolean;
}

const set = (expected: string, accepts: (type: DataType) => boolean): TypeSet => ({ expected, accepts });

const isSignedInt = (type: DataType, ...widths: number[]): boolean =>
  DataType.isInt(type) && type.isSigned && widths.includes(type.bitWidth);
const isFloat = (type: DataType, ...precisions: Precision[]): boolean =>
  DataType.isFloat(type) && precisions.includes(type.precision);

export const text = set("string", (type) => DataType.isUtf8(type));
export const bool = set("bool", (type) => DataType.isBool(type));
export const nulls = set("null", (type) => DataType.isNull(type));
export const int64 = set("int64", (type) => isSignedInt(type, 64));
export const int32 = set("int32", (type) => isSignedInt(type, 32));
export const integers = set("int8/16/32/64", (type) => isSignedInt(type, 8, 16, 32, 64));
export const double = set("float64", (type) => isFloat(type, Precision.DOUBLE));
export const floats = set("float64/float32", (type) => isFloat(type, Precision.DOUBLE, Precision.SINGLE));
export const anyFloats = set("float64/32/16", (type) => DataType.isFloat(type));
export const timestamps = set("timestamp", (type) => DataType.isTimestamp(type));
export const dates = set("date32/date64", (type) => DataType.isDate(type));

export const oneOf = (...sets: readonly TypeSet[]): TypeSet =>
  set(sets.map((each) => each.expected).join(", "), (type) => sets.some((each) => each.accepts(type)));

export const listOf = (item: TypeSet): TypeSet =>
  set(`list<${item.expected}>`, (type) => {
    const child = itemType(type);
    return child !== undefined && item.accepts(child);
  });

/** A struct whose fields are all of the given types. */
export const structOf = (field: TypeSet): TypeSet =>
  set(
    `struct of ${field.expected}`,
    (type) => DataType.isStruct(type) && type.children.every((child) => field.accepts(typeOf(child))),
  );

export const numbers = oneOf(integers, floats);

/** One score a class: `list<struct<class_name, score>>`, its fields in that order. */
export const classScores = set("list<struct<class_name: string, score: number>>", (type) => {
  const item = itemType(type);
  if (item === undefined || !DataType.isStruct(item) || item.children.length !== 2) return false;
  const [name, score] = item.children;
  return (
    name?.name === "class_name" &&
    text.accepts(typeOf(name)) &&
    score?.name === "score" &&
    (integers.accepts(typeOf(score)) || anyFloats.accepts(typeOf(score)))
  );
});

/** Item type of a list or fixed-size list, else undefined. */
export function itemType(type: DataType): DataType | undefined {
  if (DataType.isList(type) || DataType.isFixedSizeList(type)) return type.children[0] && typeOf(type.children[0]);
  return undefined;
}

/** A type in the words that the rules use. */
export function describeType(type: DataType): string {
  if (DataType.isUtf8(type)) return "string";
  if (DataType.isLargeUtf8(type)) return "large_string";
  if (DataType.isInt(type)) return `${type.isSigned ? "int" : "uint"}${type.bitWidth}`;
  if (DataType.isFloat(type))
    return { [Precision.HALF]: "float16", [Precision.SINGLE]: "float32", [Precision.DOUBLE]: "float64" }[
      type.precision
    ];
  if (DataType.isStruct(type))
    return `struct<${type.children.map((child) => `${child.name}: ${describeType(typeOf(child))}`).join(", ")}>`;
  const item = itemType(type);
  if (item !== undefined) return `list<${describeType(item)}>`;
  return Type[type.typeId].toLowerCase();
}
