import { z } from "zod";
import { ConfigurationError } from "../errors.js";
import { DatabaseThread, type Inside } from "./database-thread.js";

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
  readonly #thread: DatabaseThread<null>;
  #waiting: { resolve: () => void; reject: (error: unknown) => void } | undefined;

  constructor(path: string) {
    this.#thread = new DatabaseThread(path, program, null);
    this.#thread.on({
      message: (message) => {
        const { error } = Answer.parse(message);
        if (error === undefined) this.#waiting?.resolve();
        else this.#waiting?.reject(new StatementError(error.message, error.code));
        this.#idle();
      },
      error: (error) => this.#waiting?.reject(error),
      exit: () => {
        this.#waiting?.reject(new ConfigurationError("The thread that writes to the database ended."));
        this.#idle();
      },
    });
  }

  /** False once it has ended; then write otherwise. */
  get running(): boolean {
    return this.#thread.running;
  }

  /** Runs one statement, committed when this resolves. Bytes that have a buffer of their own are given away: they are empty afterwards. */
  async run(sql: string, parameters: readonly unknown[]): Promise<void> {
    const statement: Statement = { sql, parameters };
    this.#thread.busy = true;
    await new Promise<void>((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#thread.post(statement, buffersOf(parameters));
    });
  }

  stop(): Promise<void> {
    return this.#thread.stop();
  }

  #idle(): void {
    this.#waiting = undefined;
    this.#thread.busy = false;
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
function program({ database, port }: Inside<null>): undefined {
  let last = { sql: "", prepared: database.prepare("select 1") };
  port.on("message", (message: Statement | "stop") => {
    if (message === "stop") return;
    try {
      const { sql, parameters } = message;
      if (last.sql !== sql) last = { sql, prepared: database.prepare(sql) };
      last.prepared.run([...parameters]);
      port.postMessage({});
    } catch (thrown) {
      // boundary: whatever was thrown; absent fields are written as "undefined".
      const { message: text, code } = thrown as { message?: unknown; code?: unknown };
      port.postMessage({ error: { message: String(text), code: String(code) } });
    }
  });
}
