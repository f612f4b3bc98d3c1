import { spawn } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ArizeClient } from "@axlab/sdk";
import { z } from "zod";
import { pythonOf } from "../support/python.js";
import { startRecorder } from "../support/recorder.js";
import type { Recorded } from "../support/recorder.js";
import { CASES } from "./cases/index.js";
import type { OfficialClient, ParityCase } from "./cases/index.js";
import { caseOf } from "./observe.js";

const KEY = "parity-suite-key";
const SPACE = "U3BhY2U6MTp4eHh4";
const SCRIPTS = fileURLToPath(new URL("../../python/parity/", import.meta.url));
const LIMIT_MS = 300_000;

/** What one client put on the wire, by case, and what it said of cases it could not send. */
export interface Sent {
  readonly arrived: ReadonlyMap<string, readonly Recorded[]>;
  readonly failed: ReadonlyMap<string, string>;
}

async function recording(send: (ports: { readonly httpPort: number; readonly flightPort: number }) => Promise<Map<string, string>>): Promise<Sent> {
  const recorder = await startRecorder();
  try {
    const failed = await send(recorder);
    return { failed, arrived: byCase(recorder.requests) };
  } finally {
    await recorder.close();
  }
} // prettier-ignore

function byCase(requests: readonly Recorded[]): Map<string, Recorded[]> {
  const arrived = new Map<string, Recorded[]>();
  for (const recorded of requests) {
    const id = caseOf(recorded) ?? "nobody's";
    arrived.set(id, [...(arrived.get(id) ?? []), recorded]);
  }
  return arrived;
}

/** Sends every case through our SDK. */
export const sentBySdk = (): Promise<Sent> =>
  recording(async ({ httpPort, flightPort }) => {
    const client = new ArizeClient({
      apiKey: KEY,
      spaceId: SPACE,
      baseUrl: `http://127.0.0.1:${httpPort}`,
      flightHost: "127.0.0.1",
      flightPort,
      flightScheme: "grpc+tcp",
      maxRetries: 0,
      timeout: 20_000,
    });
    const failed = new Map<string, string>();
    for (const one of CASES) {
      await sendCase(client, one).catch((error: unknown) => failed.set(one.id, String(error)));
    }
    await client.close();
    return failed;
  });

async function sendCase({ logger }: ArizeClient, one: ParityCase): Promise<void> {
  if (one.call === "stream") {
    await logger.stream({ ...one.record, modelId: one.id });
    return logger.flush();
  }
  if (one.call === "log") {
    const columns: Record<string, readonly unknown[]> = { ...one.columns };
    for (const name of one.times ?? []) columns[name] = (one.columns[name] ?? []).map((text) => new Date(String(text)));
    const { schema, modelType, environment, batchId } = one;
    await logger.log(columns, { schema, modelType, environment, batchId, modelId: one.id, modelVersion: "1" });
    return;
  }
  const project = { project: one.id };
  if (one.call === "logEvaluationsSync") await logger.logEvaluations(one.columns, { ...project, sync: true });
  else await logger[one.call](one.columns, project);
} // prettier-ignore

const LineSchema = z.object({ name: z.string(), ok: z.boolean(), detail: z.string() });

/** Sends every case it can through an official Python client. */
export const sentByPython = (client: OfficialClient): Promise<Sent> =>
  recording(async ({ httpPort, flightPort }) => {
    const cases = join(mkdtempSync(join(tmpdir(), "axlab-parity-")), "cases.json");
    writeFileSync(cases, JSON.stringify(CASES));
    const setup = { key: KEY, space: SPACE, host: "127.0.0.1", httpPort, flightPort, cases };
    const child = spawn(pythonOf(client), ["-u", `${SCRIPTS}${client}.py`], {
      stdio: ["ignore", "pipe", "pipe"],
      timeout: LIMIT_MS,
      env: { PATH: process.env["PATH"], HOME: process.env["HOME"], PYTHONDONTWRITEBYTECODE: "1", AXLAB_PARITY: JSON.stringify(setup) },
    });
    let output = "";
    let errors = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (errors = (errors + text).slice(-4_000)));
    const code = await new Promise<number | null>((resolve, reject) => child.once("error", reject).once("close", resolve));
    const lines = output.split("\n").filter((line) => line.startsWith('{"name"')).map((line) => LineSchema.parse(JSON.parse(line)));
    if (code !== 0) throw new TypeError(`${client}.py ended with exit code ${String(code)}\n${errors}`);
    return new Map(lines.filter(({ ok }) => !ok).map(({ name, detail }) => [name, detail]));
  }); // prettier-ignore
