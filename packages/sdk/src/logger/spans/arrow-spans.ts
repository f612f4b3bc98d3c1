import { tableFromColumns } from "@axlab/wire/arrow";
import { DataType } from "apache-arrow";
import type { RecordBatch, Vector } from "apache-arrow";

import { buildColumn } from "../../arrow/build.js";
import { hasToJson } from "../../arrow/containers.js";
import { Inference, isKind } from "../../arrow/infer.js";
import { typeOf } from "../../arrow/memory.js";
import { ValidationError } from "../../errors/index.js";
import { SPAN_KIND, SPAN_KIND_ATTRIBUTE, spanConverter } from "./span-columns.js";

/**
 * Span batches as they travel: Arrow columns that hold times or objects in Arrow's own types are converted here, those
 * that adapters have built are passed; `span_kind` becomes an attribute unless that is there already.
 */
export function wireSpans(batch: RecordBatch, firstRow: number): RecordBatch {
  const names = batch.schema.fields.map((field) => field.name);
  const rename = names.includes(SPAN_KIND) && !names.includes(SPAN_KIND_ATTRIBUTE);
  const columns = batch.schema.fields.flatMap((field, index): (readonly [string, Vector])[] => {
    const column = batch.getChildAt(index);
    if (column === null || (field.name === SPAN_KIND && !rename)) return [];
    const name = field.name === SPAN_KIND ? SPAN_KIND_ATTRIBUTE : field.name;
    return [[name, isForeign(typeOf(field)) ? converted(name, column, firstRow) : column]];
  });
  return tableFromColumns(columns).batches[0] ?? batch;
}

const isForeign = (type: DataType): boolean => {
  const item = DataType.isList(type) ? type.children[0] : undefined;
  return (
    DataType.isTimestamp(type) || DataType.isStruct(type) || (item !== undefined && DataType.isStruct(typeOf(item)))
  );
};

function converted(name: string, column: Vector, firstRow: number): Vector {
  const convert = spanConverter(name);
  if (convert === undefined) return column;
  const isTime = DataType.isTimestamp(column.type);
  const values = Array.from(column, (value: unknown) => {
    if (isTime) return convert(typeof value === "number" ? new Date(value) : value);
    return convert(plain(value));
  });
  const inference = new Inference();
  inference.addAll(values, firstRow);
  const kind = inference.resolve();
  if (isKind(kind)) return buildColumn(kind, values);
  throw new ValidationError("The spans cannot be made into columns", [
    { path: `column "${name}"`, message: kind.message },
  ]);
}

/** Arrow's rows and lists as objects and arrays; members a row does not have are null there and left out. */
export function plain(value: unknown): unknown {
  if (!isArrowContainer(value)) return value;
  const json = value.toJSON();
  if (Array.isArray(json)) return json.map(plain);
  const members = Object.entries(json).filter(([, member]) => member !== null);
  return Object.fromEntries(members.map(([name, member]) => [name, plain(member)]));
}

const isArrowContainer = (value: unknown): value is { toJSON(): object } =>
  typeof value === "object" && value !== null && hasToJson(value);
