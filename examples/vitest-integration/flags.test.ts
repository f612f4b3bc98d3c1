import { test } from "@axlab/mock-server/vitest";
import { ArizeClient, PermissionDeniedError } from "@axlab/sdk";
import { describe, expect } from "vitest";
import { Flags } from "./flags.js";

// Every test has an account of its own on one platform, so they run at once and may all use the same names.
describe.concurrent("flags", () => {
  test("the first flag makes the dataset", async ({ tenant }) => {
    const flags = new Flags(
      new ArizeClient({ baseUrl: tenant.url, apiKey: tenant.keys.service, spaceId: tenant.space.id }),
    );
    await flags.add("Capital of Peru?", "Quito");
    expect(await flags.all()).toEqual(["Capital of Peru?"]);
  });

  test("the next one adds to it", async ({ tenant }) => {
    const flags = new Flags(
      new ArizeClient({ baseUrl: tenant.url, apiKey: tenant.keys.service, spaceId: tenant.space.id }),
    );
    await flags.add("Capital of Peru?", "Quito");
    await flags.add("Capital of Chad?", "Cairo");
    expect(await flags.all()).toEqual(["Capital of Peru?", "Capital of Chad?"]);
  });

  test("a key that may only read cannot flag, and nothing is left behind", async ({ tenant }) => {
    const as = (apiKey: string): Flags =>
      new Flags(new ArizeClient({ baseUrl: tenant.url, apiKey, spaceId: tenant.space.id }));
    await expect(as(tenant.keys.readOnly).add("Capital of Peru?", "Quito")).rejects.toThrow(PermissionDeniedError);
    const client = new ArizeClient({ baseUrl: tenant.url, apiKey: tenant.keys.service, spaceId: tenant.space.id });
    expect(await client.datasets.list().toArray()).toEqual([]);
  });
});
