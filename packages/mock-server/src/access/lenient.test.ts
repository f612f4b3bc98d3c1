import { describe, expect, it } from "vitest";
import { createPlatform, type AuthMode, type Platform } from "../index.js";
import { Client } from "../testing/client.js";

const dataset = (platform: Platform) => ({ name: "d", space_id: platform.seeded.space?.id, examples: [{ a: 1 }] });

async function withPlatform(
  auth: AuthMode,
  test: (platform: Platform, lines: string[]) => Promise<void>,
): Promise<void> {
  const lines: string[] = [];
  const platform = await createPlatform({ auth, logLevel: "warn", logTo: { write: (line) => void lines.push(line) } });
  try {
    await test(platform, lines);
  } finally {
    await platform.close();
  }
}

describe.each(["off", "soft"] as const)("--auth %s", (auth) => {
  it("answers without a key, and what a key does not allow", () =>
    withPlatform(auth, async (platform) => {
      expect((await new Client(platform, undefined).get("/v2/spaces")).status).toBe(200);
      const reader = new Client(platform, platform.seeded.keys["readOnly"] ?? undefined);
      expect((await reader.post("/v2/datasets", dataset(platform))).status).toBe(201);
    }));

  it("still shows nothing of another account", () =>
    withPlatform(auth, async (platform) => {
      const { space } = await platform.createTenant();
      expect((await new Client(platform, undefined).get(`/v2/spaces/${encodeURIComponent(space.id)}`)).status).toBe(
        404,
      );
    }));

  it("answers what does not exist with 404 all the same", () =>
    withPlatform(auth, async (platform) => {
      const absent = encodeURIComponent(btoa("Space:99:abcd"));
      expect((await new Client(platform, undefined).get(`/v2/spaces/${absent}`)).status).toBe(404);
    }));
});

it("--auth soft logs what it would have refused; off does not ask", async () => {
  await withPlatform("soft", async (platform, lines) => {
    await new Client(platform, platform.seeded.keys["readOnly"] ?? undefined).post("/v2/datasets", dataset(platform));
    expect(lines.join("")).toContain("DATASET_CREATE");
  });
  await withPlatform("off", async (platform, lines) => {
    await new Client(platform, platform.seeded.keys["readOnly"] ?? undefined).post("/v2/datasets", dataset(platform));
    expect(lines).toEqual([]);
  });
});
