import { DataFrame } from "pandas-js";
import {
  float32Column,
  float64Column,
  int64Column,
  tableFromColumns,
  timestampColumn,
  utf8Column,
} from "@axlab/wire/arrow";
import { Dictionary, Int32, Utf8, vectorFromArray } from "apache-arrow";
import { afterEach, describe, expect, test } from "vitest";

import { createContext } from "../context.js";
import { AuthenticationError, ConfigurationError, RateLimitError, ServerError } from "../errors/index.js";
import { startIngestServer, valuesOf } from "../testing/ingest-server.js";
import type { Answer, IngestServer } from "../testing/ingest-server.js";
import { NOW, startLogger } from "../testing/logging.js";
import { Logger, PartialUploadError } from "./index.js";
import type { LogOptions } from "./index.js";

const servers: IngestServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function start(answer?: Answer, settings?: object) {
  const started = await startLogger(answer, settings);
  servers.push(started.server);
  return started;
}

const options = {
  modelId: "house-prices",
  modelVersion: "v1",
  modelType: "REGRESSION",
  environment: "PRODUCTION",
  schema: {
    predictionIdColumnName: "id",
    timestampColumnName: "when",
    predictionScoreColumnName: "price",
    featureColumnNames: ["rooms", "city"],
  },
} satisfies LogOptions;

const rows = [
  { id: "a", when: new Date(NOW), price: 1.5, rooms: 3, city: "Rome", unnamed: true },
  { id: "b", when: new Date(NOW - 1000), price: 2, rooms: null, city: "Köln", unnamed: false },
];
const values = { id: ["a", "b"], when: [NOW, NOW - 1000], price: [1.5, 2], rooms: [3n, null], city: ["Rome", "Köln"] };

describe("log", () => {
  test("sends the official headers, one arize-schema and only the named columns", async () => {
    const { server, logger } = await start();
    const result = await logger.log(rows, options);
    expect(result).toMatchObject({ rows: 2, requests: 1, url: "https://app.example/model" });
    const [upload] = server.uploads;
    expect(upload?.path).toBe("/v1/pandas_arrow");
    expect(upload?.headers).toMatchObject({
      authorization: "the-key",
      "arize-space-id": "space-1",
      "arize-interface": "batch",
      "number-of-rows": "2",
      sync: "1",
      "content-length": String(upload?.bytes),
    });
    expect(upload?.headers).not.toHaveProperty("content-type");
    expect(upload?.schema).toMatchObject({
      constants: { modelId: "house-prices", modelVersion: "v1", environment: 3, modelType: 2 },
      schema: {
        case: "arrowSchema",
        value: {
          predictionLabelColumnName: "price",
          predictionScoreColumnName: "",
          featureColumnNames: ["rooms", "city"],
        },
      },
    });
    expect(upload && valuesOf(upload.table)).toEqual(values);
  });

  test.each([
    ["rows", () => rows],
    ["an iterable of rows", () => new Set(rows)],
    ["an async iterable of rows", async function* () { yield* rows; }],
    ["columns", () => ({ id: ["a", "b"], when: [new Date(NOW), new Date(NOW - 1000)], price: Float64Array.of(1.5, 2), rooms: [3, null], city: ["Rome", "Köln"] })],
    ["a pandas-js DataFrame", () => new DataFrame(rows)],
    ["an Arrow table", () => arrowTable()],
    ["a record batch", () => arrowTable().batches[0] ?? []],
    ["an async iterable of batches", async function* () { yield* arrowTable().batches; }],
  ])("takes %s and sends the same values", async (_name, data) => {
    const { server, logger } = await start();
    await logger.log(data(), options);
    expect(server.uploads.map((upload) => valuesOf(upload.table))).toEqual([values]);
  }); // prettier-ignore

  test("sends dictionary and fixed-width columns as the plain types the platform takes", async () => {
    const { server, logger } = await start();
    const city = vectorFromArray(["Rome", "Köln", "Rome", null], new Dictionary(new Utf8(), new Int32()));
    const table = tableFromColumns({
      id: utf8Column(["a", "b", "c", "d"]),
      price: float64Column([1, 2, 3, 4]),
      rooms: float32Column([1, 2, 3, 4]),
      city,
    }).slice(1, 4);
    await logger.log(table, {
      ...options,
      schema: {
        predictionIdColumnName: "id",
        predictionScoreColumnName: "price",
        featureColumnNames: ["city", "rooms"],
      },
    });
    const [upload] = server.uploads;
    expect(upload?.table.schema.fields.map((field) => `${field.name}: ${String(field.type)}`)).toEqual([
      "id: Utf8",
      "price: Float64",
      "rooms: Float32",
      "city: Utf8",
    ]);
    expect(upload && valuesOf(upload.table)).toEqual({
      id: ["b", "c", "d"],
      price: [2, 3, 4],
      rooms: [2, 3, 4],
      city: ["Köln", "Rome", null],
    });
  });

  test("cuts large input into requests of the wanted rows and reports progress", async () => {
    const { server, logger } = await start();
    const progress: unknown[] = [];
    const result = await logger.log(manyRows(25), {
      ...options,
      rowsPerRequest: 10,
      onProgress: (at) => progress.push(at),
    });
    expect(result).toMatchObject({ rows: 25, requests: 3 });
    const ids = server.uploads.map((upload) => valuesOf(upload.table)["id"]);
    expect(ids.map((chunk) => chunk?.length).sort()).toEqual([10, 10, 5]);
    expect(ids.flat().sort()).toEqual(
      manyRows(25)
        .map((row) => row.id)
        .sort(),
    );
    expect(progress.at(-1)).toMatchObject({ rows: 25, requests: 3, totalRows: 25 });
  });

  test("cuts by bytes, and never splits below one record batch", async () => {
    const { server, logger } = await start(undefined, { maxChunksize: 100 });
    await logger.log(manyRows(1000), { ...options, maxRequestBytes: 10_000 });
    expect(server.uploads.length).toBeGreaterThan(2);
    for (const upload of server.uploads) expect(upload.bytes).toBeLessThan(12_000);
    expect(server.uploads.reduce((sum, upload) => sum + upload.table.numRows, 0)).toBe(1000);
  });

  test("widens a type over all rows, so that every request has the same", async () => {
    const { server, logger } = await start(undefined, { maxChunksize: 2 });
    const data = [1, 2, 3, 4.5].map((price, index) => ({ ...rows[0], id: String(index), price }));
    await logger.log(data, { ...options, rowsPerRequest: 2 });
    expect(
      server.uploads.map((upload) => String(upload.table.schema.fields.find((field) => field.name === "price")?.type)),
    ).toEqual(["Float64", "Float64"]);
  });

  test("without rows sends nothing", async () => {
    const { server, logger } = await start();
    expect(await logger.log([], { ...options, validate: false })).toMatchObject({ rows: 0, requests: 0 });
    expect(server.uploads).toEqual([]);
  });

  test("needs a space", async () => {
    const server = await startIngestServer();
    servers.push(server);
    const logger = new Logger(createContext({ apiKey: "k", baseUrl: server.url }));
    await expect(logger.log(rows, options)).rejects.toThrow(ConfigurationError);
  });
});

describe("an upload that fails", () => {
  const refuse =
    (status: number, from: number): Answer =>
    (response, request) => {
      if (request < from) return false;
      return void response.writeHead(status).end('{"title":"no"}');
    };

  test("before anything landed throws the plain error", async () => {
    const { logger } = await start(refuse(401, 0));
    await expect(logger.log(rows, options)).rejects.toThrow(AuthenticationError);
  });

  test("in the middle says which rows landed and which did not", async () => {
    const { logger } = await start(refuse(401, 2));
    const failure = logger.log(manyRows(50), { ...options, rowsPerRequest: 10, concurrency: 1 });
    await expect(failure).rejects.toThrow(PartialUploadError);
    await expect(failure).rejects.toMatchObject({
      landed: [{ start: 0, end: 20 }],
      missing: [{ start: 20, end: 50 }],
      uncertain: [],
      cause: expect.any(AuthenticationError),
    });
  });

  test("of a stream leaves its end open, and counts an unanswered request as uncertain", async () => {
    const { logger } = await start((response, request) => (request === 0 ? false : void response.destroy()), {
      maxRetries: 1,
    });
    async function* endless() { for (let i = 0; ; i++) yield { ...rows[0], id: String(i) }; } // prettier-ignore
    const failure = logger.log(endless(), { ...options, rowsPerRequest: 10_000, concurrency: 1 });
    await expect(failure).rejects.toMatchObject({
      landed: [{ start: 0, end: 10_000 }],
      missing: [{ start: 20_000, end: null }],
      uncertain: [{ start: 10_000, end: 20_000 }],
    });
  });

  test("transiently is repeated when rows carry an id, since the platform merges by it", async () => {
    const { server, logger } = await start((response, request) =>
      request === 0 ? void response.writeHead(500).end() : false,
    );
    expect(await logger.log(rows, options)).toMatchObject({ rows: 2 });
    expect(server.uploads).toHaveLength(2);
  });

  test("is not repeated without an id once the server may have acted", async () => {
    const { server, logger } = await start((response) => void response.writeHead(500).end());
    const { predictionIdColumnName: _id, ...schema } = options.schema;
    await expect(logger.log(rows, { ...options, schema })).rejects.toMatchObject({ cause: expect.any(ServerError) });
    expect(server.uploads).toHaveLength(1);
  });

  test("with 429 is repeated even without an id, and ends as RateLimitError", async () => {
    const { server, logger } = await start((response) => void response.writeHead(429).end(), { maxRetries: 2 });
    const { predictionIdColumnName: _id, ...schema } = options.schema;
    await expect(logger.log(rows, { ...options, schema })).rejects.toThrow(RateLimitError);
    expect(server.uploads).toHaveLength(3);
  });

  test("by the caller's abort ends by an AbortError", async () => {
    const stop = new AbortController();
    const { logger } = await start(() => stop.abort());
    await expect(logger.log(rows, { ...options, signal: stop.signal })).rejects.toMatchObject({
      name: "PartialUploadError",
      cause: { name: "AbortError" },
    });
  });
});

const manyRows = (count: number) =>
  Array.from({ length: count }, (_unused, index) => ({
    id: `id-${index}`,
    when: new Date(NOW),
    price: index + 0.5,
    rooms: 1,
    city: "x",
  }));

function arrowTable() {
  return tableFromColumns({
    id: utf8Column(["a", "b"]),
    when: timestampColumn([new Date(NOW), new Date(NOW - 1000)]),
    price: float64Column([1.5, 2]),
    rooms: int64Column([3, null]),
    city: utf8Column(["Rome", "Köln"]),
    unnamed: utf8Column(["x", "y"]),
  });
}

test("rows that hold none of the named columns are refused, not dropped", async () => {
  const { logger, server } = await start();
  for (const data of [[{ x: 1 }], { x: [1] }, new DataFrame([{ x: 1 }]), new Set([{ x: 1 }])])
    await expect(logger.log(data, options)).rejects.toThrow(/Missing_Columns/);
  expect(await logger.log([{ x: 1 }], { ...options, validate: false })).toMatchObject({ rows: 1, requests: 1 });
  expect(server.uploads).toHaveLength(1);
});

test.each(["rowsPerRequest", "maxRequestBytes", "concurrency"])("%s must be above 0", async (name) => {
  const { logger } = await start();
  await expect(logger.log(rows, { ...options, [name]: 0 })).rejects.toThrow(new RegExp(`${name}: is 0`));
});

test("types of rows are judged over all rows, not by the first batch", async () => {
  const { logger, server } = await start(undefined, { maxChunksize: 2 });
  const late = [null, null, "Rome"].map((city, index) => ({
    id: `id-${index}`,
    price: 1.5,
    city,
    rooms: index === 2 ? 1 : null,
    when: new Date(NOW),
  }));
  await logger.log(late, options);
  expect(server.uploads.map((upload) => valuesOf(upload.table)["city"])).toEqual([[null, null, "Rome"]]);
  const mixed = [1, 2, "three"].map((price, index) => ({ ...late[0], id: `id-${index}`, price }));
  await expect(logger.log(mixed, options)).rejects.toThrow(/"price".*text.*row 2/s);
  expect(server.uploads).toHaveLength(1);
});

test("rows of many batches, each built where the one before lay, arrive with their own values", async () => {
  const { logger, server } = await start(undefined, { maxChunksize: 7 });
  const data = Array.from({ length: 100 }, (_unused, n) => ({
    id: `id-${n}`,
    when: new Date(NOW - n),
    price: n % 3 === 0 ? null : n + 0.5,
    rooms: n % 5 === 0 ? null : n,
    city: n % 4 === 0 ? null : "é".repeat(n % 9),
    vec: [n, n + 0.25],
  }));
  const schema = { ...options.schema, actualScoreColumnName: "rooms", embeddingFeatureColumnNames: { e: { vectorColumnName: "vec" } } };
  const all = { ...options, schema: { ...schema, featureColumnNames: ["city"] }, rowsPerRequest: 20, concurrency: 3 };
  const sendable = data.filter(({ price, rooms }) => price !== null || rooms !== null);
  await logger.log(sendable, all);
  const arrived = server.uploads.flatMap(({ table }) => {
    const found = valuesOf(table);
    return Array.from({ length: table.numRows }, (_unused, row) => ["id", "when", "price", "rooms", "city", "vec"].map((name) => found[name]?.[row]));
  });
  const sent = sendable.map(({ id, when, price, rooms, city, vec }) => [id, when.getTime(), price, rooms === null ? null : BigInt(rooms), city, vec]);
  const byId = (a: unknown[], b: unknown[]) => (String(a[0]) < String(b[0]) ? -1 : 1);
  expect(arrived.sort(byId)).toEqual(sent.sort(byId));
}); // prettier-ignore
