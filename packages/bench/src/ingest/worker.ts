/** One measurement in a process of its own, so that it starts cold: `worker.ts <what> <rows> <url> <key> <space> <model>`. */
import { ArizeClient } from "@axlab/sdk";
// Loaded on first use otherwise; Python's modules are loaded before its clock starts as well.
import "@axlab/sdk/flight";
import { frameRows, frameTable, LOG_OPTIONS } from "./frame.js";

const [what = "", count = "", baseUrl = "", apiKey = "", spaceId = "", model = ""] = process.argv.slice(2);
const rows = Number(count);
const client = new ArizeClient({ apiKey, baseUrl, spaceId, timeout: 600_000 });

async function measured(): Promise<{ readonly rows: number; readonly bytes: number; readonly started: number }> {
  if (what === "export") {
    const started = performance.now();
    const hour = 3_600_000;
    const table = await client.exports.toTable({
      model,
      startTime: new Date(Date.now() - 24 * hour),
      endTime: new Date(Date.now() + hour),
    });
    return { rows: table.numRows, bytes: table.data.reduce((sum, chunk) => sum + chunk.byteLength, 0), started };
  }
  const data = what === "rows" ? frameRows(rows) : frameTable(rows);
  const started = performance.now();
  const result = await client.logger.log(data, { ...LOG_OPTIONS, modelId: model });
  return { ...result, started };
}

const before = process.memoryUsage().rss;
const { started, ...found } = await measured();
const seconds = (performance.now() - started) / 1000;
const peakBytes = process.resourceUsage().maxRSS * 1024;
process.stdout.write(`${JSON.stringify({ ...found, seconds, peakBytes, startBytes: before })}\n`);
await client.close();
