import { create, fromBinary, type JsonValue, type MessageInitShape, toBinary, toJson } from "@bufbuild/protobuf";
import { base64Decode, base64Encode } from "@bufbuild/protobuf/wire";
import {
  SchemaSchema,
  type ArrowFileUploadResponse,
  type Schema,
  type Schema_ArrowSchema,
} from "../gen/public/upload_schema_pb.js";
import {
  environmentFromWire,
  modelTypeFromWire,
  WireEnvironment,
  WireModelType,
  type Environment,
  type ModelType,
} from "./enums.js";
import { IngestFormatError } from "./errors.js";

/** Key in the Arrow schema metadata whose value says what a table means (spec/ingest.md §3.3). */
export const ARIZE_SCHEMA_KEY = "arize-schema";

/** Protobuf `public.Schema`: which column of an upload plays which role. */
export type ArizeSchema = Schema;
export type ArizeSchemaInit = MessageInitShape<typeof SchemaSchema>;
export type ArrowSchemaColumns = Schema_ArrowSchema;
export type { ArrowFileUploadResponse };

/** The value of `arize-schema`: padded standard base64 of the binary message. */
export function encodeArizeSchema(schema: ArizeSchemaInit): string {
  return base64Encode(toBinary(SchemaSchema, create(SchemaSchema, schema)));
}

/** @throws IngestFormatError when the text is not base64 of a `public.Schema` */
export function decodeArizeSchema(text: string): ArizeSchema {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) {
    throw new IngestFormatError(`Arrow metadata "${ARIZE_SCHEMA_KEY}" is not padded standard base64`);
  }
  try {
    return fromBinary(SchemaSchema, base64Decode(text));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new IngestFormatError(`Arrow metadata "${ARIZE_SCHEMA_KEY}" is not a protobuf public.Schema: ${why}`);
  }
}

/** A description as people read it: lowerCamel proto3 JSON, enums by name, what is empty left out. */
export function arizeSchemaJson(schema: ArizeSchema): JsonValue {
  return toJson(SchemaSchema, schema);
}

/** The description of a span, evaluation, annotation or patch table of a project. */
export function spansSchema(project: string, modelVersion = ""): ArizeSchemaInit {
  return {
    constants: {
      modelId: project,
      modelVersion,
      environment: WireEnvironment.TRACING,
      modelType: WireModelType.GENERATIVE_LLM,
    },
    schema: { case: "arizeSpans", value: {} },
  };
}

/** What an upload holds, decided by its description alone. */
export type Upload = { readonly modelId: string; readonly modelVersion: string; readonly batchId: string } & (
  | {
      readonly kind: "ml";
      readonly environment: Exclude<Environment, "CORPUS" | "TRACING">;
      readonly modelType: ModelType;
      readonly columns: ArrowSchemaColumns;
    }
  | { readonly kind: "corpus"; readonly columns: ArrowSchemaColumns }
  | { readonly kind: "spans" }
);

/**
 * Sorts an upload by its description (table in spec/ingest.md §3.3).
 * @throws IngestFormatError when the parts contradict each other or one is missing
 */
export function uploadOf(schema: ArizeSchema): Upload {
  const { constants } = schema;
  if (constants === undefined || constants.modelId === "") {
    throw new IngestFormatError("arize-schema names no model or project (constants.model_id)");
  }
  const { modelId, modelVersion, batchId } = constants;
  const environment = environmentFromWire(constants.environment);
  if (environment === null)
    throw new IngestFormatError(
      `arize-schema has no known environment (constants.environment is ${constants.environment})`,
    );
  const content = schema.schema;
  if (environment === "TRACING") {
    if (content.case === "arizeSpans") return { kind: "spans", modelId, modelVersion, batchId };
    throw new IngestFormatError(
      `arize-schema has environment TRACING, which needs arize_spans, not ${content.case ?? "nothing"}`,
    );
  }
  if (content.case !== "arrowSchema") {
    throw new IngestFormatError(
      `arize-schema has environment ${environment}, which needs arrow_schema, not ${content.case ?? "nothing"}`,
    );
  }
  if (environment === "CORPUS") {
    if (content.value.documentColumnNames !== undefined)
      return { kind: "corpus", modelId, modelVersion, batchId, columns: content.value };
    throw new IngestFormatError("arize-schema has environment CORPUS, which needs arrow_schema.document_column_names");
  }
  const modelType = modelTypeFromWire(constants.modelType);
  if (modelType === null)
    throw new IngestFormatError(
      `arize-schema has no known model type (constants.model_type is ${constants.modelType})`,
    );
  return { kind: "ml", modelId, modelVersion, batchId, environment, modelType, columns: content.value };
}
