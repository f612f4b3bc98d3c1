import { describe, expect, test } from "vitest";
import { DatasetType, RecordQueryDescriptor_Environment as QueryEnvironment } from "../gen/public/flight_pb.js";
import {
  encodeDoActionRequest,
  encodeDoGetRequest,
  encodeDoPutRequest,
  encodeRecordQuery,
  parseDoActionRequest,
  parseDoGetRequest,
  parseDoPutRequest,
  parseRecordQuery,
} from "./commands.js";
import { FlightFormatError } from "./errors.js";
import { timestampDate, timestampFromDate } from "@bufbuild/protobuf/wkt";

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const json = (bytes: Uint8Array): unknown => JSON.parse(new TextDecoder().decode(bytes));

describe("commands are written as the official clients write them (spec/flight.md §2)", () => {
  test("export query", () => {
    const query = encodeRecordQuery({
      spaceId: "s",
      modelId: "m",
      environment: QueryEnvironment.TRACING,
      startTime: timestampFromDate(new Date("2023-11-14T22:13:20Z")),
      endTime: timestampFromDate(new Date("2023-11-14T23:13:20Z")),
      filterExpression: "a",
      projectedColumns: ["x"],
      streamChunkSize: 10n,
      parallelizeExports: true,
    });
    expect(new TextDecoder().decode(query)).toBe(
      JSON.stringify(
        {
          spaceId: "s",
          modelId: "m",
          environment: "TRACING",
          startTime: "2023-11-14T22:13:20Z",
          endTime: "2023-11-14T23:13:20Z",
          filterExpression: "a",
          projectedColumns: ["x"],
          streamChunkSize: "10",
          parallelizeExports: true,
        },
        null,
        2,
      ),
    );
  });

  test("requests, with defaults omitted but oneof members kept", () => {
    const dataset = { spaceId: "s", datasetName: "d", datasetType: DatasetType.GENERATIVE };
    expect(json(encodeDoPutRequest({ case: "createDataset", value: dataset }))).toEqual({
      createDataset: { spaceId: "s", datasetName: "d", datasetType: "GENERATIVE" },
    });
    const entry = { spaceId: "s", datasetIdentifier: { case: "datasetId", value: "" } as const, experimentName: "e" };
    expect(json(encodeDoActionRequest({ case: "createExperimentDbEntry", value: entry }))).toEqual({
      createExperimentDbEntry: { spaceId: "s", datasetId: "", experimentName: "e" },
    });
    const get = { spaceId: "s", datasetIdentifier: { case: "datasetId", value: "d" } as const, datasetVersion: "" };
    expect(json(encodeDoGetRequest({ case: "getDataset", value: get }))).toEqual({
      getDataset: { spaceId: "s", datasetId: "d" },
    });
  });
});

describe("commands are read leniently", () => {
  test("in camelCase and snake_case, with unknown keys and absent defaults", () => {
    for (const text of [
      '{"getDataset":{"spaceId":"s","datasetName":"d","later":1}}',
      '{"get_dataset":{"space_id":"s","dataset_name":"d"}}',
    ]) {
      expect(parseDoGetRequest(utf8(text))).toMatchObject({
        case: "getDataset",
        value: { spaceId: "s", datasetVersion: "", datasetIdentifier: { case: "datasetName", value: "d" } },
      });
    }
  });

  test("with 64-bit integers as text or number, and times in RFC 3339", () => {
    for (const size of ['"10"', "10"]) {
      const query = parseRecordQuery(
        utf8(`{"environment":"TRACING","streamChunkSize":${size},"startTime":"2023-11-14T22:13:20.5Z"}`),
      );
      expect(query.streamChunkSize).toBe(10n);
      expect(query.environment).toBe(QueryEnvironment.TRACING);
      expect(query.startTime && timestampDate(query.startTime).toISOString()).toBe("2023-11-14T22:13:20.500Z");
    }
  });

  test("as every request written", () => {
    const value = { spaceId: "s", externalModelId: "p" };
    for (const name of [
      "writeSpanEvaluationRequest",
      "writeSpanAnnotationRequest",
      "writeSpanAttributesMetadataRequest",
    ] as const) {
      expect(parseDoPutRequest(encodeDoPutRequest({ case: name, value }))).toMatchObject({ case: name, value });
    }
  });
});

describe("commands that cannot be understood say why", () => {
  test.each([
    [
      "no JSON",
      () => parseDoGetRequest(utf8("{")),
      "DoGet ticket is not JSON; send a DoGetRequest as UTF-8 proto3 JSON",
    ],
    ["no UTF-8", () => parseDoPutRequest(Uint8Array.of(0x22, 0xff, 0x22)), "DoPut command is not JSON"],
    ["no object", () => parseRecordQuery(utf8("[]")), "GetFlightInfo command is not a RecordQueryDescriptor"],
    ["no request", () => parseDoGetRequest(utf8("{}")), "names no request; expected one of getDataset, getExperiment"],
    [
      "an unknown request",
      () => parseDoPutRequest(utf8('{"dropAll":{}}')),
      "expected one of createDataset, updateDataset",
    ],
    ["an empty action", () => parseDoActionRequest(utf8("{}")), "expected one of listDatasets, deleteDataset"],
    ["two requests", () => parseDoGetRequest(utf8('{"getDataset":{},"getExperiment":{}}')), "set multiple times"],
    [
      "a wrong type",
      () => parseDoGetRequest(utf8('{"getDataset":{"spaceId":5}}')),
      "space_id from JSON: expected string, got 5",
    ],
    [
      "an unknown environment",
      () => parseRecordQuery(utf8('{"environment":"CORPUS"}')),
      'environment "CORPUS"; expected one of UNKNOWN, TRAINING',
    ],
    ["a bad time", () => parseRecordQuery(utf8('{"startTime":"yesterday"}')), "invalid RFC 3339 string"],
  ])("%s", (_, parse, text) => {
    expect(parse).toThrow(FlightFormatError);
    expect(parse).toThrow(text);
  });

  test("an action whose type belongs to another request", () => {
    const body = encodeDoActionRequest({ case: "getDatasetVersions", value: { spaceId: "s" } });
    expect(parseDoActionRequest(body, "get_dataset_version").case).toBe("getDatasetVersions");
    expect(() => parseDoActionRequest(body, "get_dataset_versions")).toThrow('send type "get_dataset_version"');
  });
});
