/**
 * How fast a million rows go into the platform and out of it, beside Python in the same run: `npm run bench -- ingest`. The platform is the
 * built command with a database file; every measurement is a fresh process, and the contenders take turns.
 * `--rows 200000 --rounds 3` for a shorter look.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { hasPython, python, sdk, startPeer, startPlatform } from "./ingest/processes.js";
import type { Contract, Measure } from "./ingest/processes.js";
import { summary } from "./summary.js";

const REPORT = fileURLToPath(new URL("../../../reports/bench-ingest.json", import.meta.url));
const { values: given } = parseArgs({
  options: { rows: { type: "string", default: "1000000" }, rounds: { type: "string", default: "3" } },
});
const [rows, rounds] = [Number(given.rows), Number(given.rounds)];

const SETTLED_MS = 8_000;
/** Turns of the exports in a round. */
const EXPORTS = 3;

interface Series {
  readonly name: string;
  /** Rows a second, or MB a second. */
  readonly unit: "rows/s" | "MB/s";
  readonly rates: number[];
  readonly peaks: number[];
  /** Load of the machine when each was taken. */
  readonly loads: number[];
}

const series = new Map<string, Series>();

/** @param first of several in the process, not the median of them */
function note(name: string, unit: Series["unit"], measure: Measure, first = false): void {
  const { rows: count, bytes = 0, firstSeconds, peakBytes } = measure;
  const seconds = first ? (firstSeconds ?? measure.seconds) : measure.seconds;
  const found = series.get(name) ?? { name, unit, rates: [], peaks: [], loads: [] };
  series.set(name, found);
  found.rates.push(unit === "rows/s" ? count / seconds : bytes / 1e6 / seconds);
  found.loads.push(Number((loadavg()[0] ?? 0).toFixed(1)));
  if (peakBytes !== undefined) found.peaks.push(Math.round(peakBytes / 1e6));
}

const median = (name: string): number => summary(series.get(name)?.rates ?? []).median;

/** One of each, right after one another: the machine's speed drifts by more than the contenders differ. */
async function exports(said: Contract, file: string): Promise<void> {
  const pulled = await python("export", said.host, said.port, said.keys.service, said.space.id, "arrow", file);
  note("export, pyarrow from the platform", "MB/s", pulled);
  note("  the first of the process", "MB/s", pulled, true);
  const taken = await sdk("export", rows, said, "arrow");
  note("export, SDK to Table", "MB/s", taken);
  note("  the first of the process, SDK", "MB/s", taken, true);
  const peer = await startPeer(file);
  note("export, pyarrow from pyarrow's server", "MB/s", await python("pull", peer.said.port));
  await peer.stop();
}

async function round(folder: string, number: number): Promise<void> {
  // A database of its own for every round: none finds the rows of another.
  const platform = await startPlatform(join(folder, `round-${number}.db`));
  const { said } = platform;
  try {
    note("log, SDK from Arrow", "rows/s", await sdk("arrow", rows, said, "arrow"));
    note("log, SDK from row objects, cold", "rows/s", await sdk("rows", rows, said, "rows"));
    if (!hasPython()) return;
    note("log, Python v8 client.ml.log", "rows/s", await python("log", rows, said.host, said.port, said.keys.service, said.space.id, "python")); // prettier-ignore
    // Once nobody writes, the platform copies its log into the database; exports are measured when that is done.
    await setTimeout(SETTLED_MS);
    for (let turn = 0; turn < EXPORTS; turn += 1) await exports(said, join(folder, "export.arrow"));
  } finally {
    await platform.stop();
  }
}

const folder = mkdtempSync(join(tmpdir(), "axlab-bench-"));
try {
  for (let number = 0; number < rounds; number += 1) await round(folder, number);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

console.log(`${rows} rows × 20 columns, ${rounds} rounds, medians; load is the machine's while each was taken\n`);
for (const { name, unit, rates, peaks, loads } of series.values()) {
  const { median: middle, low, high } = summary(rates);
  const shown = [middle, low, high].map((rate) => Math.round(rate).toLocaleString("en"));
  const memory = peaks.length === 0 ? "" : `   peak ${summary(peaks).median} MB`;
  console.log(`${name.padEnd(40)} ${(shown[0] ?? "").padStart(10)} ${unit}  (${shown[1]}–${shown[2]})${memory}   load ${loads.join(", ")}`);
} // prettier-ignore

const goals = [
  ["SDK from Arrow, rows/s", median("log, SDK from Arrow"), 400_000],
  ["SDK from row objects, rows/s", median("log, SDK from row objects, cold"), 150_000],
  ["SDK from Arrow ÷ Python v8", median("log, SDK from Arrow") / median("log, Python v8 client.ml.log"), 3],
  ["pyarrow from the platform, MB/s", median("export, pyarrow from the platform"), 300],
  ["platform ÷ pyarrow's server", median("export, pyarrow from the platform") / median("export, pyarrow from pyarrow's server"), 0.7],
  ["SDK to Table ÷ pyarrow from the platform", median("export, SDK to Table") / median("export, pyarrow from the platform"), 0.6],
] as const; // prettier-ignore
console.log("");
for (const [name, value, goal] of goals) {
  const verdict = Number.isNaN(value) ? "not measured" : value >= goal ? "reached" : "missed";
  const shown = value >= 100 ? Math.round(value).toLocaleString("en") : value.toFixed(2);
  console.log(`${name.padEnd(42)} ${shown.padStart(10)}   goal ${goal.toLocaleString("en")}   ${verdict}`);
}

mkdirSync(join(REPORT, ".."), { recursive: true });
writeFileSync(REPORT, JSON.stringify({ rows, rounds, series: [...series.values()], goals: goals.map(([name, value, goal]) => ({ name, value, goal })) }, null, 2)); // prettier-ignore
