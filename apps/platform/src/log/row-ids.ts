import { randomBytes } from "node:crypto";
import type { LogOptions, Schema as ModelSchema } from "@axlab/sdk";
import type { TabularFile } from "@axlab/sdk/files";
import { utf8Column } from "@axlab/wire/arrow";
import { Field, makeData, RecordBatch, Schema, Struct } from "apache-arrow";
import { UsageError } from "../usage-error.js";

const COLUMN = "axlab_row_id";

const PREDICTIONS: readonly (keyof ModelSchema)[] = [
  "predictionLabelColumnName",
  "predictionScoreColumnName",
  "predictionGroupIdColumnName",
  "rankColumnName",
  "multiClassThresholdScoresColumnName",
  "objectDetectionPredictionColumnNames",
  "semanticSegmentationPredictionColumnNames",
  "instanceSegmentationPredictionColumnNames",
];

/** What this run's row ids begin with: nobody else's do. */
export const newPrefix = (): string => randomBytes(6).toString("base64url");

/**
 * The options of a run whose rows get ids.
 * @throws UsageError for rows that have an id, or need that of their prediction
 */
export function withIdColumn(options: LogOptions): LogOptions {
  const { schema, environment, modelType } = options;
  if (environment === "CORPUS" || "predictionIdColumnName" in schema)
    throw new UsageError("--row-ids is for rows without an id, and the schema names one: leave the flag out.");
  if (modelType !== "GENERATIVE_LLM" && !PREDICTIONS.some((field) => field in schema))
    throw new UsageError(
      "--row-ids makes new records, and the schema names no prediction: actuals and SHAP values alone need the ids of their predictions. Name those by predictionIdColumnName.",
    );
  return { ...options, schema: { ...schema, predictionIdColumnName: COLUMN } };
}

/** The file with an id for each row, made of the prefix and the row's number in the file: the same however often it is read. */
export function withRowIds(file: TabularFile, prefix: string): TabularFile {
  const batches: TabularFile["batches"] = async function* (options) {
    let row = options?.start ?? 0;
    for await (const batch of file.batches(options)) {
      yield withIds(batch, prefix, row);
      row += batch.numRows;
    }
  };
  const columns = file.columns && [...file.columns, COLUMN];
  return { ...file, columns, batches, [Symbol.asyncIterator]: () => batches() };
}

/** @throws UsageError when the file has a column of that name */
function withIds(batch: RecordBatch, prefix: string, firstRow: number): RecordBatch {
  if (batch.schema.fields.some(({ name }) => name === COLUMN))
    throw new UsageError(`the file has a column ${COLUMN}: name it by predictionIdColumnName and leave --row-ids out.`);
  const ids = utf8Column(Array.from({ length: batch.numRows }, (_unused, n) => `${prefix}-${firstRow + n}`));
  const fields = [...batch.schema.fields, new Field(COLUMN, ids.type, true)];
  const children = [...batch.data.children, ...ids.data];
  return new RecordBatch(
    new Schema(fields),
    makeData({ type: new Struct(fields), length: batch.numRows, nullCount: 0, children }),
  );
}
