import { readFile } from "node:fs/promises";
import { createPlatform, SeedDocument, type Platform, type SeedChoice } from "@axlab/mock-server";
import { isLoopback } from "../flags.js";
import { UsageError } from "../usage-error.js";
import { banner } from "./banner.js";
import type { StartOptions } from "./command.js";
import { startLine } from "./json-line.js";

/** Serves until SIGINT or SIGTERM, then closes what is open and returns. */
export async function start(options: StartOptions): Promise<void> {
  refuseWellKnownKeys(options, options.seed === "demo" && !options.randomKeys);
  const platform = await createPlatform({
    db: options.db,
    seed: await readSeed(options.seed),
    auth: options.auth,
    randomKeys: options.randomKeys,
    limits: { uploadBytes: options.maxUploadBytes },
    logLevel: options.logLevel,
  });
  try {
    refuseWellKnownKeys(options, platform.seeded.wellKnownKeys);
    const listening = await listen(platform, options);
    const stopped = untilStopped();
    if (options.json) process.stdout.write(`${JSON.stringify(startLine(listening, platform.seeded))}\n`);
    (options.json ? process.stderr : process.stdout).write(banner(listening, platform.seeded, options));
    await stopped;
    process.stderr.write("axlab: stopping\n");
  } finally {
    await platform.close();
  }
}

/** Everybody knows the demo's secrets, so they may not open a door to a network. */
function refuseWellKnownKeys({ host }: StartOptions, wellKnown: boolean): void {
  if (!wellKnown || isLoopback(host)) return;
  throw new UsageError(
    `--host ${host} is reachable from a network, and the demo seed's keys are the same on every machine. Add --random-keys with a new --db, use --seed empty or a file, or listen on 127.0.0.1.`,
  );
}

async function readSeed(seed: string): Promise<SeedChoice> {
  if (seed === "demo" || seed === "empty") return seed;
  let text: string;
  try {
    text = await readFile(seed, "utf8");
  } catch (error) {
    throw new UsageError(
      `--seed ${seed} cannot be read (${error instanceof Error ? error.message : String(error)}). Allowed: demo, empty, or the path of a .json file.`,
    );
  }
  return parseSeed(seed, text);
}

function parseSeed(path: string, text: string): SeedDocument {
  try {
    const parsed = SeedDocument.safeParse(JSON.parse(text));
    if (parsed.success) return parsed.data;
    const [first] = parsed.error.issues;
    throw new UsageError(`--seed ${path}: ${first?.path.join(".") ?? ""} ${first?.message ?? "is not a seed"}.`);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`--seed ${path} is not JSON.`);
  }
}

async function listen(platform: Platform, { host, port }: StartOptions) {
  try {
    return await platform.listen({ host, port });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EADDRINUSE") {
      throw new UsageError(
        `port ${port} on ${host} is in use. Choose another with --port, or --port 0 for any free one.`,
      );
    }
    throw error;
  }
}

function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
}
