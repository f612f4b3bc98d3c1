import { describe, expect, test } from "vitest";
import { IngestFormatError } from "./errors.js";
import { parseRecord, recordToJson } from "./record.js";

describe("parseRecord (spec/ingest.md §4.2)", () => {
  test("reads what the official client sends", () => {
    const record = parseRecord(`{
      "model_id": "m", "prediction_id": "p1", "environment_params": {"production": {}}, "is_generative_llm_record": false,
      "prediction": {
        "model_version": "v1", "timestamp": "2024-01-02T03:04:05Z",
        "prediction_label": {"score_categorical": {"score_category": {"category": "a", "score": 0.5}}},
        "features": {
          "age": {"int": "9007199254740993"}, "height": {"double": 1.5}, "name": {"string": "x"}, "zero": {"int": "0"},
          "words": {"multi_value": {"values": ["a", "b"]}}, "none": {"multi_value": {}},
          "text": {"embedding": {"vector": [1, 2], "raw_data": {"tokenArray": {"tokens": ["hi"]}}, "link_to_data": ""}}
        }
      },
      "feature_importances": {"feature_importances": {"age": 0.25, "height": "NaN"}}
    }`);
    expect(record).toMatchObject({ modelId: "m", predictionId: "p1", isGenerativeLlmRecord: false });
    expect(record.environmentParams?.environment.case).toBe("production");
    expect(record.prediction?.predictionLabel?.data).toMatchObject({
      case: "scoreCategorical",
      value: { type: { case: "scoreCategory", value: { category: "a", score: 0.5 } } },
    });
    const features = record.prediction?.features ?? {};
    expect(features["age"]?.data).toEqual({ case: "int", value: 9007199254740993n });
    expect(features["zero"]?.data).toEqual({ case: "int", value: 0n });
    expect(features["none"]?.data).toMatchObject({ case: "multiValue", value: { values: [] } });
    expect(features["text"]?.data).toMatchObject({
      case: "embedding",
      value: { vector: [1, 2], linkToData: "", rawData: { type: { case: "tokenArray", value: { tokens: ["hi"] } } } },
    });
    expect(record.featureImportances?.featureImportances).toEqual({ age: 0.25, height: NaN });
  });

  test("reads camelCase, integers as numbers, and empty oneof messages as zero", () => {
    const record = parseRecord(`{"modelId":"m","prediction":{"predictionLabel":{"scoreCategorical":{"scoreValue":{}}},
      "features":{"n":{"int":7},"inf":{"double":"-Infinity"}}}}`);
    expect(record.prediction?.predictionLabel?.data).toMatchObject({
      value: { type: { case: "scoreValue", value: { value: 0 } } },
    });
    expect(record.prediction?.features["n"]?.data.value).toBe(7n);
    expect(record.prediction?.features["inf"]?.data.value).toBe(-Infinity);
    expect(record.environmentParams).toBeUndefined();
  });

  test.each([
    ["no JSON", "model_id=m", "body is not JSON"],
    ["a list", "[]", "not a public.Record"],
    ["an unknown field", '{"model_idd":"m"}', 'key "model_idd" is unknown'],
    ["a wrong type", '{"prediction":{"features":{"a":{"int":"x"}}}}', "public.Value.int from JSON"],
    ["an integer beyond 64 bits", '{"prediction":{"features":{"a":{"int":"9223372036854775808"}}}}', "out of range"],
    ["two labels", '{"prediction":{"prediction_label":{"numeric":1,"categorical":"a"}}}', "set multiple times"],
  ])("refuses %s by name", (_, text, reason) => {
    expect(() => parseRecord(text)).toThrow(IngestFormatError);
    expect(() => parseRecord(text)).toThrow(reason);
  });
});

test("recordToJson writes snake_case, 64-bit integers as text, and keeps oneof members at zero", () => {
  const json = recordToJson({
    modelId: "m",
    prediction: {
      features: {
        a: { data: { case: "int", value: 5n } },
        e: { data: { case: "embedding", value: { vector: [0], linkToData: "" } } },
      },
      predictionLabel: { data: { case: "numeric", value: 0 } },
    },
    environmentParams: { environment: { case: "validation", value: { batchId: "b" } } },
  });
  expect(json).toEqual({
    model_id: "m",
    prediction: {
      features: { a: { int: "5" }, e: { embedding: { vector: [0], link_to_data: "" } } },
      prediction_label: { numeric: 0 },
    },
    environment_params: { validation: { batch_id: "b" } },
  });
  expect(recordToJson(parseRecord(JSON.stringify(json)))).toEqual(json);
});
