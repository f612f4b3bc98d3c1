import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { z } from "zod";

/** The built command; `AXLAB_CLI` names another one to put through the suite. */
const CLI =
  process.env["AXLAB_CLI"] ?? fileURLToPath(new URL("../../../../apps/platform/dist/cli.mjs", import.meta.url));
const START_LIMIT_MS = 90_000;

/** The first line of `axlab start --json`: what scripts may rely on. */
const ContractSchema = z.object({
  url: z.url(),
  host: z.string(),
  port: z.number().int().positive(),
  account: z.object({ id: z.string() }),
  organization: z.object({ id: z.string(), name: z.string() }),
  space: z.object({ id: z.string(), name: z.string() }),
  keys: z.object({ admin: z.string(), member: z.string(), readOnly: z.string(), service: z.string() }),
  users: z.object({ admin: z.string(), member: z.string(), readOnly: z.string() }),
});
export type Contract = z.infer<typeof ContractSchema>;

export interface RunningPlatform extends Contract {
  stop: () => Promise<void>;
  /** Ends it as a power cut would. */
  kill: () => Promise<void>;
}

class PlatformDidNotStart extends Error {
  constructor(reason: string, log: string) {
    super(`The platform did not start: ${reason}\n${log}`);
    this.name = "PlatformDidNotStart";
  }
}

/**
 * Starts the built platform as its own process, on a free port with an empty database in memory, and waits for the
 * contract line. Call `stop` in `afterAll`: it ends the process the way Ctrl-C does. A flag given replaces the one of the same name.
 */
export const startPlatform = async (...flags: string[]): Promise<RunningPlatform> => {
  if (!existsSync(CLI))
    throw new PlatformDidNotStart(`${CLI} is missing; build it first: npx turbo run build --filter=axlab...`, "");
  const child = spawn(process.execPath, [CLI, "start", "--port", "0", "--db", "memory", "--json", ...flags], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let log = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (log = (log + text).slice(-8_000)));
  const exited = new Promise<number | null>((resolve) => child.once("exit", resolve));

  const line = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill("SIGKILL");
      reject(new PlatformDidNotStart(`no line on stdout within ${String(START_LIMIT_MS)} ms`, log));
    }, START_LIMIT_MS);
    createInterface({ input: child.stdout }).once("line", (text) => {
      clearTimeout(timer);
      resolve(text);
    });
    void exited.then((code) => {
      clearTimeout(timer);
      reject(new PlatformDidNotStart(`it ended with exit code ${String(code)}`, log));
    });
  });

  const end = async (signal: "SIGINT" | "SIGKILL"): Promise<void> => {
    child.kill(signal);
    await exited;
  };
  const stop = (): Promise<void> => end("SIGINT");
  try {
    return { ...ContractSchema.parse(JSON.parse(line)), stop, kill: () => end("SIGKILL") };
  } catch (cause) {
    await stop();
    throw new PlatformDidNotStart(`its first line is not the contract: ${String(cause)}`, log);
  }
};
