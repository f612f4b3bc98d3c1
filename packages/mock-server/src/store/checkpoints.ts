import type Fs from "node:fs";
import { DatabaseThread, type Inside } from "./database-thread.js";

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

/**
 * Copies the write-ahead log of a database file into it from a thread of its own. SQLite would do so inside whichever insert finds the log
 * long, and a platform that receives hundreds of MB has one thread to receive them with (`decisions/0044`).
 */
export class Checkpoints {
  readonly #thread: DatabaseThread<Rules & { every: number }>;

  constructor(path: string, rules: Rules = RULES) {
    this.#thread = new DatabaseThread(path, program, { ...rules, every: LOOK_EVERY_MS });
    // Without it the log is still copied: by the connection that writes, when it is much longer.
    this.#thread.on({ error: () => undefined });
  }

  stop(): Promise<void> {
    return this.#thread.stop();
  }
}

/** Runs in the thread; refers to nothing outside itself. */
function program({ require, database, path, settings }: Inside<Rules & { every: number }>): () => void {
  // boundary: a module of Node.
  const fs = require("node:fs") as typeof Fs;
  const { above, atOnceAbove, patience, every } = settings;
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
  return () => clearInterval(looking);
}
