/** One measurement in a process of its own, so that it starts cold: `worker.ts <what> <rows> <url> <key> <space> <model>`. */
import { ArizeClient } from "@axlab/sdk";
// Loaded on first use otherwise; Python's modules are loaded before its clock starts as well.
import "@axlab/sdk/flight";
import { summary } from "../summary.js";
import { frameRows, frameTable, LOG_OPTIONS } from "./frame.js";

const [what = "", count = "", baseUrl = "", apiKey = "", spaceId = "", model = ""] = process.argv.slice(2);
const rows = Number(count);
const client = new ArizeClient({ apiKey, baseUrl, spaceId, timeout: 600_000 });

interface Found {
  readonly rows: number;
  readonly bytes: number;
  /** Of what was done once, or the median of several. */
  readonly seconds: number;
  /** Of the first of several. */
  readonly firstSeconds?: number;
}

const HOUR = 3_600_000;
const EXPORTS = 5;

async function timed<T>(work: () => Promise<T>): Promise<[T, number]> {
  const started = performance.now();
  const done = await work();
  return [done, (performance.now() - started) / 1000];
}

async function exported(): Promise<Found> {
  const [startTime, endTime] = [new Date(Date.now() - 24 * HOUR), new Date(Date.now() + HOUR)];
  const times: number[] = [];
  let size = { rows: 0, bytes: 0 };
  for (let n = 0; n < EXPORTS; n += 1) {
    const [table, seconds] = await timed(() => client.exports.toTable({ model, startTime, endTime }));
    size = { rows: table.numRows, bytes: table.data.reduce((sum, chunk) => sum + chunk.byteLength, 0) };
    times.push(seconds);
  }
  return { ...size, seconds: summary(times).median, firstSeconds: times[0] ?? 0 };
}

async function logged(): Promise<Found> {
  const data = what === "rows" ? frameRows(rows) : frameTable(rows);
  const [result, seconds] = await timed(() => client.logger.log(data, { ...LOG_OPTIONS, modelId: model }));
  return { ...result, seconds };
}

const before = process.memoryUsage().rss;
const found = await (what === "export" ? exported() : logged());
const peakBytes = process.resourceUsage().maxRSS * 1024;
process.stdout.write(`${JSON.stringify({ ...found, peakBytes, startBytes: before })}\n`);
await client.close();
