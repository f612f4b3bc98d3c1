import { create, fromJson, type JsonValue, type MessageInitShape, toJson } from "@bufbuild/protobuf";
import { RecordSchema, type Record as InferenceRecord } from "../gen/public/record_pb.js";
import { IngestFormatError } from "./errors.js";

/** Protobuf `public.Record`: what `POST /v1/log` carries (spec/ingest.md §4.2 and §5.1). */
export type { InferenceRecord };
export type InferenceRecordInit = MessageInitShape<typeof RecordSchema>;

/**
 * Reads a record from its JSON text: snake_case or camelCase keys, 64-bit integers as strings or numbers, "NaN" and
 * "Infinity" as text, absent fields at their defaults.
 * @throws IngestFormatError naming the field that is unknown, of another type, or out of range
 */
export function parseRecord(text: string): InferenceRecord {
  let json: JsonValue;
  try {
    json = JSON.parse(text) as JsonValue; // boundary: fromJson checks it below
  } catch {
    throw new IngestFormatError("body is not JSON; send one public.Record in proto3 JSON");
  }
  try {
    return fromJson(RecordSchema, json);
  } catch (cause) {
    throw new IngestFormatError(
      `body is not a public.Record: ${cause instanceof Error ? cause.message : String(cause)}`,
    );
  }
}

/** JSON of a record as the official SDKs send it: snake_case keys, defaults omitted, 64-bit integers as strings. */
export function recordToJson(record: InferenceRecordInit): JsonValue {
  return toJson(RecordSchema, create(RecordSchema, record), { useProtoFieldName: true });
}
