import { spawn } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { must, outputOf, Problem } from "./process.mjs";

const DEBIAN = "/usr/lib/postgresql";
const NOT_FOUND =
  "No PostgreSQL was found. Install one (Debian: apt-get install postgresql), or name a running one in AXLAB_TEST_POSTGRES=postgres://user:password@host:port/database.";

/** The folder that holds initdb and postgres, the newest version first; undefined where there is none. */
export const findPostgres = async (debian = DEBIAN) => {
  const versions = existsSync(debian) ? readdirSync(debian).filter((name) => /^\d+$/.test(name)) : [];
  const folders = versions.sort((a, b) => Number(b) - Number(a)).map((version) => join(debian, version, "bin"));
  const configured = await outputOf("pg_config", ["--bindir"]);
  return [...folders, ...(configured === undefined ? [] : [configured])].find((folder) =>
    existsSync(join(folder, "initdb")),
  );
};

const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

/** PostgreSQL refuses to run as root; Debian's package brings the user `postgres`. */
const unprivileged = async () => {
  if (process.getuid?.() !== 0) return {};
  const [uid, gid] = await Promise.all(["-u", "-g"].map((flag) => outputOf("id", [flag, "postgres"])));
  if (uid === undefined || gid === undefined)
    throw new Problem("PostgreSQL does not run as root, and there is no user `postgres` to run it as.");
  return { uid: Number(uid), gid: Number(gid) };
};

/** Starts a PostgreSQL of its own in a temporary folder. @returns its URL and a function that ends and removes it. */
export const startPostgres = async () => {
  const bin = await findPostgres();
  if (bin === undefined) throw new Problem(NOT_FOUND);
  const identity = await unprivileged();
  const folder = mkdtempSync(join(tmpdir(), "axlab-postgres-"));
  if (identity.uid !== undefined) chownSync(folder, identity.uid, identity.gid);
  const data = join(folder, "data");
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    await must(
      "initdb",
      join(bin, "initdb"),
      [...["-D", data, "-U", "axlab", "-A", "trust"], ...["-E", "UTF8", "--locale=C", "--no-sync"]],
      {
        ...identity,
        cwd: folder,
        stdout: "ignore",
      },
    );
    const port = await freePort();
    const settings = ["listen_addresses=127.0.0.1", "fsync=off", "synchronous_commit=off", "log_min_messages=panic"];
    const server = spawn(
      join(bin, "postgres"),
      ["-D", data, "-p", String(port), "-k", folder, ...settings.flatMap((setting) => ["-c", setting])],
      {
        ...identity,
        cwd: folder,
        stdio: ["ignore", "ignore", "inherit"],
      },
    );
    const ended = new Promise((resolve) => server.once("exit", resolve));
    const stop = async () => {
      server.kill("SIGINT");
      await ended;
      remove();
    };
    for (let attempt = 0; ; attempt += 1) {
      if (
        (await outputOf(join(bin, "pg_isready"), [
          "-q",
          "-U",
          "axlab",
          "-d",
          "postgres",
          "-h",
          "127.0.0.1",
          "-p",
          String(port),
        ])) !== undefined
      )
        break;
      if (attempt === 100 || server.exitCode !== null) {
        await stop();
        throw new Problem("PostgreSQL did not get ready within ten seconds.");
      }
      await wait(100);
    }
    return { url: `postgres://axlab@127.0.0.1:${port}/postgres`, stop };
  } catch (error) {
    remove();
    throw error;
  }
};
