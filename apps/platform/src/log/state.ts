import { createHash } from "node:crypto";
import { mkdir, open, readFile, rename, stat, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { z } from "zod";
import { UsageError } from "../usage-error.js";
import { asError } from "./failure.js";
import { joined } from "./ranges.js";
import type { Rows } from "./shard.js";

const Range = z.object({ start: z.number().int().min(0), end: z.number().int().min(0) });
const SavedState = z.object({
  version: z.literal(1),
  file: z.string(),
  /** Of the file's content, and of everything that decides what its rows become. */
  fileHash: z.string(),
  settingsHash: z.string(),
  landed: z.array(Range),
  /** The first row of a request that was sent without an answer, where rows carry no id. */
  uncertainFrom: z.number().int().min(0).optional(),
  /** What the ids begin with that rows were given; without it they were given none. */
  rowIds: z.string().min(1).optional(),
});
type SavedState = z.infer<typeof SavedState>;
type Facts = Pick<SavedState, "file" | "fileHash" | "settingsHash" | "rowIds">;

/** How far logging a file has got, on the disk after every request that landed. Holds no key. */
export class LogState {
  readonly path: string;
  #saved: SavedState;
  #writing: Promise<void> = Promise.resolve();

  private constructor(path: string, saved: SavedState) {
    this.path = path;
    this.#saved = saved;
  }

  /**
   * The state that an earlier run left at `path`, or a new one. Rows keep the ids that they were given, also when all are sent again.
   * @throws UsageError when it is of another file or other settings
   */
  static async open(path: string, facts: Facts, restart: boolean): Promise<LogState> {
    const reading = readState(path);
    const found = restart ? await reading.catch(() => undefined) : await reading;
    const changed = changesOf(found, facts);
    if (found === undefined || restart)
      return LogState.#begin(path, { ...facts, rowIds: (changed.length === 0 ? found?.rowIds : undefined) ?? facts.rowIds }); // prettier-ignore
    if (changed.length === 0) return new LogState(path, found);
    throw new UsageError(
      `${changed.join(", and ")} since ${path} was written, so it cannot be told which rows landed. With --restart all rows are sent again (rows with an id of their own merge); with another --state this is a run of its own.`,
    );
  }

  static async #begin(path: string, facts: Facts): Promise<LogState> {
    const state = new LogState(path, { version: 1, ...facts, landed: [] });
    // Before anything is sent: the next run must know the ids of this one's rows, and a place that cannot be written is found out now.
    await state.#save(state.#saved).catch((error: unknown) => {
      throw new UsageError(
        `How far this run gets cannot be kept in ${path} (${asError(error).message}); name another file with --state.`,
      );
    });
    return state;
  }

  get rowIds(): string | undefined {
    return this.#saved.rowIds;
  }

  get landed(): readonly Rows[] {
    return this.#saved.landed;
  }

  get uncertainFrom(): number | undefined {
    return this.#saved.uncertainFrom;
  }

  add(rows: Rows): Promise<void> {
    return this.#save({ ...this.#saved, landed: [...joined([...this.#saved.landed, rows])] });
  }

  setUncertain(uncertainFrom: number | undefined): Promise<void> {
    return this.#save({ ...this.#saved, uncertainFrom });
  }

  /** Waits until everything is on the disk. */
  written(): Promise<void> {
    return this.#writing;
  }

  #save(next: SavedState): Promise<void> {
    this.#saved = next;
    return (this.#writing = this.#writing.then(async () => {
      await mkdir(dirname(this.path), { recursive: true });
      // Whoever stops the process in the middle finds the old state or the new one.
      await writeFile(`${this.path}.new`, `${JSON.stringify(this.#saved)}\n`);
      await rename(`${this.path}.new`, this.path);
    }));
  }
}

function changesOf(found: SavedState | undefined, { file, fileHash, settingsHash }: Facts): string[] {
  if (found === undefined) return [];
  return [
    ...(found.fileHash === fileHash ? [] : [`${file} has changed`]),
    ...(found.settingsHash === settingsHash ? [] : ["the schema or another setting has changed"]),
  ];
}

async function readState(path: string): Promise<SavedState | undefined> {
  const text = await readFile(path, "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const parsed = SavedState.safeParse(jsonOrNothing(text));
  if (parsed.success) return parsed.data;
  throw new UsageError(`${path} is no state of axlab log; remove it, or name another file with --state.`);
}

function jsonOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A name for what is logged: the same file, shard, model and place are the same run. */
export const statePath = (...what: readonly string[]): string => join(".axlab", "log", `${hash(...what).slice(0, 16)}.json`); // prettier-ignore

export const hash = (...parts: readonly string[]): string =>
  createHash("sha256").update(JSON.stringify(parts)).digest("hex");

const ENDS = 1024 * 1024;

/** Size, time of change, first and last megabyte of a local file; the address of a remote one. */
export async function fileHash(file: string): Promise<string> {
  const path = file.startsWith("file:") ? new URL(file) : resolve(file);
  const facts = await stat(path).catch(() => undefined);
  // What is no file, the reader refuses, and says which.
  if (facts === undefined || facts.isDirectory()) return hash(file);
  const handle = await open(path);
  try {
    const sha = createHash("sha256");
    for (const at of [0, Math.max(0, facts.size - ENDS)]) {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(ENDS), 0, ENDS, at);
      sha.update(buffer.subarray(0, bytesRead));
    }
    return hash(String(facts.size), String(facts.mtimeMs), sha.digest("hex"));
  } finally {
    await handle.close();
  }
}
