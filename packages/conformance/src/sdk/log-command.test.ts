import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { openFile } from "@axlab/sdk/files";
import { afterAll, describe, expect, it } from "vitest";
import { unique } from "../support/ax-client.js";
import { startPlatform } from "../support/platform.js";
import { AXLAB_SDK, sdkClients } from "../support/sdk.js";

const CLI = fileURLToPath(new URL("../../../../apps/platform/dist/cli.mjs", import.meta.url));
const ROOT = fileURLToPath(new URL("../../../../", import.meta.url));
const PANDAS = process.env["AXLAB_PYTHON_V8"] ?? `${ROOT}.conformance/v8/bin/python`;
const FLIGHTS = join(dirname(createRequire(`${ROOT}packages/sdk/package.json`).resolve("vega-datasets")), "..", "data", "flights-200k.arrow"); // prettier-ignore
const ROWS = 200_000;

const platform = await startPlatform();
const { service } = sdkClients(platform);
const folder = await mkdtemp(join(tmpdir(), "axlab-command-"));
afterAll(() => service.close());
afterAll(platform.stop);
afterAll(() => rm(folder, { recursive: true, force: true }));

async function run(
  command: string,
  args: readonly string[],
): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = { PATH: process.env["PATH"], ARIZE_BASE_URL: platform.url, ARIZE_API_KEY: platform.keys.service, ARIZE_SPACE_ID: platform.space.id }; // prettier-ignore
  const child = spawn(command, args, { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
  const output = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk) => (output.stdout += String(chunk)));
  child.stderr.on("data", (chunk) => (output.stderr += String(chunk)));
  const [code] = await once(child, "close");
  return { code: Number(code), ...output };
}

const SCHEMA = { predictionLabelColumnName: "delay", featureColumnNames: ["distance"] };
/** Where each column of the file is in an export. The file's `time` of day would be taken for the record's time there. */
const COLUMNS = { delay: "numericPredictionLabel", distance: "distance" };

/** All values of a column, in order of size. */
async function sorted(batches: AsyncIterable<{ getChild(name: string): Iterable<unknown> | null }>, name: string) {
  const values: number[] = [];
  for await (const batch of batches) for (const value of batch.getChild(name) ?? []) values.push(Number(value));
  return Float64Array.from(values).sort();
}

describe(AXLAB_SDK, () => {
  it("axlab log: 200 000 flights in shards, exported to Parquet, equal by column, and read by pandas", async () => {
    const model = unique("flights");
    await writeFile(join(folder, "schema.json"), JSON.stringify(SCHEMA));
    const command = [CLI, "log", FLIGHTS, "--schema", "schema.json", "--model-id", model, "--model-type", "regression", "--environment", "production", "--json"]; // prettier-ignore
    for (const shard of ["1/2", "2/2"]) {
      const { code, stdout, stderr } = await run(process.execPath, [...command, "--shard", shard]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(JSON.parse(stdout)).toMatchObject({ status: "done", rows: ROWS / 2, missing: [] });
    }
    const path = join(folder, "flights.parquet");
    const window = { startTime: new Date(Date.now() - 3_600_000), endTime: new Date(Date.now() + 3_600_000) };
    expect(await service.exports.toParquet(path, { model, ...window })).toMatchObject({ path, rows: ROWS });
    for (const [sent, received] of Object.entries(COLUMNS)) {
      const before = await sorted((await openFile(FLIGHTS)).batches(), sent);
      expect(before).toHaveLength(ROWS);
      expect(await sorted((await openFile(path)).batches(), received)).toEqual(before);
    }
    if (!existsSync(PANDAS)) return;
    const program = "import pandas; f = pandas.read_parquet('flights.parquet'); print(len(f), f['numericPredictionLabel'].sum(), f['time'].notna().all())"; // prettier-ignore
    const total = (await sorted((await openFile(FLIGHTS)).batches(), "delay")).reduce((sum, delay) => sum + delay, 0);
    const pandas = await run(PANDAS, ["-c", program]);
    expect({ code: pandas.code, stderr: pandas.stderr }).toEqual({ code: 0, stderr: "" });
    expect(pandas.stdout.trim().split(" ").slice(0, 2).map(Number)).toEqual([ROWS, total]);
    expect(pandas.stdout).toContain("True");
  }, 120_000);
});
