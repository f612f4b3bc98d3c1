import { ArizeClient, ExperimentNotStoredError, type Task } from "@axlab/sdk";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { unique } from "../support/ax-client.js";
import { startPlatform, type RunningPlatform } from "../support/platform.js";
import { AXLAB_SDK, sdkClients } from "../support/sdk.js";

const folder = mkdtempSync(join(tmpdir(), "axlab-experiment-"));
const start = (port = 0): Promise<RunningPlatform> =>
  startPlatform("--db", `file:${join(folder, "axlab.db")}`, "--port", String(port));
let platform = await start();
const { keys, space, url } = platform;
afterAll(async () => {
  await platform.stop();
  rmSync(folder, { recursive: true });
});
const { admin, service } = sdkClients(platform);

const dataset = async (count: number): Promise<string> => {
  const examples = Array.from({ length: count }, (_, n) => ({ n }));
  return (await service.datasets.create({ name: unique("numbers"), examples, via: "rest" })).id;
};
const slowly: Task = async ({ n }) => {
  await new Promise((resolve) => setTimeout(resolve, 20));
  return `answer ${String(n)}`;
};

const script = (name: string): string => fileURLToPath(new URL(`../support/${name}`, import.meta.url));

interface Child {
  readonly exitCode: number | null;
  readonly tasks: readonly string[];
  readonly log: string;
}

/** Runs src/support/experiment.mjs; `signal` is sent once so many tasks have begun. */
const experiment = (
  settings: object,
  signal?: { readonly name: "SIGINT" | "SIGKILL"; readonly after: number },
): Promise<Child> =>
  new Promise((resolve, reject) => {
    const all = { url, apiKey: keys.service, spaceId: space.id, ...settings };
    const child = spawn(process.execPath, [script("experiment.mjs")], {
      env: { PATH: process.env["PATH"], AXLAB_EXPERIMENT: JSON.stringify(all) },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let log = "";
    let printed = "";
    let sent = false;
    const tasks = (): string[] => [...log.matchAll(/^task (.+)$/gm)].map(([, id]) => id ?? "");
    child.stdout.on("data", (text: Buffer) => (printed += text.toString()));
    child.stderr.on("data", (text: Buffer) => {
      log += text.toString();
      if (signal && !sent && tasks().length >= signal.after) sent = child.kill(signal.name);
    });
    child.once("error", reject);
    child.once("close", (exitCode) => {
      // Nothing is printed into a pipe.
      expect(printed).toBe("");
      resolve({ exitCode, tasks: tasks(), log });
    });
  });

const stored = async (name: string, id: string): Promise<(string | null | undefined)[]> =>
  (await service.experiments.runs(name, { dataset: id }).toArray()).map(({ example_id }) => example_id);

// Platforms and processes are started and ended; two cores may take their time.
describe(AXLAB_SDK, { timeout: 90_000 }, () => {
  it("experiments.run: Ctrl-C stores what is finished; resume runs the rest, and nothing twice", async () => {
    const id = await dataset(120);
    const name = unique("interrupted");
    const first = await experiment({ dataset: id, name }, { name: "SIGINT", after: 40 });
    expect(first.exitCode, first.log).toBe(130);
    expect(first.log).toMatch(/ended AbortError: .*Ctrl-C.*experiments\.resume/);
    const before = await stored(name, id);
    // All that had been begun but the four under way.
    expect(before.length).toBeGreaterThanOrEqual(first.tasks.length - 4);
    const second = await experiment({ dataset: id, name, resume: true });
    expect(second.log).toContain(`done {"runs":120,"resumed":${before.length}}`);
    expect(second.tasks.filter((task) => before.includes(task))).toEqual([]);
    const after = await stored(name, id);
    expect(after).toHaveLength(120);
    expect(new Set(after).size).toBe(120);
  });

  it("experiments.run: a killed process loses at most the last half second; resume runs the rest", async () => {
    const id = await dataset(300);
    const name = unique("killed");
    const first = await experiment({ dataset: id, name }, { name: "SIGKILL", after: 250 });
    expect(first.exitCode).toBeNull();
    const before = await stored(name, id);
    // 250 tasks took at least 1.25 s: 4 at once, 20 ms each. What was finished 0.5 s before, and a request's time, is stored.
    expect(before.length).toBeGreaterThan(50);
    const second = await experiment({ dataset: id, name, resume: true });
    expect(second.log).toContain(`done {"runs":300,"resumed":${before.length}}`);
    const after = await stored(name, id);
    expect(after).toHaveLength(300);
    expect(new Set(after).size).toBe(300);
  });

  it("experiments.run: a platform that is killed and started again in the middle: every run once", async () => {
    const id = await dataset(200);
    let restarted: Promise<void> | undefined;
    const restart = async (): Promise<void> => {
      await platform.kill();
      platform = await start(platform.port);
    };
    const result = await service.experiments.run({
      name: unique("restarted"),
      dataset: id,
      concurrency: 4,
      task: slowly,
      onProgress: ({ done }) => {
        if (done === 50) restarted = restart();
      },
    });
    await restarted;
    expect(result.runs.map(({ output }) => output)).toEqual(Array.from({ length: 200 }, (_, n) => `answer ${n}`));
    const after = await stored(result.experiment?.id ?? "", id);
    expect(after).toHaveLength(200);
    expect(new Set(after).size).toBe(200);
  });

  it("experiments.run: a process that dies while the platform is down is resumed after both are back", async () => {
    const id = await dataset(200);
    const name = unique("both");
    const first = experiment({ dataset: id, name }, { name: "SIGKILL", after: 150 });
    await expect
      .poll(
        () =>
          stored(name, id).then(
            ({ length }) => length,
            () => 0,
          ),
        { timeout: 10_000 },
      )
      .toBeGreaterThan(0);
    await platform.kill();
    await first;
    platform = await start(platform.port);
    const before = await stored(name, id);
    const second = await experiment({ dataset: id, name, resume: true });
    expect(second.log).toContain(`done {"runs":200,"resumed":${before.length}}`);
    const after = await stored(name, id);
    expect(after).toHaveLength(200);
    expect(new Set(after).size).toBe(200);
  });

  it("experiments.run: a key revoked in the middle: no outcome is lost, and another key goes on", async () => {
    const id = await dataset(100);
    const { key, id: keyId } = await admin.apiKeys.create({ name: unique("to be revoked") });
    const client = new ArizeClient({ baseUrl: url, apiKey: key.reveal(), spaceId: space.id, maxRetries: 0 });
    const error: unknown = await client.experiments
      .run({
        name: unique("refused"),
        dataset: id,
        task: slowly,
        onProgress: ({ done }) => {
          if (done === 10) void admin.apiKeys.revoke(keyId);
        },
      })
      .catch((reason: unknown) => reason);
    if (!(error instanceof ExperimentNotStoredError)) return expect.fail(String(error));
    expect(error.cause).toMatchObject({ name: "AuthenticationError", status: 401 });
    expect(String(error)).not.toContain(key.reveal());
    expect(error.runs.length).toBeLessThan(100);
    await service.experiments.appendRuns(error.experimentId ?? "", error.unstored);
    const result = await service.experiments.resume(error.experimentId ?? "", { task: slowly, concurrency: 20 });
    expect(result).toMatchObject({ resumed: error.runs.length, failed: 0 });
    const after = await stored(result.name, id);
    expect(after).toHaveLength(100);
    expect(new Set(after).size).toBe(100);
  });

  it("experiments.run: 429s of the platform are waited out", async () => {
    const limited = spawn(process.execPath, [script("limited-platform.mjs")], { stdio: ["pipe", "pipe", "inherit"] });
    const ended = once(limited, "exit");
    try {
      const [line] = (await once(limited.stdout.setEncoding("utf8"), "data")) as [string];
      const at = JSON.parse(line) as { url: string; apiKey: string; spaceId: string };
      const attempts: (number | undefined)[] = [];
      const client = new ArizeClient({
        baseUrl: at.url,
        apiKey: at.apiKey,
        spaceId: at.spaceId,
        onAttempt: ({ status }) => attempts.push(status),
      });
      const examples = Array.from({ length: 3 }, (_, n) => ({ n }));
      const { id } = await client.datasets.create({ name: "few", examples, via: "rest" });
      const task: Task = async ({ n }) => {
        // Takes what is left of the minute, so that the next request to store a run is refused.
        for (let taken = 0; n === 0 && taken < 80; taken += 1)
          await fetch(`${at.url}/v2/spaces`, { headers: { authorization: `Bearer ${at.apiKey}` } });
        return `answer ${String(n)}`;
      };
      const { runs, experiment: made } = await client.experiments.run({ name: "limited", dataset: id, task });
      expect(attempts).toContain(429);
      expect(runs).toHaveLength(3);
      expect(await client.experiments.runs(made?.id ?? "").toArray()).toHaveLength(3);
    } finally {
      limited.stdin.end();
      await ended;
    }
  });
});
