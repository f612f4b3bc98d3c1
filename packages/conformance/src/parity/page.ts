import type { OfficialClient, ParityCase } from "./cases/index.js";
import { KNOWN } from "./known.js";
import { TRANSPORT_HEADERS } from "./observe.js";

/** What one client's request of a case came to: the names of the listed differences, and how many are not listed. */
export interface Outcome {
  readonly known: readonly string[];
  readonly unlisted: number;
}

const HEAD = `# Wire parity

Written by \`npm run test:conformance -- parity -u\`; do not edit. The same data goes through the official Python clients, unmodified, and
through this SDK, to a server that only records. Compared are path, headers, Flight command, the decoded \`arize-schema\`, and of every column
its Arrow type and each value; of single records the whole JSON. What differs and is not listed below fails the suite, and so does
a listed difference that no longer occurs.

Not compared: the order of columns (v7 and v8 have none that is stable), how many rows a record batch holds (v7 at most 16 384, v8 and the SDK
\`pyarrow_max_chunksize\`), into how many requests large input is cut (the official clients never cut), and the headers
${TRANSPORT_HEADERS.map((name) => `\`${name}\``).join(", ")}.
`;

const EVERYWHERE = new Set(["who sends", "request id", "pandas metadata", "old space header", "sync", "LLM mark"]);

const cell = (outcome: Outcome | undefined): string => {
  if (outcome === undefined) return "cannot send it";
  if (outcome.unlisted > 0) return `**${outcome.unlisted} unlisted differences**`;
  const shown = outcome.known.filter((name) => !EVERYWHERE.has(name));
  return shown.length === 0 ? "equal" : `equal but for ${shown.join(", ")}`;
};

export function parityPage(
  cases: readonly ParityCase[],
  outcomeOf: (client: OfficialClient, id: string) => Outcome | undefined,
): string {
  const rows = cases.map(({ id, call }) => `| ${id} | \`${call === "logEvaluationsSync" ? "logEvaluations" : call}\` | ${cell(outcomeOf("v7", id))} | ${cell(outcomeOf("v8", id))} |`);
  const reasons = KNOWN.map(({ name, clients, reason }) => `| ${name} | ${clients.join(", ")} | ${reason} |`);
  return [
    HEAD,
    "## Listed differences",
    "",
    "| difference | from | why |",
    "| --- | --- | --- |",
    ...reasons,
    "",
    `## Cases`,
    "",
    `"Equal" leaves out what differs in requests of every kind: ${[...EVERYWHERE].join(", ")}.`,
    "",
    "| case | call | arize 7.52.0 | arize 8.42.0 |",
    "| --- | --- | --- | --- |",
    ...rows,
    "",
  ].join("\n");
} // prettier-ignore
