import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { unique } from "../support/ax-client.js";
import { startPlatform } from "../support/platform.js";
import { pythonOf } from "../support/python.js";
import { AXLAB_SDK, sdkClients } from "../support/sdk.js";

const platform = await startPlatform();
afterAll(platform.stop);
const { service } = sdkClients(platform);
afterAll(() => service.close());

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const ON_TERMINAL = path("../../python/on_terminal.py");
const EXPERIMENT = path("../support/experiment.mjs");

/** What an experiment over 12 examples prints on a terminal that is so wide. */
async function printed(columns: number): Promise<string[]> {
  const examples = Array.from({ length: 12 }, (_, n) => ({ n }));
  const { id: dataset } = await service.datasets.create({ name: unique("numbers"), examples });
  const { url, keys, space } = platform;
  const settings = { url, apiKey: keys.service, spaceId: space.id, dataset, name: unique("shown"), milliseconds: 1 };
  const child = spawn(pythonOf("v8"), [ON_TERMINAL, String(columns), process.execPath, EXPERIMENT], {
    env: { PATH: process.env["PATH"], AXLAB_EXPERIMENT: JSON.stringify(settings) },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (more: string) => (text += more));
  const [code] = await once(child, "close");
  expect(code, text).toBe(0);
  // The experiment's own log lines are on the terminal too.
  return text.split("\r\n").filter((line) => !/^(?:task|done) /.test(line));
}

describe.runIf(existsSync(pythonOf("v8")))(AXLAB_SDK, () => {
  it.each([60, 140])("experiments.run: prints table and summary on a terminal of %i columns", async (columns) => {
    const lines = await printed(columns);
    expect(lines[0]).toMatch(/^Experiment shown.*: 12 runs, none failed$/);
    expect(lines[2]).toMatch(/^example +even +ms +output$/);
    expect(lines.filter((line) => / answer \d+$/.test(line))).toHaveLength(10);
    expect(lines).toContain("… and 2 more");
    const summary = lines.slice(lines.indexOf("… and 2 more")).join(" ").replaceAll(/ +/g, " ");
    expect(summary).toContain(" even: mean 0.5 (min 0, median 0, max 1 █········█) True 6×, False 6× latency:");
    expect(lines.every((line) => line.length <= columns)).toBe(true);
  });
});
