import { recordToJson } from "@axlab/wire/ingest";
import type { InferenceRecordInit } from "@axlab/wire/ingest";

import { actualLabel, categoryText, predictionLabel } from "./label-message.js";
import type { Embedding, Scalar, StreamRecord } from "./record.js";

type Fields<T> = Exclude<T, { $typeName: string } | undefined>;
type Message = Fields<InferenceRecordInit>;
type ValueMap = NonNullable<Fields<Message["prediction"]>["features"]>;

/** The JSON body of `POST /v1/log` (`spec/ingest.md §4.2`): protobuf JSON of `public.Record` with its original field names. */
export function recordJson(record: StreamRecord): unknown {
  const llm = record.modelType === "GENERATIVE_LLM";
  const label = record.predictionLabel ?? (llm && record.actualLabel === undefined ? "1" : undefined);
  const prediction = label === undefined ? undefined : predictionOf(record, label);
  const actual = actualOf(record, prediction !== undefined);
  return recordToJson({
    modelId: record.modelId,
    predictionId: predictionId(record) ?? "",
    ...(prediction === undefined ? {} : { prediction }),
    ...(actual === undefined ? {} : { actual }),
    ...(hasEntries(record.shapValues) ? { featureImportances: { featureImportances: { ...record.shapValues } } } : {}),
    environmentParams: { environment: environment(record) },
    isGenerativeLlmRecord: llm,
  });
}

/** The id as it travels: a text as it is, anything else as text without spaces around it. */
export const predictionId = ({ predictionId: id }: StreamRecord): string | undefined =>
  typeof id === "string" ? id : (id ?? undefined) === undefined ? undefined : String(id).trim();

function predictionOf(
  record: StreamRecord,
  label: NonNullable<StreamRecord["predictionLabel"]>,
): Fields<Message["prediction"]> {
  const { promptTemplate, promptTemplateVersion, llmModelName, llmParams, predictionTimestamp } = record;
  const embeddings: readonly (readonly [string, Embedding | string | undefined])[] = [
    ...Object.entries(record.embeddingFeatures ?? {}),
    ["prompt", record.prompt],
    ["response", record.response],
  ];
  const values = embeddings.flatMap(([name, embedding]) =>
    embedding === undefined ? [] : [[name, embeddingValue(embedding)] as const],
  );
  const features = Object.fromEntries([...Object.entries(scalars(record.features)), ...values]);
  return {
    predictionLabel: predictionLabel(label, record.modelType),
    modelVersion: record.modelVersion ?? "",
    features,
    tags: scalars({ ...record.tags, ...runMetadataTags(record) }),
    ...(predictionTimestamp === undefined ? {} : { timestamp: { seconds: seconds(predictionTimestamp) } }),
    ...(promptTemplate || promptTemplateVersion || llmModelName || hasEntries(llmParams)
      ? {
          llmFields: {
            promptTemplate: promptTemplate ?? "",
            promptTemplateName: promptTemplateVersion ?? "",
            llmModelName: llmModelName ?? "",
            llmParams: scalars(llmParams),
          },
        }
      : {}),
  };
}

/** Actuals, and tags where there is no prediction to carry them. A falsy actual (0, false) is an actual. */
function actualOf(record: StreamRecord, hasPrediction: boolean): Fields<Message["actual"]> | undefined {
  if (record.actualLabel === undefined && (hasPrediction || record.tags === undefined)) return undefined;
  return {
    // Run metadata goes with the prediction, as in the official client, which loses it where there is none.
    tags: scalars(hasPrediction ? record.tags : { ...record.tags, ...runMetadataTags(record) }),
    ...(record.actualLabel === undefined ? {} : { actualLabel: actualLabel(record.actualLabel, record.modelType) }),
  };
}

function environment({
  environment: name,
  batchId,
}: StreamRecord): NonNullable<Fields<Message["environmentParams"]>["environment"]> {
  if (name === "TRAINING") return { case: "training" as const, value: {} };
  if (name === "VALIDATION") return { case: "validation" as const, value: { batchId: batchId ?? "" } };
  return { case: "production" as const, value: {} };
}

function runMetadataTags({ llmRunMetadata }: StreamRecord): Record<string, Scalar> {
  const { totalTokenCount, promptTokenCount, responseTokenCount, responseLatencyMs } = llmRunMetadata ?? {};
  return {
    total_token_count: totalTokenCount ?? null,
    prompt_token_count: promptTokenCount ?? null,
    response_token_count: responseTokenCount ?? null,
    response_latency_ms: responseLatencyMs ?? null,
  };
}

/** Values by name; null and NaN are missing and left out. */
function scalars(values: Readonly<Record<string, Scalar | readonly string[]>> | undefined): ValueMap {
  const given = Object.entries(values ?? {}).filter(
    ([, value]) => value !== null && value !== undefined && !Number.isNaN(value),
  );
  // One that is called __proto__ is a value like any other.
  return Object.fromEntries(given.map(([name, value]) => [name, scalar(value)]));
}

function scalar(value: Scalar | readonly string[]): ValueMap[string] {
  if (typeof value === "bigint") return { data: { case: "int", value } };
  if (typeof value === "number")
    return { data: Number.isSafeInteger(value) ? { case: "int", value: BigInt(value) } : { case: "double", value } };
  if (typeof value === "string" || typeof value === "boolean")
    return { data: { case: "string", value: categoryText(value) } };
  return { data: { case: "multiValue", value: { values: [...(value ?? [])] } } };
}

/** A text alone is an embedding without a vector; a link is always there, empty when there is none. */
function embeddingValue(embedding: Embedding | string): ValueMap[string] {
  if (typeof embedding === "string") return { data: { case: "embedding", value: { rawData: rawData(embedding) } } };
  const { vector, data, linkToData } = embedding;
  const value = {
    vector: [...(vector ?? [])],
    linkToData: linkToData ?? "",
    ...(data === undefined ? {} : { rawData: rawData(data) }),
  };
  return { data: { case: "embedding", value } };
}

const rawData = (data: string | readonly string[]) => ({
  type: { case: "tokenArray" as const, value: { tokens: typeof data === "string" ? [data] : [...data] } },
});

const seconds = (time: number | Date): bigint =>
  BigInt(typeof time === "number" ? time : Math.floor(time.getTime() / 1000));

const hasEntries = (values: object | undefined): boolean => values !== undefined && Object.keys(values).length > 0;
