/**
 * How fast a dataset of 100 000 rows × 10 columns goes in and is read back whole, beside Python v8 in the same run, and what 500 000 rows cost
 * the platform in memory: `npm run bench -- datasets`. The platform is the built command with a database file; every measurement is a
 * fresh process, and the contenders take turns. `--rows 20000 --rounds 3 --large 0` for a shorter look.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { hasPython, measured, PYTHON, startPlatform, type Contract, type Measure } from "./ingest/processes.js";
import { summary } from "./summary.js";

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const REPORT = at("../../../reports/bench-datasets.json");
const { values: given } = parseArgs({
  options: {
    rows: { type: "string", default: "100000" },
    rounds: { type: "string", default: "3" },
    large: { type: "string", default: "500000" },
  },
});
const [rows, rounds, large] = [Number(given.rows), Number(given.rounds), Number(given.large)];

const sdk = (what: "create" | "stream" | "read" | "verify", count: number, { url, keys, space }: Contract, name: string): Promise<Measure> =>
  measured(process.execPath, [at("./datasets/worker.mjs"), what, String(count), url, keys.service, space.id, name]); // prettier-ignore
const python = (what: "create" | "read", count: number, { host, port, keys, space }: Contract, name: string): Promise<Measure> =>
  measured(PYTHON, [at("../python/datasets.py"), what, String(count), host, String(port), keys.service, space.id, name]); // prettier-ignore

const seconds = new Map<string, number[]>();
const loads: number[] = [];
async function note(name: string, measure: Promise<Measure>): Promise<void> {
  const taken = await measure;
  seconds.set(name, [...(seconds.get(name) ?? []), taken.seconds]);
  loads.push(Number((loadavg()[0] ?? 0).toFixed(1)));
}
const median = (name: string): number => summary(seconds.get(name) ?? []).median;

async function round(folder: string, number: number): Promise<void> {
  // A database of its own for every round: none finds the rows of another.
  const platform = await startPlatform(join(folder, `round-${number}.db`));
  const turns: (() => Promise<void>)[] = [
    async () => {
      await note("upload, SDK from row objects", sdk("create", rows, platform.said, "sdk"));
      await note("read back, SDK to row objects", sdk("read", rows, platform.said, "sdk"));
    },
    async () => {
      if (!hasPython()) return;
      await note("upload, Python v8 from a frame", python("create", rows, platform.said, "python"));
      await note("read back, Python v8", python("read", rows, platform.said, "python"));
    },
  ];
  try {
    for (const turn of number % 2 === 0 ? turns : turns.reverse()) await turn();
  } finally {
    await platform.stop();
  }
}

/** Peak of a process's memory in MB, less the files that are mapped into it by now: the platform maps its database. */
function peakOf(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const kilobytes = (what: string): number => Number(new RegExp(`${what}:\\s+(\\d+)`).exec(status)?.[1]);
  return Math.round((kilobytes("VmHWM") - kilobytes("RssFile")) / 1000);
}

/** @returns what was measured, a line each */
async function manyRows(folder: string): Promise<string[]> {
  const platform = await startPlatform(join(folder, "large.db"));
  const peaks = [peakOf(platform.pid)];
  try {
    const up = await sdk("stream", large, platform.said, "sdk");
    peaks.push(peakOf(platform.pid));
    const down = await sdk("verify", large, platform.said, "sdk");
    peaks.push(peakOf(platform.pid));
    const lines = [
      `in from the SDK, a stream, ${up.seconds.toFixed(1)} s; back, compared row by row, ${down.seconds.toFixed(1)} s`,
    ];
    if (hasPython()) {
      const fromPython = await python("create", large, platform.said, "python");
      await sdk("verify", large, platform.said, "python");
      peaks.push(peakOf(platform.pid));
      lines.push(`in from Python v8 ${fromPython.seconds.toFixed(1)} s; back by the SDK, compared row by row`);
    }
    return [...lines, `peak of the platform at the start and after each: ${peaks.join(", ")} MB`];
  } finally {
    await platform.stop();
  }
}

const goals = (): [name: string, ratio: number, goal: number][] => [
  ["upload, Python v8 ÷ SDK", median("upload, Python v8 from a frame") / median("upload, SDK from row objects"), 1],
  ["read back, Python v8 ÷ SDK", median("read back, Python v8") / median("read back, SDK to row objects"), 1],
];

function printRounds(): void {
  console.log(
    `${rows} rows × 10 columns, ${rounds} rounds, seconds; load ${Math.min(...loads)}–${Math.max(...loads)}\n`,
  );
  for (const [name, times] of seconds) {
    const { median: middle, low, high } = summary(times);
    console.log(`${name.padEnd(34)} median ${middle.toFixed(2).padStart(6)}   ${low.toFixed(2)}–${high.toFixed(2)}`);
  }
  console.log("");
  for (const [name, ratio, goal] of goals()) {
    const verdict = Number.isNaN(ratio) ? "not measured" : ratio > goal ? "reached" : "missed";
    console.log(`${name.padEnd(34)} ${ratio.toFixed(2).padStart(6)}   goal more than ${goal}   ${verdict}`);
  }
}

const folder = mkdtempSync(join(tmpdir(), "axlab-bench-"));
let lines: string[] = [];
try {
  for (let number = 0; number < rounds; number += 1) await round(folder, number);
  if (rounds > 0) printRounds();
  if (large > 0) lines = await manyRows(folder);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
for (const line of lines) console.log(`${large} rows: ${line}`);

mkdirSync(join(REPORT, ".."), { recursive: true });
writeFileSync(REPORT, JSON.stringify({ rows, rounds, seconds: Object.fromEntries(seconds), goals: goals(), large, lines, loads }, null, 2)); // prettier-ignore
