import type LibSql from "libsql";
import { createRequire } from "node:module";
import type Threads from "node:worker_threads";
import { Worker } from "node:worker_threads";

/** What every connection to a database file is set to. A log that no checkpoint beside has copied is copied by whoever writes: 1 GiB. */
export const CONNECTION_PRAGMAS = [
  "synchronous = NORMAL",
  "wal_autocheckpoint = 65536",
  "busy_timeout = 5000",
] as const;

/** What the program of a thread works with. */
export interface Inside<Settings> {
  require: NodeJS.Require;
  /** a connection of its own, closed when the thread is stopped */
  database: LibSql.Database;
  port: Threads.MessagePort;
  path: string;
  settings: Settings;
}

interface Orders<Settings> {
  libsql: string;
  path: string;
  pragmas: readonly string[];
  settings: Settings;
}

/** A thread with its own connection to a database file (`decisions/0044`). It keeps no process alive unless it is `busy`. */
export class DatabaseThread<Settings> {
  readonly #worker: Worker;
  #running = true;

  /** @param program runs in the thread: refers to nothing outside itself, and answers what to do before it ends */
  constructor(path: string, program: (inside: Inside<Settings>) => (() => void) | undefined, settings: Settings) {
    const libsql = createRequire(import.meta.url).resolve("libsql");
    const workerData: Orders<Settings> = { libsql, path, pragmas: CONNECTION_PRAGMAS, settings };
    // As text, so that it needs no file of its own beside the bundle, nor a loader when tests run from the sources.
    this.#worker = new Worker(`(${frame.toString()})(require, ${program.toString()})`, { eval: true, workerData });
    this.#worker.unref();
    this.#worker.once("exit", () => (this.#running = false));
  }

  /** False once it has ended. */
  get running(): boolean {
    return this.#running;
  }

  set busy(busy: boolean) {
    if (busy) this.#worker.ref();
    else this.#worker.unref();
  }

  on(told: { message?: (message: unknown) => void; error: (error: unknown) => void; exit?: () => void }): void {
    if (told.message) this.#worker.on("message", told.message);
    this.#worker.on("error", told.error);
    if (told.exit) this.#worker.once("exit", told.exit);
  }

  post(message: object, given: readonly ArrayBuffer[]): void {
    this.#worker.postMessage(message, given);
  }

  /** Closes the thread's connection. */
  async stop(): Promise<void> {
    if (!this.#running) return;
    const ended = new Promise((resolve) => this.#worker.once("exit", resolve));
    this.busy = true;
    this.#worker.postMessage("stop");
    await ended;
  }
}

/** Runs in the thread; refers to nothing outside itself. */
function frame<Settings>(
  require: NodeJS.Require,
  program: (inside: Inside<Settings>) => (() => void) | undefined,
): void {
  // boundary: a module of Node.
  const threads = require("node:worker_threads") as typeof Threads;
  // boundary: what the constructor gives the thread.
  const { libsql, path, pragmas, settings } = threads.workerData as Orders<Settings>;
  // boundary: the class that the module is.
  const Database = require(libsql) as typeof LibSql;
  const database = new Database(path);
  for (const pragma of pragmas) database.pragma(pragma);
  const port = threads.parentPort;
  if (port === null) return;
  const end = program({ require, database, port, path, settings });
  port.on("message", (message: unknown) => {
    if (message !== "stop") return;
    end?.();
    database.close();
    port.close();
  });
}
