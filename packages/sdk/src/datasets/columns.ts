import { DataType } from "apache-arrow";
import type { Schema } from "apache-arrow";

import { typeOf } from "../arrow/memory.js";
import { ValidationError, type ValidationIssue } from "../errors/client.js";

const RESERVED_TIMES = ["created_at", "updated_at"];
export const RESERVED = ["id", ...RESERVED_TIMES];
export const RESERVED_REASON = 'is set by the platform: leave it out, or send by `via: "flight"`, which keeps it';

/**
 * Columns as datasets take them (`spec/flight.md §5.3`).
 * @throws ValidationError naming every column that is reserved, repeated, or of a type that the platform cannot keep
 */
export function checkColumns(schema: Schema, allowReserved: boolean): void {
  const seen = new Set<string>();
  const issues = schema.fields.flatMap((field): ValidationIssue[] => {
    const path = `column "${field.name}"`;
    const message =
      problemOf(field.name, typeOf(field), allowReserved) ??
      (seen.has(field.name) ? "comes twice: rename one" : undefined);
    seen.add(field.name);
    return message === undefined ? [] : [{ path, message }];
  });
  if (issues.length > 0) throw new ValidationError("Bad columns", issues);
}

function problemOf(name: string, type: DataType, allowReserved: boolean): string | undefined {
  if (name === "" || name === "__proto__") return "must have another name";
  if (RESERVED.includes(name) && !allowReserved) return RESERVED_REASON;
  if (name === "id" && !isText(type) && !DataType.isInt(type) && !DataType.isNull(type))
    return `is ${named(type)}: ids are texts or integers`;
  if (RESERVED_TIMES.includes(name) && !DataType.isInt(type) && !DataType.isFloat(type) && !DataType.isTimestamp(type))
    return `is ${named(type)}: give milliseconds since 1970 or timestamps`;
  if (!isKept(type))
    return `is ${named(type)}, which the platform cannot keep: give numbers, texts, booleans, times, lists or objects of them`;
  return undefined;
}

const isText = (type: DataType): boolean =>
  DataType.isUtf8(type) ||
  DataType.isLargeUtf8(type) ||
  (DataType.isDictionary(type) && DataType.isUtf8(type.dictionary));

/** As Arrow writes its types: `Utf8`, `Timestamp<MILLISECOND>`. */
const named = (type: { toString(): string }): string => type.toString();

function isKept(type: DataType): boolean {
  if (
    DataType.isBinary(type) ||
    DataType.isLargeBinary(type) ||
    DataType.isFixedSizeBinary(type) ||
    DataType.isDecimal(type) ||
    DataType.isUnion(type) ||
    DataType.isInterval(type)
  )
    return false;
  const fields = type.children ?? [];
  return fields.every((field) => isKept(typeOf(field)));
}

/** Times, and objects of known fields: columns that JSON would turn into others. */
export const needsArrow = (schema: Schema): boolean =>
  schema.fields.some((field) => {
    const type = typeOf(field);
    return (
      DataType.isTimestamp(type) ||
      DataType.isDate(type) ||
      DataType.isTime(type) ||
      DataType.isDuration(type) ||
      holdsStructs(type)
    );
  });

const holdsStructs = (type: DataType): boolean =>
  DataType.isStruct(type) || DataType.isMap(type) || (type.children ?? []).some((field) => holdsStructs(typeOf(field)));
