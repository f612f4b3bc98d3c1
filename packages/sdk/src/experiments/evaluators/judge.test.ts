import { describe, expect, test } from "vitest";

import { llmJudge, type JudgeOptions } from "../index.js";

const TIME = "2026-01-01T00:00:00Z";
const example = { id: "1", created_at: TIME, updated_at: TIME, question: "2 + 2?", meta: { a: [1] } };
const signal = new AbortController().signal;
const template = "Q: {{ question }} A: {{output}} M: {{meta}}";

async function verdict(answer: unknown, labels: JudgeOptions["labels"] = { correct: 1, incorrect: 0 }) {
  const judge = llmJudge({ template, labels, complete: () => answer as string });
  return judge.evaluate({ example, output: "4", signal });
}

describe("llmJudge", () => {
  test("fills the template in one pass and hands the signal on", async () => {
    const asked: unknown[] = [];
    const complete = (prompt: string, context: object) => (asked.push(prompt, context), "good");
    const judge = llmJudge({ name: "tone", template, labels: ["good", "bad"], complete });
    expect(judge.name).toBe("tone");
    expect(await judge.evaluate({ example, output: "say {{question}} $& 4", signal })).toEqual({
      label: "good",
      score: undefined,
      explanation: undefined,
    });
    expect(asked).toEqual(['Q: 2 + 2? A: say {{question}} $& 4 M: {"a":[1]}', { signal }]);
  });

  test.each([
    ["correct", "correct", 1, undefined],
    ["  **Correct.**\n", "correct", 1, undefined],
    ["INCORRECT", "incorrect", 0, undefined],
    ["The sum is right, so: correct", "correct", 1, "The sum is right, so: correct"],
    [
      '{"label": "incorrect", "explanation": "it is 4, correct would be 5"}',
      "incorrect",
      0,
      "it is 4, correct would be 5",
    ],
    ['Sure!\n```json\n{"label":"correct","explanation":"yes"}\n```', "correct", 1, "yes"],
  ])("%j is %s", async (answer, label, score, explanation) => {
    expect(await verdict(answer)).toEqual({ label, score, explanation });
  });

  test("a label within a longer one is not counted", async () => {
    expect(await verdict("not relevant", ["relevant", "not relevant"])).toMatchObject({ label: "not relevant" });
  });

  test.each([
    ["maybe", /none of the labels correct, incorrect: "maybe"/],
    ["", /none of the labels/],
    ["correct or incorrect", /several of the labels \(incorrect, correct\)/],
    ["correctness", /none of the labels/],
    [undefined, /answered undefined, not text/],
    [{ label: "correct" }, /answered object, not text/],
    ["x".repeat(5000), /^.{1,300}$/],
  ])("rubbish is an error that shows it: %j", async (answer, message) => {
    await expect(verdict(answer)).rejects.toMatchObject({
      name: "JudgeError",
      message: expect.stringMatching(message),
    });
  });

  test("a placeholder without a field names the fields there are", async () => {
    const judge = llmJudge({ template: "{{output}} {{answr}}", labels: ["a"], complete: () => "a" });
    await expect(judge.evaluate({ example, output: "4", signal })).rejects.toThrow(
      /\{\{answr\}\}.*it has id, created_at.*question/,
    );
  });

  test.each([
    [{ template: "no output", labels: ["a"] }, /does not hold \{\{output\}\}/],
    [{ template: "{{output}}", labels: [] }, /at least one/],
    [{ template: "{{output}}", labels: ["a", "A"] }, /differ by more than case/],
    [{ template: "{{output}}", labels: ["a", " "] }, /must not be empty/],
  ])("bad settings are refused when it is made: %j", (options, message) => {
    expect(() => llmJudge({ ...options, complete: () => "" })).toThrow(message);
  });
});
