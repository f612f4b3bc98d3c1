import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ApiKeyPage } from "@axlab/wire/rest";
import { describe, expect, it, vi } from "vitest";
import { Platform } from "../platform.js";
import { suite } from "../testing/suite.js";
import { createWorld } from "../testing/world.js";

const at = suite();
const NOON = Date.parse("2030-06-01T12:00:00.000Z");
const lastUsed = async () =>
  (
    await at.platform.domain.core.store.db
      .selectFrom("api_keys")
      .select("last_used_at")
      .where("user_id", "=", at.world.people.member)
      .executeTakeFirstOrThrow()
  ).last_used_at;

describe("last_used_at", () => {
  it("is written after the request, once a minute", async () => {
    const { world, platform } = at;
    expect(await lastUsed()).toBeNull();
    platform.clock.set(NOON);
    await world.as("member").get("/v2/spaces");
    await vi.waitFor(async () => expect(await lastUsed()).toBe(NOON));
    platform.clock.advance(59_999);
    await world.as("member").get("/v2/spaces");
    platform.clock.advance(1);
    await world.as("member").get("/v2/spaces");
    await vi.waitFor(async () => expect(await lastUsed()).toBe(NOON + 60_000));
    const [key] = (await world.as("member").get("/v2/api-keys")).read(ApiKeyPage).api_keys;
    expect(key?.last_used_at).toBe("2030-06-01T12:01:00.000Z");
  });

  it("is not written for a key that was refused", async () => {
    at.platform.clock.set(NOON);
    await at.platform.setDeveloperLock(at.world.accountId, true);
    expect((await at.world.as("member").get("/v2/spaces")).status).toBe(401);
    await at.platform.setDeveloperLock(at.world.accountId, false);
    await at.world.as("reader").get("/v2/spaces");
    const reader = at.platform.domain.core.store.db
      .selectFrom("api_keys")
      .select("last_used_at")
      .where("user_id", "=", at.world.people.reader);
    await vi.waitFor(async () => expect((await reader.executeTakeFirstOrThrow()).last_used_at).toBe(NOON));
    expect(await lastUsed()).toBeNull();
  });

  it("is written before the platform closes", async () => {
    const db = `file:${join(mkdtempSync(join(tmpdir(), "axlab-")), "axlab.db")}`;
    const first = await Platform.create({ db, seed: "empty" });
    const world = await createWorld(first);
    first.clock.set(NOON);
    await first.authenticator.authenticate(world.keys.member);
    await first.close();
    const second = await Platform.create({ db });
    const row = await second.domain.core.store.db
      .selectFrom("api_keys")
      .select("last_used_at")
      .where("user_id", "=", world.people.member)
      .executeTakeFirstOrThrow();
    expect(row.last_used_at).toBe(NOON);
    await second.close();
  });
});
