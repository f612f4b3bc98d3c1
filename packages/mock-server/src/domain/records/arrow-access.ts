import { DataType, type Data, type Field } from "apache-arrow";

/** apache-arrow declares as `any` what it knows at run time; these say what it is. */

export function typeOf({ type }: { readonly type: unknown }): DataType {
  if (isType(type)) return type;
  throw new TypeError("An Arrow field has a type.");
}

const isType = (value: unknown): value is DataType => value instanceof DataType;

/** The type inside a list, or the first field's of a struct. */
export const itemTypeOf = (type: DataType): DataType | undefined => {
  const [item] = fieldsOf(type);
  return item && typeOf(item);
};

/** The fields inside a type; a primitive keeps null there, against its own declaration. */
export const fieldsOf = (type: DataType): readonly Field<DataType>[] => orNone(type.children);
const orNone = (fields: readonly Field<DataType>[] | null): readonly Field<DataType>[] => fields ?? [];

/** As errors and stored columns name it: `Utf8`, `List<Float64>`. */
export const typeName = (type: { toString(): string }): string => type.toString();

/** The offsets of text or a list. */
export function offsetsOf(data: Data): Int32Array {
  const offsets: unknown = data.valueOffsets;
  return offsets instanceof Int32Array ? offsets : new Int32Array(data.length + 1);
}

export function longOffsetsOf(data: Data): BigInt64Array {
  const offsets: unknown = data.valueOffsets;
  return offsets instanceof BigInt64Array && offsets.length > 0 ? offsets : new BigInt64Array(data.length + 1);
}

/** The values buffer as bytes, whatever its type. */
export function bytesOf(data: Data): Uint8Array {
  const values: unknown = data.values;
  return ArrayBuffer.isView(values)
    ? new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
    : new Uint8Array(0);
}

/** The values of a 64-bit column, else null. */
export function longsOf(data: Data): BigInt64Array | null {
  const values: unknown = data.values;
  return values instanceof BigInt64Array ? values : null;
}

/** One value of a numeric column as a double; what lies under a null is whatever it is. */
export function numberAt(data: Data, row: number): number {
  const values: unknown = data.values;
  return ArrayBuffer.isView(values) ? Number(Reflect.get(values, row)) : Number.NaN;
}
