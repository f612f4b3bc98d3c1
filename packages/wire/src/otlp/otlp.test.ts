import { create, toBinary } from "@bufbuild/protobuf";
import { describe, expect, test } from "vitest";
import { ExportTraceServiceRequestSchema } from "../gen/otlp/collector_pb.js";
import { OtlpFormatError } from "./errors.js";
import { foldLists } from "./fold-lists.js";
import { traceRequest } from "./build.js";
import {
  decodeTraceRequest,
  decodeTraceRequestJson,
  encodeTraceRequest,
  encodeTraceResponse,
  traceResponseJson,
} from "./request.js";
import { flattenTraces } from "./span-record.js";

const JSON_REQUEST = JSON.stringify({
  resourceSpans: [
    {
      resource: { attributes: [{ key: "openinference.project.name", value: { stringValue: "chat" } }] },
      scopeSpans: [
        {
          scope: { name: "lib", futureKey: 1 },
          spans: [
            {
              traceId: "5B8EFFF798038103D269B633813FC60C",
              spanId: "eee19b7ec3c1b174",
              parentSpanId: "eee19b7ec3c1b173",
              name: "Task: f",
              kind: 1,
              startTimeUnixNano: "1544712660000000001",
              endTimeUnixNano: "1544712661000000002",
              attributes: [
                { key: "input.value", value: { stringValue: "hi" } },
                { key: "llm.token_count.total", value: { intValue: "12" } },
                { key: "big", value: { intValue: "9007199254740993" } },
                { key: "score", value: { doubleValue: 0.5 } },
                { key: "ok", value: { boolValue: true } },
                { key: "tags", value: { arrayValue: { values: [{ stringValue: "a" }, { intValue: 1 }] } } },
                { key: "map", value: { kvlistValue: { values: [{ key: "k", value: { stringValue: "v" } }] } } },
                { key: "nothing" },
              ],
              events: [
                {
                  timeUnixNano: "5",
                  name: "exception",
                  attributes: [{ key: "exception.type", value: { stringValue: "E" } }],
                },
              ],
              status: { code: 2, message: "E: broken" },
            },
          ],
        },
      ],
    },
  ],
});

describe("a trace export request", () => {
  test("in OTLP/JSON becomes flat records by span table columns", () => {
    expect(flattenTraces(decodeTraceRequestJson(JSON_REQUEST))).toEqual({
      resources: [
        {
          resource: { "openinference.project.name": "chat" },
          project: "chat",
          spans: [
            {
              "context.trace_id": "5b8efff798038103d269b633813fc60c",
              "context.span_id": "eee19b7ec3c1b174",
              parent_id: "eee19b7ec3c1b173",
              name: "Task: f",
              start_time: 1544712660000000001n,
              end_time: 1544712661000000002n,
              status_code: "ERROR",
              status_message: "E: broken",
              "attributes.input.value": "hi",
              "attributes.llm.token_count.total": 12,
              "attributes.big": 9007199254740993n,
              "attributes.score": 0.5,
              "attributes.ok": true,
              "attributes.tags": ["a", 1],
              "attributes.map": { k: "v" },
              "attributes.nothing": null,
              events: [{ name: "exception", timestamp: 5n, attributes: { "exception.type": "E" } }],
            },
          ],
        },
      ],
      rejected: [],
    });
  });

  test("in protobuf is read the same", () => {
    const bytes = toBinary(ExportTraceServiceRequestSchema, decodeTraceRequestJson(JSON_REQUEST));
    expect(flattenTraces(decodeTraceRequest(bytes))).toEqual(flattenTraces(decodeTraceRequestJson(JSON_REQUEST)));
  });

  test("of a v7 experiment names its project by model_id; the root has no parent", () => {
    const request = create(ExportTraceServiceRequestSchema, {
      resourceSpans: [
        {
          resource: { attributes: [{ key: "model_id", value: { value: { case: "stringValue", value: "traces" } } }] },
          scopeSpans: [
            {
              spans: [
                {
                  traceId: new Uint8Array(16).fill(1),
                  spanId: new Uint8Array(8).fill(2),
                  parentSpanId: new Uint8Array(8),
                },
              ],
            },
          ],
        },
        { scopeSpans: [] },
      ],
    });
    expect(flattenTraces(request).resources).toMatchObject([
      { project: "traces", spans: [{ parent_id: null, status_code: "UNSET", events: [] }] },
      { project: null, spans: [] },
    ]);
  });

  test("loses no good span to a bad one, and names the bad", () => {
    const good = { traceId: new Uint8Array(16).fill(1), spanId: new Uint8Array(8).fill(2) };
    const spans = [
      { ...good, name: "good" },
      { ...good, name: "short", traceId: new Uint8Array(8).fill(1) },
      { ...good, name: "zero", spanId: new Uint8Array(8) },
      { ...good, name: "backwards", startTimeUnixNano: 2n, endTimeUnixNano: 1n },
      { ...good, name: "late", startTimeUnixNano: 1n, endTimeUnixNano: 2n ** 63n },
    ];
    const flat = flattenTraces(
      create(ExportTraceServiceRequestSchema, { resourceSpans: [{ scopeSpans: [{ spans }] }] }),
    );
    expect(flat.resources[0]?.spans.map((span) => span.name)).toEqual(["good"]);
    expect(flat.rejected.map(({ name, reason }) => `${name}: ${reason}`)).toEqual([
      "short: trace_id must be 16 bytes, not all zero",
      "zero: span_id must be 8 bytes, not all zero",
      "backwards: end_time_unix_nano lies before start_time_unix_nano",
      "late: end_time_unix_nano lies beyond the year 2262",
    ]);
  });

  test("that is malformed is refused", () => {
    expect(() => decodeTraceRequest(Uint8Array.of(0x0a, 9))).toThrow(OtlpFormatError);
    expect(() => decodeTraceRequestJson("{")).toThrow("body is not JSON");
    expect(() => decodeTraceRequestJson('{"resourceSpans":{}}')).toThrow(OtlpFormatError);
  });
});

test("the response tells rejected spans, or nothing", () => {
  expect([...encodeTraceResponse()]).toEqual([]);
  expect(traceResponseJson()).toEqual({});
  expect(traceResponseJson({ rejectedSpans: 2, errorMessage: "why" })).toEqual({
    partialSuccess: { rejectedSpans: "2", errorMessage: "why" },
  });
  expect([...encodeTraceResponse({ rejectedSpans: 1 })]).toEqual([0x0a, 2, 0x08, 1]);
});

describe("lists that OpenInference spells out", () => {
  test("become lists again, in order of their indices, nested ones too", () => {
    expect(
      foldLists({
        "llm.input_messages.10.message.role": "user",
        "llm.input_messages.2.message.role": "system",
        "llm.input_messages.2.message.tool_calls.0.tool_call.function.name": "f",
        "llm.input_messages.2.message.tool_calls.1.tool_call.function.name": "g",
        "embedding.embeddings.0.embedding.vector": [1, 2],
        "llm.model_name": "m",
        "my.list.0.x": 1,
      }),
    ).toEqual({
      "llm.model_name": "m",
      "my.list.0.x": 1,
      "embedding.embeddings": [{ "embedding.vector": [1, 2] }],
      "llm.input_messages": [
        {
          "message.role": "system",
          "message.tool_calls": [{ "tool_call.function.name": "f" }, { "tool_call.function.name": "g" }],
        },
        { "message.role": "user" },
      ],
    });
  });

  test("stay cheap under a large index and keep plain items", () => {
    expect(foldLists({ "llm.tools.999999999": "a", "llm.tools.1": "b" })).toEqual({ "llm.tools": ["b", "a"] });
  });

  test("stay spelled out beyond eight levels, however long the key", () => {
    const folded = JSON.stringify(foldLists({ [`llm.tools${".0.a".repeat(100_000)}`]: 1 }));
    expect(folded.slice(0, 40)).toBe('{"llm.tools":[{"a":[{"a":[{"a":[{"a":[{"a":[{'.slice(0, 40));
    expect(folded).toContain('"a.0.a.0.a');
  });
});

describe("a trace request made of plain spans", () => {
  const span = {
    traceId: "5b8efff798038103d269b633813fc60c",
    spanId: "eee19b7ec3c1b174",
    name: "Task: f",
    start: 1_000.5,
    end: 2_000,
  };
  const attributes = { text: "é", count: 12, share: 0.5, ok: false };

  test("arrives as it was written", () => {
    const request = traceRequest({ "openinference.project.name": "chat" }, "lib", [
      { ...span, attributes },
      { ...span, spanId: "0000000000000001", attributes: {}, error: { type: "RangeError", message: "no" } },
    ]);
    const [group] = flattenTraces(decodeTraceRequest(encodeTraceRequest(request))).resources;
    expect(group).toMatchObject({
      project: "chat",
      spans: [
        {
          "context.trace_id": span.traceId,
          "context.span_id": span.spanId,
          name: "Task: f",
          start_time: 1_000_500_000n,
          end_time: 2_000_000_000n,
          status_code: "OK",
          "attributes.text": "é",
          "attributes.count": 12,
          "attributes.share": 0.5,
          "attributes.ok": false,
        },
        {
          status_code: "ERROR",
          status_message: "RangeError: no",
          events: [{ name: "exception", attributes: { "exception.type": "RangeError", "exception.message": "no" } }],
        },
      ],
    });
  });

  test("refuses an id that is not hexadecimal", () => {
    expect(() => traceRequest({}, "lib", [{ ...span, traceId: "xyz", attributes: {} }])).toThrow(OtlpFormatError);
  });
});
