/**
 * Starts `axlab` beside a command and gives it the environment of a production run: the command does not know that it
 * talks to a local platform. Usage, from a script of package.json: node with-platform.js COMMAND ARGUMENT…
 */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

const axlab = spawn("axlab", ["start", "--port", "0", "--db", "memory", "--json"], {
  stdio: ["ignore", "pipe", "inherit"],
});
const line = await new Promise((resolve, reject) => {
  createInterface({ input: axlab.stdout }).once("line", resolve);
  axlab.once("exit", (code) => reject(new Error(`axlab ended with exit code ${code}`)));
});
const { url, space, keys } = JSON.parse(line);

const [command, ...args] = process.argv.slice(2);
const env = {
  ...process.env,
  ARIZE_BASE_URL: url,
  ARIZE_API_KEY: keys.service,
  ARIZE_SPACE_ID: space.id,
  READ_ONLY_KEY: keys.readOnly,
};
spawn(command, args, { stdio: "inherit", env }).once("exit", (code) => {
  axlab.removeAllListeners("exit");
  axlab.once("exit", () => process.exit(code ?? 1));
  axlab.kill("SIGINT");
});
