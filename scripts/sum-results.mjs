/**
 * Sums vitest's JSON reports and the counts of the other steps into the last line of `.ci/run`.
 * Usage: node scripts/sum-results.mjs STEPS_PASSED STEPS_FAILED REPORT.json…
 * A report that is missing stands for a suite that died before it could write one: one failure.
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

export const sum = (steps, files) =>
  files
    .map(read)
    .reduce((total, one) => ({ passed: total.passed + one.passed, failed: total.failed + one.failed }), steps);

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const [passedSteps, failedSteps, ...files] = process.argv.slice(2);
  const { passed, failed } = sum({ passed: Number(passedSteps), failed: Number(failedSteps) }, files);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}
