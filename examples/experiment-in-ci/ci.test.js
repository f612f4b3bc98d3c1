import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { after, test } from "node:test";
import { createPlatform } from "@axlab/mock-server";
import { ArizeClient } from "@axlab/sdk";
import { judge } from "./ci.js";

const platform = await createPlatform({ seed: "demo" });
const { url } = await platform.listen({ port: 0 });
after(() => platform.close());
const { keys, space } = platform.seeded;
const client = new ArizeClient({ baseUrl: url, apiKey: keys.service, spaceId: space.id });

const examples = [
  { title: "Alien", director: "Ridley Scott" },
  { title: "Heat", director: "Michael Mann" },
  { title: "Jaws", director: "Steven Spielberg" },
  { title: "Solaris", director: "Andrei Tarkovsky" },
];
await client.datasets.create({ name: "directors", examples });

/** Runs the script as CI would, configured by the environment. */
const script = () =>
  new Promise((resolve) => {
    const env = { ...process.env, ARIZE_BASE_URL: url, ARIZE_API_KEY: keys.service, ARIZE_SPACE_ID: space.id };
    const child = spawn(process.execPath, ["ci.js"], {
      cwd: import.meta.dirname ?? process.cwd(),
      env,
      stdio: ["ignore", "pipe", "inherit"],
    });
    let output = "";
    child.stdout.on("data", (chunk) => (output += chunk));
    child.once("exit", (code) => resolve({ code, output }));
  });

test("three of four are enough, and the report says so", async () => {
  const { code, output } = await script();
  assert.match(output, /right: {2}mean 0\.75/);
  assert.match(output, /passed: right is at least 0\.75/);
  assert.equal(code, 0);
  const report = await readFile("junit.xml", "utf8");
  assert.match(report, /<testsuites [^>]*tests="6" failures="0" errors="0"/);
  assert.match(report, /<testcase [^>]*name="right &gt;= 0\.75"/);
});

test("a worse answer fails the build, and a failing one counts as wrong", async () => {
  const task = async (title) => {
    if (title === "Heat") throw new Error("the model is down");
    return "Ridley Scott";
  };
  const result = await judge(client, { dataset: "directors", name: "worse", task });
  assert.equal(result.passed, false);
  assert.equal(result.failed, 1);
  assert.throws(() => result.requirePassed(), /right is 0\.25, below 0\.75/);
});

test("the runs can be read afterwards, with the error of the one that failed", async () => {
  const runs = await client.experiments.runs("worse", { dataset: "directors" }).toArray();
  assert.equal(runs.length, 4);
  assert.deepEqual(
    runs.filter(({ error }) => error).map(({ error }) => error),
    ["Error: the model is down"],
  );
  assert.equal(runs.filter((run) => run["eval.right.score"] === 1).length, 1);
});
