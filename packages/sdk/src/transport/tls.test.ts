import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer as createHttp, type Server } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { resolveConfig, type ConfigOptions } from "../config/index.js";
import { ConfigurationError, ConnectionError } from "../errors/index.js";
import { FakeClock } from "../testing/clock.js";
import { startServer } from "../testing/server.js";
import { Transport } from "./index.js";

const folder = mkdtempSync(join(tmpdir(), "axlab-tls-"));
const certificate = join(folder, "cert.pem");
let server: ReturnType<typeof createServer>;
let url: string;

beforeAll(async () => {
  const key = join(folder, "key.pem");
  const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"];
  const made = [
    "req",
    "-x509",
    "-newkey",
    "ec",
    "-pkeyopt",
    "ec_paramgen_curve:prime256v1",
    "-nodes",
    "-days",
    "2",
    ...subject,
  ];
  execFileSync("openssl", [...made, "-keyout", key, "-out", certificate], { stdio: "ignore" });
  server = createServer({ key: readFileSync(key), cert: readFileSync(certificate) }, (_, response) =>
    response.end("{}"),
  );
  await listen(server);
  url = `https://127.0.0.1:${port(server)}`;
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

const listen = (each: Server | typeof server) => new Promise<void>((resolve) => each.listen(0, "127.0.0.1", resolve));
const port = (each: Server | typeof server) => (each.address() as AddressInfo).port;
function get(options: ConfigOptions, clock = new FakeClock()) {
  const config = resolveConfig({ apiKey: "foreign-secret-key-0123456789", ...options }, {});
  return new Transport(config, { clock }).request({ method: "GET", path: "/v2/x" });
}

describe("TLS", () => {
  test("a certificate nobody vouches for is refused, and not tried again", async () => {
    const clock = new FakeClock();
    const error = await get({ baseUrl: url }, clock).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error).toMatchObject({ code: "DEPTH_ZERO_SELF_SIGNED_CERT", attempts: 1 });
    expect(clock.waits).toEqual([]);
  });

  test("sslCaCert trusts an authority of one's own", async () => {
    expect((await get({ baseUrl: url, sslCaCert: certificate })).status).toBe(200);
  });

  test("requestVerify: false trusts anything", async () => {
    expect((await get({ baseUrl: url, requestVerify: false })).status).toBe(200);
  });

  test("an sslCaCert that cannot be read is a configuration error at once", () => {
    expect(() => get({ baseUrl: url, sslCaCert: join(folder, "none.pem") })).toThrow(ConfigurationError);
  });
});

describe("a proxy", () => {
  test("gets requests for plain HTTP whole, with its own credentials", async () => {
    const target = await startServer(() => ({ body: {} }));
    const seen: { url: string | undefined; auth: string | undefined }[] = [];
    const proxy = createHttp((request, response) => {
      seen.push({ url: request.url, auth: request.headers["proxy-authorization"] });
      response.end("{}");
    });
    await listen(proxy);
    await get({ baseUrl: target.url, proxyUrl: `http://me:pass%20word@127.0.0.1:${port(proxy)}` });
    expect(seen).toEqual([
      { url: `${target.url}/v2/x`, auth: `Basic ${Buffer.from("me:pass word").toString("base64")}` },
    ]);
    expect(target.seen).toHaveLength(0);
    proxy.close();
    await target.close();
  });

  test("is asked for a tunnel for HTTPS, so that it never sees the key", async () => {
    const lines: string[] = [];
    const proxy = createHttp();
    proxy.on("connect", (request, socket) => {
      lines.push(`${request.method} ${request.url} ${JSON.stringify(request.headers)}`);
      socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
    });
    await listen(proxy);
    await get({ baseUrl: url, proxyUrl: `http://127.0.0.1:${port(proxy)}`, maxRetries: 0 }).catch(() => undefined);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^CONNECT 127\.0\.0\.1:\d+ /);
    expect(lines[0]).not.toContain("foreign-secret-key");
    proxy.close();
  });
});
