import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { NotFoundError } from "@axlab/sdk";
import { afterAll, describe, expect, it } from "vitest";
import { unique } from "../support/ax-client.js";
import { startPlatform } from "../support/platform.js";
import { AXLAB_SDK, sdkClients } from "../support/sdk.js";

const platform = await startPlatform();
const { service } = sdkClients(platform);
afterAll(() => service.close());
afterAll(platform.stop);

const RECORDS = 500;

/** A process that streams records with the built SDK, says so, and does what `then` says. */
function streaming(model: string, then: string, env: Record<string, string> = {}) {
  const program = `
    import { ArizeClient } from "@axlab/sdk";
    const client = new ArizeClient();
    for (let n = 0; n < ${RECORDS}; n++)
      await client.logger.stream({ modelId: ${JSON.stringify(model)}, modelType: "REGRESSION", environment: "PRODUCTION", predictionId: "r" + n, predictionLabel: n });
    process.stdout.write("accepted");
    ${then}`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", program], {
    cwd: fileURLToPath(new URL("../..", import.meta.url)),
    env: { PATH: process.env["PATH"], ARIZE_BASE_URL: platform.url, ARIZE_API_KEY: platform.keys.service, ARIZE_SPACE_ID: platform.space.id, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  }); // prettier-ignore
  let stderr = "";
  child.stderr.on("data", (chunk) => (stderr += String(chunk)));
  const accepted = once(child.stdout, "data");
  const ended = once(child, "close").then(([code, signal]: (number | string | null)[]) => ({ code, signal, stderr }));
  return { child, accepted, ended };
}

const stored = async (model: string): Promise<number> => {
  const window = { startTime: new Date(Date.now() - 3_600_000), endTime: new Date(Date.now() + 3_600_000) };
  // A model of which no record landed is not there.
  const found = await service.exports.toTable({ model, ...window }).catch((error: unknown) => {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  });
  return found?.numRows ?? 0;
};

const WAIT = "setInterval(() => undefined, 1000);";

describe(AXLAB_SDK, () => {
  it.each(["SIGTERM", "SIGINT"] as const)("logger.stream: %s waits for accepted records and then ends the process", async (signal) => {
    const model = unique("streamed");
    const { child, accepted, ended } = streaming(model, WAIT);
    await accepted;
    child.kill(signal);
    expect(await ended).toMatchObject({ signal, code: null, stderr: "" });
    expect(await stored(model)).toBe(RECORDS);
  }, 60_000); // prettier-ignore

  it("logger.stream: a signal waits for nothing where that is turned off", async () => {
    const model = unique("streamed");
    const { child, accepted, ended } = streaming(model, WAIT, { ARIZE_FLUSH_ON_EXIT: "off" });
    await accepted;
    child.kill("SIGTERM");
    expect(await ended).toMatchObject({ signal: "SIGTERM" });
    expect(await stored(model)).toBeLessThan(RECORDS);
  }, 60_000);

  it("logger.stream: an application's own handler ends the process itself", async () => {
    const model = unique("streamed");
    const own = 'process.once("SIGTERM", async () => { await client.logger.close(); process.exit(7); });';
    const { child, accepted, ended } = streaming(model, own + WAIT);
    await accepted;
    child.kill("SIGTERM");
    expect(await ended).toMatchObject({ code: 7, signal: null });
    expect(await stored(model)).toBe(RECORDS);
  }, 60_000);

  it("logger.stream: a process that ends of itself loses nothing, and is not kept alive when idle", async () => {
    const model = unique("streamed");
    expect(await streaming(model, "").ended).toEqual({ code: 0, signal: null, stderr: "" });
    expect(await stored(model)).toBe(RECORDS);
    const { child, accepted, ended } = streaming(model, `await client.logger.flush(); ${WAIT}`);
    await accepted;
    await new Promise((resolve) => setTimeout(resolve, 1500));
    child.kill("SIGTERM");
    expect(await ended).toMatchObject({ signal: "SIGTERM", stderr: "" });
  }, 60_000);

  it("logger.stream: records that did not land are said on stderr at the end", async () => {
    const { stderr } = await streaming(unique("streamed"), "", { ARIZE_API_KEY: "unknown-key" }).ended;
    expect(stderr).toContain(`ArizeStreamWarning: ${RECORDS} of the streamed records did not land; first:`);
    expect(stderr).not.toContain("unknown-key");
  }, 60_000);
});
