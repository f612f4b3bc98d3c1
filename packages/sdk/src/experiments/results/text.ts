import { outputText } from "./rows.js";
import type { Distribution } from "./summary.js";
import type { Evaluation, ExperimentOutcome } from "../types.js";
import type { ExperimentResult } from "./result.js";

export interface TextLimits {
  /** Characters a line. Default 100. */
  readonly width?: number | undefined;
  /** Runs shown, failed ones first. Default 10. */
  readonly rows?: number | undefined;
}

/** The table of runs and the summary below it, for people. */
export function resultText(result: ExperimentResult, { width = 100, rows = 10 }: TextLimits = {}): string {
  const { summary, runs, name, shortfalls, failUnder } = result;
  const failed = summary.failed === 0 ? "none failed" : `${summary.failed} failed`;
  const lines = [
    `Experiment ${name}: ${summary.runs} runs, ${failed}`,
    "",
    ...runTable(runs, Object.keys(summary.evaluators), width, rows),
    "",
    ...Object.entries(summary.evaluators).map(([evaluator, { scores, labels, errors }]) =>
      [
        `  ${evaluator}:`,
        scores ? `mean ${number(scores.mean)} (${spread(scores)})` : "no scores",
        ...(Object.keys(labels).length === 0 ? [] : [labelCounts(labels)]),
        ...(errors === 0 ? [] : [`${errors} failed`]),
      ].join("  "),
    ),
    ...(summary.latency
      ? [`  latency:  p50 ${number(summary.latency.p50)} ms  p95 ${number(summary.latency.p95)} ms`]
      : []),
    ...(summary.tokens
      ? [
          `  tokens:  ${Object.entries(summary.tokens)
            .map(([part, count]) => `${part} ${count ?? 0}`)
            .join("  ")}`,
        ]
      : []),
    ...Object.entries(failUnder).map(([evaluator, needed]) => {
      const short = shortfalls.find((shortfall) => shortfall.evaluator === evaluator);
      return short
        ? `  NOT PASSED: ${evaluator} is ${number(short.mean)}, below ${needed}`
        : `  passed: ${evaluator} is at least ${needed}`;
    }),
  ];
  return `${lines.flatMap((line) => wrapped(line, width)).join("\n")}\n`;
}

const LABELS_SHOWN = 8;

/** The most frequent ones: a label may be any text, another one for every run. */
function labelCounts(labels: Readonly<Record<string, number>>): string {
  const counts = Object.entries(labels).sort(([, left], [, right]) => right - left);
  const shown = counts
    .slice(0, LABELS_SHOWN)
    .map(([label, count]) => `${clip(printable(label), LONGEST_CELL)} ${count}×`);
  const more = counts.length - shown.length;
  return [...shown, ...(more > 0 ? [`${more} other labels`] : [])].join(", ");
}

const MARGIN = "      ";

/** On as many lines as it takes; the further ones stand further in. */
function wrapped(line: string, width: number): string[] {
  if (line.length <= width || width <= 2 * MARGIN.length) return [line];
  const space = line.lastIndexOf(" ", width);
  const end = line.slice(0, Math.max(0, space)).trim() === "" ? width : space;
  return [line.slice(0, end).trimEnd(), ...wrapped(MARGIN + line.slice(end).trimStart(), width)];
}

/** Ids of examples are shown whole: they are what one looks a run up by. */
const UUID_LENGTH = 36;
const LONGEST_CELL = 30;

function runTable(
  runs: readonly ExperimentOutcome[],
  evaluators: readonly string[],
  width: number,
  rows: number,
): string[] {
  const shown = [...runs.filter(isFailed), ...runs.filter((run) => !isFailed(run))].slice(0, rows);
  const header = ["example", ...evaluators, "ms", "output"];
  const cells = shown.map((run) => [
    run.exampleId,
    ...evaluators.map((name) => evaluationText(run.evaluations[name])),
    run.milliseconds === undefined ? "" : number(run.milliseconds),
    printable(run.error ?? (run.output === undefined ? "" : outputText(run.output))),
  ]);
  const widths = header.map((title, column) =>
    Math.min(
      column === 0 ? UUID_LENGTH : LONGEST_CELL,
      Math.max(...[header, ...cells].map((row) => (row[column] ?? title).length)),
    ),
  );
  const line = (row: readonly string[]) =>
    clip(
      row
        .map((cell, column) =>
          column === row.length - 1 ? cell : clip(cell, widths[column] ?? 0).padEnd(widths[column] ?? 0),
        )
        .join("  "),
      width,
    );
  const more = runs.length - shown.length;
  return [line(header), ...cells.map(line), ...(more > 0 ? [`… and ${more} more`] : [])];
}

const isFailed = ({ error, evaluations }: ExperimentOutcome): boolean =>
  error !== undefined || Object.values(evaluations).some((evaluation) => evaluation.error !== undefined);

function evaluationText(evaluation: Evaluation | undefined): string {
  if (evaluation === undefined) return "";
  if (evaluation.error !== undefined) return "failed";
  return [evaluation.score === undefined ? "" : number(evaluation.score), evaluation.label ?? ""].join(" ").trim();
}

const spread = ({ min, p50, max, histogram }: Distribution): string =>
  `min ${number(min)}, median ${number(p50)}, max ${number(max)}${histogram.length > 1 ? ` ${bars(histogram)}` : ""}`;

const BARS = "▁▂▃▄▅▆▇█";

/** A bar for each count, its height the share of the largest; none is a gap. */
function bars(counts: readonly number[]): string {
  const most = Math.max(...counts);
  return counts.map((count) => (count === 0 ? "·" : BARS[Math.ceil((count / most) * BARS.length) - 1])).join("");
}

const number = (value: number): string => String(Number(value.toPrecision(4)));

/** On one line, and without what would steer the terminal. */
const printable = (text: string): string => text.replace(/[\p{Cc}\s]+/gu, " ");

const clip = (text: string, width: number): string =>
  text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;
