import { utf8Column } from "@axlab/wire/arrow";
import { DataType, Field, Float64, Int64, List, makeData, Struct, Utf8, Vector, type Data } from "apache-arrow";
import { fieldsOf, itemTypeOf, longsOf, numberAt, offsetsOf, typeName, typeOf } from "../arrow-access.js";
import { fromNumbers } from "../int64.js";
import { jsonOf } from "../json-cell.js";
import { gather } from "./gather.js";
import { commonTimestamp, inUnitOf, instantTexts } from "./unify-times.js";

const same = (a: DataType, b: DataType): boolean => a === b || typeName(a) === typeName(b);

/** The type that holds the values of both: what a column is exported as when uploads brought it in different types. */
export function commonType(a: DataType, b: DataType): DataType {
  if (same(a, b) || DataType.isNull(b)) return a;
  if (DataType.isNull(a)) return b;
  if (DataType.isInt(a) && DataType.isInt(b)) return new Int64();
  if (isNumber(a) && isNumber(b)) return new Float64();
  if (DataType.isTimestamp(a) && DataType.isTimestamp(b)) return commonTimestamp(a, b);
  if (DataType.isStruct(a) && DataType.isStruct(b)) return commonStruct(a, b);
  const [itemA, itemB] = [itemOf(a), itemOf(b)];
  if (itemA !== undefined && itemB !== undefined) return new List(new Field("item", commonType(itemA, itemB), true));
  return new Utf8();
}

/** Adds fields by name; one that is there already gets the type that holds both. */
export function addFields(types: Map<string, DataType>, fields: readonly Field[]): void {
  for (const field of fields) {
    const known = types.get(field.name);
    types.set(field.name, known === undefined ? typeOf(field) : commonType(known, typeOf(field)));
  }
}

/** The fields of both. */
function commonStruct(a: Struct, b: Struct): DataType {
  const types = new Map(fieldsOf(a).map((field) => [field.name, typeOf(field)]));
  addFields(types, fieldsOf(b));
  return new Struct([...types].map(([name, type]) => new Field(name, type, true)));
}

const isNumber = (type: DataType): boolean => DataType.isInt(type) || DataType.isFloat(type);
const itemOf = (type: DataType): DataType | undefined => (DataType.isList(type) ? itemTypeOf(type) : undefined);

/** The values of a column as another type that `commonType` gave; numbers become text as JavaScript writes them, times as ISO 8601 has them, lists as JSON. */
export function cast(data: Data, type: DataType): Data {
  if (same(data.type, type)) return data;
  const { length, nullCount, nullBitmap } = data;
  if (DataType.isNull(data.type)) return gather(type, [{ data: null, start: 0, count: length }]);
  const common = { length, nullCount, nullBitmap };
  const child = data.children[0];
  if (DataType.isList(type) && child !== undefined) {
    return makeData({
      type,
      ...common,
      valueOffsets: offsetsOf(data),
      child: cast(child, itemTypeOf(type) ?? child.type),
    });
  }
  if (DataType.isStruct(type) && DataType.isStruct(data.type)) {
    const fields = fieldsOf(data.type);
    const children = fieldsOf(type).map((field) => {
      const given = data.children[fields.findIndex(({ name }) => name === field.name)];
      return given === undefined
        ? gather(typeOf(field), [{ data: null, start: 0, count: length }])
        : cast(given, typeOf(field));
    });
    return makeData({ type, ...common, children });
  }
  const instants = DataType.isTimestamp(data.type) ? longsOf(data) : null;
  if (instants !== null && DataType.isTimestamp(type)) return makeData({ type, ...common, data: inUnitOf(type, data) });
  if (isNumber(data.type) && DataType.isFloat(type)) return makeData({ type, ...common, data: asNumbers(data) });
  if (isNumber(data.type) && DataType.isInt(type))
    return makeData({ type, ...common, data: longsOf(data) ?? fromNumbers(asNumbers(data)) });
  const vector = new Vector([data]);
  const texts = instants === null ? Array.from({ length }, (_, row) => asText(vector.get(row))) : instantTexts(data);
  const [column] = utf8Column(texts).data;
  return column ?? gather(type, []);
}

const asNumbers = (data: Data): Float64Array =>
  Float64Array.from({ length: data.length }, (_, row) => numberAt(data, row));

function asText(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "bigint" || typeof value === "boolean") return String(value);
  return JSON.stringify(jsonOf(value, "merged"));
}
