import fc from "fast-check";
import { describe, expect, test } from "vitest";

import type { JsonValue } from "@axlab/wire";

import { contains, exactMatch, jsonValid, levenshtein, regex } from "../index.js";
import { toEvaluation } from "./evaluations.js";
import type { EvaluationValue, Evaluator } from "../types.js";

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
    [[0.5, "half"], { score: 0.5, explanation: "half" }],
    [[true, null], { score: 1, label: "True" }],
    [[0.5, "fair", "half"], { score: 0.5, label: "fair", explanation: "half" }],
    [
      { score: false, metadata: { by: "me" } },
      { score: 0, label: "False", metadata: { by: "me" } },
    ],
    [
      { score: 0, label: null, explanation: "why" },
      { score: 0, explanation: "why" },
    ],
  ] as const)("%j becomes %j", (value, expected) => {
    expect(toEvaluation(value)).toEqual(expected);
  });

  test.each([
    [Number.NaN, /score NaN, which is not a finite number/],
    [{ score: "0.5" }, /score "0.5", which is not a finite number/],
    [{ label: { a: 1 } }, /label \{"a":1\}, which is not text/],
    [{ score: 1, explanation: 5 }, /explanation 5, which is not text/],
    [{ score: 1, metadata: { at: new Date() } }, /metadata.at is a Date/],
    [{ score: 1, metadata: "seen" }, /metadata "seen", which is no object/],
    [{}, /neither a score nor a label/],
    [{ explanation: "only" }, /neither a score nor a label/],
    [undefined, /returned nothing: a number, boolean, string/],
    [null, /returned nothing/],
    [[1], /a list: \[score, explanation\]/],
    [() => 1, /returned function: a number/],
  ])("%j is an error that says what is needed", (value, message) => {
    expect(toEvaluation(value as EvaluationValue)).toEqual({ error: expect.stringMatching(message) });
  });
});
