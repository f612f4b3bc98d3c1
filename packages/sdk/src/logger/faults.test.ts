import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";

import { createContext } from "../context.js";
import {
  AuthenticationError,
  ConnectionError,
  PayloadTooLargeError,
  PermissionDeniedError,
  ServerError,
  TimeoutError,
  UnexpectedResponseError,
} from "../errors/index.js";
import { FakeClock } from "../testing/clock.js";
import { startFaultyServer } from "../testing/faulty-server.js";
import type { Fault } from "../testing/faulty-server.js";
import { Logger, PartialUploadError } from "./index.js";
import type { LogOptions, RowRange } from "./index.js"; // prettier-ignore

const open: (() => Promise<void>)[] = [];
afterEach(() => Promise.all(open.splice(0).map((close) => close())));

/** A logger in front of a server that treats its first requests so, and takes all others. */
async function start(faults: readonly Fault[] | ((request: number) => Fault | Promise<Fault>), settings: object = {}) {
  const faultOf = typeof faults === "function" ? faults : (request: number): Fault => faults[request] ?? "take";
  const server = await startFaultyServer(faultOf);
  open.push(server.close);
  const clock = new FakeClock();
  const common = { apiKey: "the-secret-key", spaceId: "s", baseUrl: server.url, random: () => 0.5 };
  const logger = new Logger(createContext({ ...common, clock, ...settings }));
  // Time limits are real ones: a fake clock would run them out at once.
  const impatient = new Logger(createContext({ ...common, timeout: 250, ...settings }));
  return { server, clock, logger, impatient };
}

const always = (fault: Fault) => (): Fault => fault;
const options = {
  modelId: "m",
  modelVersion: "1",
  modelType: "REGRESSION",
  environment: "PRODUCTION",
  schema: { predictionIdColumnName: "id", predictionScoreColumnName: "score" },
} satisfies LogOptions;
const withoutId = { ...options, schema: { predictionScoreColumnName: "score", featureColumnNames: ["id"] } };
const rows = (count: number) => Array.from({ length: count }, (_unused, n) => ({ id: `id-${n}`, score: n + 0.5 }));
const ids = (count: number): string[] => rows(count).map(({ id }) => id);
const inRanges = (ranges: readonly RowRange[], total: number): string[] =>
  ranges.flatMap(({ start, end }) => ids(total).slice(start, end ?? undefined));
const html = { status: 502, headers: { "content-type": "text/html" }, body: "<html><h1>Bad Gateway</h1></html>" };
const later = { status: 429, headers: { "retry-after": "7" } };

describe("a refusal is not repeated, and nothing is sent after it", () => {
  test.each([
    [401, AuthenticationError],
    [403, PermissionDeniedError],
    [413, PayloadTooLargeError],
  ])("%s", async (status, kind) => {
    const { logger, server } = await start(always({ status, body: '{"title":"no"}' }));
    const failure = logger.log(rows(50), { ...options, rowsPerRequest: 10, concurrency: 1 });
    await expect(failure).rejects.toBeInstanceOf(kind);
    await expect(failure).rejects.not.toThrow(/the-secret-key/);
    expect([server.requests(), server.taken]).toEqual([1, []]);
  });
});

describe("what passes is waited for, and every row lands once", () => {
  test.each<[string, Fault]>([
    ["429 with Retry-After", later],
    ["503 with Retry-After", { status: 503, headers: { "retry-after": "7" } }],
    ["500 with an empty body", { status: 500 }],
    ["an HTML 502", html],
    ["a connection reset in mid-upload", "reset in mid-upload"],
  ])("%s", async (_name, fault) => {
    const { logger, server, clock } = await start([fault, "take", fault]);
    const result = await logger.log(rows(30), { ...options, rowsPerRequest: 10, concurrency: 1 });
    expect(result).toMatchObject({ rows: 30, requests: 3 });
    expect(server.taken).toEqual(ids(30));
    const waits = typeof fault === "object" && fault.headers?.["retry-after"] === "7" ? [7000, 7000] : [250, 250];
    expect(clock.waits).toEqual(waits);
  });

  test("rows without an id are repeated only where they were certainly not taken", async () => {
    const { logger, server } = await start([later]);
    expect(await logger.log(rows(5), withoutId)).toMatchObject({ rows: 5 });
    expect([server.requests(), server.taken]).toEqual([2, ids(5)]);
  });
});

const everyRow = { landed: [], missing: [], uncertain: [{ start: 0, end: 5 }] };

describe("what does not pass", () => {
  test.each<[string, Fault]>([
    ["429", later],
    ["503 with Retry-After", { status: 503, headers: { "retry-after": "7" } }],
  ])("and was refused before any work (%s) ends as its own error", async (_name, fault) => {
    const { logger, server } = await start(always(fault), { maxRetries: 2 });
    const failure = logger.log(rows(5), options);
    await expect(failure).rejects.toMatchObject({ name: fault === later ? "RateLimitError" : "ServerError" });
    expect([server.requests(), server.taken]).toEqual([3, []]);
  });

  test.each<[string, Fault, new (...args: never[]) => Error]>([
    ["500 with an empty body", { status: 500 }, ServerError],
    ["503 without Retry-After", { status: 503 }, ServerError],
    ["an HTML 502", html, ServerError],
    ["a connection reset in mid-upload", "reset in mid-upload", ConnectionError],
  ])("and may have landed (%s) says which rows", async (_name, fault, kind) => {
    const { logger, server } = await start(always(fault), { maxRetries: 2 });
    const failure = logger.log(rows(5), options);
    await expect(failure).rejects.toBeInstanceOf(PartialUploadError);
    await expect(failure).rejects.toMatchObject({ ...everyRow, cause: expect.any(kind) });
    await expect(failure).rejects.toThrow(/no row was confirmed; rows 0–4 were sent without being confirmed/);
    await expect(failure).rejects.not.toThrow(/<h1>|the-secret-key/);
    expect([server.requests(), server.taken]).toEqual([3, []]);
  });

  test("an HTML page of a proxy is no confirmation, whatever its status", async () => {
    const page: Fault = { status: 200, headers: { "content-type": "text/html" }, body: "<!DOCTYPE html><title>Log in</title>" };
    const { logger, server } = await start(always(page));
    const failure = logger.log(rows(5), options);
    await expect(failure).rejects.toMatchObject({ ...everyRow, cause: expect.any(UnexpectedResponseError) });
    await expect(failure).rejects.toThrow(/answered 200 with an HTML page \(Log in\)/);
    expect(server.requests()).toBe(1);
  }); // prettier-ignore

  test.each<[string, Fault]>([
    ["an empty body", { status: 200 }],
    ["no JSON", { status: 202, body: "thanks" }],
  ])("a success with %s is one all the same (§3.4)", async (_name, fault) => {
    const { logger } = await start(always(fault));
    expect(await logger.log(rows(5), options)).toMatchObject({ rows: 5, url: undefined });
  });

  test.each<[string, Fault, Fault]>([
    ["a reset, then 401", "take and reset", { status: 401 }],
    ["a 500, then 429", { status: 500 }, later],
  ])("is uncertain when an earlier attempt may have landed: %s", async (_name, first, second) => {
    const { logger } = await start([first, second, second], { maxRetries: 1 });
    await expect(logger.log(rows(5), options)).rejects.toMatchObject({ name: "PartialUploadError", ...everyRow });
  });

  test("tells the refused from the uncertain when no request was confirmed", async () => {
    const { logger } = await start((request) => (request === 0 ? "take and reset" : { status: 413 }), {
      maxRetries: 0,
    });
    const failure = logger.log(rows(30), { ...options, rowsPerRequest: 10, concurrency: 2 });
    // The two requests may reach the server in either order.
    const error: unknown = await failure.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(PartialUploadError);
    const { landed, missing, uncertain } = error as PartialUploadError; // boundary: asserted in the line above
    expect(landed).toEqual([]);
    expect(inRanges(uncertain, 30)).toHaveLength(10);
    expect([...inRanges(missing, 30), ...inRanges(uncertain, 30)].sort()).toEqual(ids(30).sort());
  });

  test("of several refused requests the first refusal is thrown as it is", async () => {
    const { logger, server } = await start(always({ status: 403 }));
    const failure = logger.log(rows(30), { ...options, rowsPerRequest: 10, concurrency: 3 });
    await expect(failure).rejects.toBeInstanceOf(PermissionDeniedError);
    expect(server.taken).toEqual([]);
  });

  test("is certain where no connection was made", async () => {
    const { logger, server } = await start([]);
    await server.close();
    await expect(logger.log(rows(5), options)).rejects.toMatchObject({ name: "ConnectionError", code: "ECONNREFUSED" });
  });

  test("is certain for a call that was stopped before it began, uncertain for one stopped on its way", async () => {
    const { logger } = await start(always("hang"));
    await expect(logger.log(rows(5), { ...options, signal: AbortSignal.abort() })).rejects.toMatchObject({ name: "AbortError" });
    const stop = new AbortController();
    const { logger: second } = await start(() => {
      stop.abort();
      return "hang";
    });
    await expect(second.log(rows(5), { ...options, signal: stop.signal })).rejects.toMatchObject({
      ...everyRow,
      cause: { name: "AbortError" },
    });
  }); // prettier-ignore

  test("a Retry-After that is longer than a minute is told, not waited for", async () => {
    const { logger, server } = await start(always({ status: 429, headers: { "retry-after": "3600" } }));
    await expect(logger.log(rows(5), options)).rejects.toMatchObject({ name: "RateLimitError", retryAfter: 3600 });
    expect(server.requests()).toBe(1);
  });

  test("a server that hangs", async () => {
    const { impatient, server } = await start(always("hang"), { maxRetries: 0 });
    await expect(impatient.log(rows(5), options)).rejects.toMatchObject({
      ...everyRow,
      cause: expect.any(TimeoutError),
    });
    expect(server.requests()).toBe(1);
  });

  test.each<Fault>(["take and hang", "take and reset", { status: 500 }, html, "reset in mid-upload"])(
    "rows without an id are not sent twice after %j",
    async (fault) => {
      const { impatient, server } = await start(always(fault));
      await expect(impatient.log(rows(5), withoutId)).rejects.toThrow(/may have landed \(they carry no id/);
      expect(server.requests()).toBe(1);
    },
  );
});

test.each<Fault>(["take and hang", "take and reset"])("an answer lost after the rows were taken (%s) repeats them by id", async (fault) => {
  const { impatient, server } = await start([fault]);
  expect(await impatient.log(rows(5), options)).toMatchObject({ rows: 5, requests: 1 });
  // Twice the same ids: the platform merges them, which is shown against it in the conformance suite.
  expect(server.taken).toEqual([...ids(5), ...ids(5)]);
}); // prettier-ignore

describe("an upload that ends in the middle", () => {
  const faults = fc.array(
    fc.constantFrom<Fault>("take", "take", { status: 401 }, "take and reset", "reset in mid-upload", { status: 500 }),
    { maxLength: 8 },
  );

  test("says exactly which rows landed, and a second run of the others completes it", async () => {
    const check = async (planned: readonly Fault[], concurrency: number, asStream: boolean): Promise<void> => {
      const { logger, server } = await start(planned, { maxRetries: 0 });
      const data = asStream ? new Set(rows(35)) : rows(35);
      const failure: unknown = await logger.log(data, { ...options, rowsPerRequest: 5, concurrency }).then(
        () => undefined,
        (error: unknown) => error,
      );
      const landed = [...server.taken];
      if (failure === undefined) {
        expect(landed.sort()).toEqual(ids(35).sort());
        return;
      }
      // The plain error: certainly nothing landed.
      if (!(failure instanceof PartialUploadError)) {
        expect(landed).toEqual([]);
        return;
      }
      const sure = inRanges(failure.landed, 35);
      const missing = inRanges(failure.missing, 35);
      const uncertain = inRanges(failure.uncertain, 35);
      expect([...sure, ...missing, ...uncertain].sort()).toEqual(ids(35).sort());
      expect(sure.filter((id) => !landed.includes(id))).toEqual([]);
      expect(missing.filter((id) => landed.includes(id))).toEqual([]);
      const { logger: again, server: second } = await start([]);
      const rest = new Set([...missing, ...uncertain]);
      await again.log(rows(35).filter(({ id }) => rest.has(id)), options); // prettier-ignore
      expect([...new Set([...landed, ...second.taken])].sort()).toEqual(ids(35).sort());
      await Promise.all(open.splice(0).map((close) => close()));
    };
    await fc.assert(fc.asyncProperty(faults, fc.integer({ min: 1, max: 3 }), fc.boolean(), check), { numRuns: 25 });
  });

  test("by the caller's signal says what landed before", async () => {
    const stop = new AbortController();
    const { logger } = await start([]);
    const failure = logger.log(rows(50), {
      ...options,
      rowsPerRequest: 10,
      concurrency: 1,
      signal: stop.signal,
      onProgress: ({ requests }) => void (requests === 2 && stop.abort()),
    });
    await expect(failure).rejects.toMatchObject({
      name: "PartialUploadError",
      landed: [{ start: 0, end: 20 }],
      cause: { name: "AbortError" },
    });
  });
});

test("a slow server holds the producer back: no more rows are made than requests in flight and one to come", async () => {
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  let waiting = 0;
  let bothWait = (): void => undefined;
  const inFlight = new Promise<void>((resolve) => (bothWait = resolve));
  const { logger } = await start(
    async (): Promise<Fault> => {
      if (++waiting === 2) bothWait();
      await held;
      return "take";
    },
    { maxChunksize: 10 },
  );
  let made = 0;
  function* produce() { for (const row of rows(500)) { made += 1; yield row; } } // prettier-ignore
  const logging = logger.log(produce(), { ...options, rowsPerRequest: 10, concurrency: 2 });
  await inFlight;
  for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  expect(made).toBeLessThanOrEqual(40);
  release();
  expect(await logging).toMatchObject({ rows: 500, requests: 50 });
});
