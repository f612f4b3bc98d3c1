import { describe, expect, test } from "vitest";
import { decodeArizeSchema, encodeArizeSchema, spansSchema, uploadOf, type ArizeSchemaInit } from "./arize-schema.js";
import { holdsEvaluationsOnly, parseAnnotationColumn, parseEvaluationColumn } from "./columns.js";
import {
  environmentFromWire,
  Environments,
  environmentToWire,
  modelTypeFromWire,
  ModelTypes,
  modelTypeToWire,
  WireEnvironment,
  WireModelType,
} from "./enums.js";
import { IngestFormatError } from "./errors.js";
import { ingestOperation, readIngestCaller } from "./http.js";

describe("arize-schema", () => {
  test("of a span table is what the official client writes (spec/ingest.md §3.3)", () => {
    expect(encodeArizeSchema(spansSchema("proj"))).toBe("CgoKBHByb2ogBSgHQgA=");
    expect(uploadOf(decodeArizeSchema("CgoKBHByb2ogBSgHQgA="))).toEqual({
      kind: "spans",
      modelId: "proj",
      modelVersion: "",
      batchId: "",
    });
  });

  test("survives encoding and decoding with its columns", () => {
    const text = encodeArizeSchema({
      constants: {
        modelId: "m",
        modelVersion: "1",
        environment: WireEnvironment.VALIDATION,
        modelType: WireModelType.NUMERIC,
        batchId: "b",
      },
      schema: {
        case: "arrowSchema",
        value: {
          predictionIdColumnName: "id",
          featureColumnNames: ["a", "b"],
          shapValuesColumnNames: { a: "a_shap" },
          embeddingFeatureColumnNamesMap: { e: { vectorColumnName: "v" } },
        },
      },
    });
    expect(uploadOf(decodeArizeSchema(text))).toMatchObject({
      kind: "ml",
      environment: "VALIDATION",
      modelType: "NUMERIC",
      modelId: "m",
      batchId: "b",
      columns: {
        featureColumnNames: ["a", "b"],
        shapValuesColumnNames: { a: "a_shap" },
        embeddingFeatureColumnNamesMap: { e: { vectorColumnName: "v" } },
      },
    });
  });

  const TRACING = { modelId: "m", environment: WireEnvironment.TRACING, modelType: WireModelType.GENERATIVE_LLM };
  const CORPUS = { ...TRACING, environment: WireEnvironment.CORPUS };
  const PRODUCTION = { ...TRACING, environment: WireEnvironment.PRODUCTION, modelType: WireModelType.RANKING };
  const columns = { case: "arrowSchema", value: {} } as const;
  const spans = { case: "arizeSpans", value: {} } as const;

  test("of a corpus is told by its document columns", () => {
    const documents = { case: "arrowSchema", value: { documentColumnNames: { idColumnName: "id" } } } as const;
    expect(uploadOf(decodeArizeSchema(encodeArizeSchema({ constants: CORPUS, schema: documents })))).toMatchObject({
      kind: "corpus",
      columns: { documentColumnNames: { idColumnName: "id" } },
    });
  });

  test.each<[string, ArizeSchemaInit, string]>([
    ["without constants", {}, "names no model or project"],
    ["without a model", { constants: { environment: WireEnvironment.TRACING } }, "names no model or project"],
    ["without an environment", { constants: { modelId: "m" } }, "no known environment (constants.environment is 0)"],
    ["of spans with columns", { constants: TRACING, schema: columns }, "needs arize_spans, not arrowSchema"],
    ["of spans with nothing", { constants: TRACING }, "needs arize_spans, not nothing"],
    [
      "of records with spans",
      { constants: PRODUCTION, schema: spans },
      "environment PRODUCTION, which needs arrow_schema",
    ],
    [
      "of a corpus without documents",
      { constants: CORPUS, schema: columns },
      "needs arrow_schema.document_column_names",
    ],
    [
      "of binary records",
      { constants: { ...PRODUCTION, modelType: WireModelType.BINARY }, schema: columns },
      "no known model type (constants.model_type is 1)",
    ],
  ])("%s is refused", (_, schema, text) => {
    const read = (): unknown => uploadOf(decodeArizeSchema(encodeArizeSchema(schema)));
    expect(read).toThrow(IngestFormatError);
    expect(read).toThrow(text);
  });

  test.each(["not base64!", "abc", "CgoKBHBy", "CgoKBHByb2ogBSgHQgA"])("%s is refused as text", (text) => {
    expect(() => decodeArizeSchema(text)).toThrow(IngestFormatError);
  });
});

describe("model types and environments", () => {
  test("map to wire numbers that are not the SDK's (spec/ingest.md §5.2)", () => {
    const wire = Object.fromEntries(
      Object.keys(ModelTypes).map((name) => [name, modelTypeToWire(name as keyof typeof ModelTypes)]),
    );
    expect(wire).toEqual({
      NUMERIC: 2,
      REGRESSION: 2,
      SCORE_CATEGORICAL: 4,
      BINARY_CLASSIFICATION: 4,
      RANKING: 5,
      OBJECT_DETECTION: 6,
      GENERATIVE_LLM: 7,
      MULTI_CLASS: 8,
    });
    expect([0, 1, 2, 3, 4, 5, 6, 7, 8].map((number) => modelTypeFromWire(number))).toEqual([
      null,
      null,
      "NUMERIC",
      null,
      "SCORE_CATEGORICAL",
      "RANKING",
      "OBJECT_DETECTION",
      "GENERATIVE_LLM",
      "MULTI_CLASS",
    ]);
  });

  test("environments keep their numbers", () => {
    for (const name of Object.keys(Environments) as (keyof typeof Environments)[]) {
      expect(environmentFromWire(environmentToWire(name))).toBe(name);
    }
    expect(environmentFromWire(WireEnvironment.UNKNOWN_ENVIRONMENT)).toBeNull();
  });
});

describe("requests", () => {
  test("are told apart by path, forgiving what mis-set base URLs produce", () => {
    expect(["/v1/pandas_arrow", "/pandas_arrow", "//v1//pandas_arrow"].map(ingestOperation)).toEqual([
      "batch",
      "batch",
      "batch",
    ]);
    expect(["/v1/log", "/v1//log", "/log"].map(ingestOperation)).toEqual(["record", "record", "record"]);
    expect(["/v2/log", "/v1/logs", "/", "/v1/pandas_arrow/x"].map(ingestOperation)).toEqual([null, null, null, null]);
  });

  test("name their caller in plain or grpc-gateway headers, current or deprecated", () => {
    const plain = readIngestCaller(
      new Headers({
        authorization: "ak-1",
        "arize-space-id": "S",
        sync: "1",
        "number-of-rows": "20",
        "sdk-version": "8.42.0",
        "arize-interface": "batch",
      }),
    );
    expect(plain).toMatchObject({
      apiKey: "ak-1",
      spaceId: "S",
      sync: true,
      numberOfRows: 20,
      interface: "batch",
      sdk: { version: "8.42.0", language: null },
    });
    const gateway = readIngestCaller(
      new Headers({
        authorization: "Bearer ak-2",
        "Grpc-Metadata-arize-space-id": "T",
        "Grpc-Metadata-arize-interface": "stream",
      }),
    );
    expect(gateway).toMatchObject({
      apiKey: "ak-2",
      spaceId: "T",
      interface: "stream",
      sync: false,
      numberOfRows: null,
    });
    expect(readIngestCaller(new Headers({ space_id: "U", space: "key", "number-of-rows": "many" }))).toMatchObject({
      apiKey: null,
      spaceId: "U",
      spaceKey: "key",
      numberOfRows: null,
    });
  });
});

describe("columns", () => {
  test("of evaluations tell scope, name and field", () => {
    expect(parseEvaluationColumn("eval.Q A_1.label")).toEqual({ scope: "span", name: "Q A_1", field: "label" });
    expect(parseEvaluationColumn("session_eval.x.score")).toEqual({ scope: "session", name: "x", field: "score" });
    expect(parseEvaluationColumn("trace_eval.x.explanation")).toEqual({
      scope: "trace",
      name: "x",
      field: "explanation",
    });
    for (const other of ["eval.a-b.label", "eval..label", "eval.x.text", "xeval.x.label", "attributes.eval.x.label"]) {
      expect(parseEvaluationColumn(other)).toBeNull();
    }
  });

  test("of annotations tell name and field, notes apart", () => {
    expect(parseAnnotationColumn("annotation.my note.updated_by")).toEqual({ name: "my note", field: "updated_by" });
    expect(parseAnnotationColumn("annotation.notes")).toBeNull();
    expect(parseAnnotationColumn("annotation.x.explanation")).toBeNull();
  });

  test("tell evaluations for earlier spans from spans", () => {
    expect(holdsEvaluationsOnly(["context.span_id", "eval.x.label"])).toBe(true);
    expect(holdsEvaluationsOnly(["context.span_id", "context.trace_id", "name", "eval.x.label"])).toBe(false);
    expect(holdsEvaluationsOnly(["context.span_id"])).toBe(false);
  });
});
