/**
 * What `npm start`, `npm test` and the other scripts of the root package.json run. Plain Node with no dependency, since
 * it is what installs them.
 */
import { join } from "node:path";
import { writeCompatibilityPage, writeReadmeTable } from "./compatibility.mjs";
import { findChromium } from "./lib/chromium.mjs";
import { buildPlatform, checkNode, install } from "./lib/prepare.mjs";
import { startPostgres } from "./lib/postgres.mjs";
import { Problem, ROOT, run, say } from "./lib/process.mjs";
import { preparePythonClients } from "./lib/python.mjs";

const CLI = "apps/platform/dist/cli.mjs";
const reportOf = (name) => join(ROOT, "reports", `${name.replace(":", "-")}.json`);
const POSTGRES_SUITES = ["store", "domain", "surfaces", "access", "platform.test.ts"].map(
  (name) => `packages/mock-server/src/${name}`,
);

/** Runs vitest and leaves its report in `reports/` for `.ci/run` to count. */
const suite = (name, args, env = {}) => {
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${reportOf(name)}`];
  return run("vitest", ["run", ...reporters, ...args], { env });
};

const commands = {
  start: async (args) => {
    await buildPlatform();
    return run(process.execPath, [CLI, "start", ...args]);
  },

  tour: async (args) => {
    await buildPlatform();
    return run(process.execPath, [CLI, "tour", ...args]);
  },

  test: (args) => suite("test", args),

  "test:conformance": async (args) => {
    const env = await preparePythonClients();
    await buildPlatform();
    const code = await suite("test:conformance", ["--root", "packages/conformance", ...args], env);
    const whole = args.length === 0 && Object.keys(env).length > 0;
    if (whole) {
      writeCompatibilityPage(reportOf("test:conformance"), join(ROOT, "docs", "compatibility.md"));
      writeReadmeTable(reportOf("test:conformance"), join(ROOT, "README.md"));
    }
    return code;
  },

  "test:postgres": async (args) => {
    const given = process.env.AXLAB_TEST_POSTGRES;
    const postgres = given === undefined ? await startPostgres() : { url: given, stop: () => undefined };
    try {
      return await suite("test:postgres", [...POSTGRES_SUITES, ...args], { AXLAB_TEST_POSTGRES: postgres.url });
    } finally {
      await postgres.stop();
    }
  },

  bench: async ([name = "ingest", ...args]) => {
    await buildPlatform();
    return run("pnpm", ["--filter", "@axlab/bench", "run", name, ...args]);
  },

  "test:e2e": async (args) => {
    const env = findChromium();
    await buildPlatform();
    return suite("test:e2e", ["--root", "apps/console", "--config", "vitest.e2e.config.ts", ...args], env);
  },
};

const main = async ([name, ...args]) => {
  const command = commands[name];
  if (command === undefined)
    throw new Problem(`Unknown command ${String(name)}; there are: ${Object.keys(commands).join(", ")}`);
  checkNode();
  await install();
  return command(args);
};

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Problem)) throw error;
  say(error.message);
  process.exitCode = 1;
}
