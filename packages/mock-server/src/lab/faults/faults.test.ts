import { RecordQueryDescriptor_Environment as Environment } from "@axlab/wire/flight";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Listening } from "../../node/listen.js";
import { FlightClient } from "../../testing/flight-client.js";
import { suite } from "../../testing/suite.js";
import { delays, streamOf, upload } from "../../testing/uploads.js";

const here = suite();
let listening: Listening;
beforeAll(async () => {
  listening = await here.platform.listen({ port: 0 });
});
afterEach(() => here.platform.faults.clear());
afterAll(() => listening.close());

const headers = () => ({ authorization: `Bearer ${here.world.keys.admin}`, "content-type": "application/json" });
const list = (signal?: AbortSignal) =>
  fetch(`${listening.url}/v2/spaces`, { headers: headers(), ...(signal && { signal }) });
const newDataset = (name: string) => ({
  method: "POST",
  headers: headers(),
  body: JSON.stringify({ name, space_id: here.world.spaces.main, examples: [{ a: 1 }] }),
});
const named = async (name: string): Promise<number> => {
  const response = await fetch(`${listening.url}/v2/datasets?space_id=${here.world.spaces.main}&name=${name}`, {
    headers: headers(),
  });
  return (await response.json()).datasets.length;
};

describe("over HTTP", () => {
  it("a status is answered without carrying anything out, with Retry-After, and the next call is served", async () => {
    here.platform.faults.add({ on: "POST /v2/datasets", effect: { status: 429, retryAfter: 2 } });
    const refused = await fetch(`${listening.url}/v2/datasets`, newDataset("faulty"));
    expect(refused.status).toBe(429);
    expect(refused.headers.get("retry-after")).toBe("2");
    expect(await refused.json()).toMatchObject({ status: 429, instance: "/v2/datasets" });
    expect(await named("faulty")).toBe(0);
    expect(here.platform.journal.entries({ surface: "lab" }).at(-1)).toMatchObject({
      operation: "POST /v2/datasets",
      status: 429,
    });
    expect((await fetch(`${listening.url}/v2/datasets`, newDataset("faulty"))).status).toBe(201);
  });

  it.each([
    ["", null],
    ["<html>bad gateway</html>", "text/html"],
  ])("the body may be anything: %j", async (body, contentType) => {
    here.platform.faults.add({
      on: "* /v2/*",
      effect: { status: 502, body, ...(contentType !== null && { contentType }) },
    });
    const response = await list();
    expect([response.status, response.headers.get("content-type"), await response.text()]).toEqual([
      502,
      contentType,
      body,
    ]);
  });

  it("a connection reset before the request leaves nothing behind", async () => {
    here.platform.faults.add({ on: "POST /v2/datasets", effect: { reset: "request" } });
    await expect(fetch(`${listening.url}/v2/datasets`, newDataset("lost-request"))).rejects.toThrow();
    expect(await named("lost-request")).toBe(0);
  });

  it("a connection reset before the answer leaves what was asked for done", async () => {
    here.platform.faults.add({ on: "POST /v2/datasets", effect: { reset: "answer" } });
    await expect(fetch(`${listening.url}/v2/datasets`, newDataset("lost-answer"))).rejects.toThrow();
    expect(await named("lost-answer")).toBe(1);
  });

  it("an upload may meet one too, and lands once when it is sent again", async () => {
    here.platform.faults.add({ on: "POST /v1/pandas_arrow", effect: { status: 503 } });
    const send = async () =>
      (await upload(listening.url, here.world.keys.pipeline, here.world.spaces.main, streamOf(delays(3)))).status;
    expect([await send(), await send()]).toEqual([503, 200]);
  });

  it("a hung call is never answered, and others are", async () => {
    here.platform.faults.add({ on: "GET /v2/spaces", effect: { hang: true } });
    await expect(list(AbortSignal.timeout(200))).rejects.toThrow(/aborted|timeout/i);
    expect((await list()).status).toBe(200);
  });

  it("a delayed call is answered later", async () => {
    here.platform.faults.add({ on: "GET /v2/spaces", effect: { delay: "300ms" } });
    const order: string[] = [];
    await Promise.all([list().then(() => order.push("answer")), wait(100).then(() => order.push("100 ms"))]);
    expect(order).toEqual(["100 ms", "answer"]);
  });

  it("in-process, a reset is a rejection", async () => {
    here.platform.faults.add({ on: "GET /v2/spaces", effect: { reset: "request" } });
    await expect(here.platform.fetch(new Request("http://axlab/v2/spaces", { headers: headers() }))).rejects.toThrow(
      "resets the connection of GET /v2/spaces",
    );
  });
});

describe("over gRPC", () => {
  const exported = async () => {
    const flight = new FlightClient(listening, here.world.keys.reader);
    try {
      return await flight.export({
        spaceId: here.world.spaces.main,
        modelId: "delays",
        environment: Environment.PRODUCTION,
      });
    } finally {
      flight.close();
    }
  };

  it.each([
    [{ status: 401 }, /UNAUTHENTICATED/],
    [{ status: 503 }, /UNAVAILABLE/],
    [{ reset: "request" as const }, /UNAVAILABLE/],
    [{ reset: "answer" as const }, /UNAVAILABLE/],
  ])("%j", async (effect, code) => {
    await upload(listening.url, here.world.keys.pipeline, here.world.spaces.main, streamOf(delays(3)));
    here.platform.faults.add({ on: "GetFlightInfo", effect });
    await expect(exported()).rejects.toThrow(code);
    await expect(exported()).resolves.toBeDefined();
  });
});
