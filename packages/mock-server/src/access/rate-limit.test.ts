import { describe, expect, it } from "vitest";
import { RateLimitedError } from "../errors.js";
import { PlatformClock } from "../lab/clock.js";
import { suite } from "../testing/suite.js";
import { RateLimit } from "./rate-limit.js";

const at = suite({ limits: { requestsPerMinute: 6 } });

describe("a rate limit", () => {
  it("answers 429 with Retry-After once a key's minute is used up; other keys go on", async () => {
    const { world, platform } = at;
    platform.clock.set("2030-01-01T00:00:00Z");
    for (let sent = 0; sent < 6; sent++) expect((await world.as("member").get("/v2/spaces")).status).toBe(200);
    const refused = await world.as("member").get("/v2/spaces");
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "10"]);
    expect(refused.detail).toContain("6 requests a minute");
    expect((await world.as("reader").get("/v2/spaces")).status).toBe(200);
    platform.clock.advance(10_000 - 1);
    expect((await world.as("member").get("/v2/spaces")).headers.get("retry-after")).toBe("1");
    platform.clock.advance(1);
    expect((await world.as("member").get("/v2/spaces")).status).toBe(200);
    expect((await world.as("member").get("/v2/spaces")).status).toBe(429);
  });

  it("never saves more than a minute's worth, and is not confused by a clock set back", () => {
    const clock = new PlatformClock();
    clock.set(1_000_000);
    const limit = new RateLimit(2, clock);
    const taken = (): number => {
      for (let count = 0; ; count++) {
        try {
          limit.take("key");
        } catch (error) {
          expect(error).toBeInstanceOf(RateLimitedError);
          return count;
        }
      }
    };
    expect(taken()).toBe(2);
    clock.advance("1d");
    expect(taken()).toBe(2);
    clock.set(0);
    expect(taken()).toBe(0);
    clock.advance("30s");
    expect(taken()).toBe(1);
  });

  it("is off unless asked for", () => {
    const limit = new RateLimit(null, new PlatformClock());
    for (let sent = 0; sent < 10_000; sent++) limit.take("key");
  });
});
