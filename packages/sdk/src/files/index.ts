export { openFile } from "./open-file.js";
export { FILE_FORMATS, type FileFormat } from "./formats.js";
export type { ByteStream, ColumnType, FileInput, FileSource } from "./source.js";
export type { ReadOptions, RowSpan, TabularFile } from "./tabular-file.js";
export { writeParquet, type WriteParquetOptions, type WrittenParquet } from "./parquet/write.js";
