import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { must, Problem, ROOT, say } from "./process.mjs";

const NEEDED = { major: 20, minor: 19 };

export const checkNode = (version = process.versions.node) => {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const fits = major > NEEDED.major || (major === NEEDED.major && minor >= NEEDED.minor);
  if (!fits) {
    throw new Problem(
      `axlab needs Node ${NEEDED.major}.${NEEDED.minor} or newer; this is Node ${version}. Install a newer one, for example with: nvm install 20`,
    );
  }
};

const stampFile = (root) => join(root, "node_modules", ".axlab-installed");
const lockfileHash = (root) =>
  createHash("sha256")
    .update(readFileSync(join(root, "pnpm-lock.yaml")))
    .digest("hex");

/** True until the packages of the present lockfile have been installed. */
export const needsInstall = (root = ROOT) =>
  !existsSync(stampFile(root)) || readFileSync(stampFile(root), "utf8") !== lockfileHash(root);

export const install = async (root = ROOT) => {
  if (!needsInstall(root)) return;
  const { packageManager } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  say(`Installing packages with ${packageManager} (first start, or the lockfile changed) …`);
  const reporter = process.stderr.isTTY ? "default" : "append-only";
  await must(
    "Installing packages",
    "npx",
    ["-y", packageManager, "install", "--frozen-lockfile", `--reporter=${reporter}`],
    {
      cwd: root,
      // pnpm asks before it replaces a node_modules of another version; there may be nobody to answer.
      env: { CI: "true" },
    },
  );
  writeFileSync(stampFile(root), lockfileHash(root));
};

/** Builds the `axlab` command and the packages it needs; turbo skips what has not changed. */
export const buildPlatform = async () => {
  say("Building (turbo skips what has not changed) …");
  await must("The build", "turbo", ["run", "build", "--filter=axlab...", "--output-logs=errors-only"]);
};
