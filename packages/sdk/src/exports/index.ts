export { Exports, IncompleteExportError } from "./exports.js";
export type { ExportProgress, ExportQuery, SimilaritySearchParams } from "./query.js";
export type { ExportRow } from "./values.js";
export type { PandasDataFrame } from "./data-frame.js";
