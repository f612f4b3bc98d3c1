import { tableFromArrays } from "apache-arrow";
import { afterAll, describe, expect, it } from "vitest";
import { unique } from "../support/ax-client.js";
import { startPlatform } from "../support/platform.js";
import { AXLAB_SDK, expectApiError, sdkClients, sdkOf } from "../support/sdk.js";

const platform = await startPlatform();
afterAll(platform.stop);
const { readOnly, service } = sdkClients(platform);
afterAll(() => service.close());

const HOUR = 3_600_000;
const START = Math.floor(Date.now() / 1000) - 3000;
const WINDOW = { startTime: new Date(Date.now() - HOUR), endTime: new Date(Date.now() + HOUR), includeActuals: true };
const MODEL = { modelType: "REGRESSION", environment: "PRODUCTION" } as const;
const SCHEMA = {
  predictionIdColumnName: "id",
  timestampColumnName: "at",
  featureColumnNames: ["distance", "carrier"],
  tagColumnNames: ["airport"],
  predictionLabelColumnName: "predicted",
  actualLabelColumnName: "delay",
};
const rows = (
  count: number,
): { id: string; at: number; distance: number; carrier: string; airport: string; predicted: number; delay: number }[] =>
  Array.from({ length: count }, (_, n) => ({
    id: `row-${String(n).padStart(6, "0")}`,
    at: START + (n % 2900),
    distance: 100 + ((n * 37) % 2900),
    carrier: ["AA", "Zoë", "日本"][n % 3] ?? "",
    airport: n % 2 === 0 ? "SFO" : "JFK",
    predicted: Math.sin(n) * 40,
    delay: Math.cos(n) * 40,
  }));
const byId = <Row extends Record<string, unknown>>(found: readonly Row[], id: string): Row[] =>
  [...found].sort((a, b) => (String(a[id]) < String(b[id]) ? -1 : 1));

describe(AXLAB_SDK, () => {
  it("logger.log: rows, read back by exports.toRows with every value", async () => {
    const model = unique("delays");
    const sent = rows(5000);
    expect(
      await service.logger.log(sent, { ...MODEL, modelId: model, schema: SCHEMA, rowsPerRequest: 2000 }),
    ).toMatchObject({ rows: 5000, requests: 3 });
    const received = byId(await service.exports.toRows({ model, ...WINDOW }), "predictionID");
    const columns = received.map((row) => ({
      id: row["predictionID"],
      distance: row["distance"],
      carrier: row["carrier"],
      predicted: row["numericPredictionLabel"],
      delay: row["numericActualLabel"],
    }));
    expect(columns).toEqual(
      sent.map(({ id, distance, carrier, predicted, delay }) => ({ id, distance, carrier, predicted, delay })),
    );
  });
  it("logger.log: an Arrow table, read back by exports.toTable", async () => {
    const model = unique("delays");
    const sent = rows(300);
    const table = tableFromArrays({
      id: sent.map(({ id }) => id),
      at: BigInt64Array.from(sent, ({ at }) => BigInt(at)),
      distance: Float64Array.from(sent, ({ distance }) => distance),
      carrier: sent.map(({ carrier }) => carrier),
      airport: sent.map(({ airport }) => airport),
      predicted: Float64Array.from(sent, ({ predicted }) => predicted),
      delay: Float64Array.from(sent, ({ delay }) => delay),
    });
    await service.logger.log(table, { ...MODEL, modelId: model, schema: SCHEMA });
    const received = await service.exports.toTable({ model, ...WINDOW });
    expect(received.numRows).toBe(300);
    const predicted = received.getChild("numericPredictionLabel");
    expect([...(predicted ?? [])].map(Number).sort()).toEqual(sent.map((row) => row.predicted).sort());
  });
  it("exports.toRows: a window takes the rows inside it", async () => {
    const model = unique("delays");
    await service.logger.log(rows(500), { ...MODEL, modelId: model, schema: SCHEMA });
    const found = await service.exports.toRows({
      model,
      startTime: new Date(START * 1000),
      endTime: new Date((START + 100) * 1000),
    });
    expect(found).toHaveLength(100);
  });
  it("exports.toTable: an export without rows has its columns", async () => {
    const model = unique("delays");
    await service.logger.log(rows(5), { ...MODEL, modelId: model, schema: SCHEMA });
    const table = await service.exports.toTable({
      model,
      ...WINDOW,
      where: "distance < 0",
      columns: ["distance", "airport"],
    });
    expect(table.numRows).toBe(0);
    expect(table.schema.fields.map(({ name }) => String(name))).toEqual(["time", "distance", "airport__tag"]);
  });
  it("logger.log: the same rows twice are there once, by their ids", async () => {
    const model = unique("delays");
    for (let time = 0; time < 2; time += 1)
      await service.logger.log(rows(50), { ...MODEL, modelId: model, schema: SCHEMA });
    expect(await service.exports.toRows({ model, ...WINDOW })).toHaveLength(50);
  });
  it("logger.log: 403 for a reader, 401 for a revoked key, and nothing is stored", async () => {
    const model = unique("refused");
    await expectApiError(readOnly.logger.log(rows(5), { ...MODEL, modelId: model, schema: SCHEMA }), 403, platform);
    const { id, key } = await sdkClients(platform).member.apiKeys.create({ name: unique("laptop") });
    await sdkClients(platform).member.apiKeys.revoke(id);
    await expectApiError(
      sdkOf(platform, key.reveal()).logger.log(rows(5), { ...MODEL, modelId: model, schema: SCHEMA }),
      401,
      platform,
    );
    // The first rows make a model; a model that is not there has never had any.
    await expectApiError(service.exports.toRows({ model, ...WINDOW }), 404, platform);
  });
  it("exports.toRows: records similar to another, by an embedding", async () => {
    const model = unique("similar");
    const sent = [
      { id: "a", at: START, vector: [1, 0], predicted: 1 },
      { id: "b", at: START + 1, vector: [3, 3], predicted: 2 },
      { id: "c", at: START + 2, vector: [0, 2], predicted: 3 },
    ];
    await service.logger.log(sent, {
      ...MODEL,
      modelId: model,
      schema: {
        predictionIdColumnName: "id",
        timestampColumnName: "at",
        predictionLabelColumnName: "predicted",
        embeddingFeatureColumnNames: { text: { vectorColumnName: "vector" } },
      },
    });
    const like = (predictionId: string) => ({
      model,
      ...WINDOW,
      similaritySearchParams: {
        searchColumnName: "text",
        references: [{ predictionId, referenceColumnName: "text", predictionTimestamp: new Date(START * 1000) }],
        threshold: 0.7,
      },
    });
    const found = await service.exports.toRows(like("a"));
    expect(byId(found, "predictionID").map((row) => row["predictionID"])).toEqual(["a", "b"]);
    await expectApiError(service.exports.toRows(like("z")), 400, platform);
  });
  it("exports.toRows: a reader of the space may read; a key of another space may not see it", async () => {
    const model = unique("delays");
    await service.logger.log(rows(5), { ...MODEL, modelId: model, schema: SCHEMA });
    expect(await readOnly.exports.toRows({ model, ...WINDOW })).toHaveLength(5);
    const { admin } = sdkClients(platform);
    const other = await admin.spaces.create({
      organization: platform.organization.id,
      name: unique("other"),
      is_private: true,
    });
    const made = await admin.apiKeys.createService({
      name: unique("other"),
      organizations: [{ organization: platform.organization.id, spaces: [{ space: other.id }] }],
    });
    const hidden = { ...WINDOW, model, spaceId: other.id };
    await expectApiError(service.exports.toRows(hidden), 404, platform);
    const inside = sdkOf(platform, made.key.reveal());
    await inside.logger.log(rows(3), { ...MODEL, modelId: model, schema: SCHEMA, spaceId: other.id });
    expect(await inside.exports.toRows(hidden)).toHaveLength(3);
    await expectApiError(inside.exports.toRows({ ...WINDOW, model }), 404, platform);
  });
});
