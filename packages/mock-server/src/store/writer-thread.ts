import type LibSql from "libsql";
import { createRequire } from "node:module";
import type Threads from "node:worker_threads";
import { Worker } from "node:worker_threads";
import { z } from "zod";
import { ConfigurationError } from "../errors.js";

interface Orders {
  libsql: string;
  path: string;
}

interface Statement {
  sql: string;
  parameters: readonly unknown[];
}

const Answer = z.object({ error: z.object({ message: z.string(), code: z.string() }).optional() });

/** A statement that the thread could not run, as libsql says it. */
class StatementError extends ConfigurationError {
  constructor(
    message: string,
    readonly code: string,
  ) {
    super(message);
  }
}

/**
 * Writes to a database file from a thread of its own, one statement at a time, so that copying some MB into the file does not keep the
 * platform from reading the next ones (`decisions/0044`). It takes no part in transactions: who calls it sees to it that none is open.
 */
export class WriterThread {
  readonly #worker: Worker;
  #waiting: { resolve: () => void; reject: (error: unknown) => void } | undefined;
  #running = true;

  constructor(path: string) {
    const workerData: Orders = { libsql: createRequire(import.meta.url).resolve("libsql"), path };
    // As text: see `Checkpoints`.
    this.#worker = new Worker(`(${program.toString()})(require)`, { eval: true, workerData });
    this.#worker.unref();
    this.#worker.on("message", (message: unknown) => {
      const { error } = Answer.parse(message);
      if (error === undefined) this.#waiting?.resolve();
      else this.#waiting?.reject(new StatementError(error.message, error.code));
      this.#idle();
    });
    this.#worker.on("error", (error) => this.#waiting?.reject(error));
    this.#worker.once("exit", () => {
      this.#running = false;
      this.#waiting?.reject(new ConfigurationError("The thread that writes to the database ended."));
      this.#idle();
    });
  }

  /** False once it has ended; then write otherwise. */
  get running(): boolean {
    return this.#running;
  }

  /** Runs one statement, committed when this resolves. Bytes that have a buffer of their own are given away: they are empty afterwards. */
  async run(sql: string, parameters: readonly unknown[]): Promise<void> {
    const statement: Statement = { sql, parameters };
    this.#worker.ref();
    await new Promise<void>((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#worker.postMessage(statement, buffersOf(parameters));
    });
  }

  async stop(): Promise<void> {
    if (!this.#running) return;
    const ended = new Promise((resolve) => this.#worker.once("exit", resolve));
    this.#worker.ref();
    this.#worker.postMessage("stop");
    await ended;
  }

  #idle(): void {
    this.#waiting = undefined;
    this.#worker.unref();
  }
}

/** Buffers that nothing but these bytes lies in, such as a pool's. */
const buffersOf = (parameters: readonly unknown[]): ArrayBuffer[] =>
  parameters.flatMap((value) =>
    value instanceof Uint8Array && value.buffer instanceof ArrayBuffer && value.byteLength === value.buffer.byteLength
      ? [value.buffer]
      : [],
  );

/** Runs in the thread; refers to nothing outside itself. */
function program(require: NodeJS.Require): void {
  // boundary: modules of Node and of libsql.
  const threads = require("node:worker_threads") as typeof Threads;
  const { parentPort } = threads;
  // boundary: what the constructor gives the thread.
  const { libsql, path } = threads.workerData as Orders;
  // boundary: the class that the module is.
  const Database = require(libsql) as typeof LibSql;
  const database = new Database(path);
  database.pragma("busy_timeout = 5000");
  database.pragma("synchronous = NORMAL");
  database.pragma("wal_autocheckpoint = 65536");
  let last = { sql: "", prepared: database.prepare("select 1") };
  parentPort?.on("message", (message: Statement | "stop") => {
    if (message === "stop") {
      database.close();
      parentPort.close();
      return;
    }
    try {
      const { sql, parameters } = message;
      if (last.sql !== sql) last = { sql, prepared: database.prepare(sql) };
      last.prepared.run([...parameters]);
      parentPort.postMessage({});
    } catch (thrown) {
      // boundary: whatever was thrown; absent fields are written as "undefined".
      const { message: text, code } = thrown as { message?: unknown; code?: unknown };
      parentPort.postMessage({ error: { message: String(text), code: String(code) } });
    }
  });
}
