import { globalId, type GlobalIdType } from "@axlab/wire";
import { afterAll, beforeAll, beforeEach } from "vitest";
import type { Caller } from "../access/gate.js";
import { Platform, type PlatformOptions } from "../platform.js";
import { testDatabase } from "./database.js";
import { createWorld, type World } from "./world.js";

/** What the tests of a file work on: one platform, and before each of them a world of its own and a running clock. */
export interface Suite {
  platform: Platform;
  world: World;
}

export function suite(options: PlatformOptions = {}): Suite {
  let platform: Platform | undefined;
  let world: World | undefined;
  beforeAll(async () => {
    platform = await Platform.create({ seed: "empty", db: await testDatabase(), ...options });
  });
  beforeEach(async () => {
    platform?.clock.resume();
    world = platform && (await createWorld(platform));
  });
  afterAll(() => platform?.close());
  const there = <T>(value: T | undefined): T => {
    if (value === undefined) throw new TypeError("Ask for this inside a test.");
    return value;
  };
  return {
    get platform() {
      return there(platform);
    },
    get world() {
      return there(world);
    },
  };
}

/** Somebody as the domain sees them, as GraphQL and the console call it. */
export async function callerWith(platform: Platform, key: string): Promise<Caller> {
  return {
    principal: await platform.authenticator.authenticate(key),
    surface: "console",
    client: null,
    requestId: "req_test",
    address: "here",
  };
}

/** The id of something that does not exist. */
export const absentId = (type: GlobalIdType): string => globalId(type, 999_999_999, "aBcD");

export const predefined = (name: string) => ({ type: "PREDEFINED", name });
export const custom = (id: string) => ({ type: "CUSTOM", id });
