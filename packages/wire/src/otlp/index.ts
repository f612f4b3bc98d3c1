export { OtlpFormatError } from "./errors.js";
export * from "./build.js";
export { hexText } from "./hex.js";
export * from "./request.js";
export * from "./span-record.js";
export type { Attributes, AttributeValue } from "./attributes.js";
