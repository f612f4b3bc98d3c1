import { base64Encode } from "@bufbuild/protobuf/wire";
import type { AnyValue, KeyValue } from "../gen/otlp/common_pb.js";

/** A span or resource attribute. Integers beyond 2^53 − 1 stay bigint; bytes become base64 text. */
export type AttributeValue =
  string | number | bigint | boolean | null | AttributeValue[] | { [key: string]: AttributeValue };

export type Attributes = { [key: string]: AttributeValue };

/** The last of equal keys wins, as most receivers have it. */
export function attributesOf(pairs: readonly KeyValue[]): Attributes {
  return Object.fromEntries(pairs.map(({ key, value }) => [key, attributeValue(value)]));
}

function attributeValue(any: AnyValue | undefined): AttributeValue {
  const value = any?.value;
  switch (value?.case) {
    case "stringValue":
    case "boolValue":
    case "doubleValue":
      return value.value;
    case "intValue":
      return Number.isSafeInteger(Number(value.value)) ? Number(value.value) : value.value;
    case "arrayValue":
      return value.value.values.map(attributeValue);
    case "kvlistValue":
      return attributesOf(value.value.values);
    case "bytesValue":
      return base64Encode(value.value);
    default:
      return null;
  }
}
