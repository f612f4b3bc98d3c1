import { Command, InvalidArgumentError, Option } from "commander";
import { wholeNumber } from "../flags.js";

export interface StartOptions {
  host: string;
  port: number;
  db: string;
  seed: string;
  auth: "enforced" | "soft" | "off";
  json: boolean;
  randomKeys: boolean;
  maxUploadBytes: number;
  faults?: string;
  tlsCert?: string;
  tlsKey?: string;
  logLevel: "silent" | "error" | "warn" | "info" | "debug";
}

/** `axlab start`: scripted by people, so its flags, its first line of JSON and its exit codes are stable. */
export function startCommand(): Command {
  return (
    new Command("start")
      .description("Start the platform and serve until Ctrl-C")
      .addOption(new Option("--host <host>", "address to listen on").env("AXLAB_HOST").default("127.0.0.1"))
      .addOption(
        new Option("--port <port>", "port; 0 picks a free one")
          .env("AXLAB_PORT")
          .default(4545)
          .argParser(wholeNumber(0, 65_535)),
      )
      .addOption(
        new Option("--db <db>", "memory | file:PATH | postgres://user@host/database")
          .env("AXLAB_DB")
          .default("file:.axlab/axlab.db")
          .argParser(database),
      )
      .addOption(
        new Option("--seed <seed>", "what a new database begins with: demo | empty | FILE.json")
          .env("AXLAB_SEED")
          .default("demo")
          .argParser(seed),
      )
      .addOption(
        new Option("--auth <auth>", "what happens to a request its key does not allow")
          .env("AXLAB_AUTH")
          .choices(["enforced", "soft", "off"])
          .default("enforced"),
      )
      .addOption(
        new Option("--json [yes|no]", "first line on stdout is one JSON object, everything else goes to stderr")
          .env("AXLAB_JSON")
          .default(false)
          .preset("yes")
          .argParser(yesNo),
      )
      .addOption(
        new Option("--random-keys [yes|no]", "random secrets instead of the demo's well-known ones")
          .env("AXLAB_RANDOM_KEYS")
          .default(false)
          .preset("yes")
          .argParser(yesNo),
      )
      .addOption(
        new Option("--max-upload-bytes <bytes>", "largest upload taken; more is answered 413")
          .env("AXLAB_MAX_UPLOAD_BYTES")
          .default(2 * 1024 ** 3)
          .argParser(wholeNumber(1, Number.MAX_SAFE_INTEGER)),
      )
      .addOption(new Option("--tls-cert <file>", "PEM certificate: the port speaks TLS").env("AXLAB_TLS_CERT"))
      .addOption(new Option("--tls-key <file>", "PEM private key of --tls-cert").env("AXLAB_TLS_KEY"))
      .addOption(new Option("--faults <file>", "JSON list of what shall go wrong, and when").env("AXLAB_FAULTS"))
      .addOption(
        new Option("--log-level <level>", "JSON lines on stderr")
          .env("AXLAB_LOG_LEVEL")
          .choices(["silent", "error", "warn", "info", "debug"])
          .default("warn"),
      )
      // The platform is large, and a wrong flag needs none of it.
      .action(async (options: StartOptions) => (await import("./start.js")).start(options))
  );
}

function database(text: string): string {
  if (text === "memory" || /^file:./.test(text) || /^postgres(ql)?:\/\/./.test(text)) return text;
  throw new InvalidArgumentError("Allowed: memory, file:PATH, postgres://user@host/database.");
}

function seed(text: string): string {
  if (text === "demo" || text === "empty" || text.endsWith(".json")) return text;
  throw new InvalidArgumentError("Allowed: demo, empty, or the path of a .json file.");
}

/** Environment variables give flags a text. */
function yesNo(text: string): boolean {
  if (/^(1|true|yes|on)$/i.test(text)) return true;
  if (/^(0|false|no|off|)$/i.test(text)) return false;
  throw new InvalidArgumentError("Allowed: 1, true, yes, on, 0, false, no, off.");
}
