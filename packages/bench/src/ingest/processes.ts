import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import { z } from "zod";

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const CLI = at("../../../../apps/platform/dist/cli.mjs");
export const PYTHON = process.env["AXLAB_PYTHON_V8"] ?? at("../../../../.conformance/v8/bin/python");

export const hasPython = (): boolean => existsSync(PYTHON);

const Contract = z.object({
  url: z.string(),
  host: z.string(),
  port: z.number(),
  space: z.object({ id: z.string() }),
  keys: z.object({ service: z.string() }),
});
export type Contract = z.infer<typeof Contract>; // prettier-ignore

export const Measure = z.object({
  rows: z.number(),
  seconds: z.number(),
  firstSeconds: z.number().optional(),
  bytes: z.number().optional(),
  peakBytes: z.number().optional(),
});
export type Measure = z.infer<typeof Measure>;

export interface Running<T> {
  readonly said: T;
  readonly pid: number;
  stop(): Promise<void>;
}

/** Starts a process, waits for its first line of JSON, and leaves it running until `stop`. */
async function started<T>(command: string, args: readonly string[], schema: z.ZodType<T>, end: (child: ChildProcess) => void): Promise<Running<T>> {
  const child = spawn(command, args, { stdio: ["pipe", "pipe", "ignore"] });
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once("line", resolve);
    child.once("exit", (code) => reject(new TypeError(`${command} ${args.join(" ")} ended with ${String(code)}`)));
  });
  const stop = (): Promise<void> => {
    end(child);
    return exited;
  };
  return { said: schema.parse(JSON.parse(line)), pid: child.pid ?? 0, stop };
} // prettier-ignore

/** The built platform with a database file, as its own process. */
export const startPlatform = (file: string): Promise<Running<Contract>> =>
  started(process.execPath, [CLI, "start", "--port", "0", "--db", `file:${file}`, "--json", "--log-level", "error"], Contract, (child) => child.kill("SIGINT")); // prettier-ignore

/** pyarrow's own Flight server with the table in a file. */
export const startPeer = (file: string): Promise<Running<{ readonly port: number }>> =>
  started(PYTHON, [at("../../python/ingest.py"), "serve", file], z.object({ port: z.number() }), (child) => child.stdin?.end()); // prettier-ignore

/** Runs a process to its end; its last line is the measure. */
export async function measured(command: string, args: readonly string[]): Promise<Measure> {
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  let errors = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (errors = (errors + text).slice(-2_000)));
  const code = await new Promise((resolve) => child.once("close", resolve));
  const last = output.trimEnd().split("\n").at(-1) ?? "";
  if (code !== 0) throw new TypeError(`${command} ${args.slice(0, 3).join(" ")} ended with ${String(code)}\n${errors}`);
  return Measure.parse(JSON.parse(last));
}

/** Our SDK as it is published, in a fresh process. */
export const sdk = (what: "arrow" | "rows" | "export", rows: number, { url, keys, space }: Contract, model: string): Promise<Measure> =>
  measured(process.execPath, ["--max-old-space-size=8192", at("./worker.mjs"), what, String(rows), url, keys.service, space.id, model]); // prettier-ignore

export const python = (...args: readonly (string | number)[]): Promise<Measure> =>
  measured(PYTHON, [at("../../python/ingest.py"), ...args.map(String)]);
