import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { must, outputOf, Problem, ROOT, say } from "./process.mjs";

/** The official Python clients that the conformance suite runs, each in a virtual environment of its own. */
const CLIENTS = ["v7", "v8", "toolkit", "hub"];

const requirementsOf = (client) => join(ROOT, "packages", "conformance", "python", `requirements-${client}.txt`);
const environmentOf = (client) => join(ROOT, ".conformance", client);

const findPython = async () => {
  for (const name of ["python3", "python"]) {
    if ((await outputOf(name, ["-c", "import sys, venv, ensurepip; print(sys.version_info >= (3, 10))"])) === "True")
      return name;
  }
  return undefined;
};

const prepare = async (python, client) => {
  const directory = environmentOf(client);
  const stamp = join(directory, ".installed");
  const wanted = readFileSync(requirementsOf(client), "utf8");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  say(`Installing the official Python client ${client} into .conformance/${client} (once; a minute or two) …`);
  await must(`Creating .conformance/${client}`, python, ["-m", "venv", "--clear", directory]);
  await must(`Installing the Python client ${client}`, join(directory, "bin", "python"), [
    ...["-m", "pip", "install", "--quiet", "--disable-pip-version-check"],
    ...["-r", requirementsOf(client)],
  ]);
  writeFileSync(stamp, wanted);
};

/**
 * Prepares the environments and returns the variables that tell the suite where they are. Without Python the suites of
 * the Python clients are skipped on a developer's machine, and it is an error where CI is set.
 */
export const preparePythonClients = async () => {
  const python = await findPython();
  if (python === undefined) {
    const help = "Python 3.10 or newer with venv was not found (Debian: apt-get install python3 python3-venv).";
    if (process.env.CI) throw new Problem(`${help} CI runs the Python clients too.`);
    say(`${help} The suites of the official Python clients are skipped.`);
    return {};
  }
  for (const client of CLIENTS) await prepare(python, client);
  return Object.fromEntries(
    CLIENTS.map((client) => [`AXLAB_PYTHON_${client.toUpperCase()}`, join(environmentOf(client), "bin", "python")]),
  );
};
