export { IngestFormatError } from "./errors.js";
export * from "./http.js";
export * from "./enums.js";
export * from "./arize-schema.js";
export * from "./record.js";
export * from "./columns.js";
export { charactersOf } from "../text.js";
export { SPAN_ITEM_COLUMNS, spanItemProblem } from "./span-items.js";
