import type LibSql from "libsql";
import type Fs from "node:fs";
import { createRequire } from "node:module";
import type Threads from "node:worker_threads";
import { Worker } from "node:worker_threads";

/** Size of the write-ahead log above which it is copied into the database. */
export const CHECKPOINT_ABOVE_BYTES = 64 * 1024 * 1024;
const LOOK_EVERY_MS = 100;

/** What the thread is told. */
interface Orders {
  libsql: string;
  path: string;
  above: number;
  every: number;
}

/**
 * Copies the write-ahead log of a database file into it from a thread of its own. SQLite would do so inside whichever insert finds the log
 * long, and a platform that receives hundreds of MB has one thread to receive them with (`decisions/0044`).
 */
export class Checkpoints {
  readonly #worker: Worker;
  #running = true;

  constructor(path: string, above = CHECKPOINT_ABOVE_BYTES) {
    const workerData: Orders = {
      libsql: createRequire(import.meta.url).resolve("libsql"),
      path,
      above,
      every: LOOK_EVERY_MS,
    };
    // As text, so that it needs no file of its own beside the bundle, nor a loader when tests run from the sources.
    this.#worker = new Worker(`(${program.toString()})(require)`, { eval: true, workerData, stdout: false });
    this.#worker.unref();
    // Without it the log is still copied: by the connection that writes, when it is much longer.
    this.#worker.on("error", () => undefined);
    this.#worker.once("exit", () => (this.#running = false));
  }

  /** Closes the thread's connection. */
  async stop(): Promise<void> {
    if (!this.#running) return;
    const ended = new Promise((resolve) => this.#worker.once("exit", resolve));
    this.#worker.ref();
    this.#worker.postMessage("stop");
    await ended;
  }
}

/** Runs in the thread; refers to nothing outside itself. */
function program(require: NodeJS.Require): void {
  // boundary: modules of Node.
  const [fs, threads] = [require("node:fs"), require("node:worker_threads")] as [typeof Fs, typeof Threads];
  // boundary: what the constructor gives the thread.
  const { libsql, path, above, every } = threads.workerData as Orders;
  // boundary: the class that the module is.
  const Database = require(libsql) as typeof LibSql;
  const database = new Database(path);
  database.pragma("busy_timeout = 5000");
  let seen = 0;
  const looking = setInterval(() => {
    const log = fs.statSync(`${path}-wal`, { throwIfNoEntry: false });
    if (log === undefined || log.size < above || log.mtimeMs === seen) return;
    seen = log.mtimeMs;
    database.pragma("wal_checkpoint(PASSIVE)");
  }, every);
  threads.parentPort?.once("message", () => {
    clearInterval(looking);
    database.close();
  });
}
