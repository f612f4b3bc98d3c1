import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { inspect } from "node:util";

import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { resolveConfig } from "../config/index.js";
import {
  AbortError,
  ApiError,
  BadRequestError,
  ConnectionError,
  NotFoundError,
  PayloadTooLargeError,
  RateLimitError,
  ServerError,
  TimeoutError,
  ValidationError,
} from "../errors/index.js";
import { FakeClock } from "../testing/clock.js";
import { startServer, type TestServer } from "../testing/server.js";
import { path, Transport, type AttemptReport } from "./index.js";

const KEY = "foreign-secret-key-0123456789abcdef";
let server: TestServer;
let clock: FakeClock;
let reports: AttemptReport[];

beforeEach(async () => {
  server = await startServer();
  clock = new FakeClock();
  reports = [];
});
afterEach(() => server.close());

function transport(
  options: { timeout?: number; maxRetries?: number; baseUrl?: string; realClock?: boolean } = {},
): Transport {
  const { timeout, maxRetries, baseUrl = server.url, realClock } = options;
  const config = resolveConfig({ apiKey: KEY, baseUrl, timeout, maxRetries }, {});
  const onAttempt = (report: AttemptReport) => reports.push(report);
  return new Transport(config, { ...(realClock ? {} : { clock }), random: () => 0.5, onAttempt });
}

/** Answers one after another; the last one stays. */
function answers(...list: { status: number; headers?: Record<string, string>; body?: unknown }[]): void {
  let next = 0;
  server.handle = () => list[Math.min(next++, list.length - 1)];
}

async function failure(call: Promise<unknown>): Promise<Error> {
  return call.then(
    () => expect.fail("the call should have failed"),
    (error: unknown) => (error instanceof Error ? error : expect.fail("not an error")),
  );
}

describe("a request", () => {
  test("carries the key, says who sends it, and answers status, headers and text", async () => {
    answers({ status: 200, headers: { "x-request-id": "r-1" }, body: { ok: true } });
    const response = await transport().request({
      method: "POST",
      path: "/v2/x",
      query: { a: "ä b", status: ["A", "B"], no: undefined },
      body: { é: 1 },
    });
    expect(response).toMatchObject({ status: 200, requestId: "r-1", text: '{"ok":true}' });
    const [seen] = server.seen;
    expect(seen).toMatchObject({ method: "POST", url: "/v2/x?a=%C3%A4%20b&status=A&status=B", body: '{"é":1}' });
    expect(seen?.headers).toMatchObject({
      authorization: `Bearer ${KEY}`,
      "content-type": "application/json",
      "sdk-language": "typescript",
      "sdk-package-name": "@axlab/sdk",
      "sdk-version": expect.stringMatching(/^\d+\.\d+\.\d+/),
      "language-version": process.version,
    });
  });

  test("without a body has no content type, and PUT says its length is 0", async () => {
    answers({ status: 204 });
    await transport().request({ method: "PUT", path: "/v2/x" });
    expect(server.seen[0]?.headers["content-type"]).toBeUndefined();
    expect(server.seen[0]?.headers["content-length"]).toBe("0");
  });

  test("keeps the connection for the next one", async () => {
    answers({ status: 200, body: {} });
    const ports = new Set<number | undefined>();
    server.handle = (_, __, request) => {
      ports.add(request.socket.remotePort);
      return { body: {} };
    };
    const client = transport();
    for (let index = 0; index < 3; index += 1) await client.request({ method: "GET", path: "/" });
    expect(ports.size).toBe(1);
  });

  test("does not follow a redirect, which could carry the key to another host", async () => {
    const other = await startServer(() => ({ body: {} }));
    answers({ status: 302, headers: { location: `${other.url}/elsewhere` } });
    const error = await failure(transport().request({ method: "GET", path: "/v2/x" }));
    expect(error).toBeInstanceOf(ApiError);
    expect(error.message).toMatch(/redirects \(302\).*check the base URL/);
    expect(other.seen).toHaveLength(0);
    await other.close();
  });

  test("that cannot be written as JSON is refused before it is sent", async () => {
    const loop: Record<string, unknown> = {};
    loop["self"] = loop;
    expect(() => transport().request({ method: "POST", path: "/", body: loop })).toThrow(ValidationError);
    expect(server.seen).toHaveLength(0);
  });
});

describe("retries", () => {
  test.each([408, 429, 500, 502, 503, 504])("GET is repeated after %i, with growing waits", async (status) => {
    answers({ status }, { status }, { status: 200, body: {} });
    await transport().request({ method: "GET", path: "/" });
    expect(server.seen).toHaveLength(3);
    expect(clock.waits).toEqual([250, 500]);
    expect(reports.map((report) => [report.attempt, report.status, report.retryIn])).toEqual([
      [1, status, 250],
      [2, status, 500],
      [3, 200, undefined],
    ]);
  });

  test.each([400, 401, 403, 404, 409, 413, 422, 501])("nothing is repeated after %i", async (status) => {
    answers({ status });
    await failure(transport().request({ method: "GET", path: "/" }));
    expect(server.seen).toHaveLength(1);
  });

  test.each([408, 500, 502, 503, 504])(
    "POST is never repeated after %i alone: the server may have acted",
    async (status) => {
      answers({ status });
      await failure(transport().request({ method: "POST", path: "/", body: {} }));
      expect(server.seen).toHaveLength(1);
    },
  );

  test("POST is repeated where the server said it did not act: 429, and 503 with Retry-After", async () => {
    answers({ status: 429 }, { status: 503, headers: { "retry-after": "2" } }, { status: 201, body: {} });
    await transport().request({ method: "POST", path: "/", body: { n: 1 } });
    expect(server.seen.map(({ body }) => body)).toEqual(['{"n":1}', '{"n":1}', '{"n":1}']);
    expect(clock.waits).toEqual([250, 2000]);
  });

  test("the id of the request stays the same over its attempts", async () => {
    answers({ status: 500 }, { status: 200, body: {} });
    await transport().request({ method: "GET", path: "/" });
    const ids = server.seen.map(({ headers }) => headers["x-request-id"]);
    expect(ids[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(ids[0]).toBe(ids[1]);
  });

  test("Retry-After may be a date", async () => {
    const until = new Date(clock.time + 7000).toUTCString();
    answers({ status: 503, headers: { "retry-after": until } }, { status: 200, body: {} });
    await transport().request({ method: "GET", path: "/" });
    expect(clock.waits).toEqual([7000]);
  });

  test("a longer Retry-After than a minute is handed to the caller instead of waited for", async () => {
    answers({ status: 429, headers: { "retry-after": "3600" } });
    const error = await failure(transport().request({ method: "GET", path: "/" }));
    expect(error).toBeInstanceOf(RateLimitError);
    expect(error).toMatchObject({ retryAfter: 3600, attempts: 1 });
    expect(clock.waits).toEqual([]);
  });

  test("end after maxRetries, and the error counts the attempts", async () => {
    answers({ status: 503, body: { title: "Service Unavailable", status: 503 } });
    const error = await failure(transport({ maxRetries: 2 }).request({ method: "GET", path: "/v2/x" }));
    expect(error).toBeInstanceOf(ServerError);
    expect(error).toMatchObject({ attempts: 3, status: 503 });
    expect(server.seen).toHaveLength(3);
  });

  test("a refused connection is tried again even for POST: nothing was sent", async () => {
    await server.close();
    const error = await failure(transport({ maxRetries: 2 }).request({ method: "POST", path: "/v2/x", body: {} }));
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error).toMatchObject({ code: "ECONNREFUSED", attempts: 3, path: "/v2/x" });
    expect(clock.waits).toHaveLength(2);
  });

  test("a connection reset in the middle is repeated for GET and not for POST", async () => {
    server.handle = (_, __, request) => {
      request.socket.resetAndDestroy();
      return undefined;
    };
    const client = transport({ maxRetries: 1 });
    expect(await failure(client.request({ method: "GET", path: "/" }))).toBeInstanceOf(ConnectionError);
    expect(server.seen).toHaveLength(2);
    expect(await failure(client.request({ method: "POST", path: "/", body: {} }))).toBeInstanceOf(ConnectionError);
    expect(server.seen).toHaveLength(3);
  });

  test("a body cut off half-way is a connection error, not half an answer", async () => {
    server.handle = (_, response) => {
      response.writeHead(200, { "content-length": "100" });
      response.write('{"half":');
      setImmediate(() => response.destroy());
      return undefined;
    };
    const error = await failure(transport({ maxRetries: 0 }).request({ method: "GET", path: "/" }));
    expect(error).toBeInstanceOf(ConnectionError);
  });
});

describe("time", () => {
  test("an answer that comes too late is a TimeoutError, per attempt", async () => {
    server.handle = async (_, response) => {
      await once(response, "close");
      return undefined;
    };
    const client = transport({ timeout: 40, maxRetries: 1, realClock: true });
    const error = await failure(client.request({ method: "GET", path: "/v2/late" }));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error.message).toMatch(/within 40 ms: GET http:.*\/v2\/late/);
    expect(reports).toHaveLength(2);
  });

  test("a body that drips for ever does not escape the timeout", async () => {
    server.handle = (_, response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write(" "), 5);
      response.on("close", () => clearInterval(drip));
      return undefined;
    };
    const error = await failure(
      transport({ realClock: true, maxRetries: 0 }).request({ method: "GET", path: "/", timeout: 60 }),
    );
    expect(error).toBeInstanceOf(TimeoutError);
  });

  test("abort ends a call that is waiting to retry, at once", async () => {
    const stop = new AbortController();
    answers({ status: 503, headers: { "retry-after": "30" } });
    const call = failure(transport({ realClock: true }).request({ method: "GET", path: "/", signal: stop.signal }));
    await expect.poll(() => reports.length).toBe(1);
    stop.abort(new Error("user left"));
    const error = await call;
    expect(error).toBeInstanceOf(AbortError);
    expect(error.name).toBe("AbortError");
    expect(error.message).toContain("user left");
    expect(server.seen).toHaveLength(1);
  });

  test("one signal for many calls costs it one listener, and ends them all", async () => {
    const stop = new AbortController();
    let added = 0;
    const add = stop.signal.addEventListener.bind(stop.signal);
    Object.assign(stop.signal, { addEventListener: (...input: Parameters<typeof add>) => (added++, add(...input)) });
    server.handle = () => undefined;
    const client = transport();
    const calls = Array.from({ length: 20 }, () =>
      failure(client.request({ method: "GET", path: "/", signal: stop.signal })),
    );
    await expect.poll(() => server.seen.length).toBe(20);
    stop.abort();
    for (const error of await Promise.all(calls)) expect(error).toBeInstanceOf(AbortError);
    expect(added).toBe(1);
  });

  test("abort ends a call in flight, and an aborted signal sends nothing", async () => {
    const stop = new AbortController();
    server.handle = (_, __, ___) => {
      stop.abort();
      return undefined;
    };
    expect(await failure(transport().request({ method: "GET", path: "/", signal: stop.signal }))).toBeInstanceOf(
      AbortError,
    );
    expect(await failure(transport().request({ method: "GET", path: "/", signal: stop.signal }))).toBeInstanceOf(
      AbortError,
    );
    expect(server.seen).toHaveLength(1);
  });
});

describe("errors", () => {
  test("the status decides the class, whatever the body says", async () => {
    answers({ status: 400, body: { title: "Not found", status: 404, detail: "the name is taken" } });
    const error = await failure(transport().request({ method: "GET", path: "/v2/x?secret=1" }));
    expect(error).toBeInstanceOf(BadRequestError);
    expect(error.message).toMatch(/^the name is taken \(400, GET \/v2\/x, request /);
  });

  test("an HTML 502 survives with a clear text", async () => {
    answers({
      status: 502,
      headers: { "content-type": "text/html" },
      body: "<html><head><title>502 Bad Gateway</title></head></html>",
    });
    const error = await failure(transport({ maxRetries: 0 }).request({ method: "GET", path: "/v2/x" }));
    expect(error).toBeInstanceOf(ServerError);
    expect(error.message).toContain("502 with an HTML page (502 Bad Gateway)");
  });

  test("an empty 500 survives with a clear text and the request id", async () => {
    answers({ status: 500, headers: { "x-request-id": "abc-1" } });
    const error = await failure(transport({ maxRetries: 0 }).request({ method: "GET", path: "/v2/x" }));
    expect(error.message).toBe("The server answered 500 with an empty body (500, GET /v2/x, request abc-1)");
  });

  test("never hold the key, of whatever format, even when the server echoes it", async () => {
    answers({ status: 401, body: { title: "no", status: 401, detail: `unknown key ${KEY}`, given: [KEY] } });
    const error = await failure(transport().request({ method: "GET", path: "/v2/x" }));
    expect(`${error.stack} ${inspect(error, { depth: 9 })} ${JSON.stringify(error)}`).not.toContain(KEY);
    await server.close();
    const refused = await failure(transport({ maxRetries: 0 }).request({ method: "GET", path: "/v2/x" }));
    expect(inspect(refused, { depth: 9, showHidden: true })).not.toContain(KEY);
  });

  test("keep the caller's stack", async () => {
    answers({ status: 404 });
    async function theCallersFunction() {
      await transport().request({ method: "GET", path: "/v2/x" });
    }
    const error = await failure(theCallersFunction());
    expect(error).toBeInstanceOf(NotFoundError);
    expect(error.stack).toContain("theCallersFunction");
  });
});

describe("upload", () => {
  async function* chunks(count: number): AsyncGenerator<Uint8Array> {
    for (let index = 0; index < count; index += 1) yield new TextEncoder().encode(`chunk ${index};`);
  }

  test("sends bytes as they are, with the length and no content type", async () => {
    answers({ status: 200, body: {} });
    const bytes = new TextEncoder().encode("__hello__").subarray(2, 7);
    await transport().upload("/v1/log", { body: bytes, auth: "raw", headers: { "arize-space-id": "s" } });
    expect(server.seen[0]).toMatchObject({ method: "POST", body: "hello" });
    expect(server.seen[0]?.headers).toMatchObject({ authorization: KEY, "arize-space-id": "s", "content-length": "5" });
    expect(server.seen[0]?.headers["content-type"]).toBeUndefined();
  });

  test("makes a streamed body anew for a retry", async () => {
    answers({ status: 429 }, { status: 200, body: {} });
    let made = 0;
    const body = () => {
      made += 1;
      return chunks(3);
    };
    await transport().upload("/v1/x", { body });
    expect(made).toBe(2);
    expect(server.seen.map((seen) => seen.body)).toEqual(["chunk 0;chunk 1;chunk 2;", "chunk 0;chunk 1;chunk 2;"]);
  });

  test("an error in the caller's stream reaches the caller as it is", async () => {
    answers({ status: 200, body: {} });
    const broken = new RangeError("bad row 7");
    async function* body(): AsyncGenerator<Uint8Array> {
      yield new Uint8Array(3);
      throw broken;
    }
    expect(await failure(transport().upload("/v1/x", { body }))).toBe(broken);
  });

  test("that is answered before it is all sent ends there, with the answer", async () => {
    let sent = 0;
    async function* body(): AsyncGenerator<Uint8Array> {
      for (; sent < 2000; sent += 1) {
        yield new Uint8Array(64 * 1024);
        await new Promise(setImmediate);
      }
    }
    const early = createServer((request, response) => {
      request.resume();
      response.writeHead(413, { "content-type": "application/problem+json" });
      response.end('{"title":"Content too large","status":413,"detail":"at most 1 MB"}');
    });
    await new Promise<void>((resolve) => early.listen(0, "127.0.0.1", resolve));
    const { port } = early.address() as AddressInfo;
    const error = await failure(transport({ baseUrl: `http://127.0.0.1:${port}` }).upload("/v1/x", { body }));
    expect(error).toBeInstanceOf(PayloadTooLargeError);
    expect(error.message).toContain("at most 1 MB");
    expect(sent).toBeLessThan(2000);
    early.closeAllConnections();
    early.close();
  });

  test("closes the caller's stream when the call is aborted", async () => {
    const stop = new AbortController();
    let closed = false;
    async function* body(): AsyncGenerator<Uint8Array> {
      try {
        for (;;) {
          yield new Uint8Array(10);
          await new Promise((resolve) => setTimeout(resolve, 5));
          stop.abort();
        }
      } finally {
        closed = true;
      }
    }
    expect(await failure(transport().upload("/v1/x", { body, signal: stop.signal }))).toBeInstanceOf(AbortError);
    await expect.poll(() => closed).toBe(true);
  });
});

describe("path", () => {
  test("keeps every value one segment", () => {
    expect(path`/v2/spaces/${"U3Bh+/Y2U="}/users/${"a b"}`).toBe("/v2/spaces/U3Bh%2B%2FY2U%3D/users/a%20b");
  });
  test.each(["", " ", ".", "..", "../users", "a/../b", "..\\x"])("refuses %j", (value) => {
    expect(() => path`/v2/spaces/${value}`).toThrow(ValidationError);
  });
});
