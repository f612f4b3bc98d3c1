export { ArrowEncodeError, ArrowFormatError } from "./errors.js";
export {
  encapsulate,
  encapsulatedParts,
  endOfStream,
  ipcMessage,
  ipcStreamBytes,
  ipcStreamChunks,
  type IpcMessage,
} from "./message.js";
export { readIpcMessages, type ReadIpcOptions } from "./stream-reader.js";
export { BatchDecoder, batchesFromMessages, schemaFromMessage, type DecodeOptions } from "./read.js";
export { batchMessages, messagesFromTable, schemaMessage, type SplitOptions } from "./write.js";
export {
  boolColumn,
  float32Column,
  float64Column,
  int32Column,
  int64Column,
  nullColumn,
  timestampColumn,
  type TimestampOptions,
} from "./columns.js";
export { listColumn, listOf, structColumn } from "./nested-columns.js";
export { ColumnMemory, float32s, float64s, int64s } from "./column-memory.js";
export { utf8Column } from "./utf8-column.js";
export type { Nullable } from "./validity.js";
export { tableFromColumns, type Columns } from "./table.js";
