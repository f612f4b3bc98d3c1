import { hashKey, mintKey } from "@axlab/auth";
import { describe, expect, it } from "vitest";
import { authenticate, casbin, casl, ours } from "./contenders.js";
import { makeWorld, type KeyRecord } from "./world.js";

const world = makeWorld();

describe("the contenders", () => {
  it("answer the same questions alike, some with yes and some with no", async () => {
    const contenders = [ours, casl(world), await casbin(world)];
    const answers = world.questions.slice(0, 50).map((question) => {
      const principal = authenticate(world, question.secret, 0);
      return contenders.map((contender) => principal !== null && contender.may(principal, question));
    });
    for (const answer of answers) expect(new Set(answer).size).toBe(1);
    expect(new Set(answers.map(([answer]) => answer))).toEqual(new Set([true, false]));
  });

  it("are asked only for keys that are known, well formed, not revoked and not expired", () => {
    const secret = world.questions[0]?.secret ?? "";
    const principal = authenticate(world, secret, 0);
    if (principal === null) throw new TypeError("The first key of the world is not known.");
    const ask = (changes: Partial<KeyRecord>, text = secret) => {
      const record: KeyRecord = { principal, revoked: false, expiresAt: null, ...changes };
      return authenticate({ ...world, keys: new Map([[hashKey(secret), record]]) }, text, 1000);
    };
    expect(ask({})).toBe(principal);
    expect(ask({ revoked: true })).toBeNull();
    expect(ask({ expiresAt: 1000 })).toBeNull();
    expect(ask({ expiresAt: 1001 })).toBe(principal);
    expect(ask({}, secret.slice(0, -1))).toBeNull();
    expect(ask({}, mintKey())).toBeNull();
  });
});
