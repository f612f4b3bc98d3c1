import { utf8Column } from "@axlab/wire/arrow";
import { DataType, Field, Float64, Int64, List, makeData, Utf8, Vector, type Data } from "apache-arrow";
import { itemTypeOf, longsOf, numberAt, offsetsOf, typeName } from "../arrow-access.js";
import { fromNumbers } from "../int64.js";
import { gather } from "./gather.js";

const same = (a: DataType, b: DataType): boolean => a === b || typeName(a) === typeName(b);

/** The type that holds the values of both: what a column is exported as when uploads brought it in different types. */
export function commonType(a: DataType, b: DataType): DataType {
  if (same(a, b) || DataType.isNull(b)) return a;
  if (DataType.isNull(a)) return b;
  if (DataType.isInt(a) && DataType.isInt(b)) return new Int64();
  if (isNumber(a) && isNumber(b)) return new Float64();
  const [itemA, itemB] = [itemOf(a), itemOf(b)];
  if (itemA !== undefined && itemB !== undefined) return new List(new Field("item", commonType(itemA, itemB), true));
  return new Utf8();
}

const isNumber = (type: DataType): boolean => DataType.isInt(type) || DataType.isFloat(type);
const itemOf = (type: DataType): DataType | undefined => (DataType.isList(type) ? itemTypeOf(type) : undefined);

/** The values of a column as another type that `commonType` gave; numbers become text as JavaScript writes them, lists as JSON. */
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
  if (isNumber(data.type) && DataType.isFloat(type)) return makeData({ type, ...common, data: asNumbers(data) });
  if (isNumber(data.type) && DataType.isInt(type))
    return makeData({ type, ...common, data: longsOf(data) ?? fromNumbers(asNumbers(data)) });
  const vector = new Vector([data]);
  const [column] = utf8Column(Array.from({ length }, (_, row) => asText(vector.get(row)))).data;
  return column ?? gather(type, []);
}

const asNumbers = (data: Data): Float64Array =>
  Float64Array.from({ length: data.length }, (_, row) => numberAt(data, row));

function asText(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "bigint" || typeof value === "boolean") return String(value);
  return JSON.stringify(value, (_, part: unknown) => (typeof part === "bigint" ? Number(part) : part));
}
