import { format, inspect } from "node:util";

import { deterministicKey } from "@axlab/auth";
import { describe, expect, test } from "vitest";

import { ApiError, ArizeError, GraphQLRequestError, PartialWriteError, ValidationError } from "./errors/index.js";
import { Secret } from "./secret.js";

const KEY = deterministicKey("secret test");

describe("a secret", () => {
  test("is shown by reveal() only", () => {
    const secret = new Secret(KEY);
    const around = { deep: [{ secret }], map: new Map([["key", secret]]) };
    const prints = [
      secret.toString(),
      "text " + String(secret),
      JSON.stringify(around),
      inspect(around, { depth: 9, showHidden: true, getters: true }),
      format("%s %o %O %j", secret, secret, secret, secret),
      Object.entries(secret).join(),
    ];
    for (const print of prints) expect(print).not.toContain(KEY.slice(6, -3));
    expect(secret.reveal()).toBe(KEY);
  });

  test("that is no key may be hidden whole", () => {
    expect(JSON.stringify(new Secret("a long enough password to be cut", "***"))).toBe('"***"');
  });
});

describe("no error holds a key in its text", () => {
  test.each([
    new ArizeError(`bad ${KEY}`),
    new ValidationError(KEY, [{ path: KEY, message: KEY }]),
    new ApiError({ status: 400, method: "GET", path: "/", body: JSON.stringify({ detail: `unknown ${KEY}` }) }),
    new GraphQLRequestError([{ message: KEY }], null, undefined),
    new PartialWriteError({ resource: "dataset", resourceId: "x", landed: 1, total: 2 }, new ArizeError(KEY)),
  ])("$name", (error) => {
    expect(`${error.message} ${error.stack ?? ""} ${String(error)}`).not.toContain(KEY);
  });
});
