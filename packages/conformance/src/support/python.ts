import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { Contract } from "./platform.js";

const SCRIPTS = fileURLToPath(new URL("../../python/", import.meta.url));
const ROOT = fileURLToPath(new URL("../../../../", import.meta.url));
const SCRIPT_LIMIT_MS = 180_000;

const CLIENTS = {
  v7: "arize (Python) 7.52.0",
  v8: "arize (Python) 8.42.0",
  earlier: "arize (Python) 8.0",
  toolkit: "arize_toolkit 1.0.20",
  hub: "arize (Python) 7.52.0, prompt hub",
} as const;
export type PythonClient = keyof typeof CLIENTS;

/**
 * One line of a script: one thing it asked of the platform. `name` is "call: what was checked"; `lacks` says that this
 * version of the client does not have the call.
 */
const CheckSchema = z.object({ name: z.string(), ok: z.boolean(), detail: z.string(), lacks: z.boolean() });
type Check = z.infer<typeof CheckSchema>;

/** The interpreter that has an official client. */
export const pythonOf = (client: PythonClient): string =>
  process.env[`AXLAB_PYTHON_${client.toUpperCase()}`] ?? `${ROOT}.conformance/${client}/bin/python`;

/**
 * `AXLAB_OTHER_CLIENTS=1` runs a version of a client that the scripts were not written for: what it lacks is skipped.
 * Without it a lack is a failure, since the pinned versions lack nothing.
 */
const OTHER_CLIENTS = process.env["AXLAB_OTHER_CLIENTS"] === "1";

interface ScriptRun {
  checks: Check[];
  exitCode: number | null;
  errors: string;
}

const runScript = (
  client: PythonClient,
  script: string,
  contract: Contract,
  variables: Record<string, string>,
): Promise<ScriptRun> =>
  new Promise((resolve, reject) => {
    const lenient = OTHER_CLIENTS ? [`${SCRIPTS}other_versions.py`] : [];
    const child = spawn(pythonOf(client), ["-u", ...lenient, `${SCRIPTS}${client}/${script}`], {
      stdio: ["ignore", "pipe", "pipe"],
      timeout: SCRIPT_LIMIT_MS,
      env: {
        PATH: process.env["PATH"],
        HOME: process.env["HOME"],
        PYTHONPATH: SCRIPTS,
        PYTHONDONTWRITEBYTECODE: "1",
        AXLAB_CONTRACT: JSON.stringify(contract),
        ...variables,
      },
    });
    let output = "";
    let errors = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (errors = (errors + text).slice(-6_000)));
    child.once("error", reject);
    child.once("close", (exitCode) => {
      const lines = output.split("\n").filter((line) => line.startsWith('{"name"'));
      resolve({ checks: lines.map((line) => CheckSchema.parse(JSON.parse(line))), exitCode, errors });
    });
  });

/**
 * Runs a script of the official Python client against the platform and turns each of its checks into a test. It is
 * called while tests are collected, since only then is it known how many there are.
 */
export const describePython = async (
  client: PythonClient,
  script: string,
  contract: Contract,
  variables: Record<string, string> = {},
): Promise<void> => {
  if (!existsSync(pythonOf(client))) {
    describe.skip(CLIENTS[client], () => {
      it(`${script}: needs Python; npm run test:conformance installs the clients (docs/client-versions.md for earlier ones)`, () =>
        undefined);
    });
    return;
  }
  const run = await runScript(client, script, contract, variables);
  describe(CLIENTS[client], () => {
    for (const { name, ok, detail, lacks } of run.checks) {
      it(name, ({ skip }) => {
        if (OTHER_CLIENTS && lacks) skip(`this version lacks it: ${detail.trim().split("\n").at(-1) ?? ""}`);
        expect(ok, detail).toBe(true);
      });
    }
    it(`${script} runs to its end`, () => {
      expect(run.checks.length).toBeGreaterThan(0);
      expect(run.exitCode, run.errors).toBe(0);
    });
  });
};
