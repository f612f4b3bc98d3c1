import { expect, test } from "vitest";

import type { DatasetExample } from "@axlab/wire/rest";

import { exactMatch, type Evaluators } from "../index.js";
import { namedEvaluators } from "./named.js";

const TIME = "2026-01-01T00:00:00Z";
const example: DatasetExample = { id: "1", created_at: TIME, updated_at: TIME, want: "x" };
const answers = (evaluators: Evaluators) =>
  namedEvaluators(evaluators).map(({ name, evaluate }) => [
    name,
    evaluate({ example, output: "x", signal: new AbortController().signal }),
  ]);

function always() {
  return 1;
}
/** Works only as a method. */
class Threshold {
  readonly name = "threshold";
  readonly #least = 0.5;
  evaluate(): boolean {
    return 1 > this.#least;
  }
}

test.each<[string, Evaluators, unknown[]]>([
  ["a list", [always, new Threshold(), exactMatch("want")], [["always", 1], ["threshold", true], ["exact_match", true]]], // prettier-ignore
  ["by name", { a: () => 2, b: new Threshold() }, [["a", 2], ["b", true]]], // prettier-ignore
  ["one function", always, [["always", 1]]],
  ["one evaluator", new Threshold(), [["threshold", true]]],
  ["none", [], []],
])("evaluators are taken as %s", (_how, evaluators, expected) => {
  expect(answers(evaluators)).toEqual(expected);
});

test("what is no evaluator is refused with its place", () => {
  const wrong: [unknown, RegExp][] = [
    [[5, null], /evaluators\[0\]: has no function evaluate; evaluators\[1\]: has no function evaluate/],
    [[() => 1], /evaluators\[0\]: has no name/],
    [[{ evaluate: always }], /evaluators\[0\]: has no name/],
    [{ a: 5 }, /evaluators\.a: has no function evaluate/],
    [[always, always], /evaluators\[1\]: repeats the name always/],
  ];
  for (const [evaluators, problem] of wrong) expect(() => namedEvaluators(evaluators as Evaluators)).toThrow(problem);
});
