/**
 * Sums vitest's JSON reports and the counts of the other steps into the last line of `.ci/run`.
 * Usage: node scripts/sum-results.mjs STEPS_PASSED STEPS_FAILED REPORT.json…
 * A report that is missing stands for a suite that died before it could write one: one failure.
 * What failed is named before that line, with the first lines of its message.
 */
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

export const countReport = (text) => {
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(text);
  // A file that fails to load has no tests of its own to count.
  const broken = testResults.filter(
    (file) => file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed"),
  );
  return { passed: numPassedTests, failed: numFailedTests + broken.length };
};

const read = (file) => {
  try {
    return countReport(readFileSync(file, "utf8"));
  } catch {
    return { passed: 0, failed: 1 };
  }
};

/** One text for each failure of a report: file, test and the start of the message. */
export const describeFailures = (text) =>
  JSON.parse(text).testResults.flatMap((file) => {
    const tests = file.assertionResults.filter((test) => test.status === "failed");
    if (tests.length === 0) return file.status === "failed" ? [`${file.name}: ${file.message}`] : [];
    return tests.map((test) => {
      const message = (test.failureMessages ?? []).join("\n").split("\n").slice(0, 12).join("\n  ");
      return `${file.name} > ${test.fullName}\n  ${message}`;
    });
  });

const failuresOf = (file) => {
  try {
    return describeFailures(readFileSync(file, "utf8"));
  } catch {
    return [`${file} was not written: its suite died, or ran out of time`];
  }
};

export const sum = (steps, files) =>
  files
    .map(read)
    .reduce((total, one) => ({ passed: total.passed + one.passed, failed: total.failed + one.failed }), steps);

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const [passedSteps, failedSteps, ...files] = process.argv.slice(2);
  const { passed, failed } = sum({ passed: Number(passedSteps), failed: Number(failedSteps) }, files);
  for (const failure of files.flatMap(failuresOf)) console.log(`FAILED: ${failure}`);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}
