import { afterEach, describe, expect, test } from "vitest";

import type { TabularData } from "../adapters/index.js";
import { ValidationError } from "../errors/index.js";
import type { IngestServer } from "../testing/ingest-server.js";
import { valuesOf } from "../testing/ingest-server.js";
import { startLogger } from "../testing/logging.js";
import { ValidationFailure } from "./index.js";
import type { LogOptions } from "./index.js";

const servers: IngestServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function start() {
  const started = await startLogger();
  servers.push(started.server);
  return started;
}

const options = {
  modelId: "m",
  modelType: "REGRESSION",
  environment: "PRODUCTION",
  schema: { predictionIdColumnName: "id", predictionLabelColumnName: "y", featureColumnNames: ["f"] },
} satisfies LogOptions;
const rows = [
  { id: "a", y: 1, f: 1 },
  { id: "b", y: 2, f: 2 },
];

describe("rows", () => {
  test("may lack a column that a later row has", async () => {
    const { server, logger } = await start();
    await logger.log([{ id: "a", y: 1 }, rows[1] ?? {}], options);
    expect(server.uploads.map(({ table }) => valuesOf(table))).toEqual([
      { id: ["a", "b"], y: [1n, 2n], f: [null, 2n] },
    ]);
  });

  test("that all lack a column are refused with the columns that some have", async () => {
    const { logger } = await start();
    const log = logger.log([{ id: "a" }, { id: "b", y: 1, g: 1 }], options);
    await expect(log).rejects.toThrow(/names column "f".*Columns of the data: "id", "y"/);
  });

  test("of which there is none send nothing, like any empty input", async () => {
    const { server, logger } = await start();
    expect(await logger.log([], options)).toMatchObject({ rows: 0, requests: 0 });
    await expect(logger.log([], { ...options, environment: "VALIDATION" })).rejects.toThrow("batchId");
    expect(server.uploads).toEqual([]);
  });
});

test("a stream without rows sends nothing, and its arguments are looked at all the same", async () => {
  const { logger } = await start();
  const empty = async function* () {};
  expect(await logger.log(empty(), options)).toMatchObject({ rows: 0 });
  await expect(logger.log(empty(), { ...options, environment: "VALIDATION" })).rejects.toThrow("batchId");
});

test("the bytes of a file are told how to be passed", async () => {
  const { logger } = await start();
  const bytes: unknown = new Set([new Uint8Array(3)]);
  const log = logger.log(bytes as TabularData, options); // boundary: a caller without types
  await expect(log).rejects.toThrow(/is bytes; pass the stream of a file as \{ file: stream/);
});

describe("integers beyond 64 bits", () => {
  test.each([
    ["in rows", [...rows, { id: "c", y: 3, f: 2n ** 63n }], "row 2"],
    ["below the least", [{ id: "c", y: 3, f: -(2n ** 63n) - 1n }], "row 0"],
    ["in columns", { id: ["a", "b"], y: [1, 2], f: [1n, 2n ** 64n] }, "row 1"],
    ["in a BigUint64Array", { id: ["a", "b"], y: [1, 2], f: BigUint64Array.of(1n, 2n ** 64n - 1n) }, "row 1"],
  ])("%s are refused, not wrapped", async (_where, data, row) => {
    const { server, logger } = await start();
    const log = logger.log(data, options);
    await expect(log).rejects.toThrow(ValidationError);
    await expect(log).rejects.toThrow(new RegExp(`column "f": holds .*an integer beyond 64 bits \\(${row}\\)`));
    expect(server.uploads).toEqual([]);
  });

  test("are told from the greatest and the least that fit", async () => {
    const { server, logger } = await start();
    const f = [2n ** 63n - 1n, -(2n ** 63n)];
    await logger.log(rows.map((row, index) => ({ ...row, f: f[index] })), options); // prettier-ignore
    await logger.log({ id: ["a"], y: [1], f: BigUint64Array.of(2n ** 63n - 1n) }, options);
    expect(server.uploads.map(({ table }) => valuesOf(table)["f"])).toEqual([f, [f[0]]]);
  });
});

describe("arguments of callers without types", () => {
  const log = async (given: object) => {
    const { server, logger } = await start();
    try {
      await logger.log(rows, Object.assign({}, options, given));
      return server.uploads[0]?.schema.constants;
    } catch (error) {
      expect(server.uploads).toEqual([]);
      return error;
    }
  };

  test.each([
    ["no model", { modelId: undefined }, "modelId is no text"],
    ["a null model", { modelId: null }, "modelId is no text"],
    ["a version that is an object", { modelVersion: {} }, "modelVersion is no text"],
    ["no schema", { schema: undefined }, "schema: "],
    ["a text for a list of metrics", { metricsValidation: "REGRESSION" }, "metricsValidation is no list"],
    ["a model type that every object has", { modelType: "toString" }, "modelType is"],
  ])("%s is named, and nothing is sent", async (_what, given, message) => {
    for (const validate of message === "modelType is" ? [true] : [true, false]) {
      const error = await log({ ...given, validate });
      expect(error).toBeInstanceOf(ValidationFailure);
      expect(String(error)).toContain(message);
    }
  });

  test("numbers are names too", async () => {
    const constants = await log({ modelId: 7, modelVersion: 3, batchId: 5, environment: "VALIDATION", schema: { ...options.schema, actualLabelColumnName: "y" } }); // prettier-ignore
    expect(constants).toMatchObject({ modelId: "7", modelVersion: "3", batchId: "5" });
  });
});

test("times that are texts are refused with what to do about them", async () => {
  const { logger } = await start();
  const schema = { ...options.schema, timestampColumnName: "at" };
  const log = logger.log(rows.map((row) => ({ ...row, at: "2026-01-01" })), { ...options, schema }); // prettier-ignore
  await expect(log).rejects.toThrow(/"at".* is string.*Give Dates.*columnTypes \{ "at": "timestamp" \}/);
});
