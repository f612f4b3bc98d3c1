/**
 * Real input at full size: the 3 million rows of flights-3m.parquet (vega-datasets) go through the built command into a
 * platform with a file database, come back by an export, and are compared column by column. Prints the times, and the peak
 * memory of the logging process. Linux, about two minutes on an idle machine:
 *
 *   npx turbo run build --filter=axlab... && node scripts/flights-3m.mjs
 */
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { performance } from "node:perf_hooks";
import { createInterface } from "node:readline";
import { ROOT } from "./lib/process.mjs";

const CLI = join(ROOT, "apps/platform/dist/cli.mjs");
const fromSdk = createRequire(join(ROOT, "packages/sdk/package.json"));
const FLIGHTS = join(dirname(fromSdk.resolve("vega-datasets")), "..", "data", "flights-3m.parquet");
const { ArizeClient } = await import(join(ROOT, "packages/sdk/dist/index.mjs"));
const { openFile } = await import(join(ROOT, "packages/sdk/dist/files/index.mjs"));
const MAX_RSS_MB = 350;

/** Where each column of the file is in an export. */
const COLUMNS = {
  date: "time",
  delay: "numericPredictionLabel",
  distance: "distance",
  origin: "origin",
  destination: "destination",
};
const SCHEMA = {
  timestampColumnName: "date",
  predictionLabelColumnName: "delay",
  featureColumnNames: ["distance", "origin", "destination"],
};
const WINDOW = { startTime: new Date("2000-12-31T00:00:00Z"), endTime: new Date("2001-12-31T00:00:00Z") };

const say = (text) => process.stdout.write(`${text}\n`);
const seconds = (since) => ((performance.now() - since) / 1000).toFixed(1);

const folder = await mkdtemp(join(tmpdir(), "axlab-flights-"));
const platform = spawn(process.execPath, [CLI, "start", "--port", "0", "--db", `file:${join(folder, "axlab.db")}`, "--json"], {
  stdio: ["ignore", "pipe", "ignore"],
}); // prettier-ignore
try {
  const [line] = await new Promise((resolve) =>
    createInterface({ input: platform.stdout }).once("line", (text) => resolve([text])),
  );
  const { url, keys, space } = JSON.parse(line);
  await logFlights({ ARIZE_BASE_URL: url, ARIZE_API_KEY: keys.service, ARIZE_SPACE_ID: space.id });
  const client = new ArizeClient({ baseUrl: url, apiKey: keys.service, spaceId: space.id });
  const since = performance.now();
  const back = await gather(client.exports.batches({ model: "flights", ...WINDOW }), Object.values(COLUMNS));
  say(`exported ${back.rows} rows in ${seconds(since)} s`);
  await client.close();
  compare(await gather((await openFile(FLIGHTS)).batches(), Object.keys(COLUMNS)), back);
} finally {
  platform.kill("SIGINT");
  await new Promise((resolve) => platform.once("exit", resolve));
  await rm(folder, { recursive: true, force: true });
}

async function logFlights(env) {
  await writeFile(join(folder, "schema.json"), JSON.stringify(SCHEMA));
  const args = ["log", FLIGHTS, "--schema", "schema.json", "--model-id", "flights", "--model-type", "regression"];
  const child = spawn(process.execPath, [CLI, ...args, "--environment", "production", "--json"], {
    cwd: folder,
    // The flights are of 2001; the rule on old timestamps is for this year's.
    env: { ...process.env, ...env, ARIZE_MAX_PAST_YEARS: "100" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let peak = 0;
  const watching = setInterval(async () => {
    const status = await readFile(`/proc/${child.pid}/status`, "utf8").catch(() => "");
    peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
  }, 50);
  let output = "";
  child.stdout.on("data", (chunk) => (output += String(chunk)));
  const code = await new Promise((resolve) => child.once("close", resolve));
  clearInterval(watching);
  if (code !== 0) throw new Error(`axlab log ended with exit code ${code}: ${output}`);
  const { rows, requests, bytes, seconds: took } = JSON.parse(output);
  say(
    `logged ${rows} rows in ${took} s: ${Math.round(rows / took)} rows/s, ${requests} requests, ${(bytes / 1e6).toFixed(1)} MB; peak memory of the process ${peak.toFixed(0)} MB`,
  );
  if (peak > MAX_RSS_MB) throw new Error(`the logging process took ${peak.toFixed(0)} MB, more than ${MAX_RSS_MB}`);
}

/** All values of some columns: numbers, or texts as numbers of one dictionary. */
async function gather(batches, names) {
  const texts = gather.texts ?? (gather.texts = new Map());
  const columns = names.map(() => new Float64Array(3_100_000));
  let rows = 0;
  for await (const batch of batches) {
    names.forEach((name, column) => {
      const values = batch.getChild(name);
      for (let row = 0; row < batch.numRows; row++) {
        const value = values.get(row);
        if (typeof value === "string" && !texts.has(value)) texts.set(value, texts.size);
        columns[column][rows + row] = typeof value === "string" ? texts.get(value) : Number(value);
      }
    });
    rows += batch.numRows;
  }
  return { rows, columns: columns.map((values) => values.subarray(0, rows)) };
}

/** Both sides in one order, since the platform makes ids for rows that have none; then each column with its own. */
function compare(sent, back) {
  if (sent.rows !== back.rows) throw new Error(`${sent.rows} rows were sent, ${back.rows} came back`);
  const orders = [sent, back].map(({ rows, columns }) =>
    Uint32Array.from({ length: rows }, (_unused, row) => row).sort((a, b) => {
      for (const values of columns) if (values[a] !== values[b]) return values[a] - values[b];
      return 0;
    }),
  );
  Object.keys(COLUMNS).forEach((name, column) => {
    let different = 0;
    for (let at = 0; at < sent.rows; at++)
      if (sent.columns[column][orders[0][at]] !== back.columns[column][orders[1][at]]) different += 1;
    if (different > 0) throw new Error(`column ${name}: ${different} of ${sent.rows} values differ`);
    say(`column ${name}: ${sent.rows} values are equal`);
  });
}
