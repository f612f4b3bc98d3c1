import { int64Column, utf8Column } from "@axlab/wire/arrow";
import { DataType, Field, makeData, RecordBatch, Schema as ArrowSchema, Struct, Vector } from "apache-arrow";
import type { Data } from "apache-arrow";

import { onlyChunk } from "../../arrow/memory.js";
import type { ModelType } from "../model-types.js";
import { namesOf } from "./schema.js";
import type { Schema } from "./schema.js";

const PREDICTION_LABEL = "arize_generated_prediction_label";
const PARAMS_JSON = "arize_generated_llm_params_json";
const RUN_METADATA = {
  totalTokenCountColumnName: "total_token_count",
  promptTokenCountColumnName: "prompt_token_count",
  responseTokenCountColumnName: "response_token_count",
  responseLatencyMsColumnName: "response_latency_ms",
} as const;

/** A schema with the columns that the client itself adds, and what adds them to a batch. */
export interface GeneratedColumns {
  readonly schema: Schema;
  extend(batch: RecordBatch): RecordBatch;
}

/**
 * Columns that GENERATIVE_LLM uploads need and users do not write (`spec/ingest.md §5.2`): a constant label when neither
 * prediction nor actual label is named, LLM parameters as JSON text, and run metadata as tags of reserved names.
 */
export function generatedColumns(schema: Schema, modelType: ModelType): GeneratedColumns {
  if (modelType !== "GENERATIVE_LLM") return { schema, extend: (batch) => batch };
  const steps: ((batch: RecordBatch) => [name: string, column: Data] | undefined)[] = [];
  let extended: Schema = schema;
  if (schema.predictionLabelColumnName === undefined && schema.actualLabelColumnName === undefined) {
    extended = { ...extended, predictionLabelColumnName: PREDICTION_LABEL };
    steps.push((batch) => [PREDICTION_LABEL, onlyChunk(int64Column(new BigInt64Array(batch.numRows).fill(1n)))]);
  }
  const params = schema.llmConfigColumnNames?.paramsColumnName;
  if (params !== undefined) {
    extended = { ...extended, llmConfigColumnNames: { ...schema.llmConfigColumnNames, paramsColumnName: PARAMS_JSON } };
    steps.push((batch) => {
      const column = columnOf(batch, params);
      return column && [PARAMS_JSON, jsonTexts(column)];
    });
  }
  const named = new Map<string, string | undefined>(Object.entries(schema.llmRunMetadataColumnNames ?? {}));
  for (const [field, tag] of Object.entries(RUN_METADATA)) {
    const source = named.get(field);
    if (source === undefined) continue;
    extended = { ...extended, tagColumnNames: [...namesOf(extended.tagColumnNames), tag] };
    if (source === tag) continue;
    steps.push((batch) => {
      const column = columnOf(batch, source);
      return column && [tag, column];
    });
  }
  return {
    schema: extended,
    extend: (batch) =>
      withColumns(
        batch,
        steps.flatMap((step) => [step(batch)].filter((made) => made !== undefined)),
      ),
  };
}

function columnOf(batch: RecordBatch, name: string): Data | undefined {
  const index = batch.schema.fields.findIndex((field) => field.name === name);
  return index === -1 ? undefined : batch.data.children[index];
}

/** Dictionaries as indented JSON, as the official client writes them; texts are taken to be JSON already. */
function jsonTexts(column: Data): Data {
  if (DataType.isUtf8(column.type)) return column;
  const texts = Array.from(new Vector([column]), (value: unknown) =>
    value === null ? null : JSON.stringify(value, withoutNulls, 4),
  );
  return onlyChunk(utf8Column(texts));
}

/** An Arrow struct has every key in every row: those a row did not have are null. */
const withoutNulls = (_key: string, value: unknown): unknown => {
  if (value === null) return undefined;
  if (typeof value === "bigint") return Number(value);
  return value instanceof Vector ? value.toArray() : value;
};

function withColumns(batch: RecordBatch, columns: readonly (readonly [string, Data])[]): RecordBatch {
  if (columns.length === 0) return batch;
  const fields = [...batch.schema.fields, ...columns.map(([name, data]) => new Field(name, data.type, true))];
  const children = [...batch.data.children, ...columns.map(([, data]) => data)];
  return new RecordBatch(
    new ArrowSchema(fields),
    makeData({ type: new Struct(fields), length: batch.numRows, nullCount: 0, children }),
  );
}
