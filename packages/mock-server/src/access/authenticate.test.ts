import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mintKey } from "@axlab/auth";
import { describe, expect, it, vi } from "vitest";
import { Platform } from "../platform.js";
import { predefined, suite } from "../testing/suite.js";
import { createWorld } from "../testing/world.js";

const at = suite();

describe("a request", () => {
  it("is answered 401 with what was wrong, and never with the key, for every key that is not good", async () => {
    const { world } = at;
    const good = world.keys.member;
    const typo = good.slice(0, -1) + (good.endsWith("A") ? "B" : "A");
    const unknown = mintKey();
    for (const [key, text] of [
      [undefined, "No API key"],
      [typo, "mistyped"],
      ["sk-123", "mistyped"],
      [unknown, "not known"],
      [good.toUpperCase(), "mistyped"],
    ] as const) {
      const reply = await world.with(key).get("/v2/spaces");
      expect([key, reply.status]).toEqual([key, 401]);
      expect(reply.detail).toContain(text);
      if (key !== undefined) expect(reply.text).not.toContain(key);
    }
  });

  it("needs the Bearer prefix, in any case", async () => {
    const { world, platform } = at;
    const send = async (authorization: string) =>
      (await platform.fetch(new Request("http://axlab/v2/spaces", { headers: { authorization } }))).status;
    expect([await send(`Bearer ${world.keys.member}`), await send(`bearer ${world.keys.member}`)]).toEqual([200, 200]);
    expect([
      await send(world.keys.member),
      await send(`Basic ${world.keys.member}`),
      await send("Bearer"),
      await send("Bearer "),
    ]).toEqual([401, 401, 401, 401]);
  });

  it("with a key whose any one character was changed is refused", async () => {
    const key = at.world.keys.member;
    for (let index = 0; index < key.length; index++) {
      const changed = `${key.slice(0, index)}${key[index] === "b" ? "c" : "b"}${key.slice(index + 1)}`;
      await expect(at.platform.authenticator.authenticate(changed)).rejects.toThrow();
    }
  });

  it("is answered by what the person may do now, on a port as in-process", async () => {
    const { world, platform } = at;
    const listening = await platform.listen({ port: 0 });
    const headers = { authorization: `Bearer ${world.keys.member}` };
    const ask = async () =>
      (await fetch(`${listening.url}/v2/spaces/${encodeURIComponent(world.spaces.main)}`, { headers })).status;
    expect(await ask()).toBe(200);
    await world.as("orgAdmin").delete(`/v2/organizations/${world.organizations.acme}/users/${world.people.member}`);
    expect(await ask()).toBe(404);
    await world.as("admin").delete(`/v2/users/${world.people.member}`);
    expect(await ask()).toBe(401);
    await listening.close();
  });
});

describe("a change to what somebody may do", () => {
  it("reaches another process on the same database within a second", async () => {
    const db = `file:${join(mkdtempSync(join(tmpdir(), "axlab-")), "axlab.db")}`;
    const [here, there] = [await Platform.create({ db, seed: "empty" }), await Platform.create({ db, seed: "empty" })];
    const world = await createWorld(here);
    const ask = async () =>
      (
        await there.fetch(
          new Request(`http://axlab/v2/spaces/${world.spaces.main}`, {
            headers: { authorization: `Bearer ${world.keys.reader}` },
          }),
        )
      ).status;
    await vi.waitFor(async () => expect(await ask()).toBe(200), { timeout: 1000 });
    await world.as("admin").delete(`/v2/users/${world.people.reader}`);
    await vi.waitFor(async () => expect(await ask()).toBe(401), { timeout: 1000, interval: 20 });
    await here.close();
    await there.close();
  });

  it("is not lost to a look-up that was on its way while it was made", async () => {
    const { world, platform } = at;
    for (let round = 0; round < 20; round++) {
      const role = round % 2 === 0 ? "READ_ONLY" : "MEMBER";
      const asks = Array.from({ length: 3 }, () => world.as("member").get("/v2/spaces"));
      const change = world
        .as("spaceAdmin")
        .post(`/v2/spaces/${world.spaces.main}/users`, { user_id: world.people.member, role: predefined(role) });
      await Promise.all([...asks, change]);
      const principal = await platform.authenticator.authenticate(world.keys.member);
      expect(principal.grants.spaceRoles.get(world.spaces.main)).toBe(role);
    }
  });
});
