import { test as base, type TestAPI } from "vitest";
import type { DemoTenant } from "../lab/seeds/plant.js";
import { Platform } from "../platform.js";

/** A tenant of its own: what one test sees of the platform. */
export interface TestTenant extends DemoTenant {
  /** where the platform listens: `new ArizeClient({ baseUrl: tenant.url, apiKey: tenant.keys.service, … })` */
  url: string;
  platform: Platform;
}

interface Fixtures {
  tenant: TestTenant;
}

/** One platform for all tests of a worker; it ends with the worker. */
let running: Promise<{ platform: Platform; url: string }> | undefined;

async function start(): Promise<{ platform: Platform; url: string }> {
  const platform = await Platform.create({ seed: "empty" });
  const { url } = await platform.listen({ host: "127.0.0.1", port: 0 });
  return { platform, url };
}

/**
 * vitest's `test` with a fixture `tenant`: a fresh account with an organization, a space, people and keys for every test, so that tests
 * run in parallel without seeing each other. The platform itself is started once a worker.
 * @example
 * test("logs", async ({ tenant }) => {
 *   const client = new ArizeClient({ baseUrl: tenant.url, apiKey: tenant.keys.service, spaceId: tenant.space.id });
 * });
 */
export const test: TestAPI<Fixtures> = base.extend<Fixtures>({
  // vitest reads which fixtures a fixture needs from this pattern
  // eslint-disable-next-line no-empty-pattern
  tenant: async ({}, use) => {
    running ??= start();
    const { platform, url } = await running;
    await use({ ...(await platform.createTenant()), url, platform });
  },
});
