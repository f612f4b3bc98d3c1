import assert from "node:assert/strict";
import { after, test } from "node:test";
import { createPlatform } from "@axlab/mock-server";
import { ArizeClient, AuthenticationError } from "@axlab/sdk";
import { rotate } from "./rotate.js";

const platform = await createPlatform({ seed: "demo" });
const { url } = await platform.listen({ port: 0 });
after(() => platform.close());
const { keys, organization, space } = platform.seeded;
const clientOf = (apiKey) => new ArizeClient({ apiKey, baseUrl: url, maxRetries: 0 });
const admin = clientOf(keys.admin);

test("workers never meet a moment without a working key", async (t) => {
  const made = await admin.apiKeys.createService({
    name: "nightly load",
    organizations: [{ organization: organization.id, spaces: [{ space: space.id }] }],
  });
  const worker = clientOf(made.key.reveal());
  const vault = [];
  const printed = t.mock.method(console, "log", () => undefined);
  await rotate(admin, {
    space: space.id,
    name: "nightly load",
    clientOf,
    store: async (secret) => void vault.push(secret),
  });

  const [secret] = vault;
  assert.equal((await clientOf(secret).spaces.get(space.id)).id, space.id);
  assert.equal((await worker.spaces.get(space.id)).id, space.id, "the old key works within the grace period");

  platform.clock.advance("16m");
  await assert.rejects(worker.spaces.get(space.id), AuthenticationError, "and not after it");
  assert.equal((await clientOf(secret).spaces.get(space.id)).id, space.id);

  const { inspect } = await import("node:util");
  const output = printed.mock.calls
    .map((call) => call.arguments.map((argument) => inspect(argument, { depth: 9 })).join(" "))
    .join("\n");
  assert.ok(output.includes("rotated") && !output.includes(secret), "the secret is in no output");
});

test("a reader of the space may not rotate", async () => {
  const reader = clientOf(keys.readOnly);
  await assert.rejects(
    rotate(reader, { space: space.id, name: "nightly load", clientOf, store: async () => assert.fail("stored") }),
    {
      status: 403,
    },
  );
});
