import type { Data, Field } from "apache-arrow";
import { DataType, makeData, Message, MetadataVersion, RecordBatch, Schema, Struct, Vector } from "apache-arrow";
import { VectorLoader } from "apache-arrow/visitor/vectorloader";
import { checkColumns } from "./check-columns.js";
import { plainBody } from "./compression.js";
import { ArrowFormatError } from "./errors.js";
import { readHeader, type BatchLayout } from "./header.js";
import { childFields, layoutOf, typeName } from "./layout.js";
import type { IpcMessage } from "./message.js";

export interface DecodeOptions {
  /** Most bytes one batch may inflate to. Default 2 GiB − 1. */
  readonly maxInflatedBytes?: number;
}

/**
 * The schema a schema message holds, metadata included.
 * @throws ArrowFormatError for another kind of message and for types apache-arrow cannot read (list views, run-end encoding)
 */
export function schemaFromMessage(message: IpcMessage): Schema {
  if (readHeader(message.header).kind !== "schema")
    throw new ArrowFormatError(`expected a schema message, found a ${message.kind}`);
  try {
    const decoded: unknown = Message.decode(message.header).header();
    if (decoded instanceof Schema) {
      requireReadable(decoded.fields.map((field) => [JSON.stringify(field.name), field.type]));
      return decoded;
    }
  } catch (cause) {
    if (cause instanceof ArrowFormatError) throw cause;
    throw new ArrowFormatError(`schema cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
  throw new ArrowFormatError("schema cannot be read");
}

function requireReadable(columns: readonly (readonly [name: string, type: DataType])[]): void {
  for (const [name, type] of columns) {
    const layout = layoutOf(type);
    const misfit = (layout?.kind === "list" || layout?.kind === "fixed list") && childFields(type).length !== 1;
    if (layout === null || misfit)
      throw new ArrowFormatError(
        `column ${name} has type ${typeName(type)}, which is not accepted; cast it to a plain type`,
      );
    if (DataType.isDictionary(type)) requireReadable([[name, type.dictionary]]);
    requireReadable(childFields(type).map((child) => [`${name}.${child.name}`, child.type]));
  }
}

/** Turns messages into record batches one at a time, remembering dictionaries between them. */
export class BatchDecoder {
  readonly schema: Schema;
  private readonly dictionaries = new Map<number, Vector>();
  private readonly maxInflatedBytes: number;

  constructor(schema: IpcMessage | Schema, options: DecodeOptions = {}) {
    this.schema = "kind" in schema ? schemaFromMessage(schema) : schema;
    this.maxInflatedBytes = options.maxInflatedBytes ?? 0x7fffffff;
  }

  /**
   * @returns the batch, or null for a dictionary message, which later batches draw on
   * @throws ArrowFormatError when the message contradicts the schema or its buffers are damaged
   */
  decode(message: IpcMessage): RecordBatch | null {
    const info = readHeader(message.header);
    if (info.kind === "schema") throw new ArrowFormatError("found a second schema among the batches");
    if (info.kind === "batch") {
      const children = this.load(this.schema.fields, info.layout, message.body);
      const struct = makeData({
        type: new Struct(this.schema.fields),
        length: info.layout.rows,
        nullCount: 0,
        children,
      });
      return new RecordBatch(this.schema, struct);
    }
    const type = this.schema.dictionaries.get(info.id);
    if (type === undefined) throw new ArrowFormatError(`dictionary ${info.id} belongs to no field of the schema`);
    const values = new Vector(this.load([type], info.layout, message.body));
    const before = this.dictionaries.get(info.id);
    this.dictionaries.set(info.id, info.isDelta && before !== undefined ? before.concat(values) : values);
    return null;
  }

  private load(fields: readonly (Field<DataType> | DataType)[], layout: BatchLayout, bytes: Uint8Array): Data[] {
    const { body, buffers } = plainBody(layout, bytes, this.maxInflatedBytes);
    checkColumns(fields, { ...layout, buffers }, body, this.dictionaries);
    const loader = new VectorLoader(body, [...layout.nodes], [...buffers], this.dictionaries, MetadataVersion.V5, [
      ...layout.variadicCounts,
    ]);
    return loader.visitMany<DataType>([...fields]);
  }
}

/** Record batches of a message sequence; dictionaries are applied on the way. */
export function batchesFromMessages(
  schema: IpcMessage,
  messages: Iterable<IpcMessage>,
  options: DecodeOptions = {},
): RecordBatch[] {
  const decoder = new BatchDecoder(schema, options);
  const batches: RecordBatch[] = [];
  for (const message of messages) {
    const batch = decoder.decode(message);
    if (batch !== null) batches.push(batch);
  }
  return batches;
}
