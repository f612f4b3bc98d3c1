/**
 * Writes docs/compatibility.md from the report of a whole run of the conformance suite. The suite's convention: the
 * outermost `describe` is "client version", and a test is named "call: what was checked".
 */
import { readFileSync, writeFileSync } from "node:fs";

const HEAD = `# Compatibility

Written by \`npm run test:conformance\`; do not edit. Each line is a call of a client, run unmodified against the platform
started as its own process, with the number of checks behind it.

Calls that are not listed have not been run.
`;

/** @returns one `{ client, call, passed, failed, skipped }` a call of the clients that ran, in the order of the report's names. */
export const callsOf = (report) => {
  const calls = new Map();
  for (const file of report.testResults) {
    for (const { ancestorTitles, title, status } of file.assertionResults) {
      const [client] = ancestorTitles;
      const [call, claim] = title.split(/: (.*)/s);
      if (client === undefined || claim === undefined) continue;
      const key = `${client}\u0000${call}`;
      const row = calls.get(key) ?? { client, call, passed: 0, failed: 0, skipped: 0 };
      row[status === "passed" || status === "failed" ? status : "skipped"] += 1;
      calls.set(key, row);
    }
  }
  const rows = [...calls.entries()].sort(([a], [b]) => a.localeCompare(b, "en")).map(([, row]) => row);
  const ran = new Set(rows.filter(({ passed, failed }) => passed + failed > 0).map(({ client }) => client));
  return rows.filter(({ client }) => ran.has(client));
};

const result = ({ passed, failed, skipped }) => {
  if (failed > 0) return `**${failed} of ${passed + failed} fail**`;
  return skipped > 0 ? "not run" : "passes";
};

export const compatibilityPage = (report) => {
  const calls = callsOf(report);
  const clients = [...new Set(calls.map(({ client }) => client))];
  const sections = clients.map((client) => {
    const rows = calls.filter((row) => row.client === client);
    const checks = rows.reduce((total, row) => total + row.passed + row.failed, 0);
    const lines = rows.map((row) => `| \`${row.call}\` | ${row.passed + row.failed} | ${result(row)} |`);
    return [
      `## ${client}`,
      "",
      `${rows.length} calls, ${checks} checks.`,
      "",
      "| Call | Checks | Result |",
      "| --- | --- | --- |",
      ...lines,
      "",
    ].join("\n");
  });
  return [HEAD, ...sections].join("\n");
};

export const writeCompatibilityPage = (reportFile, page) =>
  writeFileSync(page, compatibilityPage(JSON.parse(readFileSync(reportFile, "utf8"))));

const BEGIN = "<!-- compatibility: written by npm run test:conformance -->";
const END = "<!-- /compatibility -->";

/** One line a client, for the README. */
export const summaryTable = (report) => {
  const calls = callsOf(report);
  const clients = [...new Set(calls.map(({ client }) => client))];
  const lines = clients.map((client) => {
    const rows = calls.filter((row) => row.client === client);
    const sum = (field) => rows.reduce((total, row) => total + row[field], 0);
    const failing = rows.filter(({ failed }) => failed > 0).map(({ call }) => `\`${call}\``);
    return `| ${client} | ${rows.length} | ${sum("passed")} of ${sum("passed") + sum("failed")} | ${failing.join(", ") || "none"} |`;
  });
  return ["| client | calls tried | checks passed | calls that fail |", "| --- | --- | --- | --- |", ...lines].join(
    "\n",
  );
};

/** Puts the table between the README's two markers. */
export const writeReadmeTable = (reportFile, readme) => {
  const text = readFileSync(readme, "utf8");
  const [before, rest] = text.split(BEGIN);
  const [, after] = (rest ?? "").split(END);
  if (after === undefined) throw new Error(`README.md lacks the lines ${BEGIN} and ${END}.`);
  const table = summaryTable(JSON.parse(readFileSync(reportFile, "utf8")));
  writeFileSync(readme, `${before}${BEGIN}\n\n<!-- prettier-ignore -->\n${table}\n\n${END}${after}`);
};
