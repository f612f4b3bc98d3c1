import fc from "fast-check";
import { describe, expect, test } from "vitest";

import type { JsonValue } from "@axlab/wire";

import { contains, exactMatch, jsonValid, levenshtein, regex } from "./index.js";
import { toEvaluation } from "./evaluate.js";
import type { Evaluator } from "./types.js";

const TIME = "2026-01-01T00:00:00Z";
async function judge(evaluator: Evaluator, output: JsonValue, fields: Record<string, unknown> = {}) {
  const example = { id: "1", created_at: TIME, updated_at: TIME, ...fields };
  return toEvaluation(await evaluator.evaluate({ example, output, signal: new AbortController().signal }));
}

describe("built-in evaluators", () => {
  test("exactMatch compares by contents, whatever the order of keys", async () => {
    expect(
      await judge(exactMatch("want"), { a: 1, b: [2, { c: 3, d: 4 }] }, { want: { b: [2, { d: 4, c: 3 }], a: 1 } }),
    ).toEqual({ score: 1, label: "True" });
    expect(await judge(exactMatch("want"), [1, 2], { want: [2, 1] })).toEqual({ score: 0, label: "False" });
    expect(await judge(exactMatch("want"), "1", { want: 1 })).toMatchObject({ score: 0 });
    expect(await judge(exactMatch("absent"), "undefined")).toMatchObject({ score: 0 });
  });

  test("contains wants every text and names the missing", async () => {
    expect(await judge(contains(["Cat", "dog"]), "Cat and dog")).toEqual({ score: 1, label: "True" });
    expect(await judge(contains(["cat", "cow"], { caseSensitive: false }), "CAT and dog")).toEqual({
      score: 0,
      label: "False",
      explanation: "missing: cow",
    });
  });

  test("regex with a global flag answers each example alike", async () => {
    const digits = regex(/\d+/g);
    for (let index = 0; index < 3; index += 1) expect(await judge(digits, "a1")).toMatchObject({ score: 1 });
    expect(await judge(digits, "none")).toMatchObject({ score: 0 });
  });

  test("jsonValid takes JSON text and values", async () => {
    expect(await judge(jsonValid(), '{"a":1}')).toEqual({ score: 1, label: "True" });
    expect(await judge(jsonValid(), { a: 1 })).toMatchObject({ score: 1 });
    expect(await judge(jsonValid(), "{a:1}")).toMatchObject({ score: 0, explanation: expect.stringMatching(/./) });
  });

  test("levenshtein is 1 for equal and counts edits", async () => {
    expect(await judge(levenshtein("want"), "kitten", { want: "sitting" })).toEqual({
      score: 1 - 3 / 7,
      explanation: "edit distance 3",
    });
    expect(await judge(levenshtein("want"), "", { want: "" })).toMatchObject({ score: 1 });
    expect(await judge(levenshtein("want"), "", { want: "abc" })).toMatchObject({ score: 0 });
    expect(await judge(levenshtein("want"), "abc", { want: "" })).toMatchObject({ score: 0 });
  });

  test("levenshtein is symmetric, and 1 only for equal texts", () =>
    fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), async (left, right) => {
        const there = await judge(levenshtein("want"), left, { want: right });
        const back = await judge(levenshtein("want"), right, { want: left });
        expect(there).toEqual(back);
        expect(there.score === 1).toBe(left === right);
        expect(there.score).toBeGreaterThanOrEqual(0);
      }),
    ));
});

describe("what an evaluator may return", () => {
  test.each([
    [0.5, { score: 0.5 }],
    [true, { score: 1, label: "True" }],
    [false, { score: 0, label: "False" }],
    ["good", { label: "good" }],
    [
      { score: 0, label: null, explanation: "why" },
      { score: 0, explanation: "why" },
    ],
  ] as const)("%j becomes %j", (value, expected) => {
    expect(toEvaluation(value)).toEqual(expected);
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, {}, { explanation: "only" }])(
    "%j is an error that says what is needed",
    (value) => {
      expect(toEvaluation(value)).toEqual({ error: expect.stringMatching(/finite|neither a score nor a label/) });
    },
  );
});
