import { runRow } from "./rows.js";
import type { ExperimentOutcome } from "../types.js";
import type { ExperimentResult } from "./result.js";

/**
 * JUnit XML as CI systems read it: a suite with a test case for each example, where a failed task or evaluator is an `<error>`, and a suite
 * with a test case for each threshold, where one that is not reached is a `<failure>`. Times are in seconds.
 */
export function junitXml(result: ExperimentResult): string {
  const { name, runs, failUnder, shortfalls } = result;
  const examples = runs.map((run) => exampleCase(name, run));
  const errors = runs.filter((run) => problemsOf(run).length > 0).length;
  const thresholds = Object.entries(failUnder).map(([evaluator, needed]) => {
    const short = shortfalls.find((shortfall) => shortfall.evaluator === evaluator);
    const attributes = { classname: `${name}.thresholds`, name: `${evaluator} >= ${needed}`, time: "0" };
    if (!short) return element("testcase", attributes);
    const message = `${evaluator} is ${short.mean}, below ${needed}`;
    return element("testcase", attributes, [element("failure", { message, type: "BelowThreshold" }, [text(message)])]);
  });
  const suites = [
    suite(name, examples, { errors, failures: 0, seconds: secondsOf(runs) }),
    ...(thresholds.length === 0
      ? []
      : [suite(`${name}.thresholds`, thresholds, { errors: 0, failures: shortfalls.length, seconds: 0 })]),
  ];
  const counts = { tests: examples.length + thresholds.length, failures: shortfalls.length, errors };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element("testsuites", { name, ...counts, time: seconds(secondsOf(runs)) }, suites)}\n`;
}

function exampleCase(experiment: string, run: ExperimentOutcome): string {
  const errors = problemsOf(run).map((problem) =>
    element("error", { message: problem, type: problem.split(":", 1)[0] ?? "" }, [text(problem)]),
  );
  const attributes = { classname: experiment, name: run.exampleId, time: seconds((run.milliseconds ?? 0) / 1000) };
  return element("testcase", attributes, [...errors, element("system-out", {}, [text(JSON.stringify(runRow(run)))])]);
}

function problemsOf({ error, evaluations }: ExperimentOutcome): readonly string[] {
  return [error, ...Object.values(evaluations).map((evaluation) => evaluation.error)].filter(
    (problem) => problem !== undefined,
  );
}

function suite(
  name: string,
  cases: readonly string[],
  { errors, failures, seconds: time }: { errors: number; failures: number; seconds: number },
): string {
  return element("testsuite", { name, tests: cases.length, failures, errors, skipped: 0, time: seconds(time) }, cases);
}

const secondsOf = (runs: readonly ExperimentOutcome[]): number =>
  runs.reduce((sum, { milliseconds = 0 }) => sum + milliseconds, 0) / 1000;

const seconds = (value: number): string => value.toFixed(3);

function element(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  children: readonly string[] = [],
): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${text(String(value))}"`);
  const open = `<${name}${written.join("")}`;
  return children.length === 0 ? `${open}/>` : `${open}>${children.join("\n")}</${name}>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\n": "&#10;",
  "\r": "&#13;",
  "\t": "&#9;",
};
/** What XML 1.0 cannot hold, even escaped: control characters, lone surrogates, two non-characters. */
const UNWRITABLE =
  // eslint-disable-next-line no-control-regex -- these are the characters to be taken out
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

function text(value: string): string {
  return value.replace(UNWRITABLE, "\ufffd").replace(/[&<>"\n\r\t]/g, (character) => ENTITIES[character] ?? character);
}
