import { ApiError, ArizeClient, PartialWriteError } from "@axlab/sdk";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { unique } from "../support/ax-client.js";
import { startPlatform } from "../support/platform.js";
import { AXLAB_SDK, sdkClients } from "../support/sdk.js";

const folder = mkdtempSync(join(tmpdir(), "axlab-datasets-"));
const database = (name: string): string[] => ["--db", `file:${join(folder, `${name}.db`)}`];
afterAll(() => rmSync(folder, { recursive: true }));
const numbers = (count: number, from = 0) => Array.from({ length: count }, (_, n) => ({ n: from + n }));
const namesOf = async (client: ArizeClient) => (await client.datasets.list().toArray()).map(({ name }) => name);
const countOf = async (client: ArizeClient, dataset: string) =>
  (await client.datasets.examples.toTable(dataset)).numRows;

describe(AXLAB_SDK, () => {
  it("datasets.create: a platform killed in the middle of an upload keeps what it acknowledged and shows nothing of the rest", async () => {
    const first = await startPlatform(...database("killed"));
    const { service } = sdkClients(first);
    const kept = await service.datasets.create({ name: "kept", examples: numbers(5000), via: "flight" });
    const [appended] = (await service.datasets.examples.append(kept.id, [{ n: -1 }])).example_ids;
    let sent = 0;
    const endless = async function* () {
      for (;;) {
        yield { n: sent };
        if ((sent += 1) === 60_000) await first.kill();
      }
    };
    await expect(service.datasets.create({ name: "broken", examples: endless(), via: "flight" })).rejects.toThrow();
    expect(sent).toBeGreaterThanOrEqual(60_000);
    await service.close();

    const second = await startPlatform(...database("killed"));
    const again = sdkClients(second).service;
    expect(await namesOf(again)).not.toContain("broken");
    const rows = await again.datasets.examples.toRows("kept");
    expect(rows.map(({ n }) => n)).toEqual([...numbers(5000).map(({ n }) => n), -1]);
    expect(rows.at(-1)?.id).toBe(appended);
    const { id } = await again.datasets.create({ name: "broken", examples: numbers(10), via: "flight" });
    expect(await countOf(again, id)).toBe(10);
    await again.close();
    await second.stop();
  }, 120_000);

  it("datasets.create: cancelled in the middle of an upload, nothing of it stays", async () => {
    const platform = await startPlatform();
    const { service } = sdkClients(platform);
    const stop = new AbortController();
    const creating = service.datasets.create(
      { name: "cancelled", examples: new Set(numbers(100_000)), via: "flight", onProgress: ({ rows }) => rows > 30_000 && stop.abort() },
      { signal: stop.signal },
    ); // prettier-ignore
    await expect(creating).rejects.toMatchObject({ name: "AbortError" });
    expect(await namesOf(service)).not.toContain("cancelled");
    await service.close();
    await platform.stop();
  }, 60_000);

  it("datasets.examples.append: two platforms on one database file keep every row of both", async () => {
    const platforms = [await startPlatform(...database("shared")), await startPlatform(...database("shared"))] as const;
    const clients = platforms.map((platform) => sdkClients(platform).service);
    const { id } = await sdkClients(platforms[0]).service.datasets.create({
      name: unique("shared"),
      examples: [{ n: -1 }],
    });
    const appends = clients.map(async (client, writer) => {
      for (let round = 0; round < 20; round += 1)
        await client.datasets.examples.append(id, numbers(25, (writer * 20 + round) * 25));
    });
    await Promise.all(appends);
    for (const client of clients) {
      const found = (await client.datasets.examples.toRows(id)).map(({ n }) => Number(n));
      expect(found.sort((a, b) => a - b)).toEqual(numbers(1001, -1).map(({ n }) => n));
      await client.close();
    }
    await Promise.all(platforms.map((platform) => platform.stop()));
  }, 120_000);

  /** A platform on which these calls go wrong. */
  const withFaults = async (work: (service: ArizeClient) => Promise<void>, ...faults: object[]): Promise<void> => {
    const file = join(folder, `${unique("faults")}.json`);
    writeFileSync(file, JSON.stringify(faults));
    const { url, keys, space, stop } = await startPlatform("--faults", file);
    const service = new ArizeClient({ apiKey: keys.service, baseUrl: url, spaceId: space.id });
    try {
      await work(service);
    } finally {
      await service.close();
      await stop();
    }
  };

  it("datasets.create: a key refused in the middle of several requests says which rows landed", () =>
    withFaults(
      async (service) => {
        const creating = service.datasets.create({ name: "half", examples: numbers(3500), via: "rest" });
        const error: unknown = await creating.catch((reason: unknown) => reason);
        expect(error).toBeInstanceOf(PartialWriteError);
        expect(error).toMatchObject({ landed: 2000, total: 3500, cause: { status: 401 } });
        expect(await countOf(service, "half")).toBe(2000);
      },
      { on: "POST /v2/datasets/*/examples", nth: 2, effect: { status: 401 } },
    ));

  it("datasets.create: a key refused for an upload by Flight leaves nothing", () =>
    withFaults(
      async (service) => {
        const creating = service.datasets.create({ name: "refused", examples: numbers(3500), via: "flight" });
        await expect(creating).rejects.toMatchObject({ status: 401 });
        await expect(creating).rejects.toBeInstanceOf(ApiError);
        expect(await namesOf(service)).not.toContain("refused");
      },
      { on: "DoPut", effect: { status: 401 } },
    ));

  it("datasets: 429 is waited out, where the call may be repeated", () =>
    withFaults(
      async (service) => {
        const { id } = await service.datasets.create({ name: "busy", examples: numbers(10) });
        expect(await service.datasets.examples.list(id).toArray()).toHaveLength(10);
        expect((await service.datasets.get(id)).id).toBe(id);
        expect(await countOf(service, id)).toBe(10);
      },
      ...["GET /v2/datasets/*", "GET /v2/datasets/*/examples"].map((on) => ({ on, times: 2, effect: { status: 429, retryAfter: 0 } })), // prettier-ignore
      { on: "DoGet", times: 2, effect: { status: 429 } },
    ));

  it("datasets.examples.append: an answer that is lost is an error, and the rows are there once", () =>
    withFaults(
      async (service) => {
        const { id } = await service.datasets.create({ name: "lost", examples: numbers(10) });
        await expect(service.datasets.examples.append(id, [{ n: 10 }])).rejects.toThrow();
        expect(await countOf(service, id)).toBe(11);
      },
      { on: "POST /v2/datasets/*/examples", effect: { reset: "answer" } },
    ));
});
