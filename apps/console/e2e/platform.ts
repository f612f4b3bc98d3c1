import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { z } from "zod";

const CLI = fileURLToPath(new URL("../../platform/dist/cli.mjs", import.meta.url));

const StartLine = z.object({
  url: z.string(),
  organization: z.object({ id: z.string(), name: z.string() }).nullable(),
  space: z.object({ id: z.string(), name: z.string() }).nullable(),
  keys: z.record(z.string(), z.string()),
  users: z.record(z.string(), z.string()),
});

/** The built `axlab start`, in a process of its own. */
export interface RunningPlatform extends z.infer<typeof StartLine> {
  stop(): Promise<void>;
}

export async function startPlatform(...flags: string[]): Promise<RunningPlatform> {
  const child = spawn(process.execPath, [CLI, "start", "--json", "--port", "0", "--db", "memory", ...flags], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let noise = "";
  child.stderr.on("data", (chunk: Buffer) => (noise += chunk.toString()));
  const started = await Promise.race([firstLine(child), once(child, "exit").then(() => null)]);
  if (started === null) throw new Error(`axlab start ended early:\n${noise}`);
  return {
    ...StartLine.parse(JSON.parse(started)),
    async stop() {
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
    },
  };
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new TypeError("axlab start has no stdout.");
  const lines = createInterface({ input: child.stdout });
  const [line]: unknown[] = await once(lines, "line");
  return String(line);
}
