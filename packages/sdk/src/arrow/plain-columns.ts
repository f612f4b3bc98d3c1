import { utf8Column } from "@axlab/wire/arrow";
import { DataType, Field, List, makeData, RecordBatch, Schema, Struct, Utf8, Vector } from "apache-arrow";
import type { Data } from "apache-arrow";

import { bytesOf, offsetsOf, onlyChunk, valuesOf, wideOffsetsOf } from "./memory.js";

/**
 * The named columns of a batch, as types the platform's rules know: dictionaries and large or view strings become Utf8,
 * fixed-size lists become lists, everything else is passed without a copy. Fields are nullable and without metadata, as
 * the official clients send them. Columns the batch does not have are left out.
 */
export function plainBatch(batch: RecordBatch, isWanted: (column: string) => boolean): RecordBatch {
  const fields: Field[] = [];
  const children: Data[] = [];
  batch.schema.fields.forEach((field, index) => {
    const chunk = batch.data.children[index];
    if (chunk === undefined || !isWanted(field.name)) return;
    const data = plainData(chunk);
    fields.push(new Field(field.name, data.type, true));
    children.push(data);
  });
  return new RecordBatch(
    new Schema(fields),
    makeData({ type: new Struct(fields), length: batch.numRows, nullCount: 0, children }),
  );
}

function plainData(data: Data): Data {
  if (DataType.isDictionary(data.type)) return decodeDictionary(data);
  if (DataType.isLargeUtf8(data.type)) return narrowOffsets(data);
  if (DataType.isUtf8View(data.type)) return onlyChunk(utf8Column(Array.from(new Vector([data]), textOrNull)));
  if (DataType.isFixedSizeList(data.type)) return openList(data, data.type.listSize);
  const [item] = data.children;
  if (DataType.isList(data.type) && item !== undefined) {
    const plain = plainData(item);
    if (plain === item) return data;
    return makeData({
      type: listType(plain),
      length: data.length,
      ...nullsOf(data),
      valueOffsets: offsetsOf(data),
      child: plain,
    });
  }
  return data;
}

/** Looks every index up: texts through their bytes, other values through apache-arrow. */
function decodeDictionary(data: Data): Data {
  const dictionary = data.dictionary;
  if (dictionary === undefined || !DataType.isUtf8(dictionary.type)) return gatherAny(data);
  const texts = onlyChunk(dictionary.data.length === 1 ? dictionary : utf8Column(Array.from(dictionary, textOrNull)));
  const source = offsetsOf(texts);
  const bytes = bytesOf(texts);
  const codes = valuesOf(data);
  const valueOffsets = new Int32Array(data.length + 1);
  for (let row = 0; row < data.length; row++) {
    const code = isValid(data, row) ? Number(codes[row]) : -1;
    valueOffsets[row + 1] = (valueOffsets[row] ?? 0) + (code < 0 ? 0 : (source[code + 1] ?? 0) - (source[code] ?? 0));
  }
  const values = new Uint8Array(valueOffsets[data.length] ?? 0);
  for (let row = 0; row < data.length; row++) {
    if (!isValid(data, row)) continue;
    const code = Number(codes[row]);
    values.set(bytes.subarray(source[code], source[code + 1]), valueOffsets[row]);
  }
  const nullInDictionary = texts.nullCount > 0;
  if (nullInDictionary) return gatherAny(data);
  return makeData({ type: new Utf8(), length: data.length, ...nullsOf(data), valueOffsets, data: values });
}

/** Dictionaries of anything but plain texts are rare: read as values, kept as texts. */
function gatherAny(data: Data): Data {
  return onlyChunk(utf8Column(Array.from(new Vector([data]), scalarText)));
}

const scalarText = (value: unknown): string | null => {
  if (value === null) return null;
  return typeof value === "string" ? value : JSON.stringify(typeof value === "bigint" ? Number(value) : value);
};

function narrowOffsets(data: Data): Data {
  const wide = wideOffsetsOf(data);
  const first = Number(wide[0] ?? 0);
  const valueOffsets = Int32Array.from({ length: data.length + 1 }, (_unused, row) => Number(wide[row] ?? 0) - first);
  return makeData({
    type: new Utf8(),
    length: data.length,
    ...nullsOf(data),
    valueOffsets,
    data: bytesOf(data).subarray(first),
  });
}

function openList(data: Data, size: number): Data {
  const [item] = data.children;
  if (item === undefined) return data;
  const child = plainData(item);
  const valueOffsets = Int32Array.from({ length: data.length + 1 }, (_unused, row) => row * size);
  return makeData({ type: listType(child), length: data.length, ...nullsOf(data), valueOffsets, child });
}

const listType = (child: Data): List => new List(new Field("item", child.type, true));

/** The bitmap moved to bit 0, since the new chunk starts there. */
function nullsOf(data: Data): { nullBitmap: Uint8Array | null; nullCount: number } {
  if (data.nullCount === 0) return { nullBitmap: null, nullCount: 0 };
  const nullBitmap = new Uint8Array((data.length + 7) >> 3);
  for (let row = 0; row < data.length; row++)
    if (isValid(data, row)) nullBitmap[row >> 3] = (nullBitmap[row >> 3] ?? 0) | (1 << (row & 7));
  return { nullBitmap, nullCount: data.nullCount };
}

const isValid = (data: Data, row: number): boolean => data.getValid(row);

const textOrNull = (value: unknown): string | null => (typeof value === "string" ? value : null);
