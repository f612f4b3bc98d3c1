/**
 * Runs the examples the way a user would: every package is packed, each example is copied out of the repository, the
 * tarballs are installed with plain npm, and its `npm test` (or else `npm start`) is run.
 * Usage: node scripts/examples.mjs [name…]
 */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { checkNode, install } from "./lib/prepare.mjs";
import { must, Problem, ROOT, run, say, wasInterrupted } from "./lib/process.mjs";

const PACKAGES = ["packages/auth", "packages/wire", "packages/sdk", "packages/mock-server", "apps/platform"];
const EXAMPLES = join(ROOT, "examples");

const isExample = (name) => {
  try {
    readFileSync(join(EXAMPLES, name, "package.json"));
    return true;
  } catch {
    return false;
  }
};

const pack = async (into) => {
  say("Building and packing the packages …");
  await must("The build", "turbo", ["run", "build", "--filter=axlab...", "--output-logs=errors-only"]);
  for (const folder of PACKAGES) {
    await must(`Packing ${folder}`, "pnpm", ["pack", "--pack-destination", into, "--silent"], {
      cwd: join(ROOT, folder),
      stdout: "ignore",
    });
  }
  return readdirSync(into)
    .filter((name) => name.endsWith(".tgz"))
    .map((name) => join(into, name));
};

/** An example stands outside the workspace: nothing of this repository is above it on the disk. */
const runExample = async (name, tarballs, into) => {
  const folder = join(into, name);
  cpSync(join(EXAMPLES, name), folder, { recursive: true, filter: (path) => basename(path) !== "node_modules" });
  const options = ["--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error"];
  await must(`Installing ${name}`, "npm", ["install", ...options, ...tarballs], { cwd: folder });
  const { scripts } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return run("npm", ["run", "--silent", scripts.test === undefined ? "start" : "test"], { cwd: folder, stdout: 2 });
};

const main = async (wanted) => {
  checkNode();
  await install();
  const all = readdirSync(EXAMPLES).filter(isExample);
  const unknown = wanted.filter((name) => !all.includes(name));
  if (unknown.length > 0) throw new Problem(`There is no example ${unknown.join(", ")}; there are: ${all.join(", ")}`);

  const temporary = mkdtempSync(join(tmpdir(), "axlab-examples-"));
  const failed = [];
  try {
    const tarballs = await pack(temporary);
    for (const name of wanted.length > 0 ? wanted : all) {
      say(`--- ${name}`);
      const code = await runExample(name, tarballs, temporary).catch((error) => {
        if (!(error instanceof Problem)) throw error;
        say(error.message);
        return 1;
      });
      say(`--- ${name}: ${code === 0 ? "passed" : `failed with exit code ${code}`}`);
      if (code !== 0) failed.push(name);
      if (wasInterrupted()) break;
    }
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
  if (failed.length > 0) throw new Problem(`${failed.length} of the examples failed: ${failed.join(", ")}`);
};

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Problem)) throw error;
  say(error.message);
  process.exitCode = 1;
}
