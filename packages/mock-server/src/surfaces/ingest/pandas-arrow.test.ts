import { float64Column, ipcStreamBytes, messagesFromTable, tableFromColumns, utf8Column } from "@axlab/wire/arrow";
import { ARIZE_SCHEMA_KEY, WireEnvironment, WireModelType, type ArizeSchemaInit } from "@axlab/wire/ingest";
import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Listening } from "../../node/listen.js";
import { FlightClient } from "../../testing/flight-client.js";
import { suite } from "../../testing/suite.js";
import { delays, described, streamOf, upload } from "../../testing/uploads.js";

const LIMIT = 4 * 1024 * 1024;
const here = suite({ limits: { uploadBytes: LIMIT } });
let listening: Listening;
beforeAll(async () => {
  listening = await here.platform.listen({ port: 0 });
});
afterAll(() => listening.close());

const send = (body: BodyInit, who: "pipeline" | "reader" | "outsider" = "pipeline", path?: string) =>
  upload(listening.url, here.world.keys[who], here.world.spaces.main, body, path);

/** What a refused upload must leave: nothing at all, and a platform that takes the next one. */
async function expectNothingStored(): Promise<void> {
  const { db } = here.platform.domain.core.store;
  const uploads = await db
    .selectFrom("record_uploads")
    .select("id")
    .where("account_id", "=", here.world.accountId)
    .execute();
  const projects = await db
    .selectFrom("projects")
    .select("id")
    .where("account_id", "=", here.world.accountId)
    .execute();
  const orphans = await db
    .selectFrom("record_batches")
    .select("upload_id")
    .where("upload_id", "not in", db.selectFrom("record_uploads").select("id"))
    .execute();
  expect({ uploads, projects, orphans }).toEqual({ uploads: [], projects: [], orphans: [] });
  expect((await send(streamOf(delays(2)))).status).toBe(200);
}

const numeric = (
  model: string,
  value: NonNullable<Extract<ArizeSchemaInit["schema"], { case: "arrowSchema" }>>["value"],
): ArizeSchemaInit => ({
  constants: { modelId: model, environment: WireEnvironment.PRODUCTION, modelType: WireModelType.NUMERIC },
  schema: { case: "arrowSchema", value },
});

describe("POST /v1/pandas_arrow", () => {
  it.each(["/v1/pandas_arrow", "/pandas_arrow", "//v1//pandas_arrow", "/v1//pandas_arrow"])(
    "takes a table at %s, without a content type, and says where to look",
    async (path) => {
      const reply = await send(streamOf(delays(5)), "pipeline", path);
      expect(reply.status).toBe(200);
      expect(JSON.parse(reply.text)).toEqual({
        realTimeIngestionUri: expect.stringContaining(`${listening.url}/spaces/${here.world.spaces.main}/models/`),
      });
    },
  );

  it("takes a chunked body and a key with Bearer, and journals rows and bytes", async () => {
    const bytes = streamOf(delays(20_000));
    const body = new ReadableStream({
      start(controller) {
        for (let at = 0; at < bytes.length; at += 10_000) controller.enqueue(bytes.subarray(at, at + 10_000));
        controller.close();
      },
    });
    const reply = await upload(listening.url, `Bearer ${here.world.keys.pipeline}`, here.world.spaces.main, body);
    expect(reply.status).toBe(200);
    const entry = here.platform.journal.entries({ operation: "POST /v1/pandas_arrow" }).at(-1);
    expect(entry).toMatchObject({ status: 200, rows: 20_000, requestBytes: bytes.length, surface: "ingest" });
  });

  it("says that it reads no packed body", async () => {
    const headers = { authorization: here.world.keys.pipeline, "arize-space-id": here.world.spaces.main };
    const post = (encoding: string) =>
      fetch(`${listening.url}/v1/pandas_arrow`, {
        method: "POST",
        headers: { ...headers, "content-encoding": encoding },
        body: streamOf(delays(2)),
      });
    const refused = await post("gzip");
    expect(refused.status).toBe(415);
    expect(await refused.text()).toContain("content-encoding: gzip is not read here");
    expect((await post("identity")).status).toBe(200);
  });

  it("answers in-process too", async () => {
    const response = await here.platform.fetch(
      new Request("http://axlab/v1/pandas_arrow", {
        method: "POST",
        headers: { authorization: here.world.keys.pipeline, "arize-space-id": here.world.spaces.main },
        body: streamOf(delays(5)),
      }),
    );
    expect(response.status).toBe(200);
  });

  it("makes the model on first sight and keeps its type", async () => {
    expect((await send(streamOf(delays(3, { model: "m" })))).status).toBe(200);
    const again = await send(streamOf(delays(3, { model: "m", modelType: WireModelType.SCORE_CATEGORICAL })));
    expect([again.status, again.detail]).toEqual([
      400,
      expect.stringContaining('The model "m" is of type NUMERIC, and this upload is of type SCORE_CATEGORICAL'),
    ]);
    const { projects } = JSON.parse((await here.world.as("member").get("/v2/projects")).text);
    expect(projects.map(({ name }: { name: string }) => name)).toEqual(["m"]);
  });

  it("takes a table that lacks features, tags and embeddings which its description names", async () => {
    const description = numeric("m", {
      predictionIdColumnName: "id",
      predictionLabelColumnName: "y",
      featureColumnNames: ["f", "g"],
      tagColumnNames: ["t"],
      shapValuesColumnNames: { f: "s" },
      embeddingFeatureColumnNamesMap: { e: { vectorColumnName: "v", dataColumnName: "d", linkToDataColumnName: "l" } },
    });
    const table = { id: utf8Column(["a"]), y: float64Column([1]), f: utf8Column(["x"]), other: utf8Column(["o"]) };
    expect((await send(streamOf(described(table, description)))).status).toBe(200);
    const flight = new FlightClient(listening, here.world.keys.reader);
    const got = await flight.export({ spaceId: here.world.spaces.main, modelId: "m", environment: 3 });
    flight.close();
    expect(got.schema.fields.map(({ name }) => name)).toEqual(["time", "predictionID", "f", "numericPredictionLabel"]);
  });

  it("stores batches of at most 8192 rows and less than 4 MiB", async () => {
    const wide = Array.from({ length: 40 }, () => "x".repeat(50_000));
    await send(streamOf(described({ f: utf8Column(wide) }, numeric("wide", { featureColumnNames: ["f"] })), 100_000));
    await send(streamOf(delays(20_000), 20_000));
    const { db } = here.platform.domain.core.store;
    const batches = await db.selectFrom("record_batches").select(["rows", "body"]).execute();
    expect(Math.max(...batches.map(({ rows }) => rows))).toBeLessThanOrEqual(8192);
    expect(Math.max(...batches.map(({ body }) => body.byteLength))).toBeLessThan(4 * 1024 * 1024);
  });
});

describe("who may upload", () => {
  it.each([
    ["no key", undefined, 401, "No API key was sent"],
    ["half a key", "ak-123", 401, "This is not an API key"],
  ])("%s", async (_what, key, status, detail) => {
    const reply = await upload(listening.url, key, here.world.spaces.main, streamOf(delays(2)));
    expect([reply.status, reply.detail]).toEqual([status, expect.stringContaining(detail)]);
    expect(reply.headers.get("content-type")).toBe("application/problem+json");
    await expectNothingStored();
  });

  it("a reader may not, and is told which permission is missing", async () => {
    const reply = await send(streamOf(delays(2)), "reader");
    expect([reply.status, reply.detail]).toEqual([403, expect.stringContaining("ML_MODEL_CREATE")]);
    await expectNothingStored();
  });

  it("a space that may not be seen is answered as one that is not there", async () => {
    const hidden = await upload(
      listening.url,
      here.world.keys.pipeline,
      here.world.spaces.betaSpace,
      streamOf(delays(2)),
    );
    const absent = await upload(
      listening.url,
      here.world.keys.pipeline,
      "U3BhY2U6OTk5OTk5OmFCY0Q=",
      streamOf(delays(2)),
    );
    expect([hidden.status, hidden.text]).toEqual([404, absent.text]);
    expect(absent.detail).toContain("Check the space's id");
    await expectNothingStored();
  });

  it("a restricted project takes nothing from those whom the space lets write", async () => {
    await send(streamOf(delays(2, { model: "secret" })));
    const project = await here.platform.domain.core.store.db
      .selectFrom("projects")
      .select("id")
      .where("account_id", "=", here.world.accountId)
      .executeTakeFirstOrThrow();
    expect(
      (await here.world.as("admin").post("/v2/resource-restrictions", { resource_id: project.id })).status,
    ).toBeLessThan(300);
    const reply = await send(streamOf(delays(2, { model: "secret" })));
    expect(reply.status).toBe(404);
    expect((await send(streamOf(delays(2, { model: "open" })))).status).toBe(200);
  });

  it("a request without a space is told how to name one", async () => {
    const reply = await upload(listening.url, here.world.keys.pipeline, undefined, streamOf(delays(2)));
    expect([reply.status, reply.detail]).toEqual([400, expect.stringContaining("arize-space-id")]);
  });
});

describe("bad input", () => {
  const whole = () => streamOf(delays(20_000));

  it.each<[string, () => BodyInit, string]>([
    ["a body that is not Arrow", () => "hello, this is no arrow", "expected the marker ffffffff"],
    ["JSON", () => JSON.stringify({ a: 1 }), "expected the marker ffffffff"],
    ["an empty body", () => "", "stream is empty"],
    ["the Arrow file format", () => "ARROW1\0\0and so on", "send the Arrow IPC stream format instead"],
    ["a stream cut off inside a batch", () => whole().slice(0, 300_000), "cut off inside the body of message"],
    [
      "a stream cut off between batches",
      () => ipcStreamBytes(messagesFromTable(delays(10))).slice(0, -8),
      "without its end marker",
    ],
    ["a stream whose bytes were damaged", () => damaged(whole()), "not a whole Arrow IPC stream"],
    ["no arize-schema", () => streamOf(tableFromColumns({ a: float64Column([1]) })), 'metadata has no "arize-schema"'],
    [
      "a garbled arize-schema",
      () => streamOf(tableFromColumns({ a: float64Column([1]) }, new Map([[ARIZE_SCHEMA_KEY, "$$$"]]))),
      "is not padded standard base64",
    ],
    [
      "base64 that is no protobuf",
      () => streamOf(tableFromColumns({ a: float64Column([1]) }, new Map([[ARIZE_SCHEMA_KEY, "/////w=="]]))),
      "is not a protobuf public.Schema",
    ],
    [
      "an unknown model type",
      () => streamOf(delays(2, { modelType: WireModelType.UNKNOWN_MODELTYPE })),
      "no known model type",
    ],
    [
      "a model type that no client sends",
      () => streamOf(delays(2, { modelType: WireModelType.BINARY })),
      "no known model type",
    ],
    [
      "an unknown environment",
      () => streamOf(delays(2, { environment: WireEnvironment.UNKNOWN_ENVIRONMENT })),
      "no known environment",
    ],
    ["no model name", () => streamOf(delays(2, { model: "" })), "names no model or project"],
    [
      "an id column that is not there",
      () => streamOf(described({ a: float64Column([1]) }, numeric("m", { predictionIdColumnName: "b" }))),
      'the table does not have: "b"',
    ],
    [
      "a timestamp and a label that are not there",
      () =>
        streamOf(
          described(
            { a: float64Column([1]) },
            numeric("m", { featureColumnNames: ["a"], timestampColumnName: "t", predictionLabelColumnName: "l" }),
          ),
        ),
      'the table does not have: "t", "l"',
    ],
    [
      "a column of a wrong type",
      () => streamOf(described({ a: utf8Column(["x"]) }, numeric("m", { predictionLabelColumnName: "a" }))),
      'Column "a", exported as "numericPredictionLabel", is of Arrow type Utf8; it must be int8 to int64',
    ],
    [
      "two columns under one name",
      () =>
        streamOf(
          described(
            { a: float64Column([1]), a__tag: float64Column([1]) },
            numeric("m", { featureColumnNames: ["a__tag"], tagColumnNames: ["a"] }),
          ),
        ),
      'would both be exported as "a__tag"',
    ],
    [
      "a validation upload without a batch",
      () => streamOf(delays(2, { environment: WireEnvironment.VALIDATION })),
      "needs a batch id",
    ],
    [
      "spans without span columns",
      () =>
        streamOf(
          described(
            { a: utf8Column(["x"]) },
            {
              constants: {
                modelId: "p",
                environment: WireEnvironment.TRACING,
                modelType: WireModelType.GENERATIVE_LLM,
              },
              schema: { case: "arizeSpans", value: {} },
            },
          ),
        ),
      "The table lacks context.trace_id, context.span_id, name",
    ],
  ])("%s is refused with 400", async (_what, body, text) => {
    const reply = await send(body());
    expect([reply.status, reply.detail]).toEqual([400, expect.stringContaining(text)]);
    await expectNothingStored();
  });

  it("an upload beyond the limit is refused with 413 before it is read, and the sender hears of it", async () => {
    const reply = await new Promise<{ status: number; text: string }>((resolve, reject) => {
      const announced = 1024 ** 3;
      const outgoing = request(
        `${listening.url}/v1/pandas_arrow`,
        {
          method: "POST",
          headers: {
            authorization: here.world.keys.pipeline,
            "arize-space-id": here.world.spaces.main,
            "content-length": announced,
          },
        },
        (incoming) => {
          let text = "";
          incoming
            .setEncoding("utf8")
            .on("data", (chunk: string) => (text += chunk))
            .on("end", () => resolve({ status: incoming.statusCode ?? 0, text }));
        },
      );
      outgoing.on("error", reject);
      // goes on sending while the answer is on its way, as the official client does
      for (let i = 0; i < 64; i++) outgoing.write(Buffer.alloc(1024 * 1024));
    });
    expect(reply.status).toBe(413);
    expect(JSON.parse(reply.text)).toMatchObject({
      status: 413,
      detail: expect.stringContaining(`larger than the ${LIMIT} bytes`),
    });
    await expectNothingStored();
  });

  it("a chunked upload beyond the limit is refused with 413 while it is read", async () => {
    const bytes = streamOf(delays(150_000));
    expect(bytes.length).toBeGreaterThan(LIMIT);
    const reply = await send(
      new ReadableStream({ start: (controller) => (controller.enqueue(bytes), controller.close()) }),
    );
    expect([reply.status, reply.detail]).toEqual([413, expect.stringContaining("send the table in several")]);
    await expectNothingStored();
  });

  it("a connection that breaks in the middle leaves nothing", async () => {
    const bytes = whole();
    const outgoing = request(`${listening.url}/v1/pandas_arrow`, {
      method: "POST",
      headers: {
        authorization: here.world.keys.pipeline,
        "arize-space-id": here.world.spaces.main,
        "content-length": bytes.length,
      },
    });
    const closed = new Promise((resolve) => outgoing.on("error", resolve));
    outgoing.write(bytes.subarray(0, 500_000), () => outgoing.destroy());
    await closed;
    const { journal } = here.platform;
    await expect
      .poll(() => journal.entries({ status: 400 }).at(-1)?.refusal)
      .toContain("The connection ended in the middle");
    await expectNothingStored();
  });
});

/** Turns bytes in the middle of the second batch's metadata. */
function damaged(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const at = bytes.findIndex(
    (byte, index) =>
      index > 4000 &&
      byte === 0xff &&
      bytes[index + 1] === 0xff &&
      bytes[index + 2] === 0xff &&
      bytes[index + 3] === 0xff &&
      bytes[index + 4] !== 0xff,
  );
  return bytes.fill(0x5a, at + 8, at + 60);
}

describe("reading back over Flight", () => {
  it("gives every value as it was sent", async () => {
    const table = delays(20_000);
    await send(streamOf(table));
    const flight = new FlightClient(listening, here.world.keys.reader);
    const got = await flight.export({
      spaceId: here.world.spaces.main,
      modelId: "delays",
      environment: 3,
      includeActuals: true,
    });
    flight.close();
    expect(got.schema.fields.map(({ name, type }) => `${name}: ${String(type)}`)).toEqual([
      "time: Timestamp<MILLISECOND, UTC>",
      "predictionID: Utf8",
      "distance: Float64",
      "carrier__tag: Utf8",
      "numericPredictionLabel: Float64",
      "numericActualLabel: Float64",
      "modelVersion: Utf8",
    ]);
    const pairs = {
      id: "predictionID",
      at: "time",
      guess: "numericPredictionLabel",
      delay: "numericActualLabel",
      distance: "distance",
      carrier: "carrier__tag",
    };
    for (const [sent, exported] of Object.entries(pairs))
      expect(got.getChild(exported)?.toJSON(), exported).toEqual(table.getChild(sent)?.toJSON());
  });
});
