import { readdir } from "node:fs/promises";
import { join } from "node:path";

import { status } from "@grpc/grpc-js";
import type { ServerWritableStream } from "@grpc/grpc-js";
import {
  encapsulate,
  messagesFromTable,
  float64Column,
  int64Column,
  listColumn,
  schemaMessage,
  structColumn,
  tableFromColumns,
  timestampColumn,
  utf8Column,
} from "@axlab/wire/arrow";
import { encodeFlightData, flightDescriptor, flightInfo, parseRecordQuery, ticket } from "@axlab/wire/flight";
import {
  Field,
  List,
  makeData,
  TimestampMicrosecond,
  TimestampNanosecond,
  TimestampSecond,
  Vector,
} from "apache-arrow";
import type { Schema } from "apache-arrow";
import { afterEach, describe, expect, test } from "vitest";

import { AuthenticationError, ConnectionError, NotFoundError, TimeoutError, ValidationError } from "../errors/index.js";
import { FlightClient } from "../flight/index.js";
import { resolveConfig } from "../config/index.js";
import { contentOf, newFolder, removeFiles } from "../testing/files.js";
import { grpcError, startFlightServer } from "../testing/flight-server.js";
import type { FlightHandlers } from "../testing/flight-server.js";
import { Exports, IncompleteExportError } from "./index.js";
import type { ExportQuery } from "./index.js";

const open: (() => void)[] = [];
afterEach(() => open.splice(0).forEach((close) => close()));

const range = { startTime: new Date("2026-01-01T00:00:00.900Z"), endTime: new Date("2026-01-02T00:00:00Z") };

async function exportsFrom(handlers: FlightHandlers, maxRetries = 0): Promise<Exports> {
  const server = await startFlightServer(handlers);
  const config = resolveConfig(
    { apiKey: "the-key", spaceId: "space", baseUrl: `http://127.0.0.1:${server.port}`, maxRetries },
    {},
  );
  const flight = new FlightClient(config);
  open.push(() => flight.close(), server.close);
  return new Exports({ config, flight: () => Promise.resolve(flight) });
}

const info = (totalRecords: number, schema?: Schema) => (request: Uint8Array) =>
  flightInfo.encode({
    ...(schema && { schema: encapsulate(schemaMessage(schema)) }),
    flightDescriptor: flightDescriptor.decode(request),
    endpoint: [{ ticket: { ticket: Uint8Array.of(7) } }],
    totalRecords: BigInt(totalRecords),
  });

function serve(table: ReturnType<typeof tableFromColumns>, maxRows = 2) {
  return (call: ServerWritableStream<Uint8Array, Uint8Array>): void => {
    for (const message of messagesFromTable(table, { maxRows })) call.write(encodeFlightData(message));
    call.end();
  };
}

const table = tableFromColumns({
  time: timestampColumn([new Date(1000), new Date(2000), new Date(3000)]),
  score: float64Column([0.5, null, 1]),
  count: int64Column([1, 2, 9007199254740993n]),
  name: utf8Column(["a", "ü", null]),
  vector: listColumn([[1, 2], null, [3, 4]], "float32"),
});

describe("an export", () => {
  test("sends key, query and times as the official clients do, and gives every value back", async () => {
    let key: unknown;
    let query: ReturnType<typeof parseRecordQuery> | undefined;
    let ticketBytes: Uint8Array | undefined;
    const exports = await exportsFrom({
      getFlightInfo(request, metadata) {
        key = metadata.get("auth-token-bin")[0];
        query = parseRecordQuery(flightDescriptor.decode(request).cmd);
        return info(3)(request);
      },
      doGet(call) {
        ticketBytes = ticket.decode(call.request).ticket;
        serve(table)(call);
      },
    });
    const progress: unknown[] = [];
    const rows = await exports.toRows({
      model: "flights",
      ...range,
      columns: ["time", "score"],
      where: "score > 0",
      includeActuals: true,
      onProgress: (at) => progress.push(at),
    });
    expect(String(key)).toBe("the-key");
    expect(query).toMatchObject({
      spaceId: "space",
      modelId: "flights",
      environment: 3,
      startTime: { seconds: 1767225600n, nanos: 0 },
      projectedColumns: ["time", "score"],
      filterExpression: "score > 0",
      includeActuals: true,
    });
    expect(ticketBytes).toEqual(Buffer.from([7]));
    expect(rows).toEqual([
      { time: new Date(1000), score: 0.5, count: 1, name: "a", vector: Float32Array.of(1, 2) },
      { time: new Date(2000), score: null, count: 2, name: "ü", vector: null },
      { time: new Date(3000), score: 1, count: 9007199254740993n, name: null, vector: Float32Array.of(3, 4) },
    ]);
    expect(progress).toEqual([
      { rows: 2, totalRows: 3 },
      { rows: 3, totalRows: 3 },
    ]);
  });

  test("asks for rows like others as the official clients do", async () => {
    let query: ReturnType<typeof parseRecordQuery> | undefined;
    const exports = await exportsFrom({
      getFlightInfo(request) {
        query = parseRecordQuery(flightDescriptor.decode(request).cmd);
        return info(0)(request);
      },
    });
    const reference = { predictionId: "a", referenceColumnName: "v", predictionTimestamp: new Date(1_500) };
    const similaritySearchParams = { references: [reference], searchColumnName: "w", threshold: 0.5 };
    await exports.toRows({ model: "m", ...range, similaritySearchParams });
    expect(query?.similaritySearchParams).toMatchObject({
      references: [{ predictionId: "a", referenceColumnName: "v", predictionTimestamp: { seconds: 1n, nanos: 0 } }],
      searchColumnName: "w",
      threshold: 0.5,
    });
  });

  test("becomes a pandas-js DataFrame with its columns in order", async () => {
    const exports = await exportsFrom({ getFlightInfo: info(3), doGet: serve(table) });
    const frame = await exports.toDataFrame({ model: "m", ...range });
    expect(frame.length).toBe(3);
    expect(frame.get("score").values.toArray()).toEqual([0.5, null, 1]);
    expect(frame.get("name").values.toArray()).toEqual(["a", "ü", null]);
  });

  test("gives structs as objects with the values that columns have", async () => {
    const inner = structColumn({ n: int64Column([7n]), v: listColumn([[0.5]], "float64") });
    const outer = structColumn({ big: int64Column([9007199254740993n]), inner, text: utf8Column([null]) });
    const exports = await exportsFrom({ getFlightInfo: info(1), doGet: serve(tableFromColumns({ outer })) });
    const expected = { big: 9007199254740993n, inner: { n: 7, v: Float64Array.of(0.5) }, text: null };
    expect(await exports.toRows({ model: "m", ...range })).toStrictEqual([{ outer: expected }]);
    const frame = await exports.toDataFrame({ model: "m", ...range });
    expect(frame.get("outer").values.toArray()).toStrictEqual([expected]);
  });

  test("gives a column named __proto__ as a member of its row", async () => {
    const odd = tableFromColumns({ ["__proto__"]: utf8Column(["x"]), a: utf8Column(["y"]) });
    const exports = await exportsFrom({ getFlightInfo: info(1), doGet: serve(odd) });
    const [row] = await exports.toRows({ model: "m", ...range });
    expect(Object.entries(row ?? {})).toEqual([
      ["__proto__", "x"],
      ["a", "y"],
    ]);
  });

  test("parses the JSON columns and times of spans", async () => {
    const spans = tableFromColumns({
      start_time: int64Column([1_500_000_000n]),
      "attributes.metadata": utf8Column(['{"a":1}']),
      "attributes.llm.input_messages": listColumn([['{"message.role":"user"}', ""]], "utf8"),
    });
    const exports = await exportsFrom({ getFlightInfo: info(1), doGet: serve(spans) });
    expect(await exports.toRows({ project: "p", ...range })).toEqual([
      {
        start_time: new Date(1500),
        "attributes.metadata": { a: 1 },
        "attributes.llm.input_messages": [{ "message.role": "user" }],
      },
    ]);
  });

  test("gives the millisecond in which each time lies, of spans and at any depth", async () => {
    const ms = [1_767_323_000_001, 1_767_323_679_999, -1];
    const ns = BigInt64Array.from(ms, (at) => BigInt(at) * 1_000_000n + 999_999n);
    const nanos = () => new Vector([makeData({ type: new TimestampNanosecond("UTC"), data: ns })]);
    const micros = makeData({ type: new TimestampMicrosecond(), data: BigInt64Array.from(ms, (at) => BigInt(at) * 1000n + 999n) }); // prettier-ignore
    const lists = makeData({ type: new List(new Field("item", micros.type, true)), valueOffsets: Int32Array.of(0, 2, 2, 3), nullBitmap: Uint8Array.of(0b101), child: micros }); // prettier-ignore
    const spans = tableFromColumns({
      start_time: int64Column([...ns]),
      at: nanos(),
      seconds: makeData({ type: new TimestampSecond(), data: BigInt64Array.from(ms, (at) => BigInt(at)) }),
      inside: structColumn({ at: nanos(), vector: listColumn([[1], null, [2]], "float64") }, [1]),
      lists,
    });
    const exports = await exportsFrom({ getFlightInfo: info(3), doGet: serve(spans) });
    const [a, b, c] = ms.map((at) => new Date(at));
    expect(await exports.toRows({ project: "p", ...range })).toStrictEqual([
      { start_time: a, at: a, seconds: new Date(1_767_323_000_001_000), inside: { at: a, vector: Float64Array.of(1) }, lists: [a, b] },
      { start_time: b, at: b, seconds: new Date(1_767_323_679_999_000), inside: null, lists: null },
      { start_time: c, at: c, seconds: new Date(-1000), inside: { at: c, vector: Float64Array.of(2) }, lists: [c] },
    ]); // prettier-ignore
  });

  test("without rows asks for no stream", async () => {
    const exports = await exportsFrom({ getFlightInfo: info(0) });
    expect(await exports.toRows({ model: "m", ...range })).toEqual([]);
    expect((await exports.toTable({ model: "m", ...range })).numRows).toBe(0);
    expect((await exports.toDataFrame({ model: "m", ...range })).length).toBe(0);
  });

  test("without rows has the columns that the platform announces", async () => {
    const exports = await exportsFrom({ getFlightInfo: info(0, table.schema) });
    const columns = ["time", "score", "count", "name", "vector"];
    expect((await exports.toTable({ model: "m", ...range })).schema.fields.map(({ name }) => String(name))).toEqual(columns); // prettier-ignore
    const frame = await exports.toDataFrame({ model: "m", ...range });
    expect([frame.length, frame.columns]).toEqual([0, expect.objectContaining({ size: 5 })]);
    expect(columns.map((name) => frame.get(name).values.toArray())).toEqual(columns.map(() => []));
  });

  test("that ends early is an error, not a shorter table", async () => {
    const exports = await exportsFrom({ getFlightInfo: info(4), doGet: serve(table) });
    const failure = exports.toTable({ model: "m", ...range });
    await expect(failure).rejects.toThrow(IncompleteExportError);
    await expect(failure).rejects.toMatchObject({ receivedRows: 3, announcedRows: 4 });
  });

  test("is written to a Parquet file; one that ends early or is stopped leaves none", async () => {
    const folder = await newFolder();
    const path = join(folder, "flights.parquet");
    const whole = await exportsFrom({ getFlightInfo: info(3), doGet: serve(table) });
    expect(await whole.toParquet(path, { model: "m", ...range })).toMatchObject({ path, rows: 3 });
    expect((await contentOf(path)).rows).toMatchObject([{ score: 0.5, name: "a" }, { score: null, name: "ü" }, { score: 1, name: null }]); // prettier-ignore
    const early = await exportsFrom({ getFlightInfo: info(4), doGet: serve(table) });
    await expect(early.toParquet(join(folder, "early.parquet"), { model: "m", ...range })).rejects.toThrow(IncompleteExportError); // prettier-ignore
    const stop = new AbortController();
    const stopped = whole.toParquet(join(folder, "stopped.parquet"), { model: "m", ...range, signal: stop.signal, onProgress: () => stop.abort() }); // prettier-ignore
    await expect(stopped).rejects.toMatchObject({ name: "AbortError" });
    const empty = await exportsFrom({ getFlightInfo: info(0) });
    expect(await empty.toParquet(join(folder, "empty.parquet"), { model: "m", ...range })).toMatchObject({ rows: 0, path: undefined }); // prettier-ignore
    expect(await readdir(folder)).toEqual(["flights.parquet"]);
    await removeFiles();
  });

  test("of unknown size is taken as it comes", async () => {
    const exports = await exportsFrom({ getFlightInfo: info(-1), doGet: serve(table) });
    expect((await exports.toTable({ model: "m", ...range })).numRows).toBe(3);
  });

  test("left early cancels the stream, and a slow reader holds the server back", async () => {
    const big = tableFromColumns({ x: float64Column(new Float64Array(100_000)) });
    let written = 0;
    let cancelled = false;
    const exports = await exportsFrom({
      getFlightInfo: info(-1),
      doGet(call) {
        call.on("cancelled", () => (cancelled = true));
        const [schema, batch] = [...messagesFromTable(big, { maxRows: 100_000 })].map((message) =>
          encodeFlightData(message),
        );
        if (schema === undefined || batch === undefined) return;
        call.write(schema);
        const more = (): void => {
          while (written < 1000 && !cancelled) {
            written++;
            if (!call.write(batch)) return void call.once("drain", more);
          }
          call.end();
        };
        more();
      },
    });
    let seen = 0;
    for await (const batch of exports.batches({ model: "m", ...range })) {
      expect(batch.numRows).toBe(100_000);
      if (++seen === 3) break;
    }
    await expect.poll(() => cancelled).toBe(true);
    expect(written).toBeLessThan(200);
  });

  test("that falls silent is given up", async () => {
    const exports = await exportsFrom({ getFlightInfo: info(10), doGet: () => undefined });
    await expect(exports.toTable({ model: "m", ...range, timeout: 50 })).rejects.toThrow(TimeoutError);
  });

  test("stops when its signal is aborted though all of it has arrived", async () => {
    const exports = await exportsFrom({ getFlightInfo: info(3), doGet: serve(table, 1) });
    for (const before of [1, 2, 3]) {
      const stop = new AbortController();
      let seen = 0;
      const reading = (async () => {
        for await (const _batch of exports.batches({ model: "m", ...range, signal: stop.signal }))
          if (++seen === before) {
            await new Promise((resolve) => setTimeout(resolve, 20));
            stop.abort();
          }
      })();
      await expect(reading).rejects.toMatchObject({ name: "AbortError" });
      expect(seen).toBe(before);
    }
  });

  test("stops when its signal is aborted", async () => {
    const exports = await exportsFrom({
      getFlightInfo: info(10),
      doGet: (call) =>
        call.write(
          encodeFlightData([...messagesFromTable(table)][0] ?? { header: new Uint8Array(), body: new Uint8Array() }),
        ),
    });
    const stop = new AbortController();
    const reading = exports.toTable({ model: "m", ...range, signal: stop.signal });
    setTimeout(() => stop.abort(), 50);
    await expect(reading).rejects.toMatchObject({ name: "AbortError" });
  });
});

describe("a refused export", () => {
  test.each([
    [status.UNAUTHENTICATED, AuthenticationError, 401],
    [status.NOT_FOUND, NotFoundError, 404],
  ])("with gRPC status %s throws the error of the HTTP status that means the same", async (code, type, http) => {
    const exports = await exportsFrom({
      getFlightInfo: () => {
        throw grpcError(code, "because");
      },
    });
    const failure = exports.toTable({ model: "m", ...range });
    await expect(failure).rejects.toThrow(type);
    await expect(failure).rejects.toMatchObject({ status: http, message: expect.stringContaining("because") });
  });

  test("is asked again while the server is not there", async () => {
    let calls = 0;
    const exports = await exportsFrom(
      {
        getFlightInfo(request) {
          if (++calls < 3) throw grpcError(status.UNAVAILABLE, "starting");
          return info(0)(request);
        },
      },
      3,
    );
    await exports.toTable({ model: "m", ...range });
    expect(calls).toBe(3);
  });

  test("before any call names a bad environment and a bad similarity search", async () => {
    const exports = await exportsFrom({});
    const bad: object = { model: "m", ...range, environment: "CORPUS" };
    await expect(exports.toTable(bad as ExportQuery)).rejects.toThrow(/environment: is CORPUS; give one of TRAINING/); // boundary: a caller without types
    const similaritySearchParams = { references: [{ predictionId: "a", referenceColumnName: " " }], searchColumnName: "", threshold: 2 }; // prettier-ignore
    const failure = exports.toTable({ model: "m", ...range, similaritySearchParams });
    await expect(failure).rejects.toThrow(/references\[0\].*searchColumnName.*threshold: is 2/s);
    const none = exports.toTable({ model: "m", ...range, similaritySearchParams: { ...similaritySearchParams, references: [] } }); // prettier-ignore
    await expect(none).rejects.toThrow(/one to ten/);
  });

  test("says all that the server said", async () => {
    const reason = `columns: there is no "x". There are ${"many, ".repeat(60)}and y.`;
    const exports = await exportsFrom({
      getFlightInfo: () => {
        throw grpcError(status.INVALID_ARGUMENT, reason);
      },
    });
    await expect(exports.toTable({ model: "m", ...range })).rejects.toThrow(reason);
  });

  test.each<[string, string, string, RegExp]>([
    ["of one second", "2026-01-01T10:00:00.100Z", "2026-01-01T10:00:00.900Z", /endTime: lies in the same second as startTime/],
    ["before year 1", "-000001-01-01T00:00:00Z", "2026-01-01T00:00:00Z", /startTime: lies outside the years 1 to 9999/],
    ["after year 9999", "2026-01-01T00:00:00Z", "+010000-01-01T00:00:00Z", /endTime: lies outside the years 1 to 9999/],
  ])("before any call refuses a window %s, which could not be asked for as it is", async (_what, start, end, says) => {
    const exports = await exportsFrom({});
    const failure = exports.toTable({ model: "m", startTime: new Date(start), endTime: new Date(end) });
    await expect(failure).rejects.toThrow(ValidationError);
    await expect(failure).rejects.toThrow(says);
  }); // prettier-ignore

  test("before any call names each bad argument", async () => {
    const exports = await exportsFrom({});
    const failure = exports.toTable({ startTime: range.endTime, endTime: range.startTime, streamChunkSize: 0 });
    await expect(failure).rejects.toThrow(ValidationError);
    await expect(failure).rejects.toThrow(/model.*endTime.*streamChunkSize/s);
  });

  test("by an absent server says so", async () => {
    const config = resolveConfig({ apiKey: "k", spaceId: "s", baseUrl: "http://127.0.0.1:9", maxRetries: 0 }, {});
    const flight = new FlightClient(config);
    open.push(() => flight.close());
    await expect(
      new Exports({ config, flight: () => Promise.resolve(flight) }).toTable({ model: "m", ...range }),
    ).rejects.toThrow(ConnectionError);
  });
});
