/** One measurement in a process of its own, so that it starts cold: `worker.ts <what> <rows> <url> <key> <space> <dataset>`. */
import { ArizeClient } from "@axlab/sdk";
import type { RecordBatch } from "apache-arrow";
import { rowAt, rowsUpTo } from "./rows.js";

const [what = "", count = "", baseUrl = "", apiKey = "", spaceId = "", dataset = ""] = process.argv.slice(2);
const rows = Number(count);
const client = new ArizeClient({ apiKey, baseUrl, spaceId, timeout: 600_000 });
const { datasets } = client;

/** @returns seconds */
async function timed(work: () => Promise<unknown>): Promise<number> {
  const since = performance.now();
  await work();
  return (performance.now() - since) / 1000;
}

function requireSame(at: number, found: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(rowAt(at)))
    // The Python client sends booleans as the texts True and False.
    if (name !== "hard" && found[name] !== value)
      throw new TypeError(`Row ${at} came back with ${name} ${String(found[name])}, not ${String(value)}`);
}

function requireSameBatch(first: number, batch: RecordBatch): number {
  const columns = Object.keys(rowAt(0)).map((name) => [name, batch.getChild(name)] as const);
  for (let row = 0; row < batch.numRows; row++) {
    const cells = columns.map(([name, column]): [string, unknown] => [name, column?.get(row)]);
    requireSame(first + row, Object.fromEntries(cells.map(([name, cell]) => [name, typeof cell === "bigint" ? Number(cell) : cell]))); // prettier-ignore
  }
  return first + batch.numRows;
}

async function measured(): Promise<number> {
  if (what === "create") {
    const examples = [...rowsUpTo(rows)];
    return timed(() => datasets.create({ name: dataset, examples }));
  }
  if (what === "stream") return timed(() => datasets.create({ name: dataset, examples: rowsUpTo(rows) }));
  let seen = 0;
  if (what === "verify") {
    const seconds = await timed(async () => {
      for await (const batch of datasets.examples.batches(dataset)) seen = requireSameBatch(seen, batch);
    });
    if (seen !== rows) throw new TypeError(`${seen} of ${rows} rows came back`);
    return seconds;
  }
  let found: readonly Readonly<Record<string, unknown>>[] = [];
  const seconds = await timed(async () => (found = await datasets.examples.toRows(dataset)));
  if (found.length !== rows) throw new TypeError(`${found.length} of ${rows} rows came back`);
  found.forEach((row, at) => requireSame(at, row));
  return seconds;
}

const seconds = await measured();
process.stdout.write(`${JSON.stringify({ rows, seconds, peakBytes: process.resourceUsage().maxRSS * 1024 })}\n`);
await client.close();
