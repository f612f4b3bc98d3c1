import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const at = (path: string): string => fileURLToPath(new URL(`../../../../${path}`, import.meta.url));
const CLI = at("apps/platform/dist/cli.mjs");
const PYTHON = process.env["AXLAB_PYTHON_V8"] ?? at(".conformance/v8/bin/python");
const SCRIPT = at("packages/bench/src/experiments/python_v8.py");

export interface World {
  readonly url: string;
  readonly apiKey: string;
  readonly spaceId: string;
  close(): Promise<void>;
}

/** The built platform as a process of its own, so that both clients have a core to themselves. */
export async function startWorld(): Promise<World> {
  if (!existsSync(CLI)) throw new TypeError(`${CLI} is missing; build it first: npx turbo run build --filter=axlab...`);
  const flags = ["start", "--port", "0", "--db", "memory", "--json"];
  const child = spawn(process.execPath, [CLI, ...flags], { stdio: ["ignore", "pipe", "ignore"] });
  const exited = new Promise((resolve) => child.once("exit", resolve));
  const line = await new Promise<string>((resolve) => createInterface({ input: child.stdout }).once("line", resolve));
  // boundary: the first line of `axlab start --json`, whose shape docs/cli.md promises
  const { url, keys, space } = JSON.parse(line) as { url: string; keys: { service: string }; space: { id: string } };
  const close = async (): Promise<void> => {
    child.kill("SIGINT");
    await exited;
  };
  return { url, apiKey: keys.service, spaceId: space.id, close };
}

export const hasPython = (): boolean => existsSync(PYTHON);

/** Seconds that the official client needs for `experiments.run`, as it measures them itself. */
export async function pythonSeconds(world: World, settings: object): Promise<number> {
  const { hostname, port } = new URL(world.url);
  const child = spawn(PYTHON, [SCRIPT], {
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      PATH: process.env["PATH"],
      HOME: process.env["HOME"],
      AXLAB_BENCH: JSON.stringify({ ...settings, host: hostname, port: Number(port), key: world.apiKey }),
    },
  });
  let output = "";
  let errors = "";
  child.stdout.on("data", (text: Buffer) => (output += text.toString()));
  child.stderr.on("data", (text: Buffer) => (errors = (errors + text.toString()).slice(-2000)));
  const code = await new Promise((resolve) => child.once("close", resolve));
  const [, seconds] = /^seconds (\S+)$/m.exec(output) ?? [];
  if (code !== 0 || seconds === undefined) throw new TypeError(`${SCRIPT} ended with ${String(code)}: ${errors}`);
  return Number(seconds);
}
