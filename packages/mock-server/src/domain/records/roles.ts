import { DataType, Precision } from "apache-arrow";
import { fieldsOf, itemTypeOf, typeOf } from "./arrow-access.js";

/** What a column of an upload is for, and which Arrow types may fill it (`spec/ingest.md §8.3`). */
export type ColumnRole = keyof typeof ROLES;

const isText = (type: DataType): boolean => DataType.isUtf8(type) || DataType.isLargeUtf8(type);
const isInteger = (type: DataType, ...widths: number[]): boolean =>
  DataType.isInt(type) && type.isSigned && (widths.length === 0 || widths.includes(type.bitWidth));
const isFloat = (type: DataType): boolean => DataType.isFloat(type) && type.precision !== Precision.HALF;
const isNumber = (type: DataType): boolean => isInteger(type) || isFloat(type);
const isListOf = (type: DataType, item: (type: DataType) => boolean): boolean => {
  const child = DataType.isList(type) ? itemTypeOf(type) : undefined;
  return child !== undefined && (item(child) || DataType.isNull(child));
};
const isTextList = (type: DataType): boolean => isListOf(type, isText);
const isScoredClass = (type: DataType): boolean => {
  if (!DataType.isStruct(type)) return false;
  const [name, score] = fieldsOf(type);
  if (name?.name !== "class_name" || score?.name !== "score") return false;
  return isText(typeOf(name)) && (isNumber(typeOf(score)) || DataType.isFloat(typeOf(score)));
};

const isStorable = (type: DataType): boolean =>
  isNumber(type) ||
  isText(type) ||
  DataType.isBool(type) ||
  DataType.isTimestamp(type) ||
  DataType.isNull(type) ||
  isListOf(type, isStorable) ||
  (DataType.isStruct(type) && fieldsOf(type).every((field) => isStorable(typeOf(field))));

interface RoleRule {
  readonly accepts: (type: DataType) => boolean;
  /** how an error names what would be right */
  readonly wants: string;
  /** a column of this role may not be all-missing, so Arrow's null type is refused */
  readonly required?: true;
}

const ROLES = {
  id: { accepts: (type) => isText(type) || isInteger(type), wants: "string or int8 to int64", required: true },
  time: {
    accepts: (type) =>
      DataType.isTimestamp(type) ||
      DataType.isDate(type) ||
      isInteger(type, 64) ||
      (DataType.isFloat(type) && type.precision === Precision.DOUBLE),
    wants: "timestamp, date32, date64, or int64 or double in seconds",
    required: true,
  },
  feature: {
    accepts: (type) => isNumber(type) || isText(type) || DataType.isBool(type) || isTextList(type),
    wants: "double, float, int8 to int64, string, bool or list<string>",
  },
  tag: {
    accepts: (type) => isNumber(type) || isText(type) || DataType.isBool(type),
    wants: "double, float, int8 to int64, string or bool",
  },
  vector: { accepts: (type) => isListOf(type, isFloat), wants: "list<double> or list<float>" },
  text: { accepts: (type) => isText(type) || isTextList(type), wants: "string or list<string>" },
  string: { accepts: isText, wants: "string" },
  strings: { accepts: isTextList, wants: "list<string>" },
  shap: { accepts: (type) => isFloat(type) || isInteger(type, 32, 64), wants: "double, float, int64 or int32" },
  label: {
    accepts: (type) => isText(type) || DataType.isBool(type) || isNumber(type),
    wants: "string, bool, int8 to int64, float or double",
  },
  number: { accepts: isNumber, wants: "int8 to int64, float or double" },
  classes: {
    accepts: (type) => isListOf(type, isScoredClass),
    wants: "list<struct<class_name: string, score: number>>",
  },
  rank: { accepts: isInteger, wants: "int8 to int64", required: true },
  relevance: { accepts: (type) => isText(type) || isTextList(type), wants: "string or list<string>" },
  coordinates: { accepts: (type) => isListOf(type, (item) => isListOf(item, isNumber)), wants: "list<list<number>>" },
  scores: { accepts: (type) => isListOf(type, isNumber), wants: "list<number>" },
  nanoseconds: {
    accepts: (type) => isInteger(type, 64) || isFloat(type) || DataType.isTimestamp(type),
    wants: "int64 nanoseconds since 1970",
  },
  bool: { accepts: (type) => DataType.isBool(type), wants: "bool" },
  texts: { accepts: (type) => isText(type) || isTextList(type), wants: "list<string> of JSON objects" },
  any: { accepts: isStorable, wants: "a string, number, bool, list or struct" },
} satisfies Record<string, RoleRule>;

/** Null when the type fits the role, else what would fit. A column of nothing but nulls fits where a value may be missing. */
export function misfit(role: ColumnRole, type: DataType): string | null {
  const rule: RoleRule = ROLES[role];
  if (DataType.isNull(type) && rule.required !== true) return null;
  return rule.accepts(type) ? null : rule.wants;
}
