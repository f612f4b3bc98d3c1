import { createPlatform } from "@axlab/mock-server";
import { handlers } from "@axlab/mock-server/msw";
import { ArizeClient } from "@axlab/sdk";
import { setupServer } from "msw/node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Flags, spaceNames } from "./flags.js";

// The platform answers at Arize's own addresses, inside this process; what it does not answer fails loudly.
const platform = await createPlatform({ seed: "demo" });
const server = setupServer(...handlers(platform));
beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
afterAll(async () => {
  server.close();
  await platform.close();
});
const { keys, space } = platform.seeded;
const apiKey = keys["service"] ?? "";
const spaceId = space?.id ?? "";

test("code that uses axios and the real address is answered", async () => {
  expect(await spaceNames(apiKey)).toContain(space?.name);
});

test("so is fetch, with the refusal of a key nobody has", async () => {
  const response = await fetch("https://api.arize.com/v2/spaces", { headers: { authorization: "Bearer nobody" } });
  expect(response.status).toBe(401);
});

test("and the SDK without any address", async () => {
  const flags = new Flags(new ArizeClient({ apiKey, spaceId }));
  await flags.add("Capital of Peru?", "Quito");
  expect(await flags.all()).toEqual(["Capital of Peru?"]);
});

test("an export goes by gRPC, which msw cannot carry; the error says what to do", async () => {
  const client = new ArizeClient({ apiKey, spaceId, maxRetries: 0, timeout: 2_000 });
  const window = { startTime: new Date(0), endTime: new Date() };
  const exported = client.exports.toTable({ model: "delays", ...window });
  await expect(exported).rejects.toThrow(/platform\.listen\(\)/);
});
