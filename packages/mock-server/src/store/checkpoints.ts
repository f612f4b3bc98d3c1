import type LibSql from "libsql";
import type Fs from "node:fs";
import { createRequire } from "node:module";
import type Threads from "node:worker_threads";
import { Worker } from "node:worker_threads";

const MIB = 1024 * 1024;
/** Size of the write-ahead log above which it is copied into the database once nobody writes. */
export const CHECKPOINT_ABOVE_BYTES = 64 * MIB;
/** Size above which a pause is not waited for. */
const AT_ONCE_ABOVE_BYTES = 512 * MIB;
const LOOK_EVERY_MS = 250;
/** After five seconds without a write a log of any length is copied: what was acknowledged outlives a power cut from then on. */
const PATIENCE = 20;

export interface Rules {
  above: number;
  atOnceAbove: number;
  /** how many looks at an unchanged log are waited for when it is short */
  patience: number;
}

const RULES: Rules = { above: CHECKPOINT_ABOVE_BYTES, atOnceAbove: AT_ONCE_ABOVE_BYTES, patience: PATIENCE };

/** What the thread is told. */
interface Orders extends Rules {
  libsql: string;
  path: string;
  every: number;
}

/**
 * Copies the write-ahead log of a database file into it from a thread of its own. SQLite would do so inside whichever insert finds the log
 * long, and a platform that receives hundreds of MB has one thread to receive them with (`decisions/0044`).
 */
export class Checkpoints {
  readonly #worker: Worker;
  #running = true;

  constructor(path: string, rules: Rules = RULES) {
    const workerData: Orders = {
      libsql: createRequire(import.meta.url).resolve("libsql"),
      path,
      ...rules,
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
  const { libsql, path, above, atOnceAbove, patience, every } = threads.workerData as Orders;
  // boundary: the class that the module is.
  const Database = require(libsql) as typeof LibSql;
  const database = new Database(path);
  database.pragma("busy_timeout = 5000");
  let seen = 0;
  let copied = 0;
  let unchanged = 0;
  const looking = setInterval(() => {
    const log = fs.statSync(`${path}-wal`, { throwIfNoEntry: false });
    if (log === undefined || log.mtimeMs === copied) return;
    unchanged = log.mtimeMs === seen ? unchanged + 1 : 0;
    seen = log.mtimeMs;
    if (log.size < atOnceAbove && unchanged < (log.size < above ? patience : 1)) return;
    copied = log.mtimeMs;
    database.pragma("wal_checkpoint(PASSIVE)");
  }, every);
  threads.parentPort?.once("message", () => {
    clearInterval(looking);
    database.close();
  });
}
