import { spawn } from "node:child_process";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Tools of the repository come first on the PATH: turbo looks there for pnpm. */
const toolEnvironment = (extra) => ({
  ...process.env,
  TURBO_TELEMETRY_DISABLED: "1",
  ...extra,
  PATH: [join(ROOT, "node_modules", ".bin"), process.env.PATH ?? ""].join(delimiter),
});

/** A failure whose message tells the user what to do; no stack is printed for it. */
export class Problem extends Error {}

let interrupted = false;
/** Whether somebody asked this process to end; whoever runs several commands stops then. */
export const wasInterrupted = () => interrupted;

/** `kill` of npm ends npm and the shell between, but not what they started; without this the port would stay taken. */
const endWithNpm = (end) => {
  const parent = process.ppid;
  const watch = () => {
    if (process.ppid !== parent) end();
  };
  return process.env.npm_lifecycle_event === undefined ? undefined : setInterval(watch, 500).unref();
};

/**
 * Runs a command to its end and resolves to its exit code. Signals reach it: a Ctrl-C in a terminal goes to the whole
 * process group by itself, so it is passed on only where there is no terminal.
 */
export const run = (command, args, { env = {}, cwd = ROOT, stdout = "inherit", uid, gid } = {}) =>
  new Promise((resolve, reject) => {
    const identity = uid === undefined ? {} : { uid, gid };
    const child = spawn(command, args, {
      cwd,
      env: toolEnvironment(env),
      stdio: ["inherit", stdout, "inherit"],
      ...identity,
    });
    const passOn = (signal) => {
      interrupted = true;
      if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
    };
    const orphaned = endWithNpm(() => child.kill("SIGTERM"));
    const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
    for (const signal of signals) process.on(signal, passOn);
    const settle = (settled) => {
      for (const signal of signals) process.off(signal, passOn);
      clearInterval(orphaned);
      settled();
    };
    child.once("error", (error) => settle(() => reject(new Problem(`cannot run ${command}: ${error.message}`))));
    child.once("exit", (code, signal) => settle(() => resolve(code ?? (signal === "SIGINT" ? 130 : 143))));
  });

/** Runs a command that has to succeed; its output goes to stderr, so that stdout stays the application's. */
export const must = async (what, command, args, options = {}) => {
  const code = await run(command, args, { stdout: 2, ...options });
  if (code !== 0) throw new Problem(`${what} failed (exit code ${code}): ${command} ${args.join(" ")}`);
};

/** The output of a command, or undefined where it is missing or fails. */
export const outputOf = (command, args) =>
  new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "ignore"] });
    let text = "";
    child.stdout.on("data", (chunk) => (text += chunk));
    child.once("error", () => resolve(undefined));
    child.once("close", (code) => resolve(code === 0 ? text.trim() : undefined));
  });

export const say = (text) => process.stderr.write(`${text}\n`);
