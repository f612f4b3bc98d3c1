import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createPlatform } from "@axlab/mock-server";
import { ArizeClient } from "@axlab/sdk";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

const cli = fileURLToPath(new URL("../cli.ts", import.meta.url));
const tsx = import.meta.resolve("tsx");

let platform: Awaited<ReturnType<typeof createPlatform>>;
let client: ArizeClient;
let env: Record<string, string>;
let folder: string;
const folders: string[] = [];

beforeAll(async () => {
  platform = await createPlatform({ db: "memory", seed: "demo" });
  const { url } = await platform.listen({ host: "127.0.0.1", port: 0 });
  const { keys, space } = platform.seeded;
  env = { ARIZE_API_KEY: keys["service"] ?? "", ARIZE_SPACE_ID: space?.id ?? "", ARIZE_BASE_URL: url };
  client = new ArizeClient({ apiKey: keys["service"] ?? "", spaceId: space?.id, baseUrl: url });
});
afterAll(async () => {
  await client.close();
  await platform.close();
  for (const made of folders) await rm(made, { recursive: true, force: true });
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "axlab-log-"));
  folders.push(folder);
});

function axlab(args: readonly string[], changes: Record<string, string> = {}) {
  const child = spawn(process.execPath, ["--import", tsx, "--conditions=@axlab/source", cli, "log", ...args], {
    cwd: folder,
    env: { PATH: process.env["PATH"], HOME: folder, ...env, ...changes },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk) => (output.stdout += String(chunk)));
  child.stderr.on("data", (chunk) => (output.stderr += String(chunk)));
  const ended = once(child, "close").then(([code]) => ({ code: Number(code), ...output }));
  return { child, ended };
}

const SCHEMA = {
  timestampColumnName: "at",
  predictionLabelColumnName: "predicted",
  featureColumnNames: ["n", "carrier"],
};

let models = 0;
/** A file of rows, its schema, and the command for it. */
async function given(rows: number, schema: object = SCHEMA) {
  const model = `model ${(models += 1)}`;
  const at = Math.floor(Date.now() / 1000) - 1000;
  const lines = Array.from({ length: rows }, (_unused, n) => `row-${n},${at},${n},${n / 4},${["AA", "Zoë"][n % 2]}`);
  await writeFile(join(folder, "rows.csv"), `id,at,n,predicted,carrier\n${lines.join("\n")}\n`);
  await writeFile(join(folder, "schema.json"), JSON.stringify(schema));
  const args = ["rows.csv", "--schema", "schema.json", "--model-id", model, "--model-type", "regression", "--environment", "production"]; // prettier-ignore
  return { model, args };
}

const HOUR = 3_600_000;
/** Values of the feature `n` on the platform, in order. */
async function stored(model: string): Promise<number[]> {
  const window = { startTime: new Date(Date.now() - HOUR), endTime: new Date(Date.now() + HOUR) };
  const rows = await client.exports.toRows({ model, ...window });
  return rows.map((row) => Number(row["n"])).sort((a, b) => a - b);
}
const upTo = (rows: number): number[] => Array.from({ length: rows }, (_unused, n) => n);

const stateFile = async (): Promise<string> => {
  const [name] = await readdir(join(folder, ".axlab", "log"));
  return join(folder, ".axlab", "log", name ?? "none");
};
const savedRows = (path: string): number => {
  if (!existsSync(path)) return 0;
  const { landed } = JSON.parse(readFileSync(path, "utf8"));
  return landed.reduce((sum: number, { start, end }: { start: number; end: number }) => sum + end - start, 0);
};

describe("axlab log", () => {
  it("logs a file, says nothing but the result in a pipe, and has nothing to do the second time", async () => {
    const { model, args } = await given(3000);
    const first = await axlab([...args, "--rows-per-request", "1000"]).ended;
    expect(first).toMatchObject({ code: 0, stderr: "" });
    expect(first.stdout).toMatch(/^Logged rows 0–2999 of rows.csv to model \d+: 3000 rows now, 3 requests.*rows\/s\n$/);
    expect(await stored(model)).toEqual(upTo(3000));
    const again = await axlab([...args, "--rows-per-request", "10", "--json"]).ended;
    expect(JSON.parse(again.stdout)).toMatchObject({ status: "done", rows: 0, landed: [{ start: 0, end: 3000 }], missing: [] }); // prettier-ignore
    expect(await stored(model)).toHaveLength(3000);
    expect(readFileSync(await stateFile(), "utf8")).not.toContain(env["ARIZE_API_KEY"]);
  }, 60_000);

  it("has nothing to do where there is no row, and says so", async () => {
    const { args } = await given(1);
    await writeFile(join(folder, "rows.csv"), "id,at,n,predicted,carrier\n");
    const ended = await axlab(args).ended;
    expect(ended).toMatchObject({ code: 0, stdout: "Nothing to do: rows.csv has no rows; nothing was sent\n" });
    await writeFile(join(folder, "rows.csv"), "id,at,n,predicted,carrier\na,1,1,1,AA\n");
    const part = await axlab([...args, "--shard", "1/2"]).ended;
    expect(part.stdout).toBe("Nothing to do: part 1/2 of rows.csv has no rows; nothing was sent\n");
  }, 60_000);

  it("logs rows of NDJSON with their whole numbers, by a schema that begins with a byte order mark", async () => {
    const { model, args } = await given(1, { ...SCHEMA, predictionIdColumnName: "id" });
    const line = `{"id":9007199254740993,"at":${Math.floor(Date.now() / 1000) - 60},"n":1,"predicted":1,"carrier":"AA"}\n`;
    await writeFile(join(folder, "rows.ndjson"), line);
    await writeFile(join(folder, "schema.json"), `\uFEFF${readFileSync(join(folder, "schema.json"), "utf8")}`);
    expect(await axlab(["rows.ndjson", ...args.slice(1)]).ended).toMatchObject({ code: 0, stderr: "" });
    const window = { startTime: new Date(Date.now() - HOUR), endTime: new Date(Date.now() + HOUR) };
    expect(await client.exports.toRows({ model, ...window })).toMatchObject([{ predictionID: "9007199254740993" }]);
  }, 60_000);

  it("stopped by Ctrl-C goes on after the last row that landed", async () => {
    const { model, args } = await given(40_000);
    const state = join(folder, "state.json");
    const flags = [...args, "--state", state, "--rows-per-request", "200"];
    const { child, ended } = axlab([...flags, "--json"]);
    await expect.poll(() => savedRows(state), { timeout: 30_000, interval: 5 }).toBeGreaterThan(0);
    child.kill("SIGINT");
    const stopped = await ended;
    expect(stopped.code).toBe(130);
    expect(stopped.stderr).toMatch(/stopping after the requests.*rows 0–\d+ have landed, rows \d+–39999 have not/s);
    const said = JSON.parse(stopped.stdout);
    expect(said).toMatchObject({ status: "stopped", landed: [{ start: 0, end: said.rows }], missing: [{ start: said.rows, end: 40_000 }] }); // prettier-ignore
    expect(await stored(model)).toEqual(upTo(said.rows));
    const rest = JSON.parse((await axlab([...flags, "--json"]).ended).stdout);
    expect(rest).toMatchObject({ status: "done", rows: 40_000 - said.rows });
    expect(await stored(model)).toEqual(upTo(40_000));
  }, 90_000); // prettier-ignore

  it("stopped by Ctrl-C begins no request beside those under way", async () => {
    const held: (() => void)[] = [];
    let seen = 0;
    let open = false;
    const slow = createServer((request, response) => {
      seen += 1;
      const answer = () => response.end("{}");
      request.resume().on("end", () => (open ? answer() : held.push(answer)));
    });
    await new Promise<void>((resolve) => slow.listen(0, "127.0.0.1", resolve));
    const { args } = await given(10_000);
    const flags = ["--rows-per-request", "100", "--url", `http://127.0.0.1:${(slow.address() as AddressInfo).port}`];
    const { child, ended } = axlab([...args, ...flags, "--json"]);
    await expect.poll(() => held.length, { timeout: 30_000 }).toBe(2);
    child.kill("SIGINT");
    await once(child.stderr, "data");
    open = true;
    held.forEach((answer) => answer());
    const { code, stdout } = await ended;
    slow.close();
    expect(code).toBe(130);
    // Two were under way, and a third was cut already.
    expect(seen).toBeLessThanOrEqual(3);
    expect(JSON.parse(stdout).rows).toBe(seen * 100);
  }, 60_000);

  it.each<[string, string[], number, string, string]>([
    ["no file", ["none.csv"], 1, "ValidationError", "none.csv"],
    ["a folder", ["folder"], 1, "ValidationError", "folder"],
    ["a file of another format", ["rows.csv", "--format", "parquet"], 1, "ValidationError", "damaged"],
    ["no schema", ["rows.csv", "--schema", "none.json"], 2, "USAGE", "none.json cannot be read"],
    ["a schema that is no JSON", ["rows.csv", "--schema", "rows.csv"], 2, "USAGE", "rows.csv cannot be read"],
    ["no such space", ["rows.csv", "--space", "nowhere"], 1, "ResolutionError", "nowhere"],
    ["a key of nobody", ["rows.csv", "--api-key", "ak-nobody", "--space", "x"], 1, "AuthenticationError", "key"],
    ["a platform that is not there", ["rows.csv", "--url", "http://127.0.0.1:9"], 1, "ConnectionError", "127.0.0.1:9"],
    ["a state of something else", ["rows.csv", "--state", "schema.json"], 2, "USAGE", "no state of axlab log"],
  ])("with --json says in one JSON object alone why it could not log: %s", async (_what, flags, code, name, text) => {
    const { model, args } = await given(1);
    await mkdir(join(folder, "folder"));
    const said = await axlab([...flags.slice(0, 1), ...args.slice(1), ...flags.slice(1), "--json"]).ended;
    expect(said.code).toBe(code);
    expect(JSON.parse(said.stdout)).toMatchObject({
      ...{ status: "failed", file: flags[0], model, environment: "PRODUCTION", shard: "1/1", rows: 0, requests: 0 },
      error: { code: name, message: expect.stringContaining(text) },
    });
    expect(said.stderr).toContain(text);
  }, 60_000); // prettier-ignore

  const WHOLE = ["rows.csv", "--schema", "schema.json", "--model-id", "m", "--model-type", "regression", "--environment", "production"]; // prettier-ignore
  it.each<[string, string[], string]>([
    ["without a schema", ["rows.csv", "--json"], "required option '--schema <file>' not specified"],
    ["with a flag that there is not", [...WHOLE, "--json", "--what"], "unknown option '--what'"],
    ["with a value that cannot be", ["--json", "rows.csv", "--environment", "moon"], "production, training, validation"],
  ])("with --json says so, too, of a call %s", async (_what, args, text) => {
    const { code, stdout, stderr } = await axlab(args).ended;
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      ...{ status: "failed", file: null, model: null, span: null, landed: null, rows: 0 },
      error: { code: "USAGE", message: expect.stringContaining(text) },
    });
    expect(stderr).toContain(text);
  }, 60_000); // prettier-ignore

  it("says nothing in JSON of a file named --json", async () => {
    expect(await axlab([...WHOLE.slice(1), "--", "rows.csv", "--json"]).ended).toMatchObject({ code: 2, stdout: "" });
  }, 60_000);

  it("killed in the middle goes on, and rows with an id are there once", async () => {
    const { model, args } = await given(20_000, { ...SCHEMA, predictionIdColumnName: "id" });
    const state = join(folder, "state.json");
    const flags = [...args, "--state", state, "--rows-per-request", "200"];
    const { child, ended } = axlab(flags);
    await expect.poll(() => savedRows(state), { timeout: 30_000, interval: 5 }).toBeGreaterThan(0);
    child.kill("SIGKILL");
    await ended;
    const before = savedRows(state);
    expect(before).toBeLessThan(20_000);
    expect((await axlab(flags).ended).code).toBe(0);
    expect(await stored(model)).toEqual(upTo(20_000));
  }, 90_000);

  it.each([
    ["a run that was killed, once", [], 1],
    ["the whole file again with --restart, once", ["--restart"], 1],
    ["what was logged by another --state, twice", ["--state", "another.json"], 2],
  ])(
    "with --row-ids rows without an id are there, after %s",
    async (_what, more, times) => {
      const { model, args } = await given(5000);
      const state = join(folder, "state.json");
      const flags = [...args, "--state", state, "--rows-per-request", "100", "--row-ids"];
      const { child, ended } = axlab(flags);
      await expect.poll(() => savedRows(state), { timeout: 30_000, interval: 5 }).toBeGreaterThan(0);
      child.kill("SIGKILL");
      await ended;
      // What the state had not heard of yet when the process ended.
      const { landed, ...saved } = JSON.parse(readFileSync(state, "utf8"));
      await writeFile(state, JSON.stringify({ ...saved, landed: [{ start: 100, end: landed[0].end }] }));
      expect(await axlab(flags).ended).toMatchObject({ code: 0, stderr: "" });
      expect(await axlab([...flags, ...more]).ended).toMatchObject({ code: 0, stderr: "" });
      expect(await stored(model)).toEqual(upTo(5000).flatMap((n) => Array<number>(times).fill(n)));
    },
    90_000,
  );

  it("sends nothing where it cannot write down what landed", async () => {
    const { model, args } = await given(10);
    const { code, stderr } = await axlab([...args, "--state", join("rows.csv", "s.json")]).ended;
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(/cannot be kept in rows\.csv\/s\.json \(.+--state/) }); // prettier-ignore
    await expect(stored(model)).rejects.toThrow(/model/i);
  }, 60_000);

  it("says what landed also where it can no longer be written down", async () => {
    const { model, args } = await given(2000);
    const takeAway = platform.faults.add({ on: "POST /v1/pandas_arrow", effect: { delay: "2s" } });
    const { ended } = axlab([...args, "--state", join("states", "s.json"), "--json"]);
    await expect.poll(() => existsSync(join(folder, "states", "s.json")), { timeout: 30_000, interval: 20 }).toBe(true);
    await rm(join(folder, "states"), { recursive: true });
    await writeFile(join(folder, "states"), "");
    const { code, stdout, stderr } = await ended;
    takeAway();
    expect({ code, ...JSON.parse(stdout) }).toMatchObject({ code: 1, status: "failed", rows: 2000, landed: [{ start: 0, end: 2000 }], missing: [] }); // prettier-ignore
    expect(stderr).toMatch(/rows 0–1999 have landed, none are missing\. That could not be written to states/);
    expect(await stored(model)).toHaveLength(2000);
  }, 60_000);

  it("in shards logs every row once", async () => {
    const { model, args } = await given(1001);
    const runs = ["1/3", "2/3", "3/3"].map((shard) => axlab([...args, "--shard", shard, "--json"]).ended);
    const said = (await Promise.all(runs)).map(({ stdout }) => JSON.parse(stdout));
    expect(said.map(({ span }) => span)).toEqual([{ start: 0, end: 333 }, { start: 333, end: 667 }, { start: 667, end: 1001 }]); // prettier-ignore
    expect(await stored(model)).toEqual(upTo(1001));
  }, 60_000);

  it("refuses to go on with another file or another schema, and begins anew with --restart", async () => {
    const { model, args } = await given(100, { ...SCHEMA, predictionIdColumnName: "id" });
    expect((await axlab(args).ended).code).toBe(0);
    await writeFile(join(folder, "schema.json"), JSON.stringify({ ...SCHEMA, predictionIdColumnName: "id", tagColumnNames: ["carrier"] })); // prettier-ignore
    const otherSchema = await axlab(args).ended;
    expect(otherSchema.code).toBe(2);
    expect(otherSchema.stderr).toMatch(/the schema or another setting has changed since .*--restart/);
    await writeFile(join(folder, "rows.csv"), "id,at,n,predicted,carrier\n");
    expect((await axlab(args).ended).stderr).toMatch(/rows.csv has changed, and the schema/);
    const { args: whole } = await given(100, { ...SCHEMA, predictionIdColumnName: "id" });
    expect((await axlab([...whole, "--model-id", model, "--restart"]).ended).code).toBe(0);
    expect(await stored(model)).toEqual(upTo(100));
  }, 90_000);

  it("says where a bad row is, and that the rows before it have landed", async () => {
    const { model, args } = await given(30_000);
    await writeFile(join(folder, "rows.csv"), readFileSync(join(folder, "rows.csv"), "utf8").replace(",25000,", ",many,"));
    const { code, stderr } = await axlab([...args, "--rows-per-request", "5000"]).ended;
    expect(code).toBe(1);
    expect(stderr).toMatch(/row 25000, column "n": "many" is not a whole number.*rows 0–\d+ have landed/s);
    const rows = Number(/rows 0–(\d+) have landed/.exec(stderr)?.[1]) + 1;
    expect(await stored(model)).toEqual(upTo(rows));
  }, 60_000); // prettier-ignore

  it("shows no key, wherever it fails", async () => {
    const { args } = await given(10);
    const key = "ak-00000000-1111-2222-3333-444444444444-secretsecretsecret";
    for (const flags of [["--api-key", key], []]) {
      const { code, stdout, stderr } = await axlab([...args, ...flags, "--json"], { ARIZE_API_KEY: key }).ended;
      expect(code).toBe(1);
      expect(stderr).toMatch(/\S/);
      expect(stdout + stderr).not.toContain("secretsecret");
    }
  }, 60_000);

  it.each([
    [["rows.csv"], "--schema"],
    [["--model-type", "guess"], "regression"],
    [["--environment", "moon"], "production, training, validation, corpus"],
    [["--shard", "4/3"], "3/16"],
    [["--column-type", "n=money"], "bool, int64, float64, text, timestamp"],
    [["--schema", "none.json"], "--schema none.json cannot be read"],
    [["--schema", "with-id.json", "--row-ids"], "--row-ids is for rows without an id"],
    [["--schema", "late.json", "--row-ids"], "need the ids of their predictions"],
  ])("%j is refused with what is allowed", async (flags, allowed) => {
    const { args } = await given(1);
    await writeFile(join(folder, "with-id.json"), JSON.stringify({ ...SCHEMA, predictionIdColumnName: "id" }));
    await writeFile(join(folder, "late.json"), JSON.stringify({ actualLabelColumnName: "predicted" }));
    const { code, stderr } = await axlab(flags[0] === "rows.csv" ? flags : [...args, ...flags]).ended;
    expect(code).toBe(2);
    expect(stderr).toContain(allowed);
  }, 60_000); // prettier-ignore

  it("does not send rows without an id again of which it is not known whether they landed", async () => {
    // A platform that takes the upload and dies before it answers.
    const dying = createServer((request) => request.on("data", () => undefined).on("end", () => request.socket.destroy())); // prettier-ignore
    await new Promise<void>((resolve) => dying.listen(0, "127.0.0.1", resolve));
    const { args } = await given(10);
    const flags = ["--state", "state.json", "--url", `http://127.0.0.1:${(dying.address() as AddressInfo).port}`];
    expect((await axlab([...args, ...flags]).ended).code).toBe(1);
    const again = await axlab([...args, ...flags]).ended;
    expect(again.code).toBe(2);
    expect(again.stderr).toMatch(/from row 0 on was sent without an answer.*--resend/);
    expect((await axlab([...args, ...flags, "--resend"]).ended).code).toBe(1);
    dying.close();
  }, 90_000);
});
