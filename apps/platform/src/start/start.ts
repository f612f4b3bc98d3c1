import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { createPlatform, SeedDocument, type FaultRule, type Platform, type SeedChoice } from "@axlab/mock-server";
import { isLoopback } from "../flags.js";
import { UsageError } from "../usage-error.js";
import { banner } from "./banner.js";
import type { StartOptions } from "./command.js";
import { startLine } from "./json-line.js";

/** Serves until SIGINT or SIGTERM, then closes what is open and returns. */
export async function start(options: StartOptions): Promise<void> {
  refuseWellKnownKeys(options, options.seed === "demo" && !options.randomKeys);
  const files = consoleFiles();
  const platform = await createPlatform({
    db: options.db,
    seed: await readSeed(options.seed),
    auth: options.auth,
    randomKeys: options.randomKeys,
    limits: { uploadBytes: options.maxUploadBytes },
    logLevel: options.logLevel,
    ...files,
  });
  try {
    if (options.faults !== undefined) await plantFaults(platform, options.faults);
    refuseWellKnownKeys(options, platform.seeded.wellKnownKeys);
    const listening = await listen(platform, options);
    const stopped = untilStopped();
    if (options.json) process.stdout.write(`${JSON.stringify(startLine(listening, platform.seeded))}\n`);
    (options.json ? process.stderr : process.stdout).write(
      banner(listening, platform.seeded, options, files.consoleFiles !== undefined),
    );
    await stopped;
    process.stderr.write("axlab: stopping\n");
  } finally {
    await platform.close();
  }
}

/** The web console lies beside the built command; run from its sources, the command has none. */
function consoleFiles(): { consoleFiles?: string } {
  const directory = fileURLToPath(new URL("./console", import.meta.url));
  return existsSync(directory) ? { consoleFiles: directory } : {};
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
  const parsed = SeedDocument.safeParse(
    await readJson("--seed", seed, "Allowed: demo, empty, or the path of a .json file."),
  );
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  throw new UsageError(`--seed ${seed}: ${first?.path.join(".") ?? ""} ${first?.message ?? "is not a seed"}.`);
}

async function plantFaults(platform: Platform, path: string): Promise<void> {
  const rules = await readJson("--faults", path, "Allowed: the path of a .json file.");
  if (!Array.isArray(rules))
    throw new UsageError(`--faults ${path}: a list of faults is needed: [{"on": …, "effect": …}].`);
  rules.forEach((rule: FaultRule, index) => {
    try {
      platform.faults.add(rule);
    } catch (error) {
      throw new UsageError(`--faults ${path}: [${index}] ${error instanceof Error ? error.message : String(error)}`);
    }
  });
}

async function readJson(flag: string, path: string, allowed: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    throw new UsageError(
      `${flag} ${path} cannot be read (${error instanceof Error ? error.message : String(error)}). ${allowed}`,
    );
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError(`${flag} ${path} is not JSON.`);
  }
}

async function listen(platform: Platform, { host, port, ...files }: StartOptions) {
  const tls = await readTls(files);
  try {
    return await platform.listen({ host, port, ...(tls && { tls }) });
  } catch (error) {
    if (tls !== null && error instanceof Error && error.message.startsWith("The TLS certificate"))
      throw new UsageError(`--tls-cert, --tls-key: ${error.message}`);
    if (error instanceof Error && "code" in error && error.code === "EADDRINUSE") {
      throw new UsageError(
        `port ${port} on ${host} is in use. Choose another with --port, or --port 0 for any free one.`,
      );
    }
    throw error;
  }
}

async function readTls({ tlsCert, tlsKey }: Pick<StartOptions, "tlsCert" | "tlsKey">) {
  if (tlsCert === undefined && tlsKey === undefined) return null;
  if (tlsCert === undefined || tlsKey === undefined)
    throw new UsageError("--tls-cert and --tls-key go together: a certificate and its private key, as PEM files.");
  return { cert: await readFlagged("--tls-cert", tlsCert), key: await readFlagged("--tls-key", tlsKey) };
}

async function readFlagged(flag: string, path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new UsageError(
      `${flag} ${path} cannot be read (${error instanceof Error ? error.message : String(error)}). Allowed: the path of a PEM file.`,
    );
  }
}

function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
}
