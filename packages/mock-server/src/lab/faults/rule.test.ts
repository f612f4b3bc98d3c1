import { describe, expect, it } from "vitest";
import { ConfigurationError } from "../../errors.js";
import { Faults } from "./faults.js";
import { matches } from "./rule.js";

describe("a fault is about", () => {
  it.each([
    ["POST /v2/datasets", "POST /v2/datasets", true],
    ["POST /v2/datasets", "GET /v2/datasets", false],
    ["POST /v2/datasets", "POST /v2/datasets/x", false],
    ["* /v2/datasets/*", "DELETE /v2/datasets/x", true],
    ["* /v2/datasets/*", "GET /v2/datasets/x/examples", true],
    ["* /v2/datasets/*", "GET /v2/datasets", false],
    ["* /v2/*/x/y", "GET /v2/datasets/x/y", true],
    ["* /v2/*/x/y", "GET /v2/datasets/z/y", false],
    ["DoPut", "DoPut", true],
    ["DoPut", "DoGet", false],
    ["DoPut", "POST /v2/datasets", false],
    ["POST /v2/datasets", "DoPut", false],
  ])("%s: %s? %s", (on, call, expected) => {
    expect(matches(on, call)).toBe(expected);
  });
});

describe("a rule meets", () => {
  const metBy = (faults: Faults, calls: number) => Array.from({ length: calls }, () => faults.meet("DoPut") !== null);

  it("the first call, once, unless told otherwise", () => {
    const faults = new Faults();
    faults.add({ on: "DoPut", effect: { status: 500 } });
    expect(metBy(faults, 3)).toEqual([true, false, false]);
  });

  it("as many calls as it says, from the nth on", () => {
    const faults = new Faults();
    faults.add({ on: "DoPut", nth: 2, times: 2, effect: { status: 500 } });
    expect(metBy(faults, 5)).toEqual([false, true, true, false, false]);
  });

  it("every call until it is taken away or all are", () => {
    const faults = new Faults();
    const remove = faults.add({ on: "DoPut", times: "always", effect: { hang: true } });
    expect(metBy(faults, 2)).toEqual([true, true]);
    remove();
    expect(metBy(faults, 1)).toEqual([false]);
    faults.add({ on: "DoPut", times: "always", effect: { hang: true } });
    faults.clear();
    expect(metBy(faults, 1)).toEqual([false]);
  });

  it("before a later one that is due too, and both count the call", () => {
    const faults = new Faults();
    faults.add({ on: "DoPut", effect: { status: 401 } });
    faults.add({ on: "DoPut", times: 2, effect: { status: 500 } });
    expect([faults.meet("DoPut"), faults.meet("DoPut"), faults.meet("DoPut")]).toEqual([
      { status: 401 },
      { status: 500 },
      null,
    ]);
  });
});

it.each([
  [{ on: "POST /x", effect: { status: 200 } }, /effect/],
  [{ on: "post /x", effect: { hang: true } }, /on: write `POST/],
  [{ on: "DoPut", nth: 0, effect: { hang: true } }, /nth/],
  [{ on: "DoPut", effect: { delay: "soon" } }, /effect/],
  [{ on: "DoPut", effect: { hang: true }, sometimes: true }, /sometimes/],
])("%j is refused", (rule, message) => {
  // boundary: what a JSON file may hold
  const add = () => new Faults().add(rule as never);
  expect(add).toThrow(ConfigurationError);
  expect(add).toThrow(message);
});
