import { RecordQueryDescriptor_Environment as Environment } from "@axlab/wire/flight";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Journal, type JournalEntry } from "../lab/journal.js";
import type { Listening } from "../node/listen.js";
import { FlightClient } from "../testing/flight-client.js";
import { suite } from "../testing/suite.js";
import { delays, streamOf, upload } from "../testing/uploads.js";
import { receiving } from "./received.js";

const here = suite();
let listening: Listening;
beforeAll(async () => {
  listening = await here.platform.listen({ port: 0 });
});
afterAll(() => listening.close());

const newest = (operation: string) => here.platform.journal.entries({ operation }).at(-1);

describe("the journal shows what was received", () => {
  it("of an upload: headers without the key, the decoded arize-schema, the Arrow schema, rows and batches", async () => {
    await upload(
      listening.url,
      `Bearer ${here.world.keys.pipeline}`,
      here.world.spaces.main,
      streamOf(delays(20_000), 10_000),
    );
    const received = newest("POST /v1/pandas_arrow")?.received;
    expect(received).toMatchObject({
      headers: { authorization: "Bearer ***", "arize-space-id": here.world.spaces.main },
      arizeSchema: {
        constants: { modelId: "delays", modelVersion: "1", environment: "PRODUCTION", modelType: "NUMERIC" },
        arrowSchema: { predictionIdColumnName: "id", featureColumnNames: ["distance"] },
      },
      arrowSchema: [
        "id: Utf8",
        "at: Timestamp<MILLISECOND, UTC>",
        "guess: Float64",
        "delay: Float64",
        "distance: Float64",
        "carrier: Utf8",
      ],
      rows: 20_000,
    });
    expect(received?.batches).toBeGreaterThan(1);
  });

  it("of a refused upload too, with the reason", async () => {
    await upload(listening.url, here.world.keys.reader, here.world.spaces.main, streamOf(delays(3)));
    expect(newest("POST /v1/pandas_arrow")).toMatchObject({
      status: 403,
      refusal: expect.stringContaining("ML_MODEL_CREATE"),
      received: { headers: { authorization: "***" }, arizeSchema: { constants: { modelId: "delays" } } },
    });
  });

  it("of a single record: the record, without a space key", async () => {
    const record = { model_id: "m", prediction_id: "a", space_key: "old-space-key", prediction: {} };
    await fetch(`${listening.url}/v1/log`, {
      method: "POST",
      headers: {
        authorization: here.world.keys.pipeline,
        "grpc-metadata-arize-space-key": "another-space-key",
        "grpc-metadata-space": "another-space-key",
      },
      body: JSON.stringify(record),
    });
    const received = newest("POST /v1/log")?.received;
    expect(received?.body).toEqual({ ...record, space_key: "***" });
    expect(JSON.stringify(received)).not.toContain('space-key":"another');
    expect(received?.headers["grpc-metadata-space"]).toBe("***");
  });

  it("of a Flight call: metadata without the key, and the command", async () => {
    await upload(listening.url, here.world.keys.pipeline, here.world.spaces.main, streamOf(delays(3)));
    const flight = new FlightClient(listening, here.world.keys.reader);
    await flight.export({ spaceId: here.world.spaces.main, modelId: "delays", environment: Environment.PRODUCTION });
    flight.close();
    expect(newest("GetFlightInfo")?.received).toMatchObject({
      headers: { "auth-token-bin": "***" },
      body: { spaceId: here.world.spaces.main, modelId: "delays", environment: "PRODUCTION" },
    });
    expect(newest("DoGet")).toMatchObject({ rows: 3, received: { headers: { "auth-token-bin": "***" } } });
  });

  it("of nothing that is no upload or export", async () => {
    await here.world.as("member").get("/v2/projects");
    expect(newest("GET /v2/projects")).not.toHaveProperty("received");
  });
});

describe("what may hold a key", () => {
  it.each([
    ["authorization", "Bearer abc", "Bearer ***"],
    ["authorization", "abc", "***"],
    ["api_key", "abc", "***"],
    ["X-Api-Key", "abc", "***"],
    ["cookie", "session=abc", "***"],
    ["x-my-token", "abc", "***"],
    ["space", "abc", "***"],
    ["arize-space-id", "U3BhY2U6MTphQmNE", "U3BhY2U6MTphQmNE"],
    ["number-of-rows", "20", "20"],
    ["x-note", "see ak-01234567-0123-0123-0123-0123456789ab", "see ak-012...9ab"],
  ])("%s: %s is shown as %s", (name, value, shown) => {
    expect(receiving([[name, value]]).headers).toEqual({ [name.toLowerCase()]: shown });
  });
});

it("forgets what the oldest requests brought, not that they came", () => {
  const journal = new Journal();
  const entry = (requestId: string): JournalEntry => ({
    at: 0,
    requestId,
    surface: "ingest",
    operation: "POST /v1/log",
    userId: null,
    keyId: null,
    status: 200,
    refusal: null,
    milliseconds: 1,
    requestBytes: 1,
    received: { headers: { note: "x".repeat(200_000) } },
  });
  for (let number = 0; number < 100; number++) journal.record(entry(`req_${number}`));
  const kept = journal.entries().map(({ received }) => received !== undefined);
  expect(kept).toHaveLength(100);
  expect([kept[0], kept.at(-1)]).toEqual([false, true]);
  expect(kept.filter(Boolean).length).toBeGreaterThan(50);
});
