import { status } from "@grpc/grpc-js";
import { int64Column, messagesFromTable, tableFromColumns, utf8Column } from "@axlab/wire/arrow";
import {
  action,
  CreateDatasetResponseSchema,
  CreateExperimentDBEntryResponseSchema,
  encodeFlightData,
  messageCodec,
  parseDoActionRequest,
  parseDoGetRequest,
  PostExperimentDataResponseSchema,
  result,
  ticket,
} from "@axlab/wire/flight";
import { Table } from "apache-arrow";
import type { RecordBatch } from "apache-arrow";
import { afterEach, describe, expect, test } from "vitest";

import { resolveConfig } from "../config/index.js";
import {
  ConflictError,
  ConnectionError,
  TimeoutError,
  UnexpectedResponseError,
  ValidationError,
} from "../errors/index.js";
import { openFrame } from "../adapters/index.js";
import type { FlightDataset } from "../datasets/index.js";
import { uploadBatches } from "../datasets/upload-batches.js";
import { jsonTexts } from "../rows/json-columns.js";
import { grpcError, startFlightServer } from "../testing/flight-server.js";
import { takePut } from "../testing/take-put.js";
import type { Put } from "../testing/take-put.js";
import type { FlightHandlers } from "../testing/flight-server.js";
import { FlightClient } from "./index.js";

const open: (() => void)[] = [];
afterEach(() => open.splice(0).forEach((close) => close()));

async function start(handlers: FlightHandlers, settings: object = {}): Promise<FlightClient> {
  const server = await startFlightServer(handlers);
  const config = resolveConfig(
    { apiKey: "the-key", baseUrl: `http://127.0.0.1:${server.port}`, maxRetries: 0, ...settings },
    {},
  );
  const client = new FlightClient(config);
  open.push(() => client.close(), server.close);
  return client;
}

const rowsOf = (table: Table): unknown[] =>
  table
    .toArray()
    .map((row: unknown): unknown =>
      JSON.parse(JSON.stringify(row, (_key, value: unknown) => (typeof value === "bigint" ? Number(value) : value))),
    );

/** Examples as `datasets.create` hands them over. */
const upload = (examples: readonly object[]): FlightDataset => ({
  spaceId: "s",
  name: "d",
  batches: () => uploadBatches(openFrame(examples, { convert: jsonTexts }).batches(), 1_700_000_000_000),
});

describe("createDataset", () => {
  test("puts the examples with ids and times, and answers the new id", async () => {
    let put: Put | undefined;
    const reply = messageCodec(CreateDatasetResponseSchema).encode({ datasetId: "RGF0YXNldDox" });
    const client = await start({ doPut: takePut(reply, (seen) => (put = seen)) });
    const examples = [
      { question: "q1", score: 1, ok: true, metadata: { a: 1 } },
      { question: "q2", score: 2.5, ok: false, metadata: null },
    ];
    expect(await client.createDataset(upload(examples))).toEqual({ datasetId: "RGF0YXNldDox" });
    expect(put?.command).toMatchObject({
      case: "createDataset",
      value: { spaceId: "s", datasetName: "d", datasetType: 1 },
    });
    expect(String(put?.metadata.get("auth-token-bin")[0])).toBe("the-key");
    expect(put?.metadata.get("origin")).toEqual(["arize-logging-client"]);
    const rows = put ? rowsOf(put.table) : [];
    const added = {
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      created_at: expect.any(Number),
      updated_at: expect.any(Number),
    };
    expect(rows).toEqual([
      { question: "q1", score: 1, ok: true, metadata: '{"a":1}', ...added },
      { question: "q2", score: 2.5, ok: false, metadata: null, ...added },
    ]);
  });

  test("of many rows goes in several batches of one stream", async () => {
    let put: Put | undefined;
    const reply = messageCodec(CreateDatasetResponseSchema).encode({ datasetId: "x" });
    const client = await start({ doPut: takePut(reply, (seen) => (put = seen)) }, { maxChunksize: 1000 });
    const examples = Array.from({ length: 5000 }, (_x, index) => ({ text: "y".repeat(500), index }));
    await client.createDataset(upload(examples));
    expect(put?.table.numRows).toBe(5000);
    expect(put?.table.batches.length).toBeGreaterThanOrEqual(5);
  });

  test.each([
    ["nothing", []],
    ["two examples of one id", [{ id: "a" }, { id: "a" }]],
    ["a column of two types", [{ a: 1 }, { a: "1" }]],
  ])("of %s is refused before any call", async (_name, examples) => {
    const client = await start({});
    await expect(client.createDataset(upload(examples))).rejects.toThrow(ValidationError);
  });

  test("that the server refuses early throws its status, not a broken stream", async () => {
    const client = await start({
      doPut: (call) => call.emit("error", grpcError(status.ALREADY_EXISTS, "the space has a dataset of that name")),
    });
    const examples = Array.from({ length: 20_000 }, (_x, index) => ({ text: "y".repeat(500), index }));
    await expect(client.createDataset(upload(examples))).rejects.toThrow(ConflictError);
  });

  test("that ends without a result is not taken for a success", async () => {
    const client = await start({ doPut: takePut(undefined, () => undefined) });
    await expect(client.createDataset(upload([{ a: 1 }]))).rejects.toThrow(UnexpectedResponseError);
  });

  test("can be cancelled and has a deadline", async () => {
    const client = await start({ doPut: () => undefined });
    const stop = new AbortController();
    const creating = client.createDataset(upload([{ a: 1 }]), { signal: stop.signal });
    setTimeout(() => stop.abort(), 30);
    await expect(creating).rejects.toMatchObject({ name: "AbortError" });
    await expect(client.createDataset(upload([{ a: 1 }]), { timeout: 50 })).rejects.toThrow(TimeoutError);
  });
});

test("getDataset reads the examples of a version", async () => {
  const table = tableFromColumns({ id: utf8Column(["a", "b"]), n: int64Column([1, 2]) });
  let asked: unknown;
  const client = await start({
    doGet(call) {
      asked = parseDoGetRequest(ticket.decode(call.request).ticket);
      for (const message of messagesFromTable(table)) call.write(encodeFlightData(message));
      call.end();
    },
  });
  const batches: RecordBatch[] = [];
  for await (const batch of client.getDataset({ spaceId: "s", datasetId: "d", version: "v" })) batches.push(batch);
  expect(asked).toMatchObject({
    case: "getDataset",
    value: { spaceId: "s", datasetVersion: "v", datasetIdentifier: { case: "datasetId", value: "d" } },
  });
  expect(rowsOf(new Table(batches))).toEqual([{ id: "a", n: 1 }, { id: "b", n: 2 }]); // prettier-ignore
});

test("createExperiment registers it, uploads the runs, and keeps the dataset the server named", async () => {
  let acted: unknown;
  let put: Put | undefined;
  const entry = messageCodec(CreateExperimentDBEntryResponseSchema).encode({
    experimentId: "e0",
    datasetId: "d2",
    traceModelName: "traces",
  });
  const client = await start({
    doAction(call) {
      const { type, body } = action.decode(call.request);
      acted = parseDoActionRequest(body, type);
      call.write(result.encode({ body: entry }));
      call.end();
    },
    doPut: takePut(
      messageCodec(PostExperimentDataResponseSchema).encode({ experimentId: "e1" }),
      (seen) => (put = seen),
    ),
  });
  const runs = [{ example_id: "a", output: { answer: 1 }, "eval.x.score": 0.5 }];
  expect(await client.createExperiment({ spaceId: "s", datasetId: "d", name: "n", runs })).toEqual({
    experimentId: "e1",
    traceProject: "traces",
  });
  expect(acted).toMatchObject({
    case: "createExperimentDbEntry",
    value: { spaceId: "s", experimentName: "n", datasetIdentifier: { case: "datasetId", value: "d" } },
  });
  expect(put?.command).toMatchObject({
    case: "postExperimentData",
    value: { spaceId: "s", datasetId: "d2", experimentName: "n" },
  });
  expect(put && rowsOf(put.table)).toEqual([{ example_id: "a", output: '{"answer":1}', "eval.x.score": 0.5 }]);
});

test("an experiment whose runs are refused is taken away again, and the refusal is what is told", async () => {
  const acted: unknown[] = [];
  const entry = { experimentId: "e0", datasetId: "d", traceModelName: "t" };
  const client = await start({
    doAction(call) {
      const { type, body } = action.decode(call.request);
      acted.push(parseDoActionRequest(body, type));
      call.write(result.encode({ body: messageCodec(CreateExperimentDBEntryResponseSchema).encode(entry) }));
      call.end();
    },
    doPut: (call) => call.emit("error", grpcError(status.INVALID_ARGUMENT, "no such example")),
  });
  const runs = [{ example_id: "a", output: "x" }];
  const made = client.createExperiment({ spaceId: "s", datasetId: "d", name: "n", runs });
  await expect(made).rejects.toThrow("no such example");
  expect(acted).toMatchObject([
    { case: "createExperimentDbEntry" },
    { case: "deleteExperiment", value: { spaceId: "s", experimentIdentifier: { case: "experimentId", value: "e0" } } },
  ]);
});

test("a run without its example is refused before the experiment is registered", async () => {
  const client = await start({});
  await expect(
    client.createExperiment({ spaceId: "s", datasetId: "d", name: "n", runs: [{ output: "x" }] }),
  ).rejects.toThrow(/runs\[0\]\.example_id/);
});

test("an unreachable production host says that msw cannot carry gRPC", async () => {
  const config = resolveConfig({ apiKey: "k", flightHost: "flight.invalid.arize.com", maxRetries: 0 }, {});
  const client = new FlightClient(config);
  open.push(() => client.close());
  const failure = client.createDataset(upload([{ a: 1 }]), { timeout: 15_000 });
  await expect(failure).rejects.toThrow(ConnectionError);
  await expect(failure).rejects.toThrow(/msw cannot carry gRPC.*listen\(\)/);
});
