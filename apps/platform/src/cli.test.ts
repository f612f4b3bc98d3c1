import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";

const cli = fileURLToPath(new URL("cli.ts", import.meta.url));
const children: ChildProcess[] = [];
const folders: string[] = [];

function axlab(args: string[], env: Record<string, string> = {}): ChildProcess {
  const child = spawn(process.execPath, ["--import", "tsx", "--conditions=@axlab/source", cli, ...args], {
    cwd: dirname(dirname(cli)),
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.push(child);
  return child;
}

async function ended(child: ChildProcess): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const output = { stdout: "", stderr: "" };
  child.stdout?.on("data", (chunk) => (output.stdout += String(chunk)));
  child.stderr?.on("data", (chunk) => (output.stderr += String(chunk)));
  const [code] = await once(child, "close");
  return { code, ...output };
}

/** The first line on stdout, and a way to stop. */
async function started(args: string[], env?: Record<string, string>) {
  const child = axlab(["start", "--port", "0", "--json", ...args], env);
  const closed = ended(child);
  if (child.stdout === null) throw new TypeError("no stdout");
  const [line] = await Promise.race([
    once(createInterface(child.stdout), "line"),
    closed.then((end) => Promise.reject(new TypeError(end.stderr))),
  ]);
  const stop = async (signal: NodeJS.Signals = "SIGINT") => {
    child.kill(signal);
    return closed;
  };
  return { facts: JSON.parse(String(line)), stop };
}

const folder = async (): Promise<string> => {
  const made = await mkdtemp(join(tmpdir(), "axlab-cli-"));
  folders.push(made);
  return made;
};

afterEach(async () => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  for (const made of folders.splice(0)) await rm(made, { recursive: true, force: true });
});

describe("axlab start --json", () => {
  it("--tls-cert and --tls-key go together and must be readable", async () => {
    const alone = await ended(axlab(["start", "--port", "0", "--db", "memory", "--tls-cert", "cert.pem"]));
    expect([alone.code, alone.stderr]).toEqual([2, expect.stringContaining("go together")]);
    const absent = await ended(
      axlab(["start", "--port", "0", "--db", "memory", "--tls-cert", "nowhere.pem", "--tls-key", "nowhere.pem"]),
    );
    expect([absent.code, absent.stderr]).toEqual([2, expect.stringContaining("--tls-cert nowhere.pem cannot be read")]);
  }, 60_000);

  it("lets go wrong what --faults lists, and refuses a list that is none", async () => {
    const file = join(await folder(), "faults.json");
    await writeFile(file, JSON.stringify([{ on: "GET /v2/spaces", effect: { status: 503 } }]));
    const { facts, stop } = await started(["--db", "memory", "--faults", file]);
    const list = async () =>
      (await fetch(`${facts.url}/v2/spaces`, { headers: { authorization: `Bearer ${facts.keys.admin}` } })).status;
    expect([await list(), await list()]).toEqual([503, 200]);
    await stop();
    await writeFile(file, JSON.stringify([{ on: "GET /v2/spaces" }]));
    const { code, stderr } = await ended(axlab(["start", "--db", "memory", "--port", "0", "--faults", file]));
    expect([code, stderr]).toEqual([2, expect.stringMatching(/\[0\] Not a fault: effect/)]);
  });

  it("says where it is and what is seeded in its first line, and stops cleanly on Ctrl-C", async () => {
    const { facts, stop } = await started(["--db", "memory"]);
    expect(Object.keys(facts)).toEqual(["url", "host", "port", "account", "organization", "space", "keys", "users"]);
    expect(Object.keys(facts.keys)).toEqual(["admin", "member", "readOnly", "service"]);
    expect(Object.keys(facts.users)).toEqual(["admin", "member", "readOnly"]);
    expect((await fetch(`${facts.url}/healthz`)).status).toBe(200);
    const spaces = await (
      await fetch(`${facts.url}/v2/spaces/${encodeURIComponent(facts.space.id)}`, {
        headers: { authorization: `Bearer ${facts.keys.service}` },
      })
    ).json();
    expect(spaces).toMatchObject({ id: facts.space.id, name: facts.space.name });
    const { code, stdout, stderr } = await stop();
    expect(code).toBe(0);
    expect(stdout.trim().split("\n")).toHaveLength(1);
    expect(stderr).toContain("axlab is up at");
  }, 60_000);

  it("finds its data again on the same database, and shows keys only at the first start", async () => {
    const db = `file:${join(await folder(), "axlab.db")}`;
    const first = await started(["--db", db]);
    const headers = { authorization: `Bearer ${first.facts.keys.member}`, "content-type": "application/json" };
    const body = JSON.stringify({ name: "kept", space_id: first.facts.space.id, examples: [{ a: 1 }] });
    expect((await fetch(`${first.facts.url}/v2/datasets`, { method: "POST", headers, body })).status).toBe(201);
    expect((await first.stop("SIGTERM")).code).toBe(0);
    const second = await started([], { AXLAB_DB: db });
    expect({ ...second.facts, url: "", port: 0 }).toEqual({ ...first.facts, url: "", port: 0 });
    const { datasets } = await (await fetch(`${second.facts.url}/v2/datasets`, { headers })).json();
    expect(datasets).toMatchObject([{ name: "kept" }]);
    expect((await second.stop()).stderr).not.toContain(first.facts.keys.admin);
  }, 90_000);

  it("plants a seed from a file", async () => {
    const path = join(await folder(), "seed.json");
    const seed = {
      account: { name: "Acme" },
      users: [{ handle: "boss", name: "Bo", email: "bo@acme.dev", account_role: "ADMIN" }],
      keys: [{ handle: "boss", type: "USER", name: "k", user: "boss" }],
    };
    await writeFile(path, JSON.stringify(seed));
    const { facts, stop } = await started(["--db", "memory", "--seed", path]);
    expect(facts).toMatchObject({ organization: null, space: null, users: { boss: expect.any(String) } });
    expect(
      (await fetch(`${facts.url}/v2/users`, { headers: { authorization: `Bearer ${facts.keys.boss}` } })).status,
    ).toBe(200);
    await stop();
  }, 60_000);
});

describe("a wrong call", () => {
  it.each([
    [["start", "--prot", "1"], "--port <port>"],
    [["start", "--port", "99999"], "whole number from 0 to 65535"],
    [["start", "--db", "mysql://x"], "memory, file:PATH, postgres://"],
    [["start", "--json", "perhaps"], "1, true, yes, on, 0, false, no, off"],
    [["start", "--auth", "maybe"], "enforced, soft, off"],
    [["start", "--seed", "nothing.json"], "demo, empty, or the path of a .json file"],
    [["start", "--db", "memory", "--host", "0.0.0.0"], "--random-keys"],
    [["begin"], "start, log, tour"],
  ])(
    "%j is refused with what is allowed",
    async (args, allowed) => {
      const { code, stdout, stderr } = await ended(axlab(args));
      expect(code).toBe(2);
      expect(stdout).toBe("");
      expect(stderr).toContain(allowed);
    },
    60_000,
  );
});
