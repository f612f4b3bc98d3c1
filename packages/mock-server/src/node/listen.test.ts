import { connect } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { FlightClient } from "../testing/flight-client.js";
import { suite } from "../testing/suite.js";
import { delays, streamOf, upload } from "../testing/uploads.js";

const here = suite();

/** Writes bytes as they are and gives back what came until the other side closed. */
async function speak(port: number, ...pieces: (string | Buffer)[]): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  const answer: Buffer[] = [];
  socket.on("data", (chunk) => answer.push(chunk));
  const closed = new Promise<void>((resolve) => socket.once("close", () => resolve()));
  socket.on("error", () => undefined);
  for (const piece of pieces) {
    socket.write(piece);
    await wait(15);
  }
  socket.end();
  await closed;
  return Buffer.concat(answer).toString("latin1");
}

describe("the port", () => {
  it("answers HTTP/1.1 and gRPC alike", async () => {
    const listening = await here.platform.listen({ port: 0 });
    const health = await fetch(`${listening.url}/healthz`);
    expect([health.status, await health.json()]).toEqual([200, { status: "ok" }]);
    const flight = new FlightClient(listening);
    await expect(flight.info({})).rejects.toMatchObject({ code: 16, details: expect.stringContaining("No API key") });
    flight.close();
    await listening.close();
  });

  it("tells the two apart when the first bytes come one by one", async () => {
    const { port, close } = await here.platform.listen({ port: 0 });
    expect(
      await speak(port, "P", "O", "ST /healthz HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"),
    ).toMatch(/^HTTP\/1\.1 404 /);
    expect(
      await speak(port, "P", "UT /healthz HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"),
    ).toMatch(/^HTTP\/1\.1 404 /);
    // a server's SETTINGS frame comes first: type 4 at byte 3
    expect(
      (
        await speak(port, "P", "R", "I * HTTP/2.0\r\n\r\nSM\r\n\r\n", Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]))
      ).charCodeAt(3),
    ).toBe(4);
    await close();
  });

  it.each([
    ["an HTTP/2 preface followed by rubbish", ["PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", Buffer.alloc(5000, 0xfe)]],
    ["a preface that is cut off", ["PRI * HT"]],
    ["rubbish from the first byte", [Buffer.alloc(3000, 0x80)]],
    ["a connection that says nothing", []],
    ["a request line without an end", ["GET /" + "a".repeat(200)]],
  ])("goes on serving after %s", async (_what, pieces) => {
    const listening = await here.platform.listen({ port: 0 });
    await speak(listening.port, ...pieces);
    expect((await fetch(`${listening.url}/healthz`)).status).toBe(200);
    const { keys, spaces } = here.world;
    expect((await upload(listening.url, keys.pipeline, spaces.main, streamOf(delays(3)))).status).toBe(200);
    await listening.close();
  });

  it("goes on serving after connections that are reset before they have said anything, or in between", async () => {
    const listening = await here.platform.listen({ port: 0 });
    for (const opening of ["", "P", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "GET /healthz HT"]) {
      const socket = connect(listening.port, "127.0.0.1");
      socket.on("error", () => undefined);
      await new Promise((resolve) => socket.once("connect", resolve));
      if (opening !== "") socket.write(opening);
      await wait(15);
      socket.resetAndDestroy();
    }
    await wait(15);
    expect((await fetch(`${listening.url}/healthz`)).status).toBe(200);
    await listening.close();
  });

  it("ends open connections when it closes, and says so when its port is taken", async () => {
    const listening = await here.platform.listen({ port: 0 });
    await expect(here.platform.listen({ port: listening.port })).rejects.toThrow(
      /Cannot listen on 127\.0\.0\.1:\d+: something else listens there/,
    );
    const idle = connect(listening.port, "127.0.0.1");
    const ended = new Promise((resolve) => idle.once("close", resolve));
    idle.on("error", () => undefined);
    await new Promise((resolve) => idle.once("connect", resolve));
    const flight = new FlightClient(listening);
    await flight.info({}).catch(() => undefined);
    await listening.close();
    await ended;
    flight.close();
    await expect(fetch(`${listening.url}/healthz`)).rejects.toThrow();
  });
});
