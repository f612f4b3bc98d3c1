import { XMLParser, XMLValidator } from "fast-xml-parser";
import fc from "fast-check";
import { parse } from "junit2json";
import { describe, expect, test } from "vitest";

import { BelowThresholdError } from "../../errors/index.js";
import { ExperimentResult } from "../index.js";
import type { ExperimentOutcome } from "../types.js";
import { outcomeOf, runRow } from "./rows.js";
import { distribution } from "./summary.js";

const runs: ExperimentOutcome[] = [
  {
    exampleId: "ex0",
    output: "Paris",
    milliseconds: 10,
    tokens: { total: 5 },
    evaluations: { right: { score: 1, label: "True" }, judge: { label: "good" } },
  },
  {
    exampleId: "ex1",
    output: { city: "Lima" },
    milliseconds: 30,
    evaluations: {
      right: { score: 0.5 },
      judge: { error: "Evaluator judge failed on example ex1: JudgeError: <rubbish>" },
    },
  },
  {
    exampleId: "ex2",
    error: 'RangeError: "model" is\u0007 down & out\n<at> \ud800',
    milliseconds: 20,
    evaluations: {},
  },
];
const ENDS = [1, 0, 0, 0, 0, 0, 0, 0, 0, 1];
const resultOf = (failUnder = {}, outcomes = runs) =>
  new ExperimentResult({
    name: "first <try>",
    experiment: undefined,
    runs: outcomes,
    resumed: 0,
    failUnder,
    traces: undefined,
  });

describe("the summary", () => {
  test("tells scores, labels, failures, latency and tokens", () => {
    expect(resultOf().summary).toEqual({
      runs: 3,
      failed: 1,
      evaluators: {
        right: {
          scores: { count: 2, mean: 0.75, min: 0.5, p50: 0.5, p95: 1, max: 1, histogram: ENDS },
          labels: { True: 1 },
          errors: 0,
        },
        judge: { scores: undefined, labels: { good: 1 }, errors: 1 },
      },
      latency: { count: 3, mean: 20, min: 10, p50: 20, p95: 30, max: 30, histogram: [1, 0, 0, 0, 0, 1, 0, 0, 0, 1] },
      tokens: { total: 5 },
    });
    expect(resultOf().scores).toEqual({ right: 0.75 });
  });

  test("quantiles are values that occur", () => {
    const hundred = Array.from({ length: 100 }, (_, n) => ({
      exampleId: `${n}`,
      output: 1,
      milliseconds: 100 - n,
      evaluations: {},
    }));
    expect(resultOf({}, hundred).summary.latency).toMatchObject({ min: 1, p50: 50, p95: 95, max: 100 });
  });
});

describe("a distribution", () => {
  test("has every value in one step of its histogram", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 }), (values) => {
        const { histogram = [], min = 0, max = 0 } = distribution(values) ?? {};
        expect(histogram.reduce((sum, count) => sum + count, 0)).toBe(values.length);
        expect(histogram.length).toBe(max / 2 - min / 2 === 0 ? 1 : 10);
      }),
    );
  });
});

describe("the gate", () => {
  test("counts an example without a score as 0", () => {
    expect(resultOf({ right: 0.5 })).toMatchObject({ passed: true, shortfalls: [] });
    const below = resultOf({ right: 0.51 });
    expect(below).toMatchObject({ passed: false, shortfalls: [{ evaluator: "right", mean: 0.5, needed: 0.51 }] });
    expect(() => below.requirePassed()).toThrow(BelowThresholdError);
    expect(() => below.requirePassed()).toThrow(/right is 0.5, below 0.51/);
    expect(resultOf({ right: 0.5 }).requirePassed().passed).toBe(true);
  });
});

describe("rows", () => {
  test("and an Arrow table of them hold everything", () => {
    expect(resultOf().toRows()[1]).toEqual({
      example_id: "ex1",
      output: '{"city":"Lima"}',
      latency_ms: 30,
      "eval.right.score": 0.5,
      "eval.judge.explanation": "Evaluator judge failed on example ex1: JudgeError: <rubbish>",
    });
    const table = resultOf().toTable();
    expect(table.numRows).toBe(3);
    expect(table.getChild("eval.right.score")?.toArray()).toMatchObject({ 0: 1, 1: 0.5 });
    const whole = resultOf({}, [{ exampleId: "a", output: "x", evaluations: { right: { score: 1 } } }]).toTable();
    expect(String(whole.schema.fields.find(({ name }) => name === "eval.right.score")?.type)).toBe("Float64");
  });

  test("are read back as what they were, outputs as text", () => {
    const text = fc.string({ minLength: 1 });
    const name = fc.stringMatching(/^[a-z][a-z .]*$/);
    const evaluation = fc.oneof(
      fc.record(
        { score: fc.double({ noNaN: true, noDefaultInfinity: true }), explanation: text },
        { requiredKeys: ["score"] },
      ),
      fc.record({ label: text, trace: fc.record({ id: text, timestamp: fc.nat() }) }, { requiredKeys: ["label"] }),
      name.map((each) => ({ error: `Evaluator ${each} failed on example x: because` })),
    );
    const outcome = fc.record(
      {
        exampleId: text,
        output: text,
        evaluations: fc.dictionary(name, evaluation),
        milliseconds: fc.nat(),
        tokens: fc.record({ total: fc.nat() }),
        trace: fc.record({ id: text, timestamp: fc.nat() }),
      },
      { requiredKeys: ["exampleId", "output", "evaluations"] },
    );
    fc.assert(
      fc.property(outcome, (each) => {
        expect(outcomeOf({ id: "r1", ...runRow(each) })).toEqual(each);
      }),
    );
  });

  test("of other clients are read alike: nulls, no latency, metadata", () => {
    const run = {
      id: "r",
      example_id: "e",
      output: "x",
      error: null,
      "eval.a.score": 1,
      "eval.a.label": null,
      "eval.a.metadata.k.l": "v",
    };
    expect(outcomeOf(run)).toEqual({
      exampleId: "e",
      output: "x",
      evaluations: { a: { score: 1, metadata: { "k.l": "v" } } },
    });
    expect(outcomeOf({ id: "r", example_id: "e", output: null, error: "ValueError('no')" })).toEqual({
      exampleId: "e",
      error: "ValueError('no')",
      evaluations: {},
    });
  });
});

describe("JUnit XML", () => {
  test("is read by a CI system's parser: errors, failures, counts, times", async () => {
    const xml = resultOf({ right: 0.9, judge: 0 }).toJUnit();
    expect(XMLValidator.validate(xml)).toBe(true);
    expect(await parse(xml)).toMatchObject({
      name: "first <try>",
      tests: 5,
      failures: 1,
      errors: 2,
      time: 0.06,
      testsuite: [
        {
          name: "first <try>",
          tests: 3,
          errors: 2,
          failures: 0,
          testcase: [
            { name: "ex0", classname: "first <try>", time: 0.01 },
            {
              name: "ex1",
              error: [{ type: "Evaluator judge failed on example ex1", message: expect.stringContaining("<rubbish>") }],
            },
            {
              name: "ex2",
              error: [{ type: "RangeError", message: expect.stringContaining('"model" is\ufffd down & out') }],
            },
          ],
        },
        {
          name: "first <try>.thresholds",
          tests: 2,
          failures: 1,
          testcase: [
            { name: "right >= 0.9", failure: [{ message: "right is 0.5, below 0.9" }] },
            { name: "judge >= 0" },
          ],
        },
      ],
    });
  });

  test("is well-formed whatever the texts hold, and says them", () => {
    const parser = new XMLParser({
      ignoreAttributes: false,
      attributeNamePrefix: "",
      processEntities: true,
      htmlEntities: true,
      trimValues: false,
    });
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (exampleId, error) => {
        const xml = resultOf({}, [{ exampleId, error, evaluations: {} }]).toJUnit();
        expect(XMLValidator.validate(xml)).toBe(true);
        // eslint-disable-next-line no-control-regex -- XML 1.0 has none of these
        expect(xml).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/);
        expect(parser.parse(xml)).toHaveProperty("testsuites.testsuite.testcase");
      }),
      { numRuns: 15 },
    );
  });
});

describe("the text for people", () => {
  test("shows failed runs first, then the summary and the gate, within the width", () => {
    const text = resultOf({ right: 0.9 }).toText({ width: 70, rows: 2 });
    const lines = text.split("\n");
    expect(lines[0]).toBe("Experiment first <try>: 3 runs, 1 failed");
    expect(lines.every((line) => line.length <= 70)).toBe(true);
    expect(text).toMatch(
      /example +right +judge +ms +output\nex1 +0.5 +failed +30 +\{"city":"Lima"\}\nex2 +20 +RangeError/,
    );
    expect(text).toContain("… and 1 more");
    expect(text).toContain("right:  mean 0.75 (min 0.5, median 0.5, max 1 █········█)  True 1×");
    expect(text).toContain("latency:  p50 20 ms  p95 30 ms");
    expect(text).toContain("tokens:  total 5");
    expect(text).toContain("NOT PASSED: right is 0.5, below 0.9");
    // eslint-disable-next-line no-control-regex -- nothing that steers a terminal
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
  });

  test("loses nothing of the summary on a narrow terminal, but labels that hardly come", () => {
    const runs = Array.from({ length: 20 }, (_, n) => ({
      exampleId: `ex${n}`,
      output: "x",
      evaluations: {
        verdict: n < 3 ? { label: "fine\nindeed" } : n < 18 ? { label: `only ${n}` } : { error: "Evaluator failed" },
      },
    }));
    for (const width of [20, 40, 80]) {
      const text = resultOf({}, runs).toText({ width, rows: 0 });
      expect(text.split("\n").every((line) => line.length <= width)).toBe(true);
      const summary = text.replaceAll(/\s+/g, "");
      expect(summary).toContain("verdict:noscoresfineindeed3×,only31×");
      expect(summary).toMatch(/8otherlabels2failed$/);
    }
  });
});
