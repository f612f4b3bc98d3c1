import { DataType, Field, Float32, List, makeData, Precision, Struct, Utf8, Vector, type Data } from "apache-arrow";
import { InvalidRequestError } from "../../errors.js";
import { bytesOf, fieldsOf, longOffsetsOf, offsetsOf, typeOf } from "./arrow-access.js";

/** The type that a column is stored under: at any depth `large_string`, which pandas 3 sends, becomes `string`, and half floats floats. */
export function storedType(type: DataType): DataType {
  if (DataType.isLargeUtf8(type)) return new Utf8();
  if (DataType.isFloat(type) && type.precision === Precision.HALF) return new Float32();
  const inside = fieldsOf(type);
  const stored = inside.map((field) => storedType(typeOf(field)));
  if (stored.every((inner, index) => inner === inside[index]?.type)) return type;
  const fields = inside.map((field, index) => new Field(field.name, stored[index] ?? typeOf(field), true));
  const [item] = fields;
  if (DataType.isList(type) && item !== undefined) return new List(item);
  return DataType.isStruct(type) ? new Struct(fields) : type;
}

/** The same values under `storedType`; the column itself where nothing changes. */
export function storedData(data: Data, column: string): Data {
  const type = storedType(data.type);
  if (type === data.type) return data;
  const { length, nullCount, nullBitmap } = data;
  const common = { length, nullCount, nullBitmap };
  if (DataType.isUtf8(type))
    return makeData({ type, ...common, valueOffsets: narrowed(data, column), data: bytesOf(data) });
  if (DataType.isFloat(type)) {
    const halves: Vector<DataType> = new Vector([data]);
    return makeData({ type, ...common, data: Float32Array.from({ length }, (_, row) => Number(halves.get(row) ?? 0)) });
  }
  const children = data.children.map((child) => storedData(child, column));
  const [child] = children;
  if (DataType.isList(type) && child !== undefined)
    return makeData({ type, ...common, valueOffsets: offsetsOf(data), child });
  if (DataType.isStruct(type)) return makeData({ type, ...common, children });
  return data;
}

function narrowed(data: Data, column: string): Int32Array {
  const offsets = longOffsetsOf(data).subarray(0, data.length + 1);
  if ((offsets.at(-1) ?? 0n) > 0x7fffffffn)
    throw new InvalidRequestError(
      `Column "${column}" holds more than 2 GiB of text in one record batch; send smaller batches.`,
    );
  return Int32Array.from(offsets, Number);
}
