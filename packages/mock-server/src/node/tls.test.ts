import { Client, credentials, Metadata } from "@grpc/grpc-js";
import { FLIGHT_METHODS } from "@axlab/wire/flight";
import { request } from "node:https";
import { connect as connectPlain } from "node:net";
import { connect } from "node:tls";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { selfSigned } from "../testing/certificate.js";
import { suite } from "../testing/suite.js";
import type { Listening } from "./listen.js";

const here = suite();
const { cert, key, remove } = selfSigned();
let listening: Listening;
beforeAll(async () => {
  listening = await here.platform.listen({ port: 0, tls: { cert, key } });
});
afterAll(async () => {
  await listening.close();
  remove();
});

const health = (): Promise<{ status: number; text: string }> =>
  new Promise((resolve, reject) => {
    request(`${listening.url}/healthz`, { ca: cert }, (incoming) => {
      let text = "";
      incoming
        .setEncoding("utf8")
        .on("data", (chunk: string) => (text += chunk))
        .on("end", () => resolve({ status: incoming.statusCode ?? 0, text }));
    })
      .on("error", reject)
      .end();
  });

const raw = (bytes: Uint8Array): Buffer => Buffer.from(bytes);
const info = (secret: string, root: Buffer): Promise<unknown> =>
  new Promise((resolve) => {
    const metadata = new Metadata();
    metadata.set("auth-token-bin", Buffer.from(secret));
    const client = new Client(`localhost:${listening.port}`, credentials.createSsl(root), {
      "grpc.use_local_subchannel_pool": 1,
    });
    client.makeUnaryRequest(
      FLIGHT_METHODS.getFlightInfo.path,
      raw,
      raw,
      new Uint8Array(),
      metadata,
      { deadline: Date.now() + 5000 },
      (error) => {
        client.close();
        resolve(error?.details);
      },
    );
  });

describe("the port with TLS", () => {
  it("answers HTTP/1.1 and gRPC on the one port", async () => {
    expect(listening.url).toMatch(/^https:/);
    expect(await health()).toEqual({ status: 200, text: '{"status":"ok"}' });
    expect(await info(here.world.keys.reader, cert)).toContain("flight descriptor must be of type CMD");
    expect(await info("ak-nonsense", cert)).toContain("not an API key");
  });

  it("offers h2 and http/1.1 by ALPN, and reads the first bytes where a client says nothing", async () => {
    const spoken = (ALPNProtocols?: string[]): Promise<string | false | null> =>
      new Promise((resolve, reject) => {
        const socket = connect(
          { port: listening.port, host: "localhost", ca: cert, ...(ALPNProtocols && { ALPNProtocols }) },
          () => {
            resolve(socket.alpnProtocol);
            socket.destroy();
          },
        ).on("error", reject);
      });
    expect([await spoken(["h2"]), await spoken(["http/1.1"]), await spoken()]).toEqual(["h2", "http/1.1", false]);
    const answer = await new Promise<string>((resolve) => {
      const socket = connect({ port: listening.port, host: "localhost", ca: cert }, () =>
        socket.write("GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n"),
      );
      let text = "";
      socket.on("data", (chunk) => (text += String(chunk))).on("close", () => resolve(text));
    });
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
  });

  it("survives clients that do not trust it and clients that speak no TLS", async () => {
    const other = selfSigned();
    expect(await info(here.world.keys.reader, other.cert)).toMatch(/certificate|connect/i);
    other.remove();
    await new Promise<void>((resolve) => {
      const socket = connectPlain(listening.port, "127.0.0.1", () => socket.end("GET / HTTP/1.1\r\n\r\n"));
      socket
        .on("close", () => resolve())
        .on("error", () => undefined)
        .resume();
    });
    expect((await health()).status).toBe(200);
  });

  it.each([
    ["no PEM", "hello", key],
    ["another's key", cert, Buffer.from("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")],
  ])("refuses %s before it listens", async (_what, wrongCert, wrongKey) => {
    await expect(here.platform.listen({ port: 0, tls: { cert: wrongCert, key: wrongKey } })).rejects.toThrow(
      "The TLS certificate and key cannot be used",
    );
  });
});
