import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { decodeTraceRequestJson, encodeTraceRequest } from "@axlab/wire/otlp";
import { Client, credentials, Metadata } from "@grpc/grpc-js";
import { deflateSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPlatform, type Platform } from "../../index.js";
import { testDatabase } from "../../testing/database.js";
import { FlightClient } from "../../testing/flight-client.js";

let platform: Platform;
let address: { url: string; host: string; port: number };
let spaceId: string;
beforeAll(async () => {
  platform = await createPlatform({ db: await testDatabase() });
  address = await platform.listen({ port: 0 });
  spaceId = platform.seeded.space?.id ?? "";
});
afterAll(() => platform.close());

const key = (handle: string): string => platform.seeded.keys[handle] ?? "";
/** RecordQueryDescriptor.Environment's number (`spec/flight.md §3`). */
const TRACING = 4;
const second = 1_000_000_000n;
const begin = BigInt(Math.floor(Date.now() / 1000)) * second;

/** One span of a project, as OTLP/JSON. */
const request = (project: string, spanId: string, attributes: object[] = [], end = begin + second) => ({
  resourceSpans: [
    {
      resource: { attributes: [{ key: "openinference.project.name", value: { stringValue: project } }] },
      scopeSpans: [
        {
          spans: [
            {
              traceId: "0af7651916cd43dd8448eb211c80319c",
              spanId,
              name: "ask",
              startTimeUnixNano: String(begin),
              endTimeUnixNano: String(end),
              attributes,
              status: { code: 1 },
            },
          ],
        },
      ],
    },
  ],
});

const post = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string>) =>
  fetch(`${address.url}/v1/traces`, { method: "POST", body, headers });
const json = { "content-type": "application/json" };

async function spansOf(project: string) {
  const table = await new FlightClient(address, key("readOnly")).export({
    spaceId,
    modelId: project,
    environment: TRACING,
    startTime: timestampFromDate(new Date(Number(begin / 1_000_000n) - 60_000)),
    endTime: timestampFromDate(new Date(Number(begin / 1_000_000n) + 60_000)),
  });
  return table.toArray().map((row) => row.toJSON());
}

describe("OTLP", () => {
  it("takes spans as JSON, with the key in authorization and the space in arize-space-id", async () => {
    const attributes = [
      { key: "openinference.span.kind", value: { stringValue: "LLM" } },
      { key: "llm.token_count.total", value: { intValue: "12" } },
      { key: "custom", value: { boolValue: true } },
    ];
    const response = await post(JSON.stringify(request("by json", "b7ad6b7169203331", attributes)), {
      ...json,
      authorization: `Bearer ${key("service")}`,
      "arize-space-id": spaceId,
    });
    expect({ status: response.status, body: await response.json() }).toEqual({ status: 200, body: {} });
    expect(await spansOf("by json")).toMatchObject([
      {
        "context.span_id": "b7ad6b7169203331",
        name: "ask",
        status_code: "OK",
        "attributes.openinference.span.kind": "LLM",
        "attributes.llm.token_count.total": 12,
        "attributes.custom": true,
        start_time: begin,
      },
    ]);
  });

  it.each([
    ["gzip", gzipSync],
    ["deflate", deflateSync],
  ])("takes protobuf packed by %s, with api_key and space_id", async (encoding, pack) => {
    const message = decodeTraceRequestJson(JSON.stringify(request(`by ${encoding}`, "b7ad6b7169203332")));
    const headers = { "content-type": "application/x-protobuf", api_key: key("service"), space_id: spaceId };
    const body = Uint8Array.from(pack(encodeTraceRequest(message)));
    expect((await post(body, { ...headers, "content-encoding": encoding })).status).toBe(200);
    expect(await spansOf(`by ${encoding}`)).toHaveLength(1);
    expect((await post(body, { ...headers, "content-encoding": "br" })).status).toBe(415);
  });

  it("takes spans by gRPC on the same port", async () => {
    const message = decodeTraceRequestJson(JSON.stringify(request("by grpc", "b7ad6b7169203333")));
    const bytes = Buffer.from(encodeTraceRequest(message));
    const call = (apiKey: string) =>
      new Promise<string>((resolve) => {
        const client = new Client(`${address.host}:${address.port}`, credentials.createInsecure());
        const metadata = new Metadata();
        metadata.set("authorization", apiKey);
        metadata.set("arize-space-id", spaceId);
        const same = (value: Buffer): Buffer => value;
        client.makeUnaryRequest(
          "/opentelemetry.proto.collector.trace.v1.TraceService/Export",
          same,
          same,
          bytes,
          metadata,
          (error) => {
            client.close();
            resolve(error === null ? "OK" : `${error.code}`);
          },
        );
      });
    expect(await call(key("service"))).toBe("OK");
    expect(await spansOf("by grpc")).toHaveLength(1);
    expect(await call("ak-nonsense")).toBe("16");
    expect(await call(key("readOnly"))).toBe("7");
    expect(await spansOf("by grpc")).toHaveLength(1);
  });

  it("keeps integers of 64 bits exactly, and numbers that an exporter wrote as text", async () => {
    const attributes = (big: string) => [
      { key: "big", value: { intValue: big } },
      { key: "mixed", value: big === "1" ? { stringValue: "one" } : { intValue: big } },
      { key: "llm.token_count.total", value: { stringValue: "12" } },
      { key: "exception.escaped", value: { stringValue: "False" } },
    ];
    const headers = { ...json, authorization: key("service"), "arize-space-id": spaceId };
    for (const [spanId, big] of Object.entries({ b7ad6b7169203391: "1", b7ad6b7169203392: "9223372036854775807" }))
      expect((await post(JSON.stringify(request("big", spanId, attributes(big))), headers)).status).toBe(200);
    const spans = await spansOf("big");
    const found = spans.map((span) => [span["attributes.big"], span["attributes.mixed"]].map(String)).sort();
    expect(found).toEqual([["1", "one"], ["9223372036854775807", "9223372036854775807"]]); // prettier-ignore
    for (const span of spans)
      expect(span).toMatchObject({ "attributes.llm.token_count.total": 12, "attributes.exception.escaped": false });
  });

  it("says that a time beyond 64 bits cannot be kept", async () => {
    const headers = { ...json, authorization: key("service"), "arize-space-id": spaceId };
    const late = await post(JSON.stringify(request("late", "b7ad6b7169203393", [], 2n ** 64n - 1n)), headers);
    expect([late.status, await late.json()]).toMatchObject([200, { partialSuccess: { rejectedSpans: "1" } }]);
  });

  it("keeps good spans and says which it could not keep", async () => {
    const body = request("partly", "b7ad6b7169203334");
    body.resourceSpans.push(...request("partly", "b7ad6b7169203335", [], begin - second).resourceSpans);
    const response = await post(JSON.stringify(body), {
      ...json,
      authorization: key("service"),
      "arize-space-id": spaceId,
    });
    expect(await response.json()).toMatchObject({
      partialSuccess: { rejectedSpans: "1", errorMessage: expect.stringContaining("ask") },
    });
    expect(await spansOf("partly")).toHaveLength(1);
  });

  it.each([
    ["no key", {}, 401],
    ["a reader's key", { authorization: "readOnly" }, 403],
  ])("refuses %s", async (_, headers: { authorization?: string }, status) => {
    const authorization = headers.authorization === undefined ? {} : { authorization: key(headers.authorization) };
    const response = await post(JSON.stringify(request("refused", "b7ad6b7169203336")), {
      ...json,
      ...authorization,
      "arize-space-id": spaceId,
    });
    expect(response.status).toBe(status);
  });

  it("says what is wrong with a body that is no export request", async () => {
    const headers = { authorization: key("service"), "arize-space-id": spaceId };
    const response = await post("{", { ...json, ...headers });
    expect({ status: response.status, body: await response.json() }).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining("not JSON") },
    });
    expect(
      (await post(Uint8Array.from([255, 255]), { "content-type": "application/x-protobuf", ...headers })).status,
    ).toBe(400);
    expect((await post("not gzip", { ...json, ...headers, "content-encoding": "gzip" })).status).toBe(400);
  });
});
