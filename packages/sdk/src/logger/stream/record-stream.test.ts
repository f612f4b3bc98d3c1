import { afterEach, describe, expect, test } from "vitest";

import type { Answer, IngestServer } from "../../testing/ingest-server.js";
import { NOW, startLogger } from "../../testing/logging.js";
import { StreamError } from "../index.js";
import type { StreamRecord } from "../index.js";

const servers: IngestServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function start(answer?: Answer, settings?: object) {
  const started = await startLogger(answer, settings);
  servers.push(started.server);
  return started;
}

const record = {
  modelId: "m",
  modelType: "REGRESSION",
  environment: "PRODUCTION",
  predictionId: "a",
  predictionLabel: 1.5,
} satisfies StreamRecord;
const refuse =
  (status: number): Answer =>
  (response) =>
    void response.writeHead(status).end();

describe("stream", () => {
  test("takes no HTML page of a proxy for a confirmation", async () => {
    const { logger } = await start((response) => void response.end("<html><title>Log in</title></html>"));
    await logger.stream(record);
    await expect(logger.flush()).rejects.toThrow(/1 of the streamed records.*HTML page \(Log in\)/);
  });

  test("posts protobuf JSON with the headers a gRPC gateway passes on", async () => {
    const { logger, server } = await start();
    await logger.stream({
      ...record,
      modelVersion: "v1",
      predictionTimestamp: new Date(NOW + 999),
      actualLabel: 0,
      features: {
        whole: 5,
        part: 1.5,
        big: 9007199254740993n,
        text: "x",
        flag: true,
        list: ["a"],
        gone: null,
        nan: Number.NaN,
      },
      tags: { t: "v" },
      shapValues: { part: 0.5 },
      embeddingFeatures: { e: { vector: Float32Array.of(0.5, 1.5), data: "words" } },
    });
    await logger.flush();
    expect(server.headers[0]).toMatchObject({
      authorization: "the-key",
      "content-type": "application/json",
      "grpc-metadata-arize-space-id": "space-1",
      "grpc-metadata-arize-interface": "stream",
    });
    expect(JSON.parse(server.texts[0] ?? "")).toEqual({
      model_id: "m",
      prediction_id: "a",
      prediction: {
        timestamp: "2026-01-01T00:00:00Z",
        model_version: "v1",
        prediction_label: { numeric: 1.5 },
        features: {
          whole: { int: "5" },
          part: { double: 1.5 },
          big: { int: "9007199254740993" },
          text: { string: "x" },
          flag: { string: "True" },
          list: { multi_value: { values: ["a"] } },
          e: { embedding: { vector: [0.5, 1.5], link_to_data: "", raw_data: { tokenArray: { tokens: ["words"] } } } },
        },
        tags: { t: { string: "v" } },
      },
      actual: { actual_label: { numeric: 0 }, tags: { t: { string: "v" } } },
      feature_importances: { feature_importances: { part: 0.5 } },
      environment_params: { production: {} },
      is_generative_llm_record: false,
    });
  });

  test("delivers every record, few at a time", async () => {
    let running = 0;
    let most = 0;
    const { logger, server } = await start(async (): Promise<false> => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      return false;
    }, { streamMaxWorkers: 3 }); // prettier-ignore
    await Promise.all(
      Array.from({ length: 50 }, (_x, index) => logger.stream({ ...record, predictionId: `id-${index}` })),
    );
    await logger.flush();
    expect(
      new Set(server.texts.map((text) => (JSON.parse(text) as { prediction_id: string }).prediction_id)).size,
    ).toBe(50);
    expect(most).toBeLessThanOrEqual(3);
  });

  test("holds a producer back while the queue is full", async () => {
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    const { logger } = await start(() => gate.then((): false => false), {
      streamMaxWorkers: 1,
      streamMaxQueueBound: 2,
    });
    const added: number[] = [];
    const all = Array.from({ length: 5 }, (_x, index) => logger.stream(record).then(() => added.push(index)));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(added).toEqual([0, 1, 2]);
    release();
    await Promise.all(all);
    await logger.flush();
    expect(added).toEqual([0, 1, 2, 3, 4]);
  });

  test("repeats a record with an id after a transient failure", async () => {
    const { logger, server } = await start((response, request) =>
      request < 2 ? void response.writeHead(500).end() : false,
    );
    await logger.stream(record);
    await logger.flush();
    expect(server.texts).toHaveLength(3);
  });

  test("does not repeat a record without an id that may have landed", async () => {
    const { logger, server } = await start(refuse(500));
    const { predictionId: _id, ...anonymous } = record;
    await logger.stream(anonymous);
    await expect(logger.flush()).rejects.toThrow(StreamError);
    expect(server.texts).toHaveLength(1);
  });

  test("reports every record that did not land, once", async () => {
    const { logger } = await start(refuse(401));
    await logger.stream(record);
    await logger.stream({ ...record, predictionId: "b" });
    await expect(logger.flush()).rejects.toMatchObject({
      failures: [{ error: { status: 401 } }, { error: { status: 401 } }],
    });
    await logger.flush();
  });

  test("gives failures to onFailure instead, when there is one", async () => {
    const { logger } = await start(refuse(403));
    const failed: unknown[] = [];
    await logger.stream(record, { onFailure: (failure) => failed.push(failure.record.predictionId) });
    await logger.flush();
    expect(failed).toEqual(["a"]);
  });

  test("is refused after close, which flushes", async () => {
    const { logger, server } = await start();
    await logger.stream(record);
    await logger.close();
    expect(server.texts).toHaveLength(1);
    await expect(logger.stream(record)).rejects.toThrow(/closed/);
  });
});
